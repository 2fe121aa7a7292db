"""The catalogue's tables, as the statements of each migration that made or changed them."""
