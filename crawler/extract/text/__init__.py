"""The article's text: what of the page it is, and its blocks in order."""
