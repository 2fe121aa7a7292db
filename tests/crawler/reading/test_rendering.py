import datetime as dt

from archive import Article, BlockType, BodyBlock, Citation, Dateline, Relation
from crawler.reading.rendering import Form, Posts, Summary, arranged, render_text

LEAD = "The bridge is closed."


def paragraph(text):
    return BodyBlock(type=BlockType.PARAGRAPH, text=text)


def article(*body, **fields):
    return Article(url="https://paper.example/river", body=body, **fields)


def quoted(**claims):
    block = BodyBlock(type=BlockType.POST, text="It rises!", post="x:20")
    citation = Citation(
        platform="x",
        post_id="20",
        url="https://x.com/i/status/20",
        relation=Relation.EMBEDDED,
        form="blockquote",
        claimed_text="It rises!",
        **claims,
    )
    return article(paragraph("Before."), block, paragraph("After."), posts=(citation,))


def test_blocks_stand_in_their_order_a_blank_line_apart():
    blocks = [
        BodyBlock(type=BlockType.HEADING, text="At night", level=2),
        paragraph("One."),
        BodyBlock(type=BlockType.LIST, text="two\nthree", items=("two", "three")),
        BodyBlock(type=BlockType.QUOTE, text="Four."),
    ]
    assert render_text(article(*blocks)) == "At night\n\nOne.\n\ntwo\nthree\n\nFour."


def test_what_belongs_to_a_picture_is_no_text():
    caption = BodyBlock(type=BlockType.CAPTION, text="The bridge in May")
    media = BodyBlock(type=BlockType.MEDIA, text="", url="https://paper.example/a.jpg")
    assert render_text(article(caption, paragraph("One."), media)) == "One."


def test_a_quoted_post_is_its_text_and_who_claims_to_have_written_it():
    said = quoted(claimed_name="Ada Blank", claimed_handle="ada", claimed_on=dt.date(2020, 9, 30))
    assert render_text(said) == (
        "Before.\n\nIt rises!\n— Ada Blank (@ada) September 30, 2020\n\nAfter."
    )


def test_what_the_page_does_not_claim_of_a_post_is_left_out():
    assert "It rises!\n— @ada\n" in render_text(quoted(claimed_handle="ada"))
    assert "It rises!\n— Ada Blank\n" in render_text(quoted(claimed_name="Ada Blank"))
    assert "It rises!\n\nAfter." in render_text(quoted())


def test_quoted_posts_can_be_left_out():
    assert render_text(quoted(claimed_handle="ada"), posts=Posts.OMIT) == "Before.\n\nAfter."


def test_the_dateline_opens_the_first_paragraph_again():
    heading = BodyBlock(type=BlockType.HEADING, text="River", level=2)
    said = article(
        heading, paragraph("It rose."), paragraph("More."), dateline=Dateline(raw="BEIRUT (AP) —")
    )
    assert render_text(said) == "River\n\nBEIRUT (AP) — It rose.\n\nMore."


def test_the_dateline_opens_the_paragraph_that_it_was_taken_off():
    blocks = [paragraph("By a reporter"), paragraph("It rose."), paragraph("More.")]
    said = article(*blocks, dateline=Dateline(raw="BEIRUT (AP) —", block=1))
    assert render_text(said) == "By a reporter\n\nBEIRUT (AP) — It rose.\n\nMore."


def test_a_dateline_above_a_picture_or_behind_all_stands_alone():
    caption = BodyBlock(type=BlockType.CAPTION, text="The river.")
    dateline = Dateline(raw="BEIRUT (AP) —", block=1)
    blocks = [paragraph("By a reporter"), caption, paragraph("It rose.")]
    assert render_text(article(*blocks, dateline=dateline)) == (
        "By a reporter\n\nBEIRUT (AP) —\n\nIt rose."
    )
    assert render_text(article(blocks[0], dateline=dateline)) == "By a reporter\n\nBEIRUT (AP) —"


def test_without_the_summary_the_dateline_stays_with_its_paragraph():
    blocks = [paragraph(LEAD), paragraph("By a reporter"), paragraph("It rose.")]
    dateline = Dateline(raw="BEIRUT —", block=2)
    said = article(*blocks, subtitle=LEAD, dateline=dateline)
    assert render_text(said, summary=Summary.APART) == "By a reporter\n\nBEIRUT — It rose."
    opened = article(*blocks, subtitle=LEAD, dateline=Dateline(raw="BEIRUT —", block=0))
    assert render_text(opened).startswith(f"BEIRUT — {LEAD}")


def test_a_summary_that_the_body_opens_with_can_be_apart():
    said = article(
        paragraph(LEAD),
        paragraph("It rose."),
        subtitle="The bridge is CLOSED.",
        dateline=Dateline(raw="BEIRUT —"),
    )
    assert render_text(said) == f"{LEAD}\n\nBEIRUT — It rose."
    assert render_text(said, summary=Summary.APART) == "BEIRUT — It rose."


def test_a_picture_above_the_summary_stays_where_the_summary_is_apart():
    picture = BodyBlock(type=BlockType.MEDIA, text="The bridge", url="https://news.example/a.jpg")
    said = article(
        picture,
        paragraph(LEAD),
        paragraph("It rose."),
        subtitle=LEAD,
        dateline=Dateline(raw="BEIRUT —"),
    )
    assert render_text(said) == f"{LEAD}\n\nBEIRUT — It rose."
    apart = arranged(said, Form(summary=Summary.APART))
    assert apart.body == (picture, paragraph("It rose."))


def test_a_subtitle_that_the_body_does_not_show_never_enters():
    said = article(paragraph("It rose."), subtitle=LEAD)
    for summary in Summary:
        assert render_text(said, summary=summary) == "It rose."


def test_an_article_without_body_is_no_text():
    assert render_text(article(subtitle=LEAD)) == ""
