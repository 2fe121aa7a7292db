"""A reading that never comes to an end with some pages. A worker loads this, and no Scrapy."""

import time

from crawler.reading.page import read_page


def read_or_stall(page, record_id, *, requisites):
    if "stall" in page.url:
        time.sleep(60)
    return read_page(page, record_id, requisites=requisites)
