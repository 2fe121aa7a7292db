"""What follows from captures and readings, and is no word of theirs. Pure; each says its rule.

`identity`: which captures show one article. `standing`: how an article stands, and since when.
`crosscheck`: what a page claims of a post, held against what its platform answered.
"""
