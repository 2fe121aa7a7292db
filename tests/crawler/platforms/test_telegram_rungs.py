"""Telegram: the widget's page of a message, and the channel's public view."""

import datetime as dt

import pytest

from archive import PostState
from tests.crawler.platforms.answering import asked, read

POST = "https://t.me/Dune_Patrol/58"


def message(number=58, *, inside="", text="Sand over the coast road.", meta=""):
    body = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
    return f"""
<div class="tgme_widget_message text_not_supported_wrap js-widget_message"
 data-post="Dune_Patrol/{number}" data-view="v">
 <div class="tgme_widget_message_user"><a href="https://t.me/Dune_Patrol">
  <i class="tgme_widget_message_user_photo"><img src="https://cdn4.telesco.pe/file/o.jpg"></i></a></div>
 <div class="tgme_widget_message_bubble">
  <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name"
   href="https://t.me/Dune_Patrol"><span dir="auto">Dune Patrol</span></a></div>
  {inside}{body if text else ""}
  <div class="tgme_widget_message_footer compact js-message_footer">
   <div class="tgme_widget_message_info short js-message_info">
    <span class="tgme_widget_message_views">12.3K</span>
    <span class="tgme_widget_message_meta">{meta}<a class="tgme_widget_message_date"
     href="https://t.me/Dune_Patrol/{number}"><time datetime="2026-10-02T06:07:08+03:00"
     class="time">06:07</time></a></span></div></div>
 </div></div>"""


def embed(inner):
    return f'<body class="widget_frame_base emoji_image tme_mode">{inner}</body>'


FORWARDED = """<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from
 <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/north_dunes/9">
 <span dir="auto">North Dunes</span></a></div>"""
REPLY = """<a class="tgme_widget_message_reply user-color-default" href="https://t.me/Dune_Patrol/57">
 <div class="tgme_widget_message_author accent_color"><span class="tgme_widget_message_author_name"
 dir="auto">Dune Patrol</span></div><div class="tgme_widget_message_text js-message_reply_text">Wind
 warning.</div></a>"""
ALBUM = """<div class="tgme_widget_message_grouped_wrap js-message_grouped_wrap">
 <a class="tgme_widget_message_photo_wrap grouped_media_wrap js-message_photo" data-ratio="1.5"
  href="https://t.me/Dune_Patrol/58?single"
  style="width:400px;background-image:url('https://cdn4.telesco.pe/file/one.jpg')"></a>
 <a class="tgme_widget_message_video_player js-message_video_player"
  href="https://t.me/Dune_Patrol/59?single"><i class="tgme_widget_message_video_thumb"
  style="background-image:url('https://cdn4.telesco.pe/file/still.jpg')"></i>
  <video src="https://cdn4.telesco.pe/file/two.mp4" class="tgme_widget_message_video"></video>
  <time class="message_video_duration js-message_video_duration">1:02</time></a></div>"""
PREVIEW = """<a class="tgme_widget_message_link_preview" href="https://roads.example/coast">
 <div class="link_preview_site_name" dir="auto">Roads</div></a>
 <div class="tgme_widget_message_reactions js-message_reactions">
 <span class="tgme_reaction"><i class="emoji"><b>👍</b></i>1.2K</span>
 <span class="tgme_reaction"><i class="emoji"><b>😢</b></i>7</span></div>"""
RICH = (
    'Sand over the <b>coast road</b>.<br/>See <a href="https://roads.example/12" rel="noopener">'
    'the map</a> <a href="?q=%23Sandstorm">#Sandstorm</a> '
    '<a href="https://t.me/road_desk" target="_blank">@road_desk</a>'
)


def test_embed_is_asked_in_its_plain_mode():
    assert asked(POST, "embed").url == "https://t.me/dune_patrol/58?embed=1&mode=tme"


POLL = """<div class="tgme_widget_message_poll js-poll">
 <div class="tgme_widget_message_poll_question">Is the coast road open?</div>
 <div class="tgme_widget_message_poll_type">Anonymous Poll</div>
 <a class="tgme_widget_message_poll_options" href="https://t.me/Dune_Patrol/58">
 <div class="tgme_widget_message_poll_option">
  <div class="tgme_widget_message_poll_option_percent">67%</div>
  <div class="tgme_widget_message_poll_option_value">
   <div class="tgme_widget_message_poll_option_text">In one <b>lane</b></div></div></div>
 <div class="tgme_widget_message_poll_option">
  <div class="tgme_widget_message_poll_option_percent"></div>
  <div class="tgme_widget_message_poll_option_value">
   <div class="tgme_widget_message_poll_option_text">No</div></div></div></a></div>
 <span class="tgme_widget_message_voters">1.2K voters</span>"""


def test_poll_gives_its_question_what_it_offers_and_what_was_chosen():
    facts = read(POST, "embed", embed(message(inside=POLL, text=""))).facts
    assert facts.text == "Is the coast road open?"
    assert [(one.text, one.votes, one.percent) for one in facts.poll.options] == [
        ("In one lane", None, 67),
        ("No", None, None),
    ]
    assert (facts.poll.votes, facts.poll.voters, facts.poll.is_closed) == (None, 1200, None)
    assert facts.sources["poll"] == "page"


