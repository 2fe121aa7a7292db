import csv
import datetime as dt
import hashlib
import io
import json
import re
import shutil
import sqlite3
import zipfile
from html.parser import HTMLParser
from urllib.parse import quote, unquote

import pytest

from archive import ArchiveFolder, ArchiveReader, Dateline, Moment, Reading, Verdict, import_file
from archive.browse.pages import ReadingRoom
from archive.digest import Digest
from archive.model import ArchivedCopy, Picture
from tests.archive.catalogue.facts import RUN, capture, opened
from tests.archive.catalogue.facts import article as fact
from tests.archive.generated import new_run
from tests.browse.asking import Asking, words_of
from tests.browse.library import (
    ARABIC,
    COPY,
    DELETED,
    DRAWING,
    EDITED,
    EVIL,
    GONE,
    HOSTILE,
    LEVELS,
    PICTURE,
    RETOLD,
    SAID,
    STORY,
    png,
)
from tests.replay.foreign import record

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


@pytest.fixture(scope="session")
def article(catalogue):
    """The path of the article at an address."""
    return lambda url: f"/article/{catalogue.find(url).view['id']}"


def post(key):
    return f"/post/{quote(key, safe='')}"


def add_reading(writer, number, found):
    """Catalogue a capture that shows an article, within the batch."""
    kept = capture(number, found.url)
    writer.add_capture(kept)
    writer.add_reading(
        Reading(record_id=kept.record_id, reader="r", verdict=Verdict.CONTENT, article=found)
    )


