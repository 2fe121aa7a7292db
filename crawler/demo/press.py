"""Puts a story into its site's frame: from `pages/` to the text of a whole page."""

import json
from collections.abc import Iterable
from functools import cache
from html import escape
from string import Template
from urllib.parse import quote

from crawler.demo.metadata import picture_of, url_of
from crawler.demo.site import Site
from crawler.demo.story import PAGES, Story, stories

_RELATED = 4


def article(site: Site, story: Story) -> str:
    """The page of one story."""
    values = _site_values(site) | _story_values(site, story)
    others = [other for other in _listed(site) if other is not story][:_RELATED]
    related = [(quote(other.path), other.headline) for other in others]
    values["related"] = _links(related or site.sections)
    return _fill(
        site,
        "frame",
        values
        | {
            "page_title": values["headline"],
            "head": _fill(site, "head", values),
            "main": _fill(site, "article", values),
        },
    )


def amp(site: Site, story: Story) -> str:
    """The AMP version of one story."""
    return _fill(site, "amp", _site_values(site) | _story_values(site, story))


def listing(site: Site) -> str:
    """The front page, and every section's: all stories of the site, newest first."""
    values = _site_values(site)
    teasers = "\n".join(
        _fill(site, "teaser", values | _story_values(site, story)) for story in _listed(site)
    )
    return _fill(
        site, "frame", values | {"page_title": escape(site.name), "head": "", "main": teasers}
    )


def notice(site: Site, heading: str, text: str) -> str:
    """A page that is no story: about the site, or that a page is gone."""
    main = f'<div class="notice"><h1>{escape(heading)}</h1>\n<p>{escape(text)}</p></div>'
    return _fill(
        site,
        "frame",
        _site_values(site) | {"page_title": escape(heading), "head": "", "main": main},
    )


def _listed(site: Site) -> list[Story]:
    return [story for story in stories(site.stories) if story.is_listed]


def _site_values(site: Site) -> dict[str, str]:
    return {
        "site_name": escape(site.name),
        "home": site.home,
        "lang": site.language,
        "dir": site.direction,
        "charset": site.charset,
        "nav": _links(site.sections),
        "latest": _links((quote(story.path), story.headline) for story in _listed(site)[:3]),
    } | {word: escape(text) for word, text in site.words.items()}


def _story_values(site: Site, story: Story) -> dict[str, str]:
    url = url_of(site, story)
    ld = json.dumps(site.structured(site, story), ensure_ascii=False) if site.structured else ""
    return {
        "url": escape(url),
        "quoted_url": quote(url, safe=""),
        "path": quote(story.path),
        "name": story.name,
        "headline": escape(story.headline),
        "subtitle": escape(story.subtitle),
        "byline": escape(", ".join(story.authors)),
        "published": story.published,
        "modified": story.modified,
        "shown": escape(story.shown),
        "section": escape(story.section),
        "keywords": escape(", ".join(story.tags)),
        "tags": "\n".join(
            f'<a href="/tag/{quote(tag.lower().replace(" ", "-"))}/" rel="tag">{escape(tag)}</a>'
            for tag in story.tags
        ),
        "picture": picture_of(site, story),
        "caption": escape(story.caption),
        "body": story.body_in(site.language),
        "structured": ld.replace("</", "<\\/"),
    }


def _links(targets: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f'<li><a href="{path}">{escape(text)}</a></li>' for path, text in targets)


def _fill(site: Site, template: str, values: dict[str, str]) -> str:
    return _template(site.room, template).substitute(values)


@cache
def _template(room: str, name: str) -> Template:
    return Template((PAGES / room / f"{name}.html").read_text("utf-8"))
