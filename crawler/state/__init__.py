"""`state.sqlite`: what a crawl must remember that does not follow from the WARCs."""