class Tags(HTMLParser):
    """What a browser would make of a page: its tags, attributes and links."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.links = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name in {"href", "src", "action"}}


def test_front_page_tells_what_changed_and_what_is_gone_before_all_else(ask):
    words = words_of(ask("/"))
    changed, gone, lost = map(
        words.index, ("Changed after publication", "Articles gone", "Posts gone")
    )
    assert changed < words.index("The night the Saltmarsh Bridge closed") < gone
    assert gone < words.index("What the harbour pays for its fees") < lost
    assert lost < words.index(SAID) < words.index("20 November 2026")


def test_an_article_is_told_in_its_own_order_with_posts_in_their_places(ask, article):
    words = words_of(ask(article(STORY)))
    places = [
        words.index("closed at a quarter to ten"),
        words.index("The article’s claim"),
        words.index("fourteen people"),
        words.index("No words of the post are quoted."),
        words.index("promised a report"),
    ]
    assert places == sorted(places)


def test_the_dateline_stands_where_it_opened_the_text_or_else_beside_the_headline(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(RUN)
        for number, block in enumerate((0, None)):
            signed = Dateline(raw="LATAKIA (5:35 P.M.) –", place="Latakia", block=block)
            add_reading(writer, number, fact(f"https://n.example/2026/{number}", dateline=signed))
    ask = Asking(root)
    for number, told in enumerate(
        ("LATAKIA (5:35 P.M.) – word0 word1", "signed LATAKIA (5:35 P.M.) –")
    ):
        [path] = re.findall(
            r"/article/[a-z0-9]+", ask(f"/search?q=https://n.example/2026/{number}").text
        )[:1]
        words = words_of(ask(path))
        assert told in words
        assert words.count("LATAKIA") == 1


def test_a_claim_stands_beside_the_fact_and_what_disagrees_is_said(ask, article):
    words = words_of(ask(article(STORY)))
    assert words.count(SAID) == 2
    assert "text as the platform has it" in words
    assert "claimed day off" in words
    assert "deleted" in words


def test_a_difference_shows_the_words_that_changed_and_no_others(ask, article):
    text = ask(article(STORY)).text
    assert "<del>eleven</del>" in text
    assert "<ins>fourteen</ins>" in text
    assert text.count("<del>") == text.count("<ins>") == 1


def test_a_lead_picture_that_the_text_has_stands_there_alone_with_its_credit(ask, article):
    answer = ask(article(RETOLD))
    assert answer.text.count("<img") == 1
    words = words_of(answer)
    assert words.index("Calder County") > words.index(LEVELS[0][:20])
    assert ask(article(STORY)).text.split('<div class="text"')[0].count("<img") == 1


def test_the_same_story_elsewhere_is_named_and_leads_to_its_time_line(ask, article):
    first = ask(article(COPY))
    assert "The same story elsewhere The night the Saltmarsh Bridge closed" in words_of(first)
    (story,) = set(re.findall(r'href="(/story/[^"]+)"', first.text))
    words = words_of(ask(story))
    assert "Told at 2 addresses" in words
    assert "other.example" in words


def test_a_story_told_nearly_so_has_its_time_line_too(ask, article):
    (story,) = set(re.findall(r'href="(/story/[^"]+)"', ask(article(RETOLD)).text))
    words = words_of(ask(story))
    assert "nearly word for word" in words
    assert "Told at 2 addresses" in words
    assert words.index("The river at its highest") < words.index("River falls after record")
    assert re.search(r"\d\d% alike", words)


def test_sources_are_listed_those_first_that_someone_should_look_at(ask):
    words = words_of(ask("/sources"))
    assert words.index("not had since 2026-11-17 09:30Z, 9 times") < words.index("the-news")
    assert "the-news 20 Nov 2026, 09:30 UTC 4 0 well" in words


def test_a_source_has_its_health_and_what_runs_brought(ask):
    page = ask("/source/the-news")
    words = words_of(page)
    assert "20 Nov 2026, 09:30 UTC 1 4 3 2" in words
    assert 'href="/run/20261120T093000Z-test"' in page.text
    assert "about every 60 minutes" in words
    assert "well" in words
    failing = words_of(ask(f"/source/{quote(EVIL, safe='')}"))
    assert "Failed 9 times, since 17 Nov 2026, 09:30 UTC" in failing


def test_an_archive_that_watches_nothing_says_so(root, tmp_path):
    shutil.copytree(root, tmp_path / "archive")
    (tmp_path / "archive" / "state.sqlite").unlink()
    assert "No run has watched" in words_of(Asking(tmp_path / "archive")("/sources"))


def test_a_post_has_its_citers_its_states_and_its_three_dates(ask):
    answer = ask(post(DELETED))
    words = words_of(answer)
    assert "The night the Saltmarsh Bridge closed" in words
    assert "12 November 2026 8 Nov 2026, 21:47 UTC 8 Nov 2026, 21:47 UTC" in words
    newest, oldest = re.findall(r'<p class="small"><span class="[^"]*">([^<]+)', answer.text)
    assert (newest, oldest) == ("deleted", "there")


def test_an_articles_claim_is_told_once_though_its_versions_repeat_it(ask):
    assert words_of(ask(post(DELETED))).count("12 November 2026 8 Nov 2026") == 1


def test_an_edited_post_shows_what_changed_and_covers_what_is_sensitive(ask):
    text = ask(post(EDITED)).text
    assert "<del>78</del>" in text
    assert "<ins>87</ins>" in text
    assert 'class="picture covered"' in text
    assert "Show this picture, marked as sensitive" in text


def test_a_post_shows_what_its_poll_offers_and_how_many_chose_what(ask):
    words = words_of(ask(post(EDITED)))
    assert "Close the lock 1,204 سد 7 % 1,290 voters ends 20 Nov 2026, 09:30 UTC closed" in words


def test_search_finds_articles_and_posts_and_marks_nothing_up(ask):
    words = words_of(ask("/search?q=fire+service"))
    assert "The night the Saltmarsh Bridge closed" in words
    assert "Post on X" in words_of(ask("/search?q=CalderFlood"))
    assert "Nothing here has all of these words" in words_of(ask("/search?q=zeppelin"))
    assert "an article: The night" in words_of(ask(f"/search?q={quote(STORY)}"))


def test_the_calendar_puts_an_article_on_the_day_and_place_that_it_is_signed(ask):
    for target in ("/datelines", "/datelines?month=2026-11"):
        words = words_of(ask(target))
        assert "9 November 2026 Saltmarsh" in words
    assert "Saltmarsh" not in words_of(ask("/datelines?month=2026-10"))
    assert "November 2026" in words_of(ask("/datelines?month=0000-99'"))


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A room over one page that was seen often, and a day on which much was signed."""
    root = ArchiveFolder.create(tmp_path_factory.mktemp("busy") / "archive").root
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(RUN)
        for number in range(230):
            url = f"https://news.example/2026/{number}" if number < 15 else STORY
            add_reading(
                writer,
                number,
                fact(
                    url,
                    dateline=Dateline(raw="CALDER —", place="Calder"),
                    published_at=Moment(on=dt.date(2026, 11, 9 if number < 15 else 10)),
                ),
            )
    return Asking(root)


def test_a_day_with_many_datelines_hides_no_other_day_and_says_how_many_there_are(busy):
    words = words_of(busy("/datelines?month=2026-11"))
    assert words.count("CALDER") + words.count("Calder") == 13
    assert "and 3 more" in words


