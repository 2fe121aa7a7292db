import gc

import pytest

from crawler.fetch.recorder import provide_recorder, recorder_of


class Crawler:
    """Stands for Scrapy's: all that matters here is which one it is."""


def test_recorder_is_that_of_its_crawler_and_goes_with_it():
    crawler, recorder = Crawler(), object()
    provide_recorder(crawler, recorder)
    assert recorder_of(crawler) is recorder
    with pytest.raises(LookupError, match="no recorder"):
        recorder_of(Crawler())
    del crawler
    gc.collect()
    from crawler.fetch import recorder as module

    assert len(module._recorders) == 0
