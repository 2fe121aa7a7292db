"""What an answer is: an article, part of one, a wall, or none."""
