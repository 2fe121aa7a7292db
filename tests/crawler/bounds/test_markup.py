import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bench import fuzz_bounds
from crawler.bounds.markup import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAGS, bound

PAGE = """<html><body class="a"><p>One <b>two <i>three</i></b><ul><li>x<li>y</ul>
<script>if (a<b) { s = "<div><div>" }</script><select><option>z</select><svg><path d="M1"/></svg>"""


def depth_of(text):
    return fuzz_bounds.depth_of(LexborHTMLParser(text).root)


def test_an_honest_page_is_not_touched():
    assert bound(PAGE) == PAGE


def test_a_crowded_honest_page_loses_nothing_but_comments_options_and_drawings():
    rows = (
        "<table>"
        + "<tr><td class=c><q>cell</q><a href='?a=1&b=2'>x</a></td></tr>" * 4000
        + "</table>"
    )
    page = f"<!DOCTYPE html><!-- one -->{PAGE}{rows}<!-- two"
    script = r'if (a\u003cb) { s = "\u003cdiv>\u003cdiv>" }'
    kept = PAGE.replace('if (a<b) { s = "<div><div>" }', script)
    kept = kept.replace("svg", "canvas").replace("select", "canvas")
    kept = kept.replace("<option>", " ").replace('<path d="M1"/>', " ")
    kept = kept.replace("</ul>\n", "</ul><!---->\n")  # parts blanks that a parser might copy
    assert bound(page) == f"<!DOCTYPE html>{kept}{rows}"


def test_text_below_the_depth_is_kept_and_the_depth_is_not():
    text = bound("<div>" * 30_000 + "deep" + "</div>" * 30_000 + "<p>after</p>")
    assert MAX_DEPTH <= depth_of(text) <= MAX_DEPTH + 5
    assert "deep" in text
    assert LexborHTMLParser(text).css_first("p").parent.tag == "body"


def test_markup_in_scripts_counts_for_nothing_and_data_says_what_it_said():
    data = ["<div>", "</p>", "<!--"] * 20_000
    page = LexborHTMLParser(bound(f"<script>{json.dumps(data)}</script><p>x</p>"))
    assert json.loads(page.css_first("script").text()) == data
    assert page.css_first("p").text() == "x"


def test_a_title_of_a_crowded_page_reads_as_before():
    page = LexborHTMLParser(bound("<title>a <b> & c</title>" + "<p>x</p>" * 20_000))
    assert page.css_first("title").text() == "a <b> & c"


def test_a_long_script_is_no_long_tag_and_its_page_stays_as_it_is():
    page = f"{PAGE}<option>y<script>{'[1,2],' * 9_000}</script>"
    assert bound(page) == page


def test_a_long_tag_behind_a_script_in_quotes_is_still_cut():
    names = " ".join(f"a{number}" for number in range(9_000))
    bait = f"""<div title="<script>" {names} title="</script>">text</div>"""
    assert len(bound(bait)) < len(bait) / 2


