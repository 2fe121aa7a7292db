"""Page bytes to article fields: pure code, without Scrapy, so that old captures are read by it too.

The way of a page: `page` → `document` (its text and tree, what it states for machines) →
`witnesses` (who says what of the article), `text` (what of the page the article is), `citations`
(the posts in it), `datelines` (where it was filed) → `verdicts` (what the answer was worth).
`flattened` reads what was a page once, and is plain text.
"""
