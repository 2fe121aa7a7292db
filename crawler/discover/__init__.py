"""Discovery: bytes of feeds, sitemaps and pages → URLs, with what was said of them.

Pure: nothing here asks the network. Every function takes whatever a server may send and gives
back a bounded list; what is broken is read as far as it goes, and says so.
"""
