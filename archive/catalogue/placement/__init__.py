"""Where a reading becomes rows: `readings` keeps it, each other module places what it found.

Placed rows follow from facts alone, in whatever order these came; `removal` makes them anew.
"""
