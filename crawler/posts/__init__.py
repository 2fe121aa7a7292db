"""Posts in a crawl: which are asked for, how far each walk came, what an answer says. No Scrapy."""
