"""Stored captures read by today's readers: one of them, and all of an archive. No Scrapy."""
