from crawler.extract.markup import parse
from crawler.extract.twin import MAX_CHILDREN, MAX_DEPTH, MAX_ELEMENTS, Span, build_twin, letters_of


def twin_of(html, **kwargs):
    return build_twin(parse(html).body, **kwargs)


def test_the_twin_shows_the_same_text_in_the_same_order():
    twin = twin_of("<p>One <b>two</b> three<br>four</p>tail<div><i>five</i></div>")
    assert "".join(twin.root.itertext()) == "One two threefourtailfive"
    assert [element.tag for element in twin.root.iter()] == ["body", "p", "b", "br", "div", "i"]
    assert twin.letters == "Onetwothreefourtailfive"
    assert twin.is_whole


def test_what_shows_no_text_is_left_out():
    twin = twin_of("a<script>b</script><style>c</style><noscript>d</noscript><!-- e -->f")
    assert twin.letters == "af"


def test_links_know_their_text_and_place_even_in_a_crowd():
    twin = twin_of("<p>See " + "<a href='/x'>the <b>list</b> </a>, " * 800 + "</p>")
    assert len(twin.links) == 800
    first = twin.links[0]
    assert (first.href, first.text, first.span) == ("/x", "the list", Span(3, 10))
    assert all(twin.letters[one.span.start : one.span.end] == "thelist" for one in twin.links)


def test_an_omitted_element_leaves_its_place_and_nothing_else():
    tree = parse("<p>before</p><blockquote>quoted <p>post</p></blockquote><p>after</p>")
    quote, last = tree.css_first("blockquote").mem_id, tree.css("p")[-1].mem_id
    twin = build_twin(tree.body, noted={last}, omitted={quote})
    assert twin.letters == "beforeafter"
    assert twin.places == {quote: 6, last: 6}


def test_control_characters_by_reference_do_not_reach_lxml():
    twin = twin_of("<p class='a&#1;b'>x&#2;y&#xFFFF;z</p>")
    assert twin.root.text_content() == "xyz"


def test_names_that_are_none_in_xml_become_spans():
    twin = twin_of('<p><o:p>a</o:p><x"y>b</x"y></p>')
    assert [element.tag for element in twin.root.iter()] == ["body", "p", "span", "span"]


def test_depth_width_and_size_are_bounded_and_text_stays():
    deep = twin_of("<div>" * 500 + "deep" + "</div>" * 500 + "<p>after</p>")
    depth = max(sum(1 for _ in element.iterancestors()) for element in deep.root.iter())
    assert depth < MAX_DEPTH
    assert deep.root.text_content() == "deepafter"
    wide = twin_of("<p>x</p>" * (MAX_CHILDREN + 100))
    assert len(wide.root) == MAX_CHILDREN
    assert wide.letters == "x" * (MAX_CHILDREN + 100)
    big = twin_of(("<div>" + "<p>x</p>" * 1000 + "</div>") * 40)
    assert not big.is_whole
    assert sum(1 for _ in big.root.iter()) <= MAX_ELEMENTS + 2


def test_a_block_is_found_again_by_its_letters():
    twin = twin_of("<p>The  first\n block.</p><p>Second.</p><p>The first block.</p>")
    assert twin.find(letters_of("The first block."), 0) == Span(0, 14)
    assert twin.find(letters_of("The first block."), 5) == Span(21, 35)
    assert twin.find(letters_of("Not there."), 0) is None
