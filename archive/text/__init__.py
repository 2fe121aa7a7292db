"""Texts: what of an article makes a version or a story, folding, and how two differ. Pure."""
