"""What a capture's note says it was asked for; with it a stored answer can be read again.

A spider gives them to its requests, the record keeps them, rereading goes by them. A capture
whose note has none of them was asked for as a page.
"""

POST, POST_URL, RUNG = "post", "post-url", "rung"
"""A post's key, its address, and the name of the rung that was tried."""
SHORT_LINK = "short-link"
"""The short link, as the article has it."""
DOCUMENT = "document"
"""A feed, a sitemap, a section or robots.txt, which only leads to pages: how it is read."""
COPY_OF, WEB_ARCHIVE = "copy_of", "web_archive"
"""The page that a web archive was asked for, and the archive."""
MEDIA = "media"
"""A picture that an article or a post names: its role there."""
