"""The article in a page's state, beside others that are preloaded. All content is invented."""

import base64
import html
import json
import time

import pytest

from archive import Relation
from crawler.extract.citations.citing import MOST_CITATIONS
from crawler.extract.citations.state.article import articles_in
from crawler.extract.citations.state.sought import Sought
from crawler.extract.citations.walk import find_citations
from crawler.extract.document.tree import Tree

PAGE_URL = "https://news.example/2026/05/storm"
SENTENCES = (
    "The harbour office closed the pier at noon and sent every ferry back to port.",
    "Waves of five metres broke over the northern wall while crews lashed the cranes.",
    "By evening the wind had turned and the first boats were allowed to leave again.",
)
OTHER = (
    "A bakery in the old town has won the annual prize for the best rye bread again.",
    "The jury praised the crust and a sourdough that the family has kept for decades.",
    "Customers queued around the corner on the morning after the prize was announced.",
)
TWEET = (
    '<blockquote class="twitter-tweet"><p>Pier closed.</p>&mdash; Kai Ferry (@kai_ferry) '
    '<a href="https://twitter.com/kai_ferry/status/1791000000000000001">May 16, 2024</a>'
    "</blockquote>"
)
FILM = "https://www.youtube.com/watch?v=aB3-_dEfGhI"
STRANGE = "https://www.youtube.com/watch?v=bB3-_dEfGhI"
VIDEO = "youtube:aB3-_dEfGhI"
POST = "x:1791000000000000001"


def page(*scripts, paragraphs=SENTENCES, wrapper="{}"):
    text = "".join(wrapper.format(f"<p>{one}</p>") for one in paragraphs)
    return (
        "<!doctype html><html><head><title>Storm</title></head><body><main><article>"
        f"<h1>Storm closes the pier</h1>{text}</article></main>{''.join(scripts)}</body></html>"
    )


def data(value, *, opening='<script type="application/json">', ending="</script>"):
    # As content systems write it: no end tag may stand in a script.
    return opening + json.dumps(value).replace("</", "<\\/") + ending


def citations(markup):
    return [one.citation for one in find_citations(Tree(markup), PAGE_URL)]


def keys(markup):
    return [citation.post_key for citation in citations(markup)]


def story(sentences, *embeds, **fields):
    paragraphs = [{"type": "paragraph", "text": one} for one in sentences]
    return {"headline": sentences[0][:20], "content": [*paragraphs, *embeds], **fields}


def embed(url):
    return {"type": "embed", "url": url}


def state(**more):
    return {
        "page": {"article": story(SENTENCES, embed(FILM)), **more},
        "more": [story(OTHER, embed(STRANGE), url="/bakery")],
    }


@pytest.mark.parametrize(
    ("opening", "ending"),
    [
        ('<script id="__NEXT_DATA__" type="application/json">', "</script>"),
        ("<script>window.__STATE__ = ", ";</script>"),
        ("<script>var a=1;window.__STATE__=", ";(function(){var b={};})()</script>"),
        ("<script>Fusion.globalContent=", ";Fusion.other={};</script>"),
        ("<script>start(", ");</script>"),
    ],
)
def test_posts_of_the_article_are_found_and_of_others_not(opening, ending):
    [citation] = citations(page(data(state(), opening=opening, ending=ending)))
    assert (citation.post_key, citation.form) == (VIDEO, "state")
    assert citation.relation is Relation.EMBEDDED


def test_markup_in_a_state_is_read_with_its_claims():
    [citation] = citations(page(data(story(SENTENCES, {"type": "embed", "html": TWEET}))))
    assert (citation.post_key, citation.claimed_handle) == (POST, "kai_ferry")
    assert citation.claimed_text == "Pier closed."


@pytest.mark.parametrize("written", [html.escape(TWEET), base64.b64encode(TWEET.encode()).decode()])
def test_markup_that_a_state_has_in_other_letters_is_read(written):
    [citation] = citations(page(data(story(SENTENCES, {"twitter": {"embed-js": written}}))))
    assert (citation.post_key, citation.claimed_handle) == (POST, "kai_ferry")


