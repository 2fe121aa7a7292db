"""The crawler: meets the web; knows sites, HTML and Scrapy."""
