"""What a page states of its article: whom to believe for each field, and what the others say.

Every witness goes into the loader, best first, and the first usable word comes out. Beside it stays
by whose word that is, and what the rest of the page says otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from archive import Author, Moment, Statement
from crawler.extract.agencies import is_agency
from crawler.extract.dates import moment_of, url_day
from crawler.extract.document.canonical import absolute
from crawler.extract.document.stated import Stated, stated
from crawler.extract.document.structured import Structured, texts
from crawler.extract.document.tree import Tree
from crawler.extract.witnesses.byline import stated_authors
from crawler.extract.witnesses.language import is_day_first, language_tag, stated_languages
from crawler.extract.witnesses.lead_image import stated_credits
from crawler.extract.witnesses.terms import stated_sections, stated_tags
from crawler.extract.witnesses.timing import (
    shown_changes,
    shown_days,
    stated_modified,
    stated_published,
)
from crawler.reading.loaders import ArticleLoader
from crawler.reading.normalise import normalise_text

MAX_STATEMENTS = 40
MAX_VALUE = 500
_LONGEST_KEYWORDS = 20_000
_MOST_KEYWORDS = 1_000
"""Before the loader looks at them; it keeps fewer."""


@dataclass(slots=True)
class Gathering:
    """Fills `loader` with what the page at `url` states, and keeps the witnesses of it."""

    tree: Tree
    structured: Structured
    url: str
    base: str
    """What the page's relative URLs stand on."""
    headlines: Sequence[Stated]
    """Best first (`stated_headlines`): what the body was looked for with, too."""
    loader: ArticleLoader = field(default_factory=ArticleLoader)
    sources: dict[str, str] = field(default_factory=dict)
    others: list[Statement] = field(default_factory=list)
    _is_day_first: bool = field(default=False, init=False)

    def add_all(self) -> None:
        """Everything but body, subtitle and dateline, which only a reading of the text gives."""
        structured, meta = self.structured, self.structured.stated_meta
        self.add("headline", self.headlines)
        self.loader.add_value("headline_alternatives", [one.text for one in self.headlines[1:]])
        self._add_authors()
        self.add("language", list(stated_languages(self.tree, structured)), language_tag)
        self._is_day_first = is_day_first(self.loader.get_output_value("language") or "")
        self._add_published()
        self._add_modified()
        headline = self.headlines[0].text if self.headlines else ""
        self.add("section", list(stated_sections(self.tree, structured, headline)))
        self._add_tags()
        names = (
            name
            for publisher in structured.resolved(structured.article.get("publisher"))
            for name in texts(publisher)
        )
        sites = chain(meta("og:site_name", "application-name"), stated("json-ld publisher", names))
        self.add("site_name", list(sites))
        self._add_image()

    def add(
        self,
        name: str,
        said: Sequence[Stated],
        value_of: Callable[[str], object] = normalise_text,
    ) -> None:
        """What witnesses say of one field; `value_of` is what one word of them means."""
        self.loader.add_value(name, [one.text for one in said])
        self._note(name, said, value_of)

    def _note(self, name: str, said: Sequence[Stated], value_of: Callable[[str], object]) -> None:
        """Keep who was believed for a field, and one other word of each other witness."""
        won = self.loader.get_output_value(name)
        if won is None:
            return
        known = [_sense(won)]
        sources = set()
        for one in said:
            value = value_of(one.text)
            if value == won:
                self.sources.setdefault(name, one.source)
            elif value and _sense(value) not in known and one.source not in sources:
                known.append(_sense(value))
                sources.add(one.source)
                self._add_other(name, one)

    def _add_other(self, name: str, one: Stated) -> None:
        value = normalise_text(one.text[:MAX_VALUE])
        if value and len(self.others) < MAX_STATEMENTS:
            self.others.append(Statement(field=name, source=one.source, value=value))

    def _add_authors(self) -> None:
        """People and agencies apart; all of them by the word of one witness."""
        said = list(stated_authors(self.tree, self.structured, self.url))
        people = [one.text for one in said if not is_agency(normalise_text(one.text))]
        agencies = [one.text for one in said if one.text not in people]
        self.loader.add_value("authors", people)
        self.loader.add_value("agencies", agencies)
        for name, given in (("authors", people), ("agencies", agencies)):
            if given:
                self.sources[name] = said[0].source

    def add_signers(self, names: Iterable[str], source: str) -> tuple[Author, ...]:
        """Take `names` for the authors, by the word of the witness `source`."""
        self.loader.add_value("authors", names)
        self.sources["authors"] = source
        return self.loader.get_output_value("authors") or ()

    def _add_published(self) -> None:
        said = list(stated_published(self.tree, self.structured))
        day = url_day(self.url)
        self.loader.add_value("published_at", [*self._moments(said), *filter(None, [day])])
        published = self.loader.get_output_value("published_at")
        if published is None or published.at is None:
            shown = list(shown_days(self.tree))
            self.loader.add_value("published_at", self._moments(shown))
            said += shown
        self._note("published_at", said, self._moment_of)
        if day is not None and day == self.loader.get_output_value("published_at"):
            self.sources.setdefault("published_at", "url")

    def _add_modified(self) -> None:
        said = list(stated_modified(self.tree, self.structured))
        if not any(self._moments(said)):
            said += shown_changes(self.tree)
        self.loader.add_value("modified_at", self._moments(said))
        self._note("modified_at", said, self._moment_of)

    def _moments(self, said: Sequence[Stated]) -> list[Moment]:
        return list(filter(None, (self._moment_of(one.text) for one in said)))

    def _moment_of(self, text: str) -> Moment | None:
        """What `text` means by the language of the page, which is to be known before."""
        return moment_of(text, is_day_first=self._is_day_first)

    def _add_tags(self) -> None:
        keywords = list(islice(stated_tags(self.tree, self.structured), _MOST_KEYWORDS))
        tags = (tag for one in keywords for tag in one.text[:_LONGEST_KEYWORDS].split(","))
        self.loader.add_value("tags", list(islice(tags, _MOST_KEYWORDS)))
        if keywords and self.loader.get_output_value("tags"):
            self.sources["tags"] = keywords[0].source

    def _add_image(self) -> None:
        images = [
            Stated(url, one.source)
            for one in self._stated_images()
            if (url := absolute(one.text, self.base))
        ]
        self.add("image", images, str)
        image = self.loader.get_output_value("image")
        said = [one for one in stated_credits(self.tree, self.structured, image) if one.text]
        self.add("image_credit", said)

    def _stated_images(self) -> Iterator[Stated]:
        yield from self.structured.stated_meta("og:image", "og:image:url", "twitter:image")
        for image in self.structured.resolved(self.structured.article.get("image")):
            if isinstance(image, Mapping):
                held = texts([image.get("url"), image.get("contentUrl")])
                yield from stated("json-ld image", held)
            elif isinstance(image, str):
                yield Stated(image, "json-ld image")


def _sense(value: object) -> object:
    """By what two values of a field are the same: of moments not how the page writes them."""
    if isinstance(value, Moment):
        return value.on, value.at
    return value.casefold() if isinstance(value, str) else value