@pytest.mark.parametrize(
    ("kind", "wrapper"), [("type", "attrs"), ("type", "data"), ("tagName", "properties")]
)
def test_an_object_around_that_wraps_its_fields_tells_their_kind(kind, wrapper):
    wrapped = {kind: "tweet", wrapper: {"id": "1791000000000000001"}}
    assert keys(page(data(story(SENTENCES, wrapped)))) == [POST]


def test_an_address_of_bluesky_s_protocol_is_an_embed():
    uri = "at://did:plc:qqqqwwww2222eeee3333rrrr/app.bsky.feed.post/3lm5c7yqk2s2x"
    [citation] = citations(page(data(story(SENTENCES, {"type": "post", "uri": uri}))))
    assert (citation.platform, citation.relation) == ("bluesky", Relation.EMBEDDED)


def test_an_article_that_is_one_string_of_markup_is_read():
    body = "".join(f"<p>{one}</p>" for one in SENTENCES) + TWEET
    markup = page(
        data({"id": 1, "body": body, "next": {"body": TWEET.replace("0001", "0002") * 9}})
    )
    assert keys(markup) == [POST]


def test_a_link_in_a_state_is_no_embed():
    links = {"type": "link", "href": FILM, "children": [{"text": "a film of the waves"}]}
    [citation] = citations(page(data(story(SENTENCES, links))))
    assert (citation.post_key, citation.relation) == (VIDEO, Relation.LINKED)


def test_rich_text_that_keeps_its_embeds_apart():
    rich = {"json": {"children": story(SENTENCES)["content"]}, "references": [embed(FILM)]}
    assert keys(page(data({"text": rich, "related": [embed(STRANGE)], "padding": "x" * 900}))) == [
        VIDEO
    ]


def test_numbers_of_a_flat_state_are_places():
    flat = [
        ["Reactive", 1],
        {"article": 2, "related": 11},
        {"blocks": 3},
        [4, 5, 6, 7],
        *SENTENCES,
        {"url": 8, "width": 12},
        FILM,
        {"url": 10},
        STRANGE,
        [9],
        640,
        "x" * 900,
    ]
    assert keys(page(data(flat))) == [VIDEO]


def test_paragraphs_each_in_a_box_of_their_own_are_sentences_too():
    assert keys(page(data(state()), wrapper="<div><div>{}</div></div>")) == [VIDEO]


def test_what_the_page_shows_already_is_not_cited_again():
    shown = '<iframe src="https://www.youtube.com/embed/aB3-_dEfGhI"></iframe>'
    markup = page(data(state())).replace("</article>", f"{shown}</article>")
    assert [c.form for c in citations(markup)] == ["iframe"]


@pytest.mark.parametrize("name", ["related", "comments", "sidebar", "share", "author"])
def test_what_an_article_keeps_of_others_is_left_out(name):
    article = {f"text{number}": one for number, one in enumerate(SENTENCES)}
    markup = page(data({"article": {**article, name: [embed(STRANGE)]}, "padding": "x" * 900}))
    assert keys(markup) == []


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_string_of_json_that_a_script_parses_is_a_state(quote):
    blocks = [*({"text": one} for one in SENTENCES), {"html": TWEET}]
    written = json.dumps(json.dumps({"article": blocks}))[1:-1]
    code = f"window.state = JSON.parse({quote}{written}{quote});"
    [embed] = find_citations(Tree(page(f"<script>{code}</script>")), PAGE_URL)
    assert (embed.citation.post_key, embed.citation.claimed_handle) == (POST, "kai_ferry")


@pytest.mark.parametrize(
    "state",
    [
        [{"text": SENTENCES[0]}, {"type": "tweet", "id": POST[2:]}, *SENTENCES[1:]],
        [{"html": f"<p>{SENTENCES[0]}</p>{TWEET}<p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>"}],
        [
            f"<p>{SENTENCES[0]}</p>",
            {"raw_html": TWEET},
            *(f"<p>{one}</p>" for one in SENTENCES[1:]),
        ],
    ],
)
def test_a_post_of_a_state_stands_before_the_sentence_that_follows_it_there(state):
    code = json.dumps({"article": {"body": state}}).replace("</", "<\\/")
    [embed] = find_citations(Tree(page(f"<script>window.state = {code};</script>")), PAGE_URL)
    assert embed.citation.post_key == POST
    assert embed.placed.tag == "p"
    assert embed.placed.text() == SENTENCES[1]


