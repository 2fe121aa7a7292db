import time

import pytest

from crawler.extract.document.markup import parse
from crawler.extract.text.outline import Branch, Span
from crawler.extract.text.outlining import MAX_DEPTH, build_outline


def outline_of(html, **kwargs):
    return build_outline(parse(html).body, **kwargs)


def shape(branch):
    return [(kid.tag, shape(kid)) if isinstance(kid, Branch) else kid.text for kid in branch.kids]


def test_blocks_are_branches_and_inline_markup_melts_into_runs():
    outline = outline_of("<p>One <b>two</b>\n three<br>four</p>tail<div><i>five</i></div>")
    assert shape(outline.root) == [("p", ["One two three", "four"]), "tail", ("div", ["five"])]


def test_what_shows_no_text_is_left_out():
    html = "a<script>b</script><style>c</style><noscript>d</noscript><!-- e -->f"
    assert shape(outline_of(html).root) == ["af"]


def test_small_inline_parts_with_minor_names_show_no_text():
    html = "<p>Said <span class='sr-only'>opens a window</span> he.</p>"
    assert shape(outline_of(html).root) == [("p", ["Said he."])]


def test_links_know_their_text_and_place():
    outline = outline_of("<p>See <a href='/x'>the <b>list</b> </a>, <a name=y>no link</a></p>")
    assert [(one.href, one.text, one.span) for one in outline.links] == [
        ("/x", "the list", Span(4, 12))
    ]
    (paragraph,) = outline.root.kids
    assert paragraph.kids[0].linked == len("the list")


def test_an_omitted_element_leaves_its_place_and_nothing_else():
    tree = parse("<p>before</p><blockquote>quoted <p>post</p></blockquote><p>after</p>")
    quote, last = tree.css_first("blockquote").mem_id, tree.css("p")[-1].mem_id
    outline = build_outline(tree.body, noted={last}, omitted={quote})
    assert shape(outline.root) == [("p", ["before"]), ("p", ["after"])]
    assert outline.places == {quote: 6, last: 6}
    assert [kid.kids[0].span for kid in outline.root.kids] == [Span(0, 6), Span(6, 11)]


def test_an_embed_within_a_paragraph_parts_its_text():
    tree = parse("<p>before <iframe></iframe> after</p>")
    frame = tree.css_first("iframe").mem_id
    outline = build_outline(tree.body, omitted={frame})
    assert shape(outline.root) == [("p", ["before", "after"])]


def test_depth_is_bounded_and_text_stays():
    outline = outline_of("<div>" * 400 + "deep" + "</div>" * 400 + "<p>after</p>")
    branch, depth = outline.root, 0
    while isinstance(branch, Branch):
        branch, depth = branch.kids[0], depth + 1
    assert depth == MAX_DEPTH + 1
    assert shape(outline.root)[-1] == ("p", ["after"])


def test_a_released_outline_has_no_cycles():
    outline = outline_of("<div><p>text</p></div>")
    division = outline.root.kids[0]
    outline.release()
    assert division.parent is None
    assert division.kids[0].parent is None


MENU = "<li><a href=/one>One</a></li><li><a href=/two>Two <b>more</b></a></li>"


@pytest.mark.parametrize("tag", ["aside", "footer", "menu", "nav"])
def test_a_menu_is_one_run_of_linked_text(tag):
    outline = outline_of(f"<p>Before.</p><{tag} class=top><ul>{MENU}</ul></{tag}><p>After.</p>")
    assert shape(outline.root) == [
        ("p", ["Before."]),
        (tag, ["One Two more"]),
        ("p", ["After."]),
    ]
    (run,) = outline.root.kids[1].kids
    assert run.linked == len(run.text)
    assert outline.root.kids[1].names == "top"
    assert outline.root.kids[2].kids[0].start == run.end
    assert outline.links == ()


@pytest.mark.parametrize(
    "beside",
    [
        "<div>And a line that is not linked.</div>",
        "<h1>A title</h1>",
        "<button>Search</button>",
        "<script>let said = 'nothing';</script>",
        "<svg><text>drawn</text></svg>",
        f"<a>{'unlinked ' * 3}</a>",
        f"<a name=x href>{'so long ' * 3_000}</a>",
    ],
)
def test_what_holds_more_than_links_is_no_menu(beside):
    outline = outline_of(f"<nav><ul>{MENU}</ul>{beside}</nav>")
    assert [one.href for one in outline.links] == ["/one", "/two"]


def test_a_menu_with_something_noted_is_read_whole():
    tree = parse(f"<nav><ul>{MENU}</ul></nav>")
    noted = tree.css("a")[1].mem_id
    outline = build_outline(tree.body, noted={noted})
    assert outline.places == {noted: 3}
    assert len(outline.links) == 2


def test_nested_parts_that_are_no_menus_take_linear_time():
    depth = 180
    nested = "<nav>" * depth + "<button></button>" + "<br>" * 50_000
    tree = parse(nested)
    start = time.process_time()
    build_outline(tree.body)
    assert time.process_time() - start < 0.5  # and twice as much without the bound
