"""What the rest of a page says about whether a name is a place's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from crawler.extract.datelines.place_names import folded

_LONGEST = 20_000
"""So much of the text is heard, in characters."""

# The words before a place that stand before little else.
_LOCAL = {
    "de": ("in", "nach", "aus", "Stadt", "Gemeinde", "Kreis", "Landkreis", "Ortsteil", "Raum"),
    "en": ("in", "near", "outside", "downtown", "[Cc]ity of", "[Tt]own of", "[Vv]illage of"),
    "fr": ("à", "[Vv]ille de", "[Cc]ommune de", "maire de", "près de"),
    "es": ("en", "[Cc]iudad de", "[Mm]unicipio de", "alcalde de", "alcaldesa de"),
    "ca": ("a", "alcalde de"),
    "pt": ("em", "[Cc]idade de", "[Mm]unicípio de", "[Pp]refeitura de", "prefeito de"),
    "it": ("a", "ad", "[Cc]omune di", "[Ss]indaco di", "città di"),
    "nl": ("in", "te", "gemeente"),
    "pl": ("w", "we", "z", "do"),
    "cs": ("v", "ve", "z", "do"),
    "sk": ("v", "vo", "z", "do"),
    "sl": ("v", "iz"),
    "hr": ("u", "iz"),
    "sr": ("u", "iz", "у", "из"),
    "bg": ("в", "във", "от"),
    "sv": ("i",),
    "da": ("i",),
    "no": ("i",),
    "nb": ("i",),
    "ro": ("în", "la", "din"),
    "el": ("στην", "στη", "στο", "στον", "στις", "στα"),
    "id": ("di", "Kota", "Kabupaten", "Polres"),
    "ms": ("di",),
    "tl": ("sa",),
    "vi": ("ở", "tại", "TP", "tỉnh", "huyện"),
    "ru": ("в", "во", "из"),
    "uk": ("у", "в", "з"),
    "be": ("у", "ў"),
    "ar": ("في", "مدينة", "محافظة"),
    "fa": ("در", "شهر", "استان"),
}
# What a place is called behind its name: `Mustertown Police`, `Kölner Rat`.
_OF_PLACE = {
    "en": r"\s(?:Police|County|City|Mayor|Fire Dep|Township|Town Council|residents?)\b",
    "de": r"er\s[A-ZÄÖÜ]",
}
# The words behind a place, where prepositions are postpositions.
_BEHIND = {
    "hi": ("में", "जिले", "जिला", "शहर", "पुलिस", "से"),
    "mr": ("मध्ये", "जिल्ह्यात", "शहरात"),
    "ne": ("मा", "जिल्ला"),
    "ur": ("میں", "پولیس", "کے"),
    "pa": ("ਵਿੱਚ", "ਵਿਚ", "ਪੁਲਿਸ"),
    "bn": ("শহরে", "জেলার", "জেলায়"),
}
_INFLECTED = frozenset(("ru", "uk", "pl", "cs", "sk", "sl", "hr", "sr", "be", "el", "ro"))
_STEM = 4
"""So many letters are never a stem and its ending."""
# Labels that newsrooms put before a report, words that open sentences, weekdays.
_LABELS = frozenset(
    """
    update updated breaking exclusive live watch video videos photo photos read opinion analysis
    editorial commentary correction review corrected advisory note news explainer factbox
    podcast listen q&a report release study check interview profile feature preview recap image
    images source credit file editor editors summary highlights published posted immediate
    contact media newsletter column quiz exklusiv eilmeldung meinung kommentar analyse foto
    fotos stand bild symbolbild archivbild archivfoto von quelle hinweis liveblog ticker vidéo
    alerte urgent última exclusif entretien édito mise exclusiva vídeo análisis opinión
    entrevista actualización imagen esclusiva analisi opinione intervista aggiornamento son özel
    haber видео фото мнение срочно обновлено эксклюзив عاجل فيديو خاص by por par agencia agence
    agency fuente fonte redacción text direct enquête récit portrait reportage décryptage
    témoignage tribune chronique infographie crónica reportaje cronaca warning alert related in
    im am on at for as with from after before since nach seit mit für bei ab bis dans depuis
    desde nel dal и на the a an he she it we they this that why how what who monday tuesday
    wednesday thursday friday saturday sunday today montag dienstag mittwoch donnerstag freitag
    samstag sonntag heute lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes
    miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato
    domenica
    sponsored advertisement advertorial anzeige werbung publicité publicidad trailer gallery
    slideshow poll transcript recipe urgente exclusivo eksklusif berita análise infográfico galeria
    galería fotogalería fotoğraf fotoğraflar опрос интервью репортаж обзор инфографика story sport
    sports fußball football calcio fútbol πηγή πηγές φωτογραφία kaynak sumber źródło zdroj kilde
    källa bron forrás sursa джерело источник источники المصدر المصادر منبع nguồn स्रोत
    publicerad publicerat publisert offentliggjort opublikowano publikacja publikováno zverejnené
    veröffentlicht aktualisiert uppdaterad oppdatert opdateret publié publiée publicado publicada
    atualizado actualizado pubblicato aggiornato gepubliceerd geplaatst bijgewerkt diterbitkan
    dipublikasikan diperbarui yayınlanma güncelleme опубликовано обновлено опубліковано оновлено
    julkaistu päivitetty megjelent frissítve publicat actualizat δημοσιεύθηκε ενημερώθηκε đăng
    created modified last
    credits writer writers author authors reporter autor autora autores auteur redaktion redacção
    redação redazione rédaction redactie redaktor редакция editado edited
    """.split()
)

_WITH_ARTICLE = frozenset(
    (("the", "hague"), ("the", "bronx"), ("a", "coruña"), ("santo", "domingo"))
)
"""Places whose names begin as sentences do, or end as a weekday."""

_WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag
    freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes
    miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
    সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
    """.split()
)


