"""The posts that a page cites, wherever markup, scripts and state keep them."""
