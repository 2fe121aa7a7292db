"""The page taken in: its text, its tree, and what it states of itself for machines."""
