"""Bylines that a label opens, in many languages, and what such labels may stand before besides.

Pages of our own making: names and words are nobody's.
"""

import pytest

from crawler.extract.page import Page
from crawler.reading.page import read

URL = "https://quarry.example/story-77"
TITLE = "Quarry closes its upper terrace for the winter"
SENTENCES = (
    "The quarry above the village closed its upper terrace on Monday, two months before time.",
    "Foremen had found cracks in the haul road, and water where none had ever been seen before.",
    "About forty of the ninety men who cut stone there were sent to the lower pit, she said.",
)


def headed(top):
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    page = f"<title>{TITLE}</title><div><h1>{TITLE}</h1>{top}<div>{body}</div></div>"
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    return found


def names(line):
    return [author.name for author in headed(f"<div>{line}</div>").authors]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Σύνταξη: Νίκος Παπαδάκης", "Νίκος Παπαδάκης"),
        ("Oprac. Anna Nowak", "Anna Nowak"),
        ("Texto: Ana Lima", "Ana Lima"),
        ("Redacción: Ana Lima", "Ana Lima"),
        ("Reporter: Budi Santoso | Editor: Siti Aminah", "Budi Santoso"),
        ("Haber: Ayşe Yılmaz", "Ayşe Yılmaz"),
        ("Piše: Ana Petrović", "Ana Petrović"),
        ("Tác giả: Lê Văn An", "Lê Văn An"),
        ("Teksti: Anna Virta", "Anna Virta"),
        ("بقلم: أحمد علي", "أحمد علي"),
        ("كتبت - هالة منصور", "هالة منصور"),
        ("كتب أحمد سالم", "أحمد سالم"),
        ("記者陳小明／台北報導", "陳小明"),
        ("Του Γιώργου Παππά", "Γιώργου Παππά"),
        ("de Ana Dobre", "Ana Dobre"),
        ("Ann Lee | March 9, 2021 | 12:00 pm", "Ann Lee"),
        ("Anna Berg, 09.03.2021 12:00 Uhr", "Anna Berg"),
        ("Mehmet Demir / ANKARA", "Mehmet Demir"),
        ("लेखक: राम कुमार", "राम कुमार"),
        ("מאת: דנה לוי", "דנה לוי"),
        ("文：山田太郎", "山田太郎"),
        ("홍길동 기자 hong@quarry.example", "홍길동"),
        ("2022年03月15日 10:15 来源：石报 作者：李安", "李安"),
        ("记者 李安", "李安"),
        ("石报讯 记者 安娜·李 报道", "安娜·李"),
        ("Rédigé par : Anne Lenoir", "Anne Lenoir"),
        ("Text: Anna Berg, Fotos: Uwe Stein", "Anna Berg"),
        ("Von unserer Redakteurin Anna Berg", "Anna Berg"),
        ("By Ann Lee. Published 3/15/22", "Ann Lee"),
    ],
)
def test_a_label_tells_who_wrote(line, name):
    assert names(line) == [name]


def test_names_that_a_comma_of_east_asia_lists_are_several():
    assert names("文：山田太郎、鈴木花子") == ["山田太郎", "鈴木花子"]


@pytest.mark.parametrize(
    "line",
    [
        "Text: which roads are closed, and until when",
        "Haber: yol neden kapandı?",
        "作者：未知",
        "文：今年の冬は例年より早く石切り場の上の段が閉じられ、男たちは下の穴に移されることになった",
        "记者从县里获悉",
        "记者 今天从县里获悉 ，上层已经关闭",
        "文：石切り場は閉じた。冬が来る",
        "Redacción",
    ],
)
def test_what_else_follows_such_a_word_is_no_name(line):
    assert names(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Giriş Tarihi: 15.03.2022 10:15 Son Güncelleme: 16.03.2022 11:00",
        "Publié le 15/03/2022 à 10h15, mis à jour le 16/03/2022 à 11h00 par la rédaction",
        "Posted at 10:15 AM, Mar 15, 2022 and last updated 11:00 AM, Mar 16, 2022",
        "Published 3/15/22",
    ],
)
def test_a_long_stamp_opens_with_the_day_of_publication(line):
    assert str(headed(f"<div>{line}</div>").published_at) == "2022-03-15"


@pytest.mark.parametrize(
    "line",
    [
        "On 15 March 2022 the parish had asked the county to look at the face of the quarry.",
        "What the parish had asked before it closed on 15 March 2022 is there in writing now",
    ],
)
def test_a_long_sentence_with_a_day_is_no_stamp(line):
    assert headed(f"<div>{line}</div>").published_at is None