def test_message_gives_every_fact_the_page_shows():
    page = embed(
        message(inside=FORWARDED + REPLY + ALBUM + PREVIEW, text=RICH, meta="edited &nbsp;")
    )
    answer = read(POST, "embed", page)
    facts = answer.facts
    assert (answer.state, answer.reason) == (PostState.OK, None)
    assert facts.text == "Sand over the coast road.\nSee the map #Sandstorm @road_desk"
    assert (facts.author.handle, facts.author.name) == ("Dune_Patrol", "Dune Patrol")
    assert facts.posted_at == dt.datetime(2026, 10, 2, 3, 7, 8, tzinfo=dt.UTC)
    assert facts.is_edited
    assert (facts.hashtags, facts.mentions) == (("Sandstorm",), ("road_desk",))
    assert facts.links == ("https://roads.example/12", "https://roads.example/coast")
    assert facts.metrics == {"views": 12_300, "reactions": 1_207}
    photo, film = facts.media
    assert (photo.type, photo.url) == ("image", "https://cdn4.telesco.pe/file/one.jpg")
    assert (film.type, film.url, film.duration_s) == (
        "video",
        "https://cdn4.telesco.pe/file/two.mp4",
        62.0,
    )
    assert film.preview_url == "https://cdn4.telesco.pe/file/still.jpg"
    assert [(one.relation, one.post_key) for one in facts.pointers] == [
        ("reply_to", "telegram:dune_patrol/57"),
        ("forwarded", "telegram:north_dunes/9"),
    ]


def test_plain_message_is_not_edited_and_points_nowhere():
    facts = read(POST, "embed", embed(message())).facts
    assert (facts.is_edited, facts.pointers, facts.media) == (False, (), ())


@pytest.mark.parametrize(("number", "other"), [(58, 59), (59, 58)])
def test_album_is_one_post_under_each_of_its_numbers(number, other):
    answer = read(f"https://t.me/dune_patrol/{number}", "embed", embed(message(inside=ALBUM)))
    assert answer.state is PostState.OK
    assert answer.same_as == (f"dune_patrol/{other}",)


@pytest.mark.parametrize(
    "link", ["https://t.me/dune_patrol/40?single", "https://t.me/north_dunes/9?comment=1&single"]
)
def test_link_in_the_text_or_to_what_is_answered_is_no_part_of_the_album(link):
    answered = REPLY.replace("https://t.me/Dune_Patrol/57", link)
    text = f'Remember <a href="{link}" target="_blank">this</a>?'
    answer = read(POST, "embed", embed(message(inside=answered + ALBUM, text=text)))
    assert answer.same_as == ("dune_patrol/59",)


def test_album_holds_no_picture_of_another_channel():
    album = ALBUM.replace("https://t.me/Dune_Patrol/59", "https://t.me/north_dunes/59")
    assert read(POST, "embed", embed(message(inside=album))).same_as == ()


def test_message_that_links_to_the_missing_one_is_not_taken_for_it():
    later = message(61, text='They took <a href="https://t.me/Dune_Patrol/58?single">this</a> down')
    assert read(POST, "channel", message(57) + later).state is PostState.UNAVAILABLE
    assert read(POST, "embed", embed(later)).state is PostState.PARSE_ERROR


def test_word_in_a_signature_marks_no_edit():
    signed = '<span class="tgme_widget_message_from_author" dir="auto">edited by A.</span>,&nbsp;'
    assert not read(POST, "embed", embed(message(meta=signed))).facts.is_edited
    assert read(POST, "embed", embed(message(meta=f"{signed}edited &nbsp;"))).facts.is_edited


def test_number_within_an_emoji_is_no_count_of_reactions():
    reaction = PREVIEW.replace("👍", "1️⃣")
    facts = read(POST, "embed", embed(message(inside=reaction))).facts
    assert facts.metrics["reactions"] == 1_207


def test_another_message_than_the_asked_one_is_not_taken_for_it():
    assert read(POST, "embed", embed(message(61))).state is PostState.PARSE_ERROR


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Post not found", PostState.NOT_FOUND),
        ("This channel can’t be displayed because it was used to spread pornographic content.",
         PostState.UNAVAILABLE),
    ],
)  # fmt: skip
def test_error_of_the_embed_names_missing_and_banned(said, state):
    error = f'<div class="tgme_widget_message_error" dir="auto">{said}</div>'
    answer = read(POST, "embed", embed(error))
    assert answer.state is state
    assert said in answer.reason


NOT_HERE = """<div class="message_media_not_supported_wrap">
 <div class="message_media_not_supported">
 <div class="message_media_not_supported_label">Please open Telegram to view this post</div>
 </div></div>"""


def test_post_shown_in_the_app_alone_is_withheld_or_partial():
    hidden = read(POST, "embed", embed(message(inside=NOT_HERE, text="")))
    assert hidden.state is PostState.WITHHELD_LOGIN
    assert hidden.facts.posted_at is not None
    half = read(POST, "embed", embed(message(inside=NOT_HERE)))
    assert (half.state, half.facts.text) == (PostState.OK_PARTIAL, "Sand over the coast road.")


def test_page_without_a_message_is_no_public_chat():
    page = '<div class="tgme_page"><div class="tgme_page_title">Dunes</div></div>'
    assert read(POST, "embed", page).state is PostState.UNAVAILABLE


def test_channel_view_finds_the_message_among_its_neighbours():
    page = "<main>" + message(57, text="Before.") + message(58) + message(60) + "</main>"
    answer = read(POST, "channel", page)
    assert (answer.state, answer.facts.text) == (PostState.OK, "Sand over the coast road.")
    assert asked(POST, "channel").url == "https://t.me/s/dune_patrol/58"


def test_channel_view_without_the_message_tells_little():
    assert read(POST, "channel", message(57) + message(60)).state is PostState.UNAVAILABLE


def test_channel_view_that_redirects_away_has_no_public_view():
    answer = read(POST, "channel", status=302, location="https://t.me/dune_patrol")
    assert answer.state is PostState.UNAVAILABLE
    assert "no public view" in answer.reason


def test_service_message_is_a_post_with_its_words():
    page = embed(message(text="Channel created").replace("js-widget_message", "service_message"))
    assert read(POST, "embed", page).facts.text == "Channel created"