def test_an_address_in_a_state_learns_the_claims_of_the_snippet_that_follows_it():
    post = {"_id": "https://twitter.com/kai_ferry/status/1791000000000000001", "html": TWEET}
    code = json.dumps({"body": [SENTENCES[0], {"raw_oembed": post}, *SENTENCES[1:]]})
    code = code.replace("</", "<\\/")
    [embed] = find_citations(Tree(page(f"<script>window.state = {code};</script>")), PAGE_URL)
    assert embed.citation.claimed_handle == "kai_ferry"
    assert embed.placed.text() == SENTENCES[1]


def test_a_post_before_all_sentences_of_a_state_or_behind_them_keeps_no_other_place():
    post = {"type": "tweet", "id": POST[2:]}
    for state in ([post, *SENTENCES], [*SENTENCES, post]):
        code = json.dumps({"article": {"body": state}})
        [embed] = find_citations(Tree(page(f"<script>window.state = {code};</script>")), PAGE_URL)
        assert embed.placed.tag == "script"


def test_a_script_that_is_no_json_is_read_between_the_sentences():
    rows = [json.dumps(f"<p>{one}</p>") for one in (*SENTENCES[:2], TWEET, SENTENCES[2])]
    strange = json.dumps(TWEET.replace("0001", "0002"))
    script = (
        f"<script>feed.push({{a:{strange}}},{{b:[{','.join(rows)}]}},{{c:{strange}}},x{' ' * 900})"
    )
    assert keys(page(script.replace("</", "<\\/") + "</script>")) == [POST]


def test_settings_before_such_a_script_do_not_hide_it():
    settings = 'window.settings = {"share": "https://twitter.com/intent/tweet"};'
    first, second, third = SENTENCES
    code = (
        f'window.state = {{first: "{first}", second: "{second}", film: "{FILM}", last: "{third}"}}'
    )
    assert keys(page(f"<script>{settings}{code};{'/' * 400}</script>")) == [VIDEO]


def test_a_bare_id_in_a_flat_state_is_found():
    flat = [
        {"article": 1, "other": 1},
        [2, 3, 4, 5],
        *SENTENCES,
        {"type": 6, "id": 7},
        "tweet",
        "1791000000000000001",
        "x" * 900,
    ]
    assert keys(page(data(flat))) == [POST]


def test_an_id_in_markup_within_data_is_found():
    widget = '<div class="embed embed-youtube" data-video-id="aB3-_dEfGhI"></div>'
    assert keys(page(data(story(SENTENCES, {"type": "html", "html": widget})))) == [VIDEO]


def test_characters_that_no_page_holds_are_left_out_of_claims():
    markup = TWEET.replace("Pier closed.", "Pier \ud83d\x00\x1fclosed.\ufffe")
    [citation] = citations(page(data(story(SENTENCES, {"html": markup}))))
    assert citation.claimed_text == "Pier closed."


def test_sentences_whose_letters_are_written_as_numbers_are_known_again():
    told = (
        "Портовая служба закрыла пирс в полдень и вернула все паромы в гавань",
        "Волны высотой в пять метров били в северную стену весь этот день",
        "К вечеру ветер переменился и первым лодкам разрешили выйти снова",
    )
    assert keys(page(data(story(told, embed(FILM))), paragraphs=told)) == [VIDEO]


UNDIVIDED = (
    "港口办公室在当天中午正式宣布关闭北侧码头并要求所有渡轮立即返回港内停泊",
    "五米高的巨浪连续数小时拍打着北侧防波堤工人们因此不得不用缆绳固定起重机",
    "直到傍晚时分风向才终于转变第一批渔船随后获准重新离开港口前往近海水域作业",
)
OTHER_UNDIVIDED = (
    "老城区里一家面包店今年再次凭借最好的黑麦面包获得了一年一度的全城评比大奖",
    "评审团特别称赞了面包的外皮以及这个家庭几十年来一直精心保存下来的天然酵种",
    "奖项公布之后的第二天早晨前来购买面包的顾客队伍一直排到了街角的邮局门前去",
)


