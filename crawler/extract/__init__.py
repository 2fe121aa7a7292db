"""Page bytes to article fields: pure code, without Scrapy, so that old captures are read by it too.

The way of a page: `page` → `markup` (text, tree) → `structured`, `headline`, `byline`, `dates`,
`language`, `canonical` (what the page states) and `outline` → `body` (what it shows) → `verdict`.
"""
