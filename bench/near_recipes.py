"""Stories, their rewrites, and strangers that look alike: the recipes of bench/near_copies.py.

Fixed before anything was tuned, as are the first two seeds: rules are chosen on TUNING alone, and
REPORT is what the bench tells. REPORT was looked at once before the rule of containment was made,
and had come out too close to the floor; CONFIRM was fixed then, and is told beside it. FINAL was
fixed when the rules were final, and run once: nothing was changed after it.

Words are made up; their frequencies fall as those of a language do.

Each text says of which story it is. Two texts of one story are copies, all others are strangers,
however much of their wording is the same.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

TUNING, REPORT, CONFIRM, FINAL = 20261122, 7, 314159, 271828

_CONSONANTS = "bcdfghklmnprstvwz"
_VOWELS = "aeiou"
_MONTHS = "January March May July September November".split()
_HAN = [chr(codepoint) for codepoint in range(0x4E00, 0x4E00 + 2500)]
_THAI = [chr(codepoint) for codepoint in range(0x0E01, 0x0E2F)]
_THAI_VOWELS = ["ะ", "า", "ิ", "ี", "ุ", "ู", "เ", "แ", "่", "้"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One article's paragraphs, with the story it is of and the recipe that made it."""

    story: str
    recipe: str
    paragraphs: tuple[str, ...]


class Tongue:
    """A made-up language: words by rank, joined as its script joins them."""

    def __init__(self, seed: int, script: str = "latin", size: int = 12_000) -> None:
        chance = random.Random(f"{script} {seed}")
        make = {"latin": self._latin, "han": self._han, "thai": self._thai}[script]
        self.words = list(dict.fromkeys(make(chance) for _ in range(size)))
        self._weights = list(
            itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words)))
        )
        self._space, self._stop = {"latin": (" ", ". "), "han": ("", "。"), "thai": ("", " ")}[
            script
        ]

    def sentence(self, chance: random.Random) -> str:
        """Eight to twenty-six words, now and then with a number."""
        words = chance.choices(self.words, cum_weights=self._weights, k=chance.randrange(8, 27))
        if chance.random() < 0.3:
            words[chance.randrange(len(words))] = str(chance.randrange(2, 5000))
        return self._space.join(words)

    def paragraph(self, chance: random.Random) -> str:
        """One to four sentences."""
        sentences = (self.sentence(chance) for _ in range(chance.randrange(1, 5)))
        return "".join(sentence.capitalize() + self._stop for sentence in sentences).strip()

    def edited(self, paragraph: str, chance: random.Random, share: float) -> str:
        """The paragraph with that share of its words put otherwise."""
        words = paragraph.split(" ") if self._space else list(paragraph)
        return self._space.join(
            chance.choice(self.words) if chance.random() < share else word for word in words
        )

    @staticmethod
    def _latin(chance: random.Random) -> str:
        syllables = chance.choices((1, 2, 3, 4), weights=(3, 5, 3, 1))[0]
        return "".join(
            chance.choice(_CONSONANTS) + chance.choice(_VOWELS) + chance.choice(("", "", "n", "r"))
            for _ in range(syllables)
        )

    @staticmethod
    def _han(chance: random.Random) -> str:
        return "".join(chance.choices(_HAN, k=chance.choice((1, 2, 2, 2, 3))))

    @staticmethod
    def _thai(chance: random.Random) -> str:
        return "".join(
            chance.choice(_THAI) + chance.choice(_THAI_VOWELS)
            for _ in range(chance.choice((1, 2, 2, 3)))
        )


Recipe = Callable[[list[str], Tongue, random.Random], list[str]]


def whole(story: list[str], _tongue: Tongue, _chance: random.Random) -> list[str]:
    """The wire story as it came."""
    return story


def cut(story: list[str], _tongue: Tongue, chance: random.Random) -> list[str]:
    """Cut from below, as editors do: a tenth to a half."""
    return story[: max(3, round(len(story) * chance.uniform(0.5, 0.9)))]


def new_lead(story: list[str], tongue: Tongue, chance: random.Random) -> list[str]:
    """A headline and an opening of their own, the rest as it came."""
    return [tongue.paragraph(chance), *story[1:]]


def local_lead(story: list[str], tongue: Tongue, chance: random.Random) -> list[str]:
    """One or two local paragraphs before the whole story."""
    return [*(tongue.paragraph(chance) for _ in range(chance.randrange(1, 3))), *story]


def appended(story: list[str], tongue: Tongue, chance: random.Random) -> list[str]:
    """One to four paragraphs of the outlet's own at the end."""
    return [*story, *(tongue.paragraph(chance) for _ in range(chance.randrange(1, 5)))]


def reordered(story: list[str], _tongue: Tongue, chance: random.Random) -> list[str]:
    """The paragraphs after the opening in another order."""
    rest = story[1:]
    chance.shuffle(rest)
    return [story[0], *rest]


def subbed(story: list[str], tongue: Tongue, chance: random.Random) -> list[str]:
    """A sub-editor's hand: one to four words in a hundred put otherwise."""
    share = chance.uniform(0.01, 0.04)
    return [tongue.edited(paragraph, chance, share) for paragraph in story]


def several(story: list[str], tongue: Tongue, chance: random.Random) -> list[str]:
    """Two of the others, one after the other."""
    for recipe in chance.sample((cut, new_lead, local_lead, appended, reordered, subbed), 2):
        story = recipe(list(story), tongue, chance)
    return story


