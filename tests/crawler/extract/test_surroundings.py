"""The lines below a page's headline, which many ask for."""

from itertools import islice

from crawler.extract.document.markup import parse
from crawler.extract.witnesses.surroundings import lines_after

PAGE = (
    "<p>Above</p><h1>Ferries sail</h1><p>By Ann Lee</p>"
    "<div class=sidebar><ul><li>Elsewhere<li>Again elsewhere</ul></div><p>3 May 2022</p>"
)


def test_each_who_asks_gets_all_lines_below_the_headline_however_far_others_looked():
    tree = parse(PAGE)

    assert list(islice(lines_after(tree), 1)) == ["By Ann Lee"]
    one, other = lines_after(tree), lines_after(tree)
    assert next(other) == "By Ann Lee"
    assert list(one) == list(lines_after(tree)) == ["By Ann Lee", "3 May 2022"]
    assert list(other) == ["3 May 2022"]


def test_a_tree_makes_a_thing_once():
    tree = parse(PAGE)
    asked = []

    def number(given):
        asked.append(given)
        return len(asked)

    assert [tree.once(number), tree.once(number)] == [1, 1]
    assert asked == [tree]
