"""Spiders: policy only. Which URLs, and what follows what.

`articles` asks for URLs that are given, `watch` for what is due of what is watched, `probing` asks
each source once. What follows from a page has others to ask for it: `posts`, `short_links`,
`media`, `page_parts`, `web_archives`, all with the same `means`. `sources` asks for documents,
which `documents` reads and `announcements` notes.
"""
