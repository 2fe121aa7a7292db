"""What keeps hostile markup from hurting a parser: see `markup.py`."""