def is_weekday(name: str) -> bool:
    """Whether `name` is a day of the week."""
    return name.lower() in _WEEKDAYS


_BODIES = frozenset(
    "bank board bureau church city college council court department district government institute "
    "ministry museum office province school society state town university village".split()
)
"""What stands before `of` and a place in the name of a body, which files no report."""

_SCRIPTS = {
    "hi": re.compile("[\u0900-\u097f]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "el": re.compile("[\u03b1-\u03c9]"),
    "ru": re.compile("[\u0430-\u044f]"),
}
"""Letters, and the language that most of what is written in them is in."""
_SCRIPT_CHARS = 300


def _by_script(text: str) -> str | None:
    """The language that the letters of a text of unknown language point to, if any do."""
    opening = text[:_SCRIPT_CHARS]
    if opening.isascii():
        return None
    least = len(opening) / 3
    for language, letters in _SCRIPTS.items():
        if len(letters.findall(opening)) > least:
            return language
    return None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an opening stands: the page's language and the body behind it."""

    language: str | None = None
    text: str = ""
    titles: str = ""
    """The headline and the summary, which call places so as the text does."""
    places: frozenset[str] = frozenset()
    """Names of places that the page states for machines, folded."""

    @classmethod
    def of(cls, language: str | None, texts: Iterable[str]) -> Self:
        """The setting of a page in `language`, a tag of any detail, with the body `texts`."""
        heard, length = list[str](), 0
        for text in texts:
            heard.append(text[:_LONGEST])
            length += len(text)
            if length >= _LONGEST:
                break
        said = "\n".join(heard)
        primary = language.split("-")[0].lower() if language else _by_script(said)
        return cls(primary, said)

    def names_place(self, name: str) -> bool:
        """Whether the page says so, or has `name` behind a word such as `in`, which places it.

        Slavic endings may differ; Turkish says it by an ending of its own: `Bursa’da`.
        """
        if self.language == "tr":
            placed = rf"(?<!\w){re.escape(name)}['’][dt][ae]n?\b"
        elif self.language in _BEHIND:
            after = "|".join(_BEHIND[self.language])
            placed = rf"(?<!\S){re.escape(name)}\s(?:{after})(?!\S)"
        else:
            has_endings = self.language in _INFLECTED and len(name) > _STEM
            form = rf"{re.escape(name[:-1])}\w{{0,3}}" if has_endings else re.escape(name)
            before = "|".join(_LOCAL.get(self.language or "", ("in",)))
            placed = rf"\b(?:{before})\s{form}(?![\w-])"
            if behind := _OF_PLACE.get(self.language or ""):
                placed += rf"|(?<!\w){form}{behind}"
        if not name:
            return False
        if self.places and folded(name) in self.places:
            return True
        stem = name[:-1] if self.language in _INFLECTED else name
        heard = (said for said in (self.text, self.titles) if stem in said)
        return any(re.search(placed, said) for said in heard)

    def lowers(self, capitals: str) -> bool:
        """Whether the text has every word of `capitals` in small letters, as no place's is."""
        words = re.findall(r"[^\W\d_]{3,}", capitals.lower())
        return bool(words) and all(re.search(rf"\b{word}\b", self.text) for word in words)

    def repeats(self, capitals: str) -> bool:
        """Whether the text writes `capitals` so again, as it does initialisms and never places."""
        return re.search(rf"(?<!\w){re.escape(capitals)}(?!\w)", self.text) is not None


def is_label(place: str) -> bool:
    """Whether `place` begins or ends as a newsroom's label does, or as a sentence."""
    words = re.findall(r"[^\s/.]+", place.lower())
    if not words or tuple(words[:2]) in _WITH_ARTICLE:
        return False
    if words[1:2] == ["of"] and words[0] in _BODIES and not place.isupper():
        return True
    return words[0] in _LABELS or words[-1] in _LABELS or (len(words) == 1 and words[0] in _ROLES)


_ROLES = frozenset(
    """
    periodista presidente presidenta ministro ministra pregunta respuesta moderador moderadora
    entrevistador locutor portavoz alcalde gobernador pergunta resposta jornalista journaliste
    réponse président ministre frage antwort moderator moderatorin journalist reporter president
    minister interviewer host answer domanda risposta giornalista вопрос ответ ведущий журналист
    """.split()
)
"""Who speaks in the record of a talk: `PRESIDENTE.- Muy …`."""


def is_outlet(name: str) -> bool:
    """Whether `name` ends as an outlet's does, of which only the last word is a label's."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in _OUTLETS and words[0] not in _LABELS


_OUTLETS = frozenset(("news", "newsletter", "review", "sport", "sports", "report", "text"))
