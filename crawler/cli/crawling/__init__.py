"""A crawl as a command runs it: its options, its process, its log, and how a signal ends it."""
