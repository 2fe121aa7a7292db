"""The frontier: every URL a watched archive knows of, and how far it has come.

    enqueue → waiting → in flight → done | failed | refused
                 ↑___________|  (the process died, or another try)

`store` keeps it in `state.sqlite` and knows no Scrapy; `scheduler` stands it behind Scrapy's
scheduler interface; `downloader` tells the scheduler what became of each request.
"""
