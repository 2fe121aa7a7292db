"""Articles that are not a row of long paragraphs are read whole, whatever their classes say.

Pages of our own making. Each shape stands among class words that tell and among names that a
machine made, and its blocks side by side or each in a part of its own.
"""

import html
import re

import pytest

from crawler.extract.document.markup import parse
from crawler.extract.page import Page
from crawler.reading.page import read

URL = "https://fen.example/2022/11/eel-market"
TITLE = "The eel market moves to the old granary"
LEAD = (
    "<p>The eel market of Fenwick will move into the old granary by the lock before Easter, the "
    "parish decided on Monday, after forty years under the leaking roof of the fish hall.</p>"
)
END = (
    "<p>The parish will hear the stallholders once more in January, when the rent is to be settled "
    "and the last of the leaking lead has been taken off the hall.</p>"
)
FLATS = (
    "The ground floor has room for nineteen stalls, the parish clerk said, five more than now.",
    "A hoist from the days of barley still works, and it will lift the ice from the barges.",
    "Upstairs the miller's museum stays where it is; its visitors will pass through the market.",
)


def items(*texts, form="<li>{}</li>"):
    return "".join(form.format(text) for text in texts)


def paragraphs(*texts):
    return items(*texts, form="<p>{}</p>")


SHAPES = {
    "a list of things to do": LEAD
    + "<h2>1. Taste smoked eel at the lock</h2><p>Ada Crane smokes over alder.</p>"
    "<h2>2. Ride the hoist</h2><p>Only on Saturdays, and only for children.</p>"
    "<h2>3. Climb to the museum</h2><p>Admission is two crowns.</p>"
    "<h2>4. Ask for the white eel</h2><p>Nobody has seen it since 1931.</p>"
    "<h2>5. Walk home along the dyke</h2><p>Bring boots.</p>",
    "a recipe": LEAD
    + "<h2>Ingredients</h2><ul>"
    + items("2 eels, skinned", "1 lemon", "40 g butter", "3 leaves of sage", "Salt")
    + "</ul><h2>Method</h2><ol>"
    + items(
        "Cut the eels into pieces as long as a thumb.",
        "Brown the butter with the sage.",
        "Fry the pieces for eight minutes, turning them twice.",
        "Serve with the lemon.",
    )
    + "</ol>",
    "results in a list": LEAD
    + "<h3>Rowing, four miles</h3><ol>"
    + items("Fenwick A, 24:31", "Lock Row, 24:58", "Marsh End, 25:40", "Fenwick B, 27:02")
    + "</ol><h3>Eel throwing</h3><ol>"
    + items("A. Crane, 31 m", "P. Osier, 29 m", "T. Wold, 22 m")
    + "</ol>"
    + END,
    "results in a table": LEAD
    + "<table><tr><th>Crew</th><th>Time</th><th>Points</th></tr>"
    + items(
        *(
            "<td>Fenwick A</td><td>24:31</td><td>9</td>",
            "<td>Lock Row</td><td>24:58</td><td>6</td>",
            "<td>Marsh End</td><td>25:40</td><td>4</td>",
        ),
        form="<tr>{}</tr>",
    )
    + "</table>"
    + END,
    "a programme": LEAD
    + paragraphs(
        "<b>Friday</b>",
        "17:00 The bell is rung",
        "17:30 Eels are weighed",
        "20:00 Dance in the loft",
        "<b>Saturday</b>",
        "9:00 Market opens",
        "11:00 Hoist rides for children",
        "15:00 Rowing to Marsh End",
    )
    + END,
    "folded answers": LEAD
    + items(
        *(
            "<summary>When does the market move?</summary><p>In the week before Easter.</p>",
            "<summary>What will a stall cost?</summary><p>Eleven crowns, two more than now.</p>",
            "<summary>Is there parking?</summary><p>No.</p>",
            "<summary>May I bring my dog?</summary><p>On a lead, and never near the ice.</p>",
        ),
        form="<details>{}</details>",
    ),
    "folded answers of blocks": LEAD
    + items(
        *(
            "<h3>When does the market move?</h3><div><p>When the lock is closed anyway.</p></div>",
            "<h3>What will a stall cost?</h3><div><p>Two crowns more than in the hall.</p></div>",
            "<h3>Who has the key?</h3><div><p>The miller, as ever since barley came.</p></div>",
        ),
        form="<div>{}</div>",
    )
    + END,
    "an interview": LEAD
    + "".join(
        f"<p><strong>{question}</strong></p><p>{answer}</p>"
        for question, answer in (
            ("Mrs Crane, will you miss the hall?", "Not for a day."),
            ("Why not?", "You have never stood in it in February."),
            ("And your customers?", "They come for the eels. The roof is all one to them."),
            ("What will be the first thing you do?", "Light the oven."),
            ("Are there enough eels?", "There are never enough."),
        )
    ),
    "an interview under small headings": LEAD
    + "".join(
        f"<h3>{question}</h3><p>{answer}</p>"
        for question, answer in (
            ("Who pays for the floor?", "The parish."),
            ("And who for the ice?", "We do, as ever."),
            ("Was there no other house?", "There was the chapel, but it smells."),
        )
    )
    + END,
    "an interview by initials": LEAD
    + paragraphs(
        "<b>Q:</b> Will you miss the hall?",
        "<b>A:</b> Not for a day.",
        "<b>Q:</b> Is the granary dry?",
        "<b>A:</b> It was built to keep barley. It is dry.",
        "<b>Q:</b> Then all is well?",
        "<b>A:</b> Ask me in spring.",
    ),
    "paragraphs full of links": paragraphs(
        'The <a href="/m">eel market</a> of <a href="/f">Fenwick</a> will move into the <a '
        'href="/g">old granary</a>, the <a href="/p">parish of Fenwick and Marsh End</a> said.',
        '<a href="/c">Ada Crane, who smokes eels</a>, and <a href="/o">Piet Osier of the lock'
        " house</a> spoke for the stallholders.",
        'Both had <a href="/l">written a letter</a> in <a href="/s">September</a>, after the <a '
        'href="/r">rain had come through the roof of the hall</a>.',
    )
    + END,
    "a list of links which are the article": LEAD
    + "<p>These are the houses that the parish looked at:</p><ul>"
    + items(
        '<a href="https://granary.example/">The old granary</a>, which is dry and has a hoist',
        '<a href="https://chapel.example/">Lock chapel</a>, whose smell could not be explained',
        '<a href="https://barn.example/">The tithe barn</a>, too far from the water for the ice',
    )
    + "</ul>"
    + END,
    "a ticker": LEAD
    + paragraphs(
        "9.02: The doors are open.",
        "9.10: First eel sold.",
        "9.41: The hoist is stuck.",
        "10.05: It moves again.",
        "11.30: No ice left.",
        "12.00: The bell. All stalls close.",
    ),
    "dialogue": LEAD
    + paragraphs(
        "“Is it dry?” she asked.",
        "“It is,” he said.",
        "“And the rats?”",
        "“Gone with the barley.”",
        "She looked up at the beams.",
        "“Then write it down.”",
        "He wrote it down.",
    )
    + END,
    "a poem": LEAD
    + "<p>O eel, thou rope of the river,<br>thou belt that no one wears,<br>we sell thee by the "
    "quarter<br>and carry thee downstairs.</p><p>The hall is wet and hollow,<br>the granary is dry,"
    "<br>and where the eels will follow<br>there follow you and I.</p>" + END,
    "definitions": LEAD + "<p>Some words that you will hear in the market:</p><dl>"
    "<dt>Grig</dt><dd>A small eel, sold by the dozen.</dd>"
    "<dt>Kiddle</dt><dd>A weir of stakes with a net in it.</dd>"
    "<dt>Hive</dt><dd>A trap woven of willow.</dd></dl>" + END,
    "subheads with one line each": LEAD
    + "<h2>The floor</h2><p>It is laid with brick.</p><h2>The roof</h2><p>It is new.</p>"
    "<h2>The rent</h2><p>It is too high, say most.</p><h2>The smell</h2><p>It will come.</p>",
    "letters": paragraphs(
        "Sir,",
        "Your report on the eel market leaves out that the granary was given to the poor of the "
        "parish in 1744, and that nobody has asked them.",
        "Yours truly,",
        "Tobias Wold, Lock Row",
        "Sir,",
        "I have bought eels in the hall for sixty years and was never once rained upon. I stood "
        "where it was dry, and so may others.",
        "Hester Lorn, Marsh End",
    ),
    "an obituary": LEAD
    + "<p>Piet Osier, keeper of the lock, who opened the market every spring, has died.</p>"
    + paragraphs(
        "Born: Marsh End, 3 May 1931.",
        "Died: Fenwick, 12 November 2022.",
        "Married Jane Wold (died 1999).",
        "Survived by two daughters and a son.",
    ),
    "a listing": LEAD
    + "<h3>Eels and Ice</h3><p>Photographs by L. Marr. Until 4 March.</p><p>Miller's Museum, "
    "Granary Lane 2. Tue–Sun 10–17. 2 crowns.</p><h3>The Drowned Bell</h3><p>A play by the school."
    "</p><p>Tithe Barn, Fri and Sat 19.30. Free.</p>" + END,
    "a correction at the foot": LEAD
    + paragraphs(*FLATS)
    + "<p>Correction: An earlier version of this article said that the hall was thirty years old. "
    "It is forty.</p>",
    "paragraphs as items": "<ul>" + items(re.sub("</?p>", "", LEAD), *FLATS) + "</ul>",
    "keys before the text": "<ul>"
    + items(
        "The market moves before Easter",
        "Nineteen stalls find room in the granary",
        "Stallholders fear for their rent",
    )
    + "</ul>"
    + LEAD
    + paragraphs(*FLATS),
    "winners with what they won": LEAD
    + "<ul>"
    + items(
        "<b>Best smoked eel:</b> Ada Crane",
        "<b>Best grig:</b> Piet Osier the younger",
        "<b>Largest catch:</b> nobody",
        "<b>Prize of the parish:</b> the hoist",
    )
    + "</ul>"
    + END,
    "numbers one by one": LEAD
    + "<h3>The granary in numbers</h3>"
    + items("19 stalls", "2 hoists", "11 crowns of rent", "1744 built", form="<div>{}</div>")
    + END,
}

