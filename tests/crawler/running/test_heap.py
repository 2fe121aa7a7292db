"""What a crawl's heap keeps apart."""

import gc

from crawler.running.heap import Heap


def test_what_is_loaded_when_the_crawl_begins_is_set_apart_from_what_comes():
    before = gc.get_threshold()
    try:
        Heap().spider_opened()
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[1:] == before[1:]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
