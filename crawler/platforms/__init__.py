"""The social platforms: which URL is which post, and what a post's id tells. Pure, no I/O.

One module a platform; platforms never import each other. Dialects that several share are modules of
their own. `crawler.platforms.registry` asks them all.
"""