# What a parser passes over, and what may look as if it were: each with the tags behind it.
BEFORE = [
    *('<!-- <i a=" -->', '<!--> <i a=" -->', '<!-- --!> <i a=" -->', '<? <i a=" ?>', '</ <i a=">'),
    *('<!x <i a=" >', '<![CDATA[ <i a=" ]]>', '<script><i a="</script>', '<style><i a="</style>'),
    *('<iframe><i a="</iframe>', '<noembed><i a="</noembed>', '<noframes><i a="</noframes>'),
    *("<svg><script>", "<svg><style>", "<svg><title>", "<math><xmp>", "<svg><desc><div></svg>"),
    *('<script><!--<script></script><i a="</script>', "<select><style>", "<template><style>"),
    *('<i a=\xa0">', '<i a=\x85">', "<i = ", "<i == '", "<i 'a=\">", "<svg><textarea>"),
    "<i a='\">",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", ["", "</script>", '">', "'>", "</style></svg>"])
def test_nothing_that_stands_before_hides_tags_too_deep_or_too_full(before, after):
    names = " ".join(f"a{number}" for number in range(20_000))
    text = bound(f"{before}<p {names} z='\">{after}")
    elements = LexborHTMLParser(text).css("*")
    assert max(len(element.attributes) for element in elements) <= MAX_ATTRIBUTES
    assert depth_of(bound(f"{before}{'<div>' * 11_000}{after}")) <= MAX_DEPTH + 10


@given(
    st.lists(st.sampled_from([*BEFORE, *"<>/='\"! -ap", "-->", "</script>", "</style>", "\xa0"])),
    st.lists(st.sampled_from(["<p ", "=", "'", '"', " ", "/", "<", "\xa0", *"xyz"]), max_size=30),
)
def test_no_soup_of_tags_hides_one_that_is_too_full(before, middle):
    names = " ".join(f"a{number}" for number in range(8_000))
    text = bound(f"{''.join(before)}<p {''.join(middle)} {names} z='\">")
    elements = LexborHTMLParser(text).css("*")
    assert max(len(element.attributes) for element in elements) <= MAX_ATTRIBUTES


@pytest.mark.parametrize("name", ["optgroup", "path", "rp", "rt", "use", "td", "p", "li", "dd"])
@pytest.mark.parametrize(
    "around", ["", "<svg>", "<math><mi>", "<ruby><object>", "<select>", "<table><caption>"]
)
def test_what_closes_itself_in_one_place_opens_no_depth_in_another(name, around):
    page = around + f"<{name}>" * 11_000 + "<div></div><p>x</p></zz>" * 100
    assert depth_of(bound(page)) <= MAX_DEPTH + 10


@pytest.mark.parametrize(
    "cycle",
    [
        "<p><b id={}>x",
        "<p><b id={}></i>x",
        "<p><b id={}><!--</b>-->x",
        "<p><b id={}><br title='</b>'>x",
        "<p><b id={}><script></b></script>x",
        "<b id={}><table><tr><td></b></table><p>x",
        "<p><b id={}><object></b></object>x",
    ],
)
def test_unclosed_formatting_elements_do_not_multiply(cycle):
    text = bound("".join(map(cycle.format, range(3000))))
    assert len(LexborHTMLParser(text).css("*")) < 20_000


def test_few_formatting_elements_do_not_multiply_in_many_paragraphs():
    unclosed = "".join(f"<b id={i}>" for i in range(60))
    text = bound(f"{unclosed}{'<p>x' * 20_000}")
    assert len(LexborHTMLParser(text).css("*")) < 30_000


def test_a_few_words_in_bold_stay_so():
    page = "<p>One <b>two</b> <em>three</em>" * 30
    assert bound(page) == page


@pytest.mark.parametrize("value", ["1", '">"', "'<'"])
def test_attributes_in_excess_are_cut(value):
    attributes = " ".join(f"a{i}={value}" for i in range(50_000))
    element = LexborHTMLParser(bound(f"<p id=x {attributes}>text</p>")).css_first("p")
    assert 1 < len(element.attributes) <= MAX_ATTRIBUTES
    assert element.attributes["id"] == "x"


def test_one_long_attribute_is_no_excess():
    text = f"<p data-html='{'x ' * 100_000}'>text</p>"
    assert bound(text) == text


# What a parser leaves out, or moves away, between two texts.
JOINTS = [
    *(("", "<td id=q>"), ("", "</zz id=q>"), ("", "<html a=b>"), ("<form>", "<form id=q>")),
    *(("<template>", "<td id=q>"), ("<select>", "<div id=q>"), ("<svg>", "<td id=q>")),
    *(("<table>", "<tr id=q>"), ("<table>", "<input type=hidden>"), ("<table>", "<!--c-->")),
    *(("<table>", "<script>y</script>"), ("<table>", "<td id=q></td>"), ("<table>", "<a b=c></a>")),
    *(("<table>", "</th> x<colgroup>"), ("", "</html><html a=b>"), ("", "</body><body a=b>")),
    *(("<table>", "<form a=b></form>"), ("<table>", "<meta a=b>"), ("<frameset>", "<p id=a>")),
]


PARSE_IN_LITTLE_ROOM = """
import json, resource, sys
from selectolax.lexbor import LexborHTMLParser
from crawler.bounds.markup import bound
pages = json.load(sys.stdin)
resource.setrlimit(resource.RLIMIT_DATA, (300_000_000, 300_000_000))
for start, text, times in pages:
    LexborHTMLParser(bound(f"<title>t</title>{start}{text * times}"))
"""


def test_no_text_is_copied_again_and_again():
    sizes = (("x", 400, 4_000), (" ", 150, 4_500), ("\xa0", 150, 4_500))
    pages = [
        (before, letter * size + joint, times)
        for before, joint in JOINTS
        for letter, size, times in sizes
    ]
    command = [sys.executable, "-c", PARSE_IN_LITTLE_ROOM]
    subprocess.run(command, input=json.dumps(pages), text=True, check=True, timeout=120)


def test_a_long_page_of_tables_reads_as_before():
    rows = "".join(
        f"<tr class=r{at % 2}>\n<td id=c{at}>Cell {at}, {'and more of it ' * 20}</td>\n</tr>"
        for at in range(3000)
    )
    head = "<head><script>let a</script>\n<title>t</title></head>"
    page = f"<html lang=en>\n{head}<table>{rows}</table>"
    assert bound(page) != page
    before, after = LexborHTMLParser(page), LexborHTMLParser(bound(page))
    assert after.css_first("head > title") is not None
    assert [cell.attributes for cell in after.css("td")] == [c.attributes for c in before.css("td")]
    assert after.text().split() == before.text().split()


def test_a_page_of_too_many_tags_is_read_in_part():
    text = bound("<p>x</p>" * MAX_TAGS)
    assert text.count("<") == MAX_TAGS


@pytest.mark.parametrize(
    "bait",
    ["<", "<a ", "<a '\"", '<a b="', "<script>", "<!--", "</", "<b>", "<a b=' ", "=", "<p\n"],
)
def test_counting_takes_linear_time(bait):
    assert_counted_in_time(bait * (2_000_000 // len(bait)))


ATTRIBUTES = ('="x" ', "='x' ", '="="', "==x", "=x ", "= ", "a=b", 'a="b"', "/=", '"', "'", "a\n")
"""Short pieces of start tags, many of which can be taken for one attribute or for two."""


@pytest.mark.parametrize("end", [">", "", '" >', "' >"])
@pytest.mark.parametrize("one", ATTRIBUTES)
@pytest.mark.parametrize("count", [100, MAX_ATTRIBUTES - 1, 5_000])
def test_the_attributes_of_a_tag_are_counted_in_linear_time(one, count, end):
    assert_counted_in_time(f"<a {one * count}{end}{'x' * 30_001}")  # long enough to be looked into


def assert_counted_in_time(text):
    started = time.process_time()
    bound(text)
    assert time.process_time() - started < 5
