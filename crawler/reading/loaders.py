"""Raw fields to model values: every witness goes in, the first usable one comes out."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from itemloaders import ItemLoader
from itemloaders.processors import Compose, Identity, MapCompose, TakeFirst

from archive import Article, Author
from crawler.extract.dates import best_moment
from crawler.extract.witnesses.language import language_tag
from crawler.reading.normalise import normalise_tags, normalise_text

MAX_TAGS = 100


def _authors(names: Iterable[str]) -> tuple[Author, ...]:
    return tuple(Author(name=name) for name in dict.fromkeys(names))


class ArticleLoader(ItemLoader):
    """Gathers an article. Values are added best witness first; texts as the page writes them.

    Texts are one value each; `body`, `links`, `posts`, `notices`, `claim`, `dateline` and what
    witnesses are kept of are added as model values, at most once.
    """

    default_item_class = dict
    default_input_processor: Callable[..., Any] = MapCompose(normalise_text)
    default_output_processor: Callable[..., Any] = TakeFirst()

    headline_alternatives_out = Compose(dict.fromkeys, tuple)
    authors_out = Compose(_authors)
    published_at_out = modified_at_out = Compose(best_moment)
    language_in = MapCompose(language_tag)
    tags_out = Compose(lambda tags: normalise_tags(tags)[:MAX_TAGS])
    published_at_in = modified_at_in = url_in = image_in = Identity()
    claim_in = dateline_in = body_in = links_in = posts_in = Identity()
    notices_in = field_sources_in = other_statements_in = Identity()
    body_out = links_out = posts_out = notices_out = other_statements_out = Compose(tuple)
    agencies_out = Compose(dict.fromkeys, tuple)

    def get_input_processor(self, field_name: str) -> Callable[..., Any]:
        """What a field's values go through; the base class raises and catches to find it."""
        return _processor(f"{field_name}_in") or self.default_input_processor

    def get_output_processor(self, field_name: str) -> Callable[..., Any]:
        """What makes a field of its values."""
        return _processor(f"{field_name}_out") or self.default_output_processor

    def load_item(self) -> Article:
        """The article of what was added. An item is frozen, so it is built and never filled.

        Raises: TypeError where no `url` was added.
        """
        values = {name: self.get_output_value(name) for name in self._values}
        return Article(**{name: value for name, value in values.items() if value is not None})


@functools.cache
def _processor(name: str) -> Callable[..., Any] | None:
    found: Callable[..., Any] | None = getattr(ArticleLoader, name, None)
    return found
