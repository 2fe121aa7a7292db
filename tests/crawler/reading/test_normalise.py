import datetime as dt
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from archive import (
    Article,
    Author,
    BlockType,
    BodyBlock,
    CanonicalClaim,
    Citation,
    Dateline,
    Link,
    Moment,
    Notice,
    NoticeKind,
    Relation,
    Statement,
)
from crawler.reading.normalise import (
    normalise_article,
    normalise_citation,
    normalise_lines,
    normalise_tags,
    normalise_text,
)

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\0\x1b\u202e\u2066\u200d\u200f\ufeff\u00ad\u0301\u2028\x85\r\n\t #＃@e"),
    ),
    max_size=30,
)
URLS = st.one_of(
    ANY_TEXT,
    st.sampled_from(["https://A.example:443/a/../b?utm_source=x&a=1#f", "http://[", "/rel"]),
)
MAYBE = st.one_of(st.none(), ANY_TEXT)
BLOCKS = st.builds(
    BodyBlock,
    type=st.sampled_from(BlockType),
    text=ANY_TEXT,
    items=st.lists(ANY_TEXT, max_size=3).map(tuple),
    post=st.one_of(st.none(), st.just("x:1")),
    url=st.one_of(st.none(), URLS),
)
CITATIONS = st.builds(
    Citation,
    platform=st.just("x"),
    post_id=st.just("1"),
    url=st.just("https://x.com/i/status/1"),
    relation=st.sampled_from(Relation),
    form=st.just("link"),
    block=st.one_of(st.none(), st.integers(0, 4)),
    claimed_handle=MAYBE,
    claimed_name=MAYBE,
    claimed_text=MAYBE,
    hashtags=st.lists(ANY_TEXT, max_size=3).map(tuple),
    mentions=st.lists(ANY_TEXT, max_size=3).map(tuple),
    links=st.lists(URLS, max_size=3).map(tuple),
)
ARTICLES = st.builds(
    Article,
    url=URLS,
    claim=st.builds(CanonicalClaim, canonical_url=st.one_of(st.none(), URLS)),
    headline=MAYBE,
    subtitle=MAYBE,
    authors=st.lists(st.builds(Author, name=ANY_TEXT), max_size=4).map(tuple),
    published_at=st.builds(Moment, on=st.dates(), raw=ANY_TEXT),
    dateline=st.builds(
        Dateline,
        raw=ANY_TEXT,
        place=MAYBE,
        agency=MAYBE,
        block=st.one_of(st.none(), st.integers(0, 4)),
    ),
    language=st.one_of(st.none(), st.sampled_from(["en_us", "DE", "x", "zh-hant-tw"]), ANY_TEXT),
    tags=st.lists(ANY_TEXT, max_size=4).map(tuple),
    image=st.one_of(st.none(), URLS),
    body=st.lists(BLOCKS, max_size=5).map(tuple),
    links=st.lists(
        st.builds(Link, url=URLS, text=ANY_TEXT, block=st.one_of(st.none(), st.integers(0, 4))),
        max_size=3,
    ).map(tuple),
    posts=st.lists(CITATIONS, max_size=3).map(tuple),
)


@given(ARTICLES)
def test_normalising_an_article_twice_is_normalising_it_once(article):
    once = normalise_article(article)
    assert normalise_article(once) == once


@given(CITATIONS)
def test_normalising_a_citation_twice_is_normalising_it_once(citation):
    once = normalise_citation(citation)
    assert normalise_citation(once) == once


@given(ANY_TEXT)
def test_texts_are_nfc_on_one_line_without_junk(text):
    clean = normalise_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == " ".join(clean.split())
    assert not set(clean) & set("\0\x1b\u202e\u2066\ufeff\n\r\t")
    assert normalise_text(clean) == clean
    assert normalise_lines(normalise_lines(text)) == normalise_lines(text)


@given(ARTICLES)
def test_indexes_still_point_at_the_same_blocks(article):
    clean = normalise_article(article)
    assert all(post.block is None or post.block < len(clean.body) for post in clean.posts)
    assert all(link.block is None or link.block < len(clean.body) for link in clean.links)
    assert clean.dateline.block is None or clean.dateline.block < len(clean.body)


def test_a_dropped_block_moves_the_indexes_behind_it():
    empty, text = (BodyBlock(type=BlockType.PARAGRAPH, text=text) for text in ("\u200b \0", "b"))
    empty = BodyBlock(type=BlockType.PARAGRAPH, text=" \0")
    link = Link(url="https://b.example/", text="l", block=1)
    clean = normalise_article(Article(url="https://a.example/", body=(empty, text), links=(link,)))
    assert [block.text for block in clean.body] == ["b"]
    assert clean.links[0].block == 0


def test_what_a_page_wrote_becomes_what_we_keep():
    at = dt.datetime(2022, 5, 3, 10, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    clean = normalise_article(
        Article(
            url="HTTPS://News.example:443/a/./b?utm_medium=x&b=1#top",
            headline=" Cafe\u0301\n\u202efalse ",
            authors=(Author(name="Ann  Lee"), Author(name="ANN LEE"), Author(name=" ")),
            published_at=Moment(on=at.date(), at=at, raw=" raw "),
            language="en_gb",
            tags=("#Relief", "relief", "", "Roads "),
            image="javascript:x",
        )
    )
    assert clean.url == "https://news.example/a/b?b=1"
    assert clean.headline == "Café false"
    assert clean.authors == (Author(name="Ann Lee"),)
    assert clean.published_at == Moment(on=at.date(), at=at, raw="raw")
    assert clean.published_at.at.utcoffset() == dt.timedelta(hours=2)
    assert clean.language == "en-GB"
    assert clean.tags == ("Relief", "Roads")
    assert clean.image is None


def test_joiners_that_make_words_are_kept():
    assert normalise_text("می\u200cخواهم") == "می\u200cخواهم"


def test_tags_lose_their_hash_and_their_doubles():
    assert normalise_tags(["#المرصد", "＃المرصد", "# a", "A", "#"]) == ("المرصد", "a")


def test_entries_notices_and_statements_are_normalised_and_keep_their_blocks():
    article = Article(
        url="https://a.example/",
        body=(
            BodyBlock(type=BlockType.PARAGRAPH, text=" \x00 "),
            BodyBlock(type=BlockType.ENTRY, text="", stated_at=Moment(on=dt.date(2022, 5, 3))),
            BodyBlock(type=BlockType.PARAGRAPH, text="Update:  x"),
        ),
        notices=(Notice(kind=NoticeKind.UPDATE, text="Update:  x", block=2),),
        agencies=("AFP ", "AFP"),
        other_statements=(Statement(field="headline", source="title", value="a  b"),),
    )
    clean = normalise_article(article)
    assert [block.type for block in clean.body] == [BlockType.ENTRY, BlockType.PARAGRAPH]
    assert clean.notices == (Notice(kind=NoticeKind.UPDATE, text="Update: x", block=1),)
    assert (clean.agencies, clean.other_statements[0].value) == (("AFP",), "a b")
    assert normalise_article(clean) == clean
