import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ConfigError
from crawler.sources.opml import export_opml, import_opml
from crawler.sources.source import Source, SourceKind

OPML = """<?xml version="1.0"?>
<opml version="1.0"><head><title>mine</title></head><body>
<outline text="World &amp; wire">
  <outline type="rss" text="The Meridian" xmlUrl="https://meridian.example/feed?a=1&b=2"/>
  <outline type="rss" text="The Meridian" xmlURL="https://meridian.example/sport"/>
  <outline text="deeper">
    <outline title="&#1052;ир" text="" xmlUrl="http://ru.example/rss"/>
  </outline>
</outline>
<outline type="rss" text="again" xmlUrl="https://meridian.example/sport"/>
<outline type="rss" text="bad" xmlUrl="javascript:alert(1)"/>
<outline type="link" text="no feed" url="https://x.example/"/>
</body></opml>""".encode()


def test_feeds_become_sources_and_folders_tags():
    imported = import_opml(OPML, taken={"feed"})
    assert [
        (source.name, source.urls[0], source.outlet, source.tags) for source in imported.sources
    ] == [
        (
            "the-meridian",
            "https://meridian.example/feed?a=1&b=2",
            "The Meridian",
            ("World & wire",),
        ),
        ("the-meridian-2", "https://meridian.example/sport", "The Meridian", ("World & wire",)),
        ("feed-2", "http://ru.example/rss", "Мир", ("World & wire", "deeper")),
    ]
    assert len(imported.left_out) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b'<!DOCTYPE o [<!ENTITY a "x">]><opml><outline text="&a;" xmlUrl="http://a/"/></opml>',
        b"<opml><body>",
        b"<o>" * 100_000,
    ],
)
def test_what_is_no_opml_is_refused(data):
    with pytest.raises(ConfigError, match="not OPML"):
        import_opml(data)


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.isprintable() and text.strip()))
def test_what_is_exported_is_imported_again(outlet):
    source = Source(
        name="a", kind=SourceKind.FEED, urls=("https://a.example/?x=1&y=<2>",), outlet=outlet
    )
    text = export_opml([source, Source(name="b", kind=SourceKind.SITE, urls=("http://b.example",))])
    (again,) = import_opml(text.encode("utf-8", "replace")).sources
    assert again.urls == source.urls
    assert again.kind is SourceKind.FEED
