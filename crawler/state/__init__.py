"""`state.sqlite`: what a crawl remembers and no WARC could tell. Each room has its own tables."""
