"""Kept captures read again: the desk they come to, the catalogue built anew, what is new."""
