"""Lines of a body that belong to the page and not to the article: leaks.

A line is judged where the true body does not hold it: neither its letters, nor three tenths of its
word groups. It leaks where it is short and of one of the kinds below. The kinds measure readers
and never steer one; lines of no kind are not counted, since some are text that the truth lacks.
"""

import re

from bench.scoring.bodies import GROUP, words

LONGEST_LINE = 400
KNOWN_SHARE = 0.3
_NO_WORD = re.compile(r"\W+")


def _any(text: str) -> str:
    """A pattern of alternatives, one a line or several divided by spaced bars."""
    return "|".join(piece.strip() for line in text.split("\n") for piece in line.split(" | "))


def _somewhere(text: str) -> re.Pattern[str]:
    return re.compile(_any(text.strip()), re.IGNORECASE)


def _opens(text: str, *, first: str = "", then: str = "") -> re.Pattern[str]:
    return re.compile(rf"^\W*{first}(?:{_any(text.strip())}){then}", re.IGNORECASE)


KINDS: dict[str, tuple[re.Pattern[str], ...]] = {
    "sharing": (
        _opens(
            r"""
            \d*\s*shares? | share(?:\s(?:this|on|via|article|story|with|full article).{0,60})?
            teilen(?: sie)?.{0,30} | compartir.{0,40} | partager.{0,40} | condividi.{0,40}
            udostępnij.{0,30} | tweet(?: this)? | e-?mail(?: this)? | print | drucken | merken
            facebook | twitter | whatsapp | linkedin | pinterest | flipboard | reddit | xing
            telegram | messenger | bluesky | copy link | link kopieren | pin it
            """,
            first=r"(?:\d+[\d.,kK]*\s*[-–]?\s*)?",
            then=r"(?:\W.{0,60})?$",
        ),
    ),
    "comments": (
        _somewhere(
            r"""
            kommentar | \bcomments?\b | \bcomentarios?\b | commentaires? | komentarz | комментар
            leave a reply | join the (?:discussion|conversation) | netiquette
            """
        ),
    ),
    "newsletter, login, app": (
        _somewhere(
            r"""
            newsletter | sign[- ]?up | subscribe | abonnier | abonne[zr] | suscr[ií]b | inscri
            registr | anmelden | log ?in | \bapp\b.*download | download.*\bapp\b | push
            whatsapp-kanal | telegram-kanal | follow us | folgen sie | folge uns | síguenos
            suivez | join our | get the .{0,30}(?:email|inbox) | inbox
            """
        ),
    ),
    "paywall": (
        _somewhere(
            r"""
            \babo\b | abonnement | premium | subscri(?:ber|ption) | plus-artikel | jetzt testen
            probemonat | unlock | free trial | members? only | digital access | réservé | werbefrei
            """
        ),
    ),
    "related": (
        _opens(
            r"""
            read (?:more|also|next) | also read | see also | related | more (?:from|on|in|about)
            mehr (?:zum|aus|lesen|dazu|von) | lesen sie | lesetipp | auch interessant | weiterlesen
            zum thema | das könnte | you (?:may|might) | recommended | trending
            most (?:read|popular) | lea (?:también|más) | te puede | leia (?:mais|também)
            leggi anche | à lire | lire aussi | czytaj | zobacz | advertisement for related | mehr:
            passend dazu | in other news | baca juga | अन्य | अधिक | read: | watch: | more:
            editor.s (?:note|picks)
            """
        ),
    ),
    "credit, caption": (
        _somewhere(
            r"""
            © | \bcredit\b | getty | shutterstock | \bfoto\b | fotos?: | \bphoto(?:graph)?\b
            bild(?:quelle)?: | \bimago\b | picture alliance | dpa[- /] | \(ap photo | reuters/
            image(?: source)?: | quelle: | istock | adobe ?stock | pixabay | unsplash | via getty
            file (?:photo|image) | ap photo | \bafp\b | \bepa\b | foto[ ]
            """
        ),
    ),
    "consent, placeholder": (
        _somewhere(
            r"""
            cookie | consent | datenschutz | privacy policy | einwillig | externe[rn]? inhalt
            external content | personenbezogene | zustimm | gdpr | javascript | browser
            terms of (?:use|service) | nutzungsbedingungen
            """
        ),
    ),
    "byline, date": (
        _opens(
            r"""
            by | von | por | par | di | text: | autor | author | written by | published
            veröffentlicht | publié | publicado | updated | aktualisiert | stand: | posted
            last updated | actualizado | mis à jour | \d{1,2}[./ ]\s?\w+[./ ]\s?\d{2,4}
            \w+ \d{1,2}, \d{4} | \d+ ?min(?:uten?)? ?(?:read|lesezeit)?
            """,
            then=r"\b.{0,90}$",
        ),
        _somewhere(
            r"min(?:ute)?s? read | lesezeit | lesedauer | \d{1,2}:\d{2} ?(?:uhr|am|pm|a\.m|p\.m)"
        ),
    ),
    "advertising, donations": (
        _somewhere(
            r"""
            advert | anzeige | werbung | publicidad | sponsor | affiliate | provision | donate
            spende | support (?:us|our) | unterstütz | publicité | reklam | promoted | iklan
            """
        ),
    ),
    "copyright": (
        _somewhere(
            r"""
            copyright | all rights reserved | alle rechte | impressum | urheberrecht
            material may not | derechos reservados | tous droits | terms | disclaimer | \(c\)
            """
        ),
    ),
    "tags, navigation": (
        _opens(
            r"""
            tags? | topics? | themen | schlagw[öo]rte | keywords | kategorie | categor | etiquetas
            filed under | home | startseite | back to top | nach oben | zurück | next | previous
            weiter
            """,
            then=r"\b.{0,160}$",
        ),
    ),
    "author's note": (
        _somewhere(
            r"""
            is a (?:reporter|journalist|writer|senior|staff|freelance|correspondent)
            contact | kontakt | @\w+\.\w+ | about the author | über den autor
            reporter (?:at|for) | email (?:him|her|them) | follow (?:him|her|them)
            ist redakteur | redakteur
            """
        ),
    ),
}


def leaked_lines(body: str, truth: str) -> list[tuple[str, str]]:
    """The kind and text of every line of `body` that is boilerplate, in their order."""
    known, known_groups = _letters(truth), _groups(truth)
    found: list[tuple[str, str]] = []
    for raw in body.split("\n"):
        line = raw.strip()
        letters = _letters(line)
        if len(letters) < 2 or letters in known or len(line) >= LONGEST_LINE:
            continue
        groups = _groups(line)
        if groups and len(groups & known_groups) / len(groups) > KNOWN_SHARE:
            continue
        if kind := kind_of(line):
            found.append((kind, line))
    return found


def kind_of(line: str) -> str | None:
    """The first kind that `line` is of."""
    for kind, patterns in KINDS.items():
        if any(pattern.search(line) for pattern in patterns):
            return kind
    return None


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text).lower()


def _groups(text: str) -> set[tuple[str, ...]]:
    found = [word.lower() for word in words(text)]
    starts = range(max(1, len(found) - GROUP + 1))
    return {tuple(found[start : start + GROUP]) for start in starts} if found else set()
