"""A crawl that runs: its archive, its pages on their way to workers, its memory, its end."""
