"""The social platforms: which URL is which post, where to ask for it, what an answer says. Pure.

A platform is a folder, and its `__init__` is what `platform.Platform` asks for: `naming` recognises
the post in a URL or an embed and knows its id's clock; each further module is one rung of the
ladder, or what its rungs share. Platforms never import each other. Dialects that several speak (the
Mastodon API, oEmbed, Meta's pages) are modules of `dialects`, and what all answers have in common
stands beside this file. `registry` asks all platforms, `ladder` walks the rungs of one.
"""
