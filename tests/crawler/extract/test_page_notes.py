"""What pages tell of themselves: a note opens in some words and names something near them."""

import pytest

from crawler.extract.text.phrases.openings import Openings
from crawler.extract.text.phrases.page_notes import note_family


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("Article continues below this ad", "offer"),
        ("Artiklen fortsætter under billedet", "offer"),
        ("Dalsza część artykułu pod materiałem wideo", "offer"),
        ("The video could not be loaded.", "technical"),
        ("Um dieses Video zu sehen, akzeptieren Sie bitte die Cookies.", "technical"),
        ("You have reached your limit of free articles this month.", "offer"),
        ("Članak je dostupan samo za pretplatnike", None),
        ("Este conteúdo é exclusivo para assinantes", "offer"),
        ("Článek je pouze pro předplatitele", "offer"),
        ("To comment you must be a registered user.", "discussion"),
        ("Comentarios: inicia sesión con tu cuenta registrada, están cerrados", "discussion"),
        ("Toute reproduction interdite sans autorisation écrite", "note"),
        ("При использовании материалов ссылка на остров обязательна", "note"),
        ("The post The ferry sails again appeared first on Isle News.", "note"),
        ("La entrada El barco zarpa se publicó primero en Isla.", "note"),
        ("The views in this column are those of the writer alone.", "note"),
        ("Some links in this guide earn us a commission.", "note"),
        ("Reporting for this story was supported by the Isle Fund.", "note"),
        ("Translated by Ann Lee", "note"),
        ("Tłumaczenie: Anna Li", "note"),
        ("Време за четене: 3 мин", "button"),
        ("Les også: Ferja går igjen", "more"),
        ("Loe ka: Parvlaev sõidab taas", "more"),
        ("Həmçinin oxuyun: Bərə yenidən dənizdə", "more"),
        ("ასევე წაიკითხეთ: ბორანი ისევ დაცურავს", "more"),
        ("আরও পড়ুন: ফেরি আবার চলছে", "more"),
        ("Снимка: Остров", "note"),
        ("WATCH | The crew tells of the night", "note"),
        ("Sendung: Inselwelle, 3. Mai", "note"),
        ("Našli ste v texte chybu?", "discussion"),
        ("Wie bewerten Sie diesen Artikel?", "discussion"),
        ("Si te gustó esta nota, compártela", "offer"),
        ("Zabranjeno je preuzimanje sadržaja bez dozvole", "note"),
        ("Disclaimer: this text comes from a feed.", "note"),
        ("Hier können Sie sich das Interview anhören", "more"),
        ("Редакция не несёт ответственности за мнения читателей", "note"),
    ],
)
def test_a_note_is_of_the_family_of_its_words(line, family):
    assert note_family(line.lower()) == family


@pytest.mark.parametrize(
    "line",
    [
        "The video of the storm made the crew famous.",
        "You have to see the lighthouse, if only once.",
        "This article of the harbour law is a hundred years old.",
        "La riproduzione dei delfini è riservata ai mesi caldi.",
        "Reproduction of the seals begins in May.",
        "The views from the pier are the best on the coast.",
        "The post office opens at nine.",
        "Die Meinung im Dorf war geteilt.",
        "Foto und Film waren auf der Insel lange verboten.",
        "Читать вслух она не любила.",
        "Czytaj głośno, powiedział sędzia.",
        "Also read to me, he said, and read slowly.",
        "Wir nutzen den Wind, sagte der Kapitän, und nehmen keine Cookies mit.",
        "Kaynak suyu köye yıllar sonra geldi.",
        "É proibida a pesca no mês de maio.",
        "Hier können Kinder im Sommer schwimmen lernen.",
        "Нашли и кошелёк, и ключи.",
        "Disclaimers filled the last page of the contract.",
    ],
)
def test_a_sentence_of_an_article_is_none(line):
    assert note_family(line.lower()) is None


def test_a_note_names_what_it_is_of_near_its_opening():
    line = "reproduction of {} is prohibited"
    assert note_family(line.format("this text")) == "note"
    assert note_family(line.format("herring, " * 20)) is None


def test_an_opening_ends_where_a_word_does():
    openings = Openings("follow us; follow")
    assert openings.of("follow us on the pier") == "follow us"
    assert openings.of("follow useful advice") == "follow"
    assert openings.of("followers of the pier") == ""