def test_how_often_a_version_was_seen_is_counted_in_full(busy):
    [found] = re.findall(r"/article/[a-z0-9]+", busy(f"/search?q={quote(STORY)}").text)[:1]
    assert "and 203 times more" in words_of(busy(found))


def test_a_story_of_many_says_that_there_may_be_more(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(RUN)
        for number in range(201):
            add_reading(writer, number, fact(f"https://n{number}.example/2026/a"))
    asking = Asking(root)
    [first] = re.findall(r"/article/[a-z0-9]+", asking("/search?q=word5").text)[:1]
    [story] = set(re.findall(r"/story/[^\"]+", asking(first).text))
    assert "Told at 200 or more addresses" in words_of(asking(story))


def test_a_pictures_id_leads_to_it_and_to_who_names_it(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    picture = Picture(digest=Digest.of(b"p"), type="image/png", size_bytes=1)
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(RUN)
        add_reading(writer, 1, fact(image=PICTURE))
        kept = capture(2, PICTURE)
        writer.add_capture(kept)
        writer.add_reading(
            Reading(record_id=kept.record_id, reader="r", verdict=Verdict.CONTENT, picture=picture)
        )
    answer = Asking(root)(f"/search?q={quote(picture.digest, safe='')}")
    assert "a picture, seen in this capture , and named by article" in words_of(answer)
    assert f"/capture/{kept.record_id}" in unquote(answer.text)
    assert "/run/" not in answer.text


def test_an_address_that_web_archives_alone_gave_leads_to_their_copies(tmp_path):
    root = ArchiveFolder.create(tmp_path / "archive").root
    at = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
    told = ArchivedCopy(url=GONE, archive="old-web", memento_at=at)
    with opened(root / "catalogue.sqlite") as writer, writer.batch():
        writer.add_run(RUN)
        kept = capture(1, "https://web.archive.example/2026/" + GONE)
        writer.add_capture(kept)
        writer.add_reading(
            Reading(record_id=kept.record_id, reader="r", verdict=Verdict.CONTENT, copy=told)
        )
    answer = Asking(root)(f"/search?q={quote(GONE, safe='')}")
    assert answer.status == 200
    assert "old-web’s copy of 3 Nov 2026, 12:00 UTC" in words_of(answer)


def test_an_outlet_lists_its_own_articles_alone(ask):
    words = words_of(ask("/outlet/news.example"))
    assert "The night the Saltmarsh Bridge closed" in words
    assert "Bridge closed, says county" not in words
    health = words[words.index("What its addresses answered") :]
    assert "content 3 20 Nov 2026, 15:30 UTC gone 1 20 Nov 2026, 16:30 UTC" in health


def test_a_run_shows_its_report_and_what_it_captured(ask):
    assert "flood" in words_of(ask("/runs"))
    words = words_of(ask("/run/20261120T093000Z-test"))
    report = words[words.index("Its report") :]
    assert "New articles 7 Edits 1" in report
    assert "news.example 4 3 1 0" in words
    assert STORY in words
    assert "dateline <script>" in words


def test_the_evidence_is_that_of_the_very_record_and_its_proof_holds(ask, article, root):
    capture = ArchiveReader.open(root).nearest(STORY)
    words = words_of(ask(article(STORY)))
    for said in (
        capture.record_id,
        capture.payload_digest,
        capture.locator.warc,
        f"offset {capture.locator.offset} , length {capture.locator.length}",
    ):
        assert said in words
    assert "Proven." in words
    assert re.search(r"Signed by \S{20,}", words)
    assert "none: sent in the clear" in words


def test_evidence_that_another_archive_captured_says_so_and_nothing_of_its_transport(tmp_path):
    file = tmp_path / "other.warc.gz"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>elsewhere</p>"
    file.write_bytes(record("response", answer, WARC_Target_URI="https://news.example/a"))
    root = tmp_path / "archive"
    import_file(root, file, run=new_run("import-1"))
    (capture,) = ArchiveReader.open(root).captures()
    words = words_of(Asking(root)(f"/capture/{quote(capture.record_id, safe='')}"))
    assert "TLS not known: another archive captured it" in words
    assert "sent in the clear" not in words


def test_links_lead_to_the_replay_of_the_very_capture(ask, article, root):
    capture = ArchiveReader.open(root).nearest(STORY)
    link = f"http://127.0.0.1:8090/archive/{capture.captured_at:%Y%m%d%H%M%S}/{STORY}"
    assert f'href="{link}"' in ask(article(STORY)).text


def test_the_button_gives_a_package_of_the_article_alone(ask, article):
    answer = ask(f"{article(STORY)}/wacz")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/wacz"
    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.body)) as package:
        pages = package.read("pages/pages.jsonl").decode().splitlines()[1:]
    assert {json.loads(line)["url"] for line in pages} == {STORY}