@pytest.mark.parametrize("escaped", [True, False])
def test_sentences_of_a_script_without_spaces_are_known_again(escaped):
    other = {**story(OTHER_UNDIVIDED, embed(STRANGE), url="/b"), "headline": "老城区面包店再次得奖"}
    kept = {"article": story(UNDIVIDED, embed(FILM)), "more": [other]}
    text = json.dumps(kept, ensure_ascii=escaped)
    script = f"<script>window.state={text};{'/' * 400}</script>"
    assert keys(page(script, paragraphs=UNDIVIDED)) == [VIDEO]


def test_what_the_page_shows_of_an_entry_with_a_name_and_an_address_is_its_own():
    entry = {**story(OTHER, embed(FILM), url="/facts"), "headline": "What else is known by now"}
    shown = "".join(f"<li>{one}</li>" for one in OTHER)
    markup = page(data({"article": story(SENTENCES), "more": [entry]}))
    assert keys(markup) == []
    assert keys(markup.replace("</article>", f"<ul>{shown}</ul></article>")) == [VIDEO]


def test_data_without_the_longest_paragraph_is_known_by_the_others():
    boxed = page(data(story(SENTENCES[:1] + SENTENCES[2:], embed(FILM))), wrapper="<div>{}</div>")
    longest = max(SENTENCES, key=len)
    assert longest == SENTENCES[1]
    assert keys(boxed) == [VIDEO]


def test_entries_of_the_articles_own_are_no_other_articles():
    entry = {**story(OTHER, embed(FILM), url="/entry-1"), "headline": "A bakery opens all the same"}
    own = {**story(SENTENCES), "headline": "Storm closes the pier", "entries": [entry]}
    assert keys(page(data({"article": own}))) == [VIDEO]


def test_what_holds_the_article_beside_others_is_no_other_article():
    front = {"title": "The news of the isle today", "url": "/", "teasers": [*OTHER]}
    assert keys(page(data({**front, "article": story(SENTENCES), "film": embed(FILM)}))) == [VIDEO]


def test_a_post_with_a_title_and_an_address_is_no_other_article():
    film = {"title": "A film of the waves", "url": FILM}
    assert keys(page(data({"cache": {"v1": film}, "article": story(SENTENCES)}))) == [VIDEO]


def test_data_in_a_components_attribute_is_read():
    kept = html.escape(json.dumps({"article": story(SENTENCES, embed(FILM))}))
    assert keys(page(f"<astro-island props='{kept}'></astro-island>")) == [VIDEO]


def test_an_article_goes_before_the_caches_of_it():
    kept = {"article": story(SENTENCES, embed(FILM)), "cache": story(SENTENCES, embed(STRANGE))}
    assert keys(page(data(kept))) == [VIDEO, VIDEO.replace("aB3", "bB3")]


def test_what_stands_with_the_sentences_comes_before_what_is_kept_far_from_them():
    kept = {"cache": {"v1": embed(STRANGE)}, "article": story(SENTENCES, embed(FILM))}
    assert keys(page(data(kept))) == [VIDEO, VIDEO.replace("aB3", "bB3")]


def test_another_article_that_is_one_string_of_markup_is_another():
    body = "".join(f"<p>{one}</p>" for one in OTHER)
    other = {"headline": "A bakery wins", "url": "/bakery", "body": body, "film": embed(STRANGE)}
    assert keys(page(data({"article": story(SENTENCES, embed(FILM)), "more": [other]}))) == [VIDEO]


def test_another_article_with_a_name_as_short_as_a_word_of_the_title_is_another():
    other = {**story(OTHER, embed(STRANGE), url="/bakery"), "headline": "Storm"}
    kept = {"article": story(SENTENCES, embed(FILM)), "more": [other]}
    assert keys(page(data(kept))) == [VIDEO]


def test_data_with_one_of_many_sentences_is_not_the_article():
    next_ = [story(OTHER, embed(STRANGE))]
    assert keys(page(data({"next one": next_, "told": SENTENCES[0], "pad": "x" * 900}))) == []
    assert keys(page(data({"next one": next_, "told": SENTENCES[:2], "pad": "x" * 900}))) != []


def test_a_state_without_the_article_cites_nothing():
    assert keys(page(data({"next": [story(OTHER, embed(STRANGE))], "padding": "x" * 900}))) == []


def many_videos():
    return [embed(f"https://youtu.be/{number:010d}A") for number in range(100_000)]


