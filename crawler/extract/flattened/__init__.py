"""An article from plain text that once was its page: its lines, its posts, and what is below it."""
