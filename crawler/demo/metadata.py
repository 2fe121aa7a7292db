"""The JSON-LD of articles, in the shapes of different content systems."""

from typing import Any
from urllib.parse import quote

from crawler.demo.site import Site
from crawler.demo.story import Story


def url_of(site: Site, story: Story) -> str:
    """The story's own absolute address, percent-encoded."""
    return site.home + quote(story.path)


def picture_of(site: Site, story: Story) -> str:
    """The absolute address of its photograph."""
    return f"{site.home}/img/{story.name}.png"


def news_article(site: Site, story: Story) -> dict[str, Any]:
    """A single schema.org NewsArticle; one that is not free says which part is hidden."""
    value: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url_of(site, story)},
        "headline": story.headline,
        "description": story.subtitle,
        "datePublished": story.published,
        "dateModified": story.modified,
        "inLanguage": site.language,
        "articleSection": story.section,
        "keywords": list(story.tags),
        "image": [picture_of(site, story)],
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name,
            "logo": {"@type": "ImageObject", "url": f"{site.home}/logo.svg"},
        },
        "isAccessibleForFree": story.is_free,
    }
    if not story.is_free:
        value["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".subscribers-only",
        }
    return value


def wordpress_graph(site: Site, story: Story) -> dict[str, Any]:
    """A graph as WordPress plugins write it: article, page, site and people by reference."""
    url = url_of(site, story)
    authors = [
        {"@type": "Person", "@id": f"{site.home}/#/schema/person/{number}", "name": name}
        for number, name in enumerate(story.authors, start=1)
    ]
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "@id": f"{url}#article",
                "isPartOf": {"@id": url},
                "author": [{"@id": author["@id"]} for author in authors],
                "headline": story.headline,
                "datePublished": story.published,
                "dateModified": story.modified,
                "mainEntityOfPage": {"@id": url},
                "thumbnailUrl": picture_of(site, story),
                "keywords": list(story.tags),
                "articleSection": [story.section],
                "inLanguage": "en-US",
            },
            {
                "@type": "WebPage",
                "@id": url,
                "url": url,
                "name": f"{story.headline} - {site.name}",
                "isPartOf": {"@id": f"{site.home}/#website"},
            },
            {
                "@type": "WebSite",
                "@id": f"{site.home}/#website",
                "url": f"{site.home}/",
                "name": site.name,
            },
            *authors,
        ],
    }
