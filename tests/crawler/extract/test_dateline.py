import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.datelines.opening import read_dateline, read_place_line
from crawler.extract.datelines.place_witness import Setting

PUBLISHED = dt.date(2022, 5, 4)
MAY_3 = dt.date(2022, 5, 3)
REST = "The ships left the harbour in the morning, and nobody has seen them since."


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "BEIRUT, LEBANON (5:35 P.M.) –",
            {"place": "Beirut", "country": "Lebanon", "local_time": dt.time(17, 35)},
        ),
        ("KYIV, Ukraine (AP) —", {"place": "Kyiv", "country": "Ukraine", "agency": "AP"}),
        ("WASHINGTON (Reuters) -", {"place": "Washington", "agency": "Reuters"}),
        ("Berlin (dpa) -", {"place": "Berlin", "agency": "dpa"}),
        ("PARIS (AFP) –", {"place": "Paris", "agency": "AFP"}),
        ("Moscow, 3 May, TASS.", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("Moscow, 3 May, TASS –", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("MOSCOW, May 3. /TASS/.", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("LONDON, May 3 (Reuters) -", {"place": "London", "date": MAY_3, "agency": "Reuters"}),
        (
            "HELENA, Mont., May 3, 2021 /Wireline/ --",
            {
                "place": "Helena",
                "region": "Mont.",
                "date": dt.date(2021, 5, 3),
                "agency": "Wireline",
            },
        ),
        ("NEW YORK —", {"place": "New York"}),
        ("New York, NY –", {"place": "New York", "region": "NY"}),
        ("WASHINGTON, D.C. —", {"place": "Washington", "region": "D.C."}),
        (
            "AIX-EN-PROVENCE, France (AFP) –",
            {"place": "Aix-en-Provence", "country": "France", "agency": "AFP"},
        ),
        (
            "The Hague, Netherlands (AP) —",
            {"place": "The Hague", "country": "Netherlands", "agency": "AP"},
        ),
        ("(Reuters) —", {"agency": "Reuters"}),
        ("(dpa/xy)", {"agency": "dpa/xy"}),
        ("КИЕВ (Интерфакс) —", {"place": "Киев", "agency": "Интерфакс"}),
        ("New Delhi, May 3 (PTI)", {"place": "New Delhi", "date": MAY_3, "agency": "PTI"}),
        ("BERLIN/PARIS (Reuters) -", {"place": "Berlin/Paris", "agency": "Reuters"}),
        ("BAKU /Trend/ –", {"place": "Baku", "agency": "Trend"}),
        ("БАКУ / Trend / –", {"place": "Баку", "agency": "Trend"}),
        ("Erbil (Kurdistan24) –", {"place": "Erbil", "agency": "Kurdistan24"}),
        (
            "LONDON, May 3, 2022 /PRNewswire/ --",
            {"place": "London", "date": MAY_3, "agency": "PRNewswire"},
        ),
        ("NEW YORK--(BUSINESS WIRE)--", {"place": "New York", "agency": "BUSINESS WIRE"}),
        (
            "SALEM, Ore., May 03, 2022 (GLOBE NEWSWIRE) --",
            {"place": "Salem", "region": "Ore.", "date": MAY_3, "agency": "GLOBE NEWSWIRE"},
        ),
        ("Sunnyvale, CA – May 3, 2022 –", {"place": "Sunnyvale", "region": "CA", "date": MAY_3}),
        ("LONDON | May 3, 2022 |", {"place": "London", "date": MAY_3}),
        ("London CNN —", {"place": "London", "agency": "CNN"}),
        ("London (CNN)", {"place": "London", "agency": "CNN"}),
        ("ST. LOUIS (KXYZ) —", {"place": "St. Louis", "agency": "KXYZ"}),
        ("WASHINGTON (AP) _", {"place": "Washington", "agency": "AP"}),
        (
            "KYIV, 3 May 2022, 14:30 –",
            {"place": "Kyiv", "date": MAY_3, "local_time": dt.time(14, 30)},
        ),
        ("LONDON, Tuesday, May 3 —", {"place": "London", "date": MAY_3}),
        (
            "Jerusalem, 3. Mai, 12 Uhr –",
            {"place": "Jerusalem", "date": MAY_3, "local_time": dt.time(12)},
        ),
        (
            "CARACAS, 3 de mayo, 19:00 hora local –",
            {"place": "Caracas", "date": MAY_3, "local_time": dt.time(19)},
        ),
        (
            "Vatican City, May 3, 2022 / 09:15 am (CNA).",
            {
                "place": "Vatican City",
                "date": MAY_3,
                "local_time": dt.time(9, 15),
                "agency": "CNA",
            },
        ),
        (
            "RENO, NV / NEWSWIRE / May 3, 2022 /",
            {"place": "Reno", "region": "NV", "agency": "NEWSWIRE", "date": MAY_3},
        ),
        (
            "May 3, 2022 – Ottawa, Ontario –",
            {"place": "Ottawa", "region": "Ontario", "date": MAY_3},
        ),
        (
            "NAIROBI, Kenya May 3 –",
            {"place": "Nairobi", "country": "Kenya", "date": MAY_3},
        ),
        (
            "London, UK (PRWEB) May 03, 2022 --",
            {"place": "London", "country": "UK", "agency": "PRWEB", "date": MAY_3},
        ),
        ("الكويت - 3 - 5 (كونا) --", {"place": "الكويت", "agency": "كونا", "date": MAY_3}),
        ("नयी दिल्ली, तीन मई (भाषा)", {"place": "नयी दिल्ली", "agency": "भाषा", "date": MAY_3}),
        ("Győr, 2022. május 3., kedd (MTI) -", {"place": "Győr", "agency": "MTI", "date": MAY_3}),
        (
            "DAMASCUS, SYRIA (10:20 A.M. Local Time) -",
            {"place": "Damascus", "country": "Syria", "local_time": dt.time(10, 20)},
        ),
        ("Potsdam (dpa/bb) -", {"place": "Potsdam", "agency": "dpa/bb"}),
        ("Frankfurt (Oder) (dpa) -", {"place": "Frankfurt", "region": "Oder", "agency": "dpa"}),
        ("Altmusterstadt (jur).", {"place": "Altmusterstadt", "agency": "jur"}),
        ("Wien (OTS)", {"place": "Wien", "agency": "OTS"}),
        ("KÖLN epd |", {"place": "Köln", "agency": "epd"}),
        ("Karlsruhe, (3.5.2022).", {"place": "Karlsruhe", "date": MAY_3}),
        ("Berlin, den 3. Mai 2022.", {"place": "Berlin", "date": MAY_3}),
        ("Altmusterstadt, 3. Mai 2022 -", {"place": "Altmusterstadt", "date": MAY_3}),
        ("Darmstadt - Mai 2022.", {"place": "Darmstadt"}),
        ("PARIS, 3 mai 2022 (AFP) -", {"place": "Paris", "date": MAY_3, "agency": "AFP"}),
        ("Paris, le 3 mai 2022 –", {"place": "Paris", "date": MAY_3}),
        ("Madrid, 3 may (EFE).-", {"place": "Madrid", "date": MAY_3, "agency": "EFE"}),
        (
            "MADRID, 3 May. (EUROPA PRESS) -",
            {"place": "Madrid", "date": MAY_3, "agency": "EUROPA PRESS"},
        ),
        ("Villa Nueva.-", {"place": "Villa Nueva"}),
        ("Bogotá, 3 de mayo de 2022 (EFE) -", {"place": "Bogotá", "date": MAY_3, "agency": "EFE"}),
        ("(ANSA) - ROMA, 03 MAG -", {"place": "Roma", "date": MAY_3, "agency": "ANSA"}),
        ("Roma, 3 mag - (Adnkronos) -", {"place": "Roma", "date": MAY_3, "agency": "Adnkronos"}),
        ("( Modena, 3 maggio 22 )", {"place": "Modena", "date": MAY_3}),
        ("İSTANBUL, (DHA)-", {"place": "İstanbul", "agency": "DHA"}),
        ("ANKARA, 3 Mayıs (AA) -", {"place": "Ankara", "date": MAY_3, "agency": "AA"}),
        ("МОСКВА, 3 мая. /ТАСС/.", {"place": "Москва", "date": MAY_3, "agency": "ТАСС"}),
        ("Москва. 3 мая. NEWS.EXAMPLE.RU -", {
            "place": "Москва", "date": MAY_3, "agency": "NEWS.EXAMPLE.RU"
        }),
        ("МОСКВА, 3 мая — РИА Новости.", {
            "place": "Москва", "date": MAY_3, "agency": "РИА Новости"
        }),
        ("Київ, 3 травня (Укрінформ).", {"place": "Київ", "date": MAY_3, "agency": "Укрінформ"}),
        ("بيروت (رويترز) -", {"place": "بيروت", "agency": "رويترز"}),
        ("القاهرة (أ ف ب) -", {"place": "القاهرة", "agency": "أ ف ب"}),
        ("دمشق - سانا:", {"place": "دمشق", "agency": "سانا"}),
        ("الرياض، 3 مايو (واس) -", {"place": "الرياض", "date": MAY_3, "agency": "واس"}),
        ("नई दिल्ली, (भाषा)", {"place": "नई दिल्ली", "agency": "भाषा"}),
        ("Warszawa, 3.05.2022 (PAP) -", {"place": "Warszawa", "date": MAY_3, "agency": "PAP"}),
        ("TASS, Moscow, 3 May –", {"place": "Moscow", "date": MAY_3, "agency": "TASS"}),
        ("NEWS.example.com, Jakarta -", {"place": "Jakarta", "agency": "NEWS.example.com"}),
        ("新华社北京5月3日电", {"place": "北京", "date": MAY_3, "agency": "新华社"}),
        ("（中央社記者王小明台北3日電）", {"place": "台北", "date": MAY_3, "agency": "中央社"}),
        ("【ソウル＝山田太郎】", {"place": "ソウル"}),
        ("【北京共同】", {"place": "北京", "agency": "共同"}),
        ("[東京 3日 ロイター] -", {"place": "東京", "date": MAY_3, "agency": "ロイター"}),
        ("(서울=연합뉴스) 홍길동 기자 =", {"place": "서울", "agency": "연합뉴스"}),
    ],
)  # fmt: skip
def test_the_grammar_reads(raw, expected):
    dateline = read_dateline(f"{raw} {REST}", PUBLISHED)
    found = {
        name: value
        for name in ("place", "region", "country", "agency", "date", "local_time")
        if (value := getattr(dateline, name)) is not None
    }
    assert found == expected
    assert dateline.raw == raw


@pytest.mark.parametrize(
    ("raw", "language", "body"),
    [
        ("NEW DELHI:", "en", ""),
        ("Islamabad:", "en", ""),
        ("Karlsruhe –", "de", ""),
        ("Köln.", "de", ""),
        ("Altmusterstadt –", "de", "Der Brand in Altmusterstadt ist gelöscht."),
        ("Mustertown —", "en", "Nobody in Mustertown was hurt."),
        ("Villanova Nuova -", "it", "È successo a Villanova Nuova."),
        ("Новогорск -", "ru", "Об этом сообщили в Новогорске утром."),
        ("Yenikent -", "tr", "Gemiler Yenikent’te kaldı."),
        ("FLUSSHAVEN —", "en", "Flusshaven is a town."),
    ],
)
def test_a_bare_place_needs_the_language_or_the_text_as_a_witness(raw, language, body):
    text = f"{raw} {REST}"
    assert read_dateline(text, PUBLISHED, Setting(language, body)).raw == raw


@pytest.mark.parametrize(
    ("opening", "language", "body"),
    [
        ("New Delhi: ", "de", ""),
        ("Köln. ", "en", ""),
        ("Altmusterstadt – ", "de", "Altmusterstadt liegt am Fluss."),
        ("Corona – ", "de", "So ist es in Corona-Zeiten."),
        ("Deutschland – ", "de", "Das gibt es in Deutschland."),
        ("NATO - ", "en", "The NATO chief said so."),
        ("ENQUÊTE - ", "fr", ""),
        ("ROYAUME - ", "fr", ""),
        ("John Smith – ", "en", "John Smith was there."),
        ("Hans Muster (SPD) – ", "de", ""),
        ("Muster AG (MSTR) – ", "de", ""),
        ("Galaxy S22 – ", "en", ""),
        ("Monday, May 3 – ", "en", ""),
        ("LIVE BLOG – ", "en", ""),
        ("Analysis - ", "en", ""),
        ("Update: ", "en", ""),
        ("Q: ", "en", ""),
        ("DEAR ANN: ", "en", ""),
        ("FACT CHECK — ", "en", ""),
        ("FOR IMMEDIATE RELEASE – ", "en", ""),
        ("WHAT WE KNOW — ", "en", ""),
        *(
            (f"{label} — ", "en", "")
            for label in ("OVERVIEW", "SURVEY", "DEAR READERS", "GO DEEPER")
        ),
        *((f"{label} — ", "en", "") for label in ("WORLD CUP", "STATE OF PLAY", "SUMMER EVENT")),
        ("Vidéo - ", "fr", ""),
        ("CRÓNICA - ", "es", ""),
        ("عاجل - ", "ar", ""),
        ("Иван Петров - ", "ru", ""),
        ("【速報】", "ja", ""),
        ("【写真＝共同】", "ja", ""),
        ("[단독] ", "ko", ""),
        ("(Update) – ", "en", ""),
        ("(Foto: dpa) ", "de", ""),
        ("(Fortsetzung) ", "de", ""),
        ("(HOW) ", "en", ""),
        ("(Stand: 3. Mai 2022) ", "de", ""),
        ("UPDATE, May 3, 2022: ", "en", ""),
        ("ABC News - ", "en", ""),
    ],
)
def test_a_label_a_person_or_a_product_is_no_place(opening, language, body):
    text = f"{opening}{REST}"
    assert read_dateline(text, PUBLISHED, Setting(language, body)) is None


@pytest.mark.parametrize(
    "opening",
    [
        "The ships left the harbour",
        "BERLIN-based officials said",
        "EXCLUSIVE — The ships left",
        "Ann Lee, CEO - said so",
        "NATO - the alliance",
        "I think (well, perhaps) so",
        "Rome — Another day",
        "London – the city of dreams and of all the ships that left the harbour today",
        "Berlin – München 2:1, und es hätte auch ganz anders ausgehen können gestern",
        "KYIV",
        "Moscow, 3 May",
        "WASHINGTON (Reuters) -",
        "U.S. - China trade",
        "2022 – A year",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(opening):
    assert read_dateline(opening, PUBLISHED) is None


def test_a_day_without_year_stays_unknown_without_a_neighbour():
    assert read_dateline(f"LONDON, May 3 (Reuters) - {REST}").date is None


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Düsseldorf -", "Düsseldorf"),
        ("Neu Musterstadt –", "Neu Musterstadt"),
        ("MUSTERTOWN, SWITZERLAND", "Mustertown"),
        ("Kansas City, Mo.", "Kansas City"),
        ("Berlin, 3. Mai 2022", "Berlin"),
        ("Washington (AFP)", "Washington"),
        ("دمشق-سانا", "دمشق"),
        ("【ソウル＝山田太郎】", "ソウル"),
    ],
)
def test_a_place_may_have_a_paragraph_of_its_own(line, place):
    dateline = read_place_line(line, PUBLISHED)
    assert (dateline.raw, dateline.place) == (line, place)


@pytest.mark.parametrize(
    "line",
    [
        *("Berlin", "Hans Muster", "Von Hans Muster", "Foto: AP", "Update -", "Related –", "AP"),
        *("Montag, 3. Mai 2022", "Hans Muster, 3. Mai 2022", "Updated May 3, 2022", "", "-"),
        *("John Smith (AP)", "John Smith, AP", "Por Agencia EFE", REST, "The Associated Press"),
    ],
)
def test_a_credit_or_a_byline_is_no_place_line(line):
    assert read_place_line(line, PUBLISHED) is None


@pytest.mark.parametrize(
    ("opening", "published", "is_one"),
    [
        ("Berlin, November 1989.", dt.date(2022, 5, 4), False),
        ("Berlin, 9. November 1989 –", dt.date(2022, 5, 4), False),
        ("Berlin, 9. November 1989 –", dt.date(1989, 11, 9), True),
        ("Berlin, 9. November 1989 –", None, True),
        ("Berlin (dpa), 9. November 1989 –", dt.date(2022, 5, 4), True),
        ("Berlin, 9. November 2015 –", dt.date(2022, 5, 4), True),
    ],
)
def test_a_bare_day_of_another_time_opens_a_story(opening, published, is_one):
    assert (read_dateline(f"{opening} {REST}", published) is not None) is is_one


@pytest.mark.parametrize(
    ("following", "is_one"),
    [
        (["GREER: I know, and I have brought the other one.", REST], False),
        (["MUMBAI: The port will be shut for two days.", REST], True),
        ([REST], True),
    ],
)
def test_another_voice_makes_a_place_a_speaker(following, is_one):
    text = "MADRID: The bridge will stay shut until the end of the month, as they said."
    found = read_dateline(text, PUBLISHED, Setting.of("en", ["the month.", *following]))
    assert (found is not None) is is_one


def test_names_that_head_each_text_of_a_list_are_no_places():
    text = "LANTERNHUT – Lamps of tin and glass, made by two sisters in an old boathouse."
    others = ["the harbour.", "KETTLE & SONS – Kettles that whistle a third.", "Nobody asked."]
    assert read_dateline(text, PUBLISHED, Setting.of("en", others)) is None
    assert read_dateline(text, PUBLISHED, Setting.of("en", [others[0], others[2]])) is not None
    towns = ["the harbour.", "PARIS – The bridge is shut.", "Nobody asked."]
    assert read_dateline(text, PUBLISHED, Setting.of("en", towns)) is not None


def test_a_page_names_its_place_at_the_beginning_of_a_sentence_too():
    text = "Port-Lune – Le pont restera fermé jusqu'à la fin du mois, a dit le maire."
    assert read_dateline(text, PUBLISHED, Setting.of("fr", ["À Port-Lune, on attend."])) is not None
    assert read_dateline(text, PUBLISHED, Setting.of("fr", ["On attend Port-Lune."])) is None


@given(st.text(max_size=200), st.sampled_from([None, "de", "en", "fr"]))
def test_no_text_breaks_it(text, language):
    setting = Setting.of(language, [text])
    for dateline in (
        read_dateline(text, PUBLISHED, setting),
        read_place_line(text, PUBLISHED, setting),
    ):
        assert dateline is None or text.startswith(dateline.raw)


@given(st.text(alphabet="AbZ ,.()/-–—:3é5M", max_size=150), st.booleans())
def test_raw_is_always_the_beginning_and_never_all(text, is_dated):
    dateline = read_dateline(text, PUBLISHED if is_dated else None)
    if dateline is not None:
        assert text.startswith(dateline.raw)
        assert text[len(dateline.raw) :].strip()


@pytest.mark.parametrize(
    "bait",
    [
        *(
            "A, ",
            "A ",
            "(",
            "KYIV, ",
            "A-",
            "May 3, ",
            "/a",
            "A.-",
            "в ",
            "日",
            "【A＝",
            "1.",
            "Q:",
        ),
        *("LEE: ", "\nLEE - ", "LEE-AP ", "OSLO - ", "Kenya May ", "(UPDATE) ", "2024. "),
    ],
)
def test_bait_costs_nothing(bait):
    started = time.process_time()
    read_dateline(bait * 200_000, PUBLISHED, Setting.of("en", [bait * 200_000] * 50))
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("raw", "place", "agency"),
    [
        ("TAIPEI (Taiwan News) —", "Taipei", "Taiwan News"),
        ("ST. PAUL, Minn. (FOX 9) -", "St. Paul", "FOX 9"),
        ("HAMBURG dpa –", "Hamburg", "dpa"),
        ("İSTANBUL-", "İstanbul", None),
        ("BALIKESİR (İHA) -", "Balıkesir", "İHA"),
        ("【서울=뉴시스】", "서울", "뉴시스"),
        ("【4月24日 AFP】", None, "AFP"),
        ("(Leipzig) -", "Leipzig", None),
        ("AGI -", None, "AGI"),
    ],
)
def test_further_forms(raw, place, agency):
    found = read_dateline(f"{raw} The bridge will stay shut until the end of the month, it said.")
    assert (found.raw, found.place, found.agency) == (raw, place, agency)