def test_a_picture_is_the_bytes_that_were_kept_and_runs_nothing(ask, root):
    capture = ArchiveReader.open(root).nearest(PICTURE)
    answer = ask(f"/picture/{quote(capture.record_id)}")
    assert answer.body == png()
    assert answer.headers["content-type"] == "image/png"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_what_is_no_plain_picture_is_not_given_out(ask, root):
    for url in (DRAWING, STORY):
        record_id = ArchiveReader.open(root).nearest(url).record_id
        assert ask(f"/picture/{quote(record_id)}").status == 404


@pytest.mark.parametrize(
    "target",
    [
        "/article/nothing",
        "/article/nothing/wacz",
        "/post/x%3A0",
        "/story/nothing",
        "/outlet/nowhere.example",
        "/outlet/%2F%2F%00",
        "/capture/urn%3Auuid%3A0",
        "/run/..%2F..%2Fetc",
        "/source/nothing",
        "/picture/nothing",
        "/static/plugin.py",
    ],
)
def test_what_is_not_there_is_said_not_to_be(ask, target):
    assert ask(target).status == 404


@pytest.mark.parametrize(
    ("target", "status", "words"),
    [
        ("/robots.txt", 404, "There is no such page."),
        ("/article/../../etc/passwd", 404, "There is no such page."),
        ("/catalogue/nothing", 404, "There is no such page."),
        ("/catalogue?sql=select+*+from+%3Cb%3E", 400, "near"),
        ("/catalogue?sql=drop+table+articles", 400, "Statement must be a SELECT"),
        (f"/catalogue?sql={quote(ENDLESS)}", 400, "SQL Interrupted"),
    ],
)
def test_what_cannot_be_answered_is_one_page_of_ours_and_at_most_a_line_on_the_terminal(
    ask, target, status, words, capfd
):
    answer = ask(target)
    assert answer.status == status
    assert words in words_of(answer)
    assert "<b>" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src")
    told = capfd.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) <= 1


def test_who_asks_for_json_is_told_of_mistakes_in_json(ask):
    answer = ask("/catalogue.json?sql=select+*+from+nowhere")
    assert answer.status == 400
    assert json.loads(answer.body)["error"] == "no such table: nowhere"


def test_a_fault_of_ours_is_logged_with_its_place_and_without_what_was_at_hand(
    root, caplog, capfd, monkeypatch
):
    def fails(*_):
        secret = "the text of a page"
        raise RuntimeError(len(secret))

    monkeypatch.setattr(ReadingRoom, "runs", fails)
    answer = Asking(root)("/runs")
    assert answer.status == 500
    assert "The terminal" in words_of(answer)
    assert "in fails" in caplog.text
    assert "at hand" not in capfd.readouterr().out


def test_hostile_words_are_shown_as_words_everywhere(ask, article, catalogue):
    view = catalogue.find(HOSTILE).view
    pages = [
        "/",
        article(HOSTILE),
        post(f"evil:{EVIL}"),
        "/outlet/evil.example",
        f"/search?q={quote(EVIL, safe='')}",
        f"/capture/{quote(view['capture']['record_id'])}",
        "/run/20261120T093000Z-test",
        "/datelines",
        "/sources",
        f"/source/{quote(EVIL, safe='')}",
    ]
    for target in pages:
        answer = ask(target)
        assert answer.status == 200, target
        assert "\u202e" not in answer.text
        seen = Tags()
        seen.feed(answer.text)
        assert seen.names.isdisjoint({"script", "svg", "iframe", "object", "style", "textarea"})
        assert not [name for name in seen.attributes if name.startswith("on") or name == "style"]
        assert not [link for link in seen.links if not link.startswith(("/", "#", "http://127."))]
    assert "{{ 7 * 7 }}" in words_of(ask(article(HOSTILE)))


def test_words_that_stand_side_by_side_stay_apart_where_a_page_is_copied_from(ask, article):
    for target in ("/", article(STORY), post(DELETED), "/search?q=bridge", "/changes", "/outlets"):
        glued = re.findall(r"\w</(?:span|a|bdi)><(?:span|a|bdi)\b[^>]*>\w", ask(target).text)
        assert glued == [], target


def test_arabic_is_marked_as_what_it_is(ask, article):
    assert '<h1 dir="auto" lang="ar">' in ask(article(ARABIC)).text


