"""What families of content systems put around and into articles, in their own markup.

Pages of our own making: the class names and the nesting are the systems', the words are not.
"""

import datetime as dt

import pytest

from crawler.extract.page import Page
from crawler.extract.text.phrases.end_notes import is_note
from crawler.reading.page import read

URL = "https://valley.example/2022/bridge"
TITLE = "The old swing bridge is closed to lorries"
SENTENCES = (
    "The town council voted late on Tuesday to close the old swing bridge to lorries for a year.",
    "Councillors had been told that repairs would take nine weeks and cost more than all roads.",
    "Nobody in the hall, the mayor said, wanted to be the one who had left the bridge open.",
    "Hauliers say that the way round by the ferry road adds forty minutes to each of their trips.",
    "A public meeting is to be held at the corn exchange on Friday evening, with the engineers.",
)


def each(form, lines):
    return "".join(form.format(line) for line in lines)


def article(body, head="", top=""):
    page = (
        f"<html lang=en><head><title>{TITLE} | Valley</title>{head}</head><body>"
        f"<header><a href='/'>Valley</a></header><main><h1>{TITLE}</h1>{top}{body}</main>"
        "<footer>Valley, a paper</footer></body></html>"
    )
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    return found


def texts(body, top=""):
    return [block.text for block in article(f"<div class=text>{body}</div>", top=top).body]


def amid(part):
    return each("<p>{}</p>", SENTENCES[:3]) + part + each("<p>{}</p>", SENTENCES[3:])


BOXES = {
    "a form whose classes a machine made": "<div class='sc-eNQAEJ gHjKlM'><div>The valley at six"
    "</div><p>Sign up for our daily letter about the valley and what happens in it.</p>"
    "<input><button>OK</button><p>By signing up you accept how we keep your data.</p></div>",
    "titled links whose classes say nothing": "<div class='my-8 p-6'><div class='mb-2'>From the "
    "valley</div><ul><li><a href='/a'>The roof of the corn exchange is mended</a></li>"
    "<li><a href='/b'>The quarry asks for longer hours</a></li></ul></div>",
    "TownNews' related stories": "<div class='tncms-inline-relcontent'><div class='panel'>"
    "<h4 class='panel-title'>People are also reading…</h4><ul><li><a href='/a'>The quarry asks for "
    "longer hours</a></li></ul></div></div>",
    "Ghost's bookmark": "<figure class='kg-card kg-bookmark-card'><a href='https://o.example/'>"
    "<div class='kg-bookmark-title'>Swing bridges of the north</div><div>A survey of those who "
    "keep them, and of what it costs.</div></a></figure>",
    "a link below what says to read it": "<p>Read also:<br><a href='/a'>The roof of the corn "
    "exchange is mended at last</a></p>",
    "links with bars between them": "<p><a href='/p'>As a page for the printer</a> | "
    "<a href='/s'>To a friend</a> | <a href='/f'>In the forum (12)</a></p>",
    "an element of a block": "<div class='story__related'><p>The roof of the corn exchange, which "
    "had leaked since the storms, is mended.</p></div>",
    "Drupal's field": "<div class='field field--name-field-related field--type-entity-reference'>"
    "<p>The roof of the corn exchange, which had leaked since the storms, is mended.</p></div>",
}


@pytest.mark.parametrize("box", BOXES)
def test_a_box_amid_the_paragraphs_is_not_of_the_article(box):
    assert texts(amid(BOXES[box])) == list(SENTENCES)


@pytest.mark.parametrize(
    "part",
    [
        "<div class=box><p>{}</p><button>Show</button></div>",
        "<div class=box><p><b>The mayor</b></p><p>{}</p><a href='/m'>Who is the mayor?</a></div>",
        "<div class='field field--name-body field--type-text-with-summary'><p>{}</p></div>",
        "<figure><blockquote>{}</blockquote></figure>",
    ],
)
def test_a_box_with_text_stays(part):
    line = "Built in 1911, the bridge was last looked over eleven years ago, by a firm now gone."
    assert line in " ".join(texts(amid(part.format(line))))


def test_paragraphs_for_subscribers_are_an_article_together():
    free = each("<div class=subscriber-preview><p>{}</p></div>", SENTENCES[:2])
    paid = each("<div class=subscriber-only><p>{}</p></div>", SENTENCES[2:])
    assert texts(f"<div class='asset-content subscriber-premium'>{free}{paid}</div>") == list(
        SENTENCES
    )


