"""Where a report comes from: the dateline that opens it, by a grammar."""
