"""Whether a line reports what somebody said: pages do not quote what they ask of their readers."""

import re

_SAYING = frozenset(
    """
    said says saying told tells wrote asked asks replied recalls recalled explained shouted
    cried called added sagte sagt sagten rief fragte fragt meinte erklärte schrieb erzählt erzählte
    antwortete disait demande répond explique raconte écrit crie lance ajoute dijo dice decía
    preguntó respondió explicó gritó contó disse diz perguntou respondeu explicou contou gritou dice
    disse diceva chiede risponde spiega racconta scrive zei zegt vroeg riep schreef vertelt sagde
    siger spurgte råbte sade säger frågade ropade skrev sier spurte ropte sanoi sanoo kysyi huusi
    kertoi powiedział powiedziała mówi mówił zawołał zapytał napisał řekl řekla říká zeptal ptá
    zavolal napsal povedal povedala hovorí zvolal spýtal mondta mondja kérdezte írta kiáltotta spus
    spune întrebat strigat scris каза казва попита извика рече рекао рекла каже упитао rekao rekla
    kaže upitao viknuo rekel pravi vprašal zaklical είπε λέει ρώτησε φώναξε έγραψε dedi diyor sordu
    söyledi anlattı yazdı dedi soruşdu деді айтты сказал сказала говорит спросил крикнул написал
    рассказал ответил сказав сказала каже питає спитав гукнув написав просив казаў кажа сказаў
    ütles ütleb küsis hüüdis teica saka jautāja sakė sako paklausė tha thotë pyeti рече вели праша
    diu preguntar قال قالت يقول سأل كتب گفت می‌گوید پرسید نوشت אמר אמרה אומר שאל כתב کہا کہتے پوچھا
    कहा कहते बोले पूछा बताया বলেন বলেছেন বলল kata ujar tanya tutur alisema anasema nói hỏi
    """.split()
)
"""Words of saying, in lower case, of languages that divide words by spaces."""
_SAYING_LAST = frozenset(("dit", "sa"))
"""Such words that are others in other languages; they count where they open the last clause."""
_QUOTED = re.compile(r"[\"“”„«»‘'][^\"“”„«»]{2,300}[\"“”»«’']\W{0,2}\s\w")
"""A quotation at a line's beginning, and words behind it."""
_EDGES = " .,!?;:\"“”„«»‘’'()…"


def is_reported(low: str) -> bool:
    """Whether the line, in lower case, opens with a quotation or tells who says something."""
    words = [word.strip(_EDGES) for word in re.split(r"[\s-]+", low)]
    if not _SAYING.isdisjoint(words) or is_quoted(low):
        return True
    _, comma, last = low.rpartition(", ")
    return comma != "" and re.split(r"[\s-]", last, maxsplit=1)[0] in _SAYING_LAST


def is_quoted(low: str) -> bool:
    """Whether the line opens with a quotation, and goes on behind it."""
    return _QUOTED.match(low) is not None


def ends_in_speech(low: str) -> bool:
    """Whether the line, in lower case, closes with who said it, as in `Sign, he said`."""
    _, comma, last = low.rpartition(",")
    return comma != "" and last.endswith((".", "!", "?")) and is_reported(comma + last)
