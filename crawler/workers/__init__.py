"""Worker processes for work on hostile bytes, and the process that they are forked from."""