NAMES = {
    "told": ("content-area", "article-body", "share", "related-posts", "newsletter", "comments"),
    "made": ("sc-gKsewC", "css-1x2vuk", "css-9gj1qd", "sc-iBPRYJ", "css-0o1rzz", "sc-fubCfw"),
}


def page(shape, names):
    area, body, share, related, letter, comments = NAMES[names]
    return f"""<html lang=en><head><title>{TITLE} | Fen</title>
<meta property="og:title" content="{TITLE}"></head><body>
<header><a href="/">Fen</a><nav><ul><li><a href="/n">News</a></li><li><a href="/w">Weather</a></li>
</ul></nav></header><main><div class="{area}"><h1>{TITLE}</h1>
<div class="{share}"><a href="/1">Facebook</a> <a href="/2">Twitter</a></div>
<div class="{body}">{shape}</div>
<div class="{letter}"><h4>The fen at six</h4><p>Get the day's news in your inbox.</p>
<form><input name=mail><button>Sign up</button></form></div>
<div class="{related}"><h3>Related stories</h3><ul>
<li><a href="/a">The lock keeper who counted herons</a></li>
<li><a href="/b">Barges wait for ice at Marsh End</a></li>
<li><a href="/c">A chapel, a smell, and no explanation</a></li></ul></div>
<div class="{comments}"><h3>2 comments</h3><div><b>heron44</b><p>About time.</p></div></div>
</div></main><footer>Fen, a paper of the marshes</footer></body></html>"""


