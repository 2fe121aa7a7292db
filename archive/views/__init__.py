"""What `dateline` prints: the data model as plain dictionaries, with the same names everywhere.

What is not known is None, never left out. Instants are RFC 3339: those that we observed are UTC,
those that a page states keep its own offset, or are a plain day where only that is known.
"""