@pytest.mark.parametrize(
    ("language", "place", "is_one"),
    [("de", "Mettmann", True), ("es", "Mettmann", False), ("en", "Reading", False)],
)
def test_a_town_speaks_for_itself_in_its_own_press(language, place, is_one):
    text = f"{place} - The bridge will stay shut until the end of the month, as they said."
    assert (read_dateline(text, None, Setting(language)) is not None) is is_one


@pytest.mark.parametrize(
    "dateline",
    [
        "\u200bBEIRUT (AP) — ",
        "\ufeffBEIRUT (AP) —\u200b ",
        "\u200eBEI\u00adRUT (AP) — ",
        "BEIRUT (AP) \u2010 ",
        "BEIRUT (AP) \u2212 ",
    ],
)
def test_characters_that_show_nothing_and_odd_dashes_hide_no_dateline(dateline):
    found = read_dateline(f"{dateline}The ferry sailed on Monday.")
    assert found is not None
    assert (found.place, found.raw.rstrip()) == ("Beirut", dateline.rstrip())


@pytest.mark.parametrize(
    ("opening", "region", "country"),
    [
        ("TBILISI, Georgia (AP) — ", None, "Georgia"),
        ("SAVANNAH, Georgia (AP) — ", "Georgia", None),
    ],
)
def test_of_two_georgias_the_place_tells_which(opening, region, country):
    found = read_dateline(f"{opening}The port was closed on Tuesday.")
    assert (found.region, found.country) == (region, country)


def test_capitals_that_nobody_knows_need_more_than_a_day_in_brackets():
    report = "The pier was closed on Tuesday, and the ferries sail from the northern basin."
    assert read_dateline(f"QUAYMEET (May 3) — {report}") is None
    assert read_dateline(f"QUAYMEET, Norway (May 3) — {report}").place == "Quaymeet"
    assert read_dateline(f"OSLO (May 3) — {report}").place == "Oslo"


@pytest.mark.parametrize(
    ("language", "said", "is_one"),
    [
        ("de", "Die Flut kam in der Nacht.", False),
        ("de", "Die Bürger von Flusshaven warten.", True),
        ("fr", "La crue est venue de nuit.", False),
        ("en", "The flood came at night.", True),
        (None, "Die Flut kam in der Nacht, und das Wasser ist nicht mit dem Wind gegangen.", False),
    ],
)
def test_unknown_capitals_are_a_town_in_english_and_elsewhere_where_the_text_has_it(
    language, said, is_one
):
    report = "Zwei Brücken sind seit Dienstag gesperrt, die Fähre fährt."
    found = read_dateline(f"FLUSSHAVEN – {report}", PUBLISHED, Setting.of(language, [said]))
    assert (found is not None) is is_one