def apart(shape):
    """The shape with each of its blocks in a part of its own."""
    blocks = parse(f"<body>{shape}").body.iter()
    return "".join(f'<div class="css-7kd">{block.html}</div>' for block in blocks)


LAYOUTS = {"together": str, "apart": apart}

FOREIGN = (
    *("Weather", "Facebook", "The fen at six", "in your inbox", "Related stories", "herons"),
    *("Barges wait", "no explanation", "comments", "heron44", "About time", "a paper of the"),
)


def lines(shape):
    """The lines that a page of `shape` shows as its article's."""
    inline = re.sub(r"</?(?:a|b|strong|em|i)\b[^>]*>", "", shape)
    found = re.split(r"<[^>]+>", inline)
    return [html.unescape(" ".join(line.split())) for line in found if line.strip()]


def reading(shape, names):
    found = read(Page(url=URL, body=page(shape, names).encode(), content_type="text/html"), "")
    assert found.article is not None
    return [block.text for block in found.article.body]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_all_of_the_article_is_read_and_nothing_else(shape, names, layout):
    read_ = reading(LAYOUTS[layout](SHAPES[shape]), names)
    whole = "\n".join(read_)
    assert [line for line in lines(SHAPES[shape]) if line not in whole] == []
    assert [line for line in read_ if any(word in line for word in FOREIGN)] == []
