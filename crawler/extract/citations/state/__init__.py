"""The article as data that the page keeps for its own scripts, and the posts that stand in it."""
