"""Page bytes to a reading, whole: gathered, built, evened out, bounded in time. No Scrapy."""