REWRITES: tuple[Recipe, ...] = (
    *(whole, cut, new_lead, local_lead, appended, reordered, subbed),
    *(several, several, several),
)


def wires(seed: int, count: int, script: str = "latin") -> Iterator[Text]:
    """So many wire stories, each with three to ten of its rewrites."""
    chance, tongue = random.Random(f"wires {script} {seed}"), Tongue(seed, script)
    for number in range(count):
        story = [tongue.paragraph(chance) for _ in range(chance.randrange(5, 18))]
        for recipe in chance.choices(REWRITES, k=chance.randrange(3, 11)):
            yield Text(
                story=f"wire-{script}-{number}",
                recipe=recipe.__name__,
                paragraphs=tuple(recipe(list(story), tongue, chance)),
            )


def follow_ups(seed: int, count: int) -> Iterator[Text]:
    """Days of running stories: news of its own each, two to four background paragraphs shared."""
    chance, tongue = random.Random(f"follow-ups {seed}"), Tongue(seed)
    for topic in range(count):
        background = [tongue.paragraph(chance) for _ in range(chance.randrange(2, 5))]
        for day in range(5):
            news = [tongue.paragraph(chance) for _ in range(chance.randrange(3, 8))]
            yield Text(
                story=f"topic-{topic}-{day}", recipe="follow_ups", paragraphs=(*news, *background)
            )


def house_style(seed: int, count: int) -> Iterator[Text]:
    """Short reports under one publisher's long closing words."""
    chance, tongue = random.Random(f"house {seed}"), Tongue(seed)
    for house in range(count):
        closing = [tongue.paragraph(chance) for _ in range(2)]
        for number in range(8):
            news = [tongue.paragraph(chance) for _ in range(chance.randrange(2, 6))]
            yield Text(
                story=f"house-{house}-{number}",
                recipe="house_style",
                paragraphs=(*news, *closing),
            )


def templates(seed: int, count: int) -> Iterator[Text]:
    """Weather, markets, results, road reports: the same sentences, other names and numbers."""
    chance, tongue = random.Random(f"templates {seed}"), Tongue(seed)
    for number in range(count):
        form = [tongue.sentence(chance).split() for _ in range(chance.randrange(5, 14))]
        slots = []
        for sentence in form:  # one to three places to fill in each sentence
            places = chance.sample(range(len(sentence)), chance.randrange(1, 4))
            slots.append({place: chance.random() < 0.6 for place in places})
        for issue in range(12):
            filled = [
                [
                    _filling(tongue, chance, is_number=fill[place]) if place in fill else word
                    for place, word in enumerate(sentence)
                ]
                for sentence, fill in zip(form, slots, strict=True)
            ]
            day = f"{chance.choice(_MONTHS)} {chance.randrange(1, 29)}"
            lines = [" ".join(words).capitalize() + "." for words in filled]
            yield Text(
                story=f"template-{number}-{issue}",
                recipe="templates",
                paragraphs=(f"{day}.", *lines),
            )


def live_blogs(seed: int, count: int) -> Iterator[Text]:
    """Entries with times under a fixed introduction, each blog about something else."""
    chance, tongue = random.Random(f"live {seed}"), Tongue(seed)
    opening = [tongue.paragraph(chance) for _ in range(2)]
    for number in range(count):
        entries = [
            f"{chance.randrange(24):02}:{chance.randrange(60):02} {tongue.sentence(chance)}."
            for _ in range(chance.randrange(4, 25))
        ]
        yield Text(story=f"live-{number}", recipe="live_blogs", paragraphs=(*opening, *entries))


def galleries(seed: int, count: int) -> Iterator[Text]:
    """Captions of one pattern, as galleries are when they come as paragraphs."""
    chance, tongue = random.Random(f"galleries {seed}"), Tongue(seed)
    for number in range(count):
        place = chance.choice(tongue.words)
        captions = [
            f"{shot} of 12: visitors at the fair in {place} on Saturday, photo by "
            f"{chance.choice(tongue.words)} for the picture service, all rights reserved."
            for shot in range(1, chance.randrange(3, 12))
        ]
        yield Text(story=f"gallery-{number}", recipe="galleries", paragraphs=tuple(captions))


def shorts(seed: int, count: int) -> Iterator[Text]:
    """Alerts and teasers, many with the same request to come back later."""
    chance, tongue = random.Random(f"shorts {seed}"), Tongue(seed)
    promise = "This is a breaking news story. Check back for updates as more comes in from us."
    for number in range(count):
        yield Text(
            story=f"short-{number}",
            recipe="shorts",
            paragraphs=(tongue.sentence(chance) + ".", promise),
        )


def everything(seed: int, scale: int = 1) -> list[Text]:
    """All recipes in one shuffled pile: about 2,600 texts for each unit of `scale`."""
    texts = [
        *wires(seed, 160 * scale),
        *wires(seed, 25 * scale, "han"),
        *wires(seed, 25 * scale, "thai"),
        *follow_ups(seed, 40 * scale),
        *house_style(seed, 15 * scale),
        *templates(seed, 20 * scale),
        *live_blogs(seed, 60 * scale),
        *galleries(seed, 60 * scale),
        *shorts(seed, 100 * scale),
    ]
    random.Random(f"pile {seed}").shuffle(texts)
    return texts


def _filling(tongue: Tongue, chance: random.Random, *, is_number: bool) -> str:
    return str(chance.randrange(1, 999)) if is_number else chance.choice(tongue.words).capitalize()
