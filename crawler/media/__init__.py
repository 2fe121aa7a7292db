"""Pictures that posts and articles name: which are wanted, and what their bytes are. No Scrapy."""
