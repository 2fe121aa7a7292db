"""Watching: what is known of each source and of each page, and when each is due again.

    source due → its document → links → pages due → looks → standings → turns

`room` has the tables in `state.sqlite`; `rhythms`, `pages` and `tallies` are the three things that
are remembered there. `looks` says what an answer shows of a page, `health` what someone should
look at, `report` what a run came to, `metrics` the same for a machine that asks. No Scrapy here.
"""