def test_small_print_takes_no_paragraphs_below_it_away():
    print_ = "<p>We do not share your address; see our privacy policy.</p>"
    body = each("<p>{}</p>", SENTENCES[:3]) + print_ + each("<p>{}</p>", SENTENCES * 2)
    assert set(SENTENCES) <= set(texts(body))


LEADS = {
    "Arc": "<h2 class='c-subheadline b-subheadline'>{}</h2>",
    "an element of a block": "<div class='article__head'><div class='article__lead'>{}</div></div>",
    "Drupal": "<div class='field field--name-field-chapo field--type-string-long'>{}</div>",
    "Vietnam": "<h2 class=sapo>{}</h2>",
    "a sentence that nothing names": "<div class='sc-dnqmqq'><p>{}</p></div>",
}


@pytest.mark.parametrize("family", LEADS)
def test_a_short_lead_is_found(family):
    lead = "Engineers found cracks in two of its bearings in autumn. The council acts."
    found = article(f"<div>{amid('')}</div>", top=LEADS[family].format(lead))
    assert found.subtitle == lead


SIGNED = {
    "Twitter's card, as Yoast fills it": (
        "<meta name=twitter:label1 content=Author><meta name=twitter:data1 content='Ann Lee'>",
        "",
    ),
    "Elementor": (
        "",
        "<div class='elementor-element elementor-widget'><a href='/author/ann/'>Ann Lee</a></div>",
    ),
    "Naver's journalist": ("", "<em class=media_end_head_journalist_name>Ann Lee</em>"),
    "CSS modules": ("", "<div class='Meta_authors__9oPas'>Ann Lee</div>"),
    "a name with its address": ("<meta name=author content='Ann Lee ann@valley.example'>", ""),
    "Joomla's first user": (
        "<meta name=author content='Super User'>",
        "<span class=itemAuthor>Written by <a rel=author href='/user/4'>Ann Lee</a></span>",
    ),
    "Drupal's RDF": ("", "<span rel='schema:author'><span>Ann Lee</span></span>"),
}


@pytest.mark.parametrize("family", SIGNED)
def test_who_signs_is_found(family):
    head, top = SIGNED[family]
    found = article(f"<div>{amid('')}</div>", head=head, top=top)
    assert [author.name for author in found.authors] == ["Ann Lee"]


def test_an_author_stated_in_the_footer_of_the_headline_s_item_is_its_author():
    page = (
        f"<html><head><title>{TITLE}</title></head><body><div class=article itemscope "
        f"itemtype='http://schema.org/Article'><h1 itemprop=headline>{TITLE}</h1><div class=footer>"
        "<span itemprop=author itemscope itemtype='http://schema.org/Person'><span itemprop=name>"
        f"Ann Lee</span></span></div><div itemprop=articleBody>{amid('')}</div></div></body></html>"
    )
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    assert [author.name for author in found.authors] == ["Ann Lee"]


def test_a_headline_that_links_to_nowhere_is_no_site_s_name():
    page = (
        f"<html><head><title>{TITLE} - Valley</title></head><body>"
        f"<h1><a href='#'>{TITLE}</a></h1><div>{amid('')}</div></body></html>"
    )
    found = read(Page(url=URL, body=page.encode(), content_type="text/html"), "").article
    assert found is not None
    assert found.headline == TITLE


def test_hatom_states_its_instant_in_a_title():
    stamp = "<abbr class=published itemprop=datePublished title='2022-11-16T08:15:00+01:00'>8:15"
    found = article(f"<div>{amid('')}</div>", top=f"<p>{stamp}</abbr></p>")
    assert found.published_at is not None
    assert found.published_at.at == dt.datetime.fromisoformat("2022-11-16T08:15:00+01:00")


@pytest.mark.parametrize(
    "line",
    [
        "Thanks for reading The Ferryman! This post is public so feel free to share it.",
        "The views expressed in this article are the author’s own.",
        "- Ends -",
        "Нашли ошибку? Выделите её мышкой и нажмите Ctrl+Enter",
        "（记者 林之远 编辑 何青）",
    ],
)
def test_what_a_page_says_of_itself_is_a_note(line):
    assert is_note(line.lower())


@pytest.mark.parametrize(
    "line",
    [
        "The views expressed by the farmers were as many as the farmers.",
        "Ends of ropes lay on the quay, as they had for years.",
        "记者在现场看到，桥面上的裂缝已经有两指宽，工人正在测量。",
        "",
        "!",
    ],
)
def test_a_sentence_of_the_article_is_none(line):
    assert not is_note(line.lower())
