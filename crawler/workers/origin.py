"""The process that workers are forked from: importing this module loads and warms what they need.

It is started for that alone, has one thread and no reactor, and so may be forked. A worker that
takes the place of another begins at once, and all share the memory of what was loaded.
"""

import contextlib
import gc
import importlib
import sys


def _spare_scrapy() -> None:
    """Load itemadapter without Scrapy, a third of what there is to load.

    It asks for Scrapy only to know Scrapy's items, and a worker has none.
    """
    if "scrapy" in sys.modules:
        return
    sys.modules["scrapy"] = None  # type: ignore[assignment]  # hides a module (Python reference, 5.3)
    try:
        importlib.import_module("itemadapter")
    finally:
        del sys.modules["scrapy"]


# Where this fails, each piece of work will say of itself what is missing.
with contextlib.suppress(Exception):
    _spare_scrapy()
    importlib.import_module("crawler.reading.page").warm_up()
gc.collect()
gc.freeze()  # what is loaded by now stays: neither this process nor a worker need look at it again
