"""A line that tells who said something is an article's, whatever is asked in it."""

import pytest

from crawler.extract.text.phrases.families import is_phrase
from crawler.extract.text.phrases.small_print import is_small_print
from crawler.extract.text.phrases.speech import ends_in_speech, is_reported


@pytest.mark.parametrize(
    "line",
    [
        "sign here, said the notary.",
        "“subscribe to my channel,” the boy begs everyone on the pier.",
        "folgen sie uns, rief der lotse.",
        "suivez-nous, dit le capitaine.",
        "følg oss, sa losen.",
        "подпишитесь, сказал нотариус.",
        "„melden sie sich an“ stand auf dem schild.",
    ],
)
def test_speech_is_reported(line):
    assert is_reported(line)


@pytest.mark.parametrize(
    "line",
    [
        "follow us on telegram",
        "dit artikel is alleen voor abonnees",
        "sledujte nás a prihláste sa na odber",
    ],
)
def test_a_request_is_not(line):
    assert not is_reported(line)


def test_speech_at_the_end_is_told_from_a_title_that_says_something():
    assert ends_in_speech("read more, the teacher said.")
    assert not ends_in_speech("read more: mayor says the ferry is late")


def test_a_quoted_request_is_no_phrase():
    assert is_phrase("Subscribe to my channel")
    assert not is_phrase("“Subscribe to my channel,” the boy says to everyone on the pier.")


@pytest.mark.parametrize("line", ["Read more of it aloud, she said.", "他说请关注微信公众号"])
def test_what_is_said_is_no_phrase(line):
    assert not is_phrase(line)
    assert is_phrase(line.replace(", she said", "").replace("他说", ""))


def test_what_is_said_is_no_small_print():
    assert is_small_print("All rights reserved.")
    assert not is_small_print("All rights reserved, the notary said.")
