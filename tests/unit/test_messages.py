"""What tests ask of the catalogue: no test waits for words that nobody says any more."""

import re

import pytest

from tests.support.messages import fragment, pattern, wording

PLACES = "The next stage has places for %(places)s, but you chose %(chosen)s. Choose fewer."


def test_a_message_is_said_with_its_values() -> None:
    assert wording(PLACES, places=6, chosen=7) == "The next stage has places for 6, but you chose 7. Choose fewer."
    assert re.fullmatch(pattern(PLACES, places=6, chosen=7), wording(PLACES, places=6, chosen=7))


def test_words_that_several_messages_share_are_a_fragment() -> None:
    assert fragment("You cannot change who") == "You cannot change who"


@pytest.mark.parametrize("ask", [wording, pattern, fragment])
def test_words_that_are_gone_fail(ask) -> None:
    with pytest.raises(AssertionError, match="any more"):
        ask("This was said once, and never again.")