@pytest.mark.parametrize(
    "strange",
    [
        [{"url": f"https://x.com/a/status/{1791000000000000000 + at}"} for at in range(1_200)],
        [{"__typename": "Tweet", "tweetId": str(1791000000000000000 + at)} for at in range(1_200)],
    ],
)
def test_a_state_gives_no_more_citations_than_a_page(strange):
    assert len(keys(page(data(story(SENTENCES, *strange))))) == MOST_CITATIONS


def test_a_short_article_below_a_notice_is_known_again_by_any_of_its_sentences():
    notice = "<p>Our harbour shop is open on all days of the week but Monday mornings</p>"
    short = page(data(story(SENTENCES[:2], embed(FILM))), paragraphs=SENTENCES[:2])
    assert keys(short.replace("<main>", f"{notice}<main>")) == [VIDEO]


def test_without_a_sentence_no_state_is_the_article():
    sought = Sought(Tree(page(paragraphs=())), None)
    assert articles_in(json.dumps(story(SENTENCES)), sought) == []


@pytest.mark.parametrize(
    "script",
    [
        lambda: "[" * 2_000_000,
        lambda: "={" * 1_000_000,
        lambda: '=["youtu.be",' * 300_000,
        lambda: '={"a":' * 100_000 + "1" + "}" * 100_000,
        lambda: "\\u003c" * 600_000,
        lambda: '"' + "\\" * 3_000_000,
        lambda: json.dumps(story(SENTENCES, *many_videos())),
        lambda: json.dumps([["Reactive", 1], {"a": 0, "b": 2}, [1, 2, 0] * 300_000, *SENTENCES]),
        lambda: json.dumps([SENTENCES[0], "https://youtu.be/", *range(500_000)]),
        lambda: json.dumps({"a": [" ".join(SENTENCES)] * 15_000}),
        lambda: json.dumps(story(SENTENCES, *[{"html": TWEET}] * 10_000)),
        lambda: "feed(" + " ".join(SENTENCES) + "'//youtu.be/" * 200_000 + SENTENCES[0],
    ],
    ids=range(12),
)
def test_hostile_states_take_no_time(script):
    text = script()
    tree = Tree(page(f"<script>{' '.join(SENTENCES)} youtu.be {text}</script>"))
    plain = Tree(page(f"<script>{text} youtu.be</script>"))
    began = time.process_time()
    assert len(find_citations(tree, PAGE_URL)) <= MOST_CITATIONS
    assert len(find_citations(plain, PAGE_URL)) <= MOST_CITATIONS
    assert time.process_time() - began < 4


def test_entries_of_the_article_are_read_and_articles_with_an_address_are_not():
    entries = [{"title": f"{number}:00", "text": one} for number, one in enumerate(OTHER)]
    markup = page(
        data(
            {
                "article": story(SENTENCES),
                "entries": {"title": "Live", "list": [*entries, embed(FILM)]},
                "more": story(OTHER, embed(STRANGE), slug="bakery"),
            }
        )
    )
    assert keys(markup) == [VIDEO]


def test_a_post_named_by_a_bare_id_is_found():
    assert keys(page(data(story(SENTENCES, {"type": "tweet", "id": POST[2:]})))) == [POST]


def test_data_written_as_text_within_data_is_read():
    inner = json.dumps(story(SENTENCES, embed(FILM)))
    assert keys(page(data({"payload": inner}))) == [VIDEO]


def test_a_text_that_only_opens_like_data_is_asked_from_the_first_sentence_to_the_last():
    films = " ".join(f'"https://www.youtube.com/watch?v=c{number}3-_dEfGhI"' for number in range(6))
    streamed = f'[live] {films} {SENTENCES[0]} "{FILM}" {" ".join(SENTENCES[1:])} {films}'
    assert keys(page(data({"stream": streamed}))) == [VIDEO]


def test_an_object_written_out_in_code_names_its_post():
    texts = [f'{{t:"{one}"}}' for one in SENTENCES]
    named = f'{{type:"tweet",id:"{POST[2:]}"}}'
    strange = named.replace("0001", "0002")
    rows = ",".join([*texts[:2], named, *texts[2:]])
    function = f"return {{data:[{{headline:a,body:[{rows}]}},{strange}]}}"
    script = f'<script>window.__NUXT__=(function(a){{{function}}}("{"Storm " * 60}"))</script>'
    assert keys(page(script)) == [POST]