def test_datasette_answers_with_tables_facets_json_and_csv(ask, catalogue):
    assert "articles" in words_of(ask("/catalogue"))
    rows = json.loads(ask("/catalogue/articles.json?_shape=array").body)
    assert {row["article_id"] for row in rows} == {one["id"] for one in catalogue.articles()}
    assert ask("/catalogue/captures?_facet=status").status == 200
    counted = ask("/catalogue.csv?sql=select+count(*)+as+n+from+captures").text.split()
    assert counted[0] == "n"
    assert int(counted[1]) == len(list(catalogue.captures()))


@pytest.mark.parametrize("form", ["", "&_dl=1", "&_stream=1"])
def test_no_cell_of_the_tables_csv_is_a_formula_to_a_spreadsheet(ask, form):
    sql = quote("select '=1+1' as \"@a\", ' +1' as b, -5 as c, 'as it is' as d")
    rows = list(csv.reader(ask(f"/catalogue.csv?sql={sql}{form}").text.splitlines()))
    assert rows == [["'@a", "b", "c", "d"], ["'=1+1", "' +1", "-5", "as it is"]]


@pytest.mark.parametrize(
    "target",
    [
        "/catalogue/articles",
        "/catalogue/captures",
        "/catalogue/posts",
        "/catalogue/citations",
        "/catalogue/article_urls?_facet=url",
        "/catalogue?sql=select+canonical_url,+url_key+from+articles",
        "/catalogue?sql=select+'%20HTTPS://news.example/x'+as+u",
    ],
)
def test_no_click_in_the_tables_leads_to_a_site(ask, target):
    answer = ask(target)
    assert answer.status == 200
    assert re.search(r"https?://\w+\.example/", answer.text, re.IGNORECASE)
    tags = Tags()
    tags.feed(answer.text)
    outside = {link for link in tags.links if re.match(r"\s*(?:[a-z]+:)?//", link, re.IGNORECASE)}
    ours = {link for link in outside if link.startswith("http://127.0.0.1:8080/")}
    assert outside - ours <= {"https://datasette.io/"}


def test_the_tables_lead_to_the_pages(ask, article):
    path = article(STORY)
    name = path.rpartition("/")[2]
    found = ask(f"/catalogue/articles?article_id={name}").text
    assert f'<a href="{path}">The night the Saltmarsh Bridge closed</a>' in found
    assert f'<a href="{path}">' in ask(f"/catalogue/articles/{name}").text
    sql = (
        "select article_id, post_key, citations.record_id "
        "from citations join versions using (version_id)"
    )
    found = ask(f"/catalogue?sql={quote(sql)}").text
    assert f'<a href="{path}">' in found
    assert f'<a href="{post(DELETED)}">' in found
    captures = re.findall(r'<a href="(/capture/[^"]*)">', found)
    assert captures
    assert ask(captures[0]).status == 200
    assert "Saltmarsh" in ask("/catalogue/versions?_col=headline").text


def test_the_pages_lead_to_their_rows(ask, article):
    for target in (article(STORY), post(DELETED)):
        rows = re.findall(r'"(/catalogue/[^"]*)">', ask(target).text.partition("In the tables")[2])
        assert len(rows) >= 3
        for row in rows[:3]:
            found = json.loads(ask(row.replace("?", ".json?")).body)
            assert found["filtered_table_rows_count"] >= 1, row


def test_nothing_is_changed_by_all_this(ask, article, root):
    def state():
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    before = state()
    for sql in ("delete from articles", "update posts set state = 'ok'", "pragma user_version=9"):
        assert ask(f"/catalogue?sql={quote(sql)}").status == 400
    for target in ("/", article(STORY), f"{article(STORY)}/wacz", "/catalogue/posts"):
        assert ask(target).status == 200
    assert state() == before


def test_what_a_crawl_writes_is_seen_at_once(tmp_path):
    from tests.browse.library import build

    build(tmp_path / "archive", tmp_path / "keys")
    asking = Asking(tmp_path / "archive")
    assert "Written while open" not in asking("/").text
    writing = sqlite3.connect(tmp_path / "archive" / "catalogue.sqlite", isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")  # as a crawl does, and goes on doing
    assert asking("/").status == 200
    writing.execute("UPDATE versions SET headline = 'Written while open'")
    writing.execute("UPDATE articles SET headline = 'Written while open'")
    writing.execute("COMMIT")
    assert "Written while open" in asking("/").text
    assert "Written while open" in asking("/catalogue/articles").text
    writing.close()
