"""E2: what ends a line, a page or a record separates words; nothing that is pasted is glued together."""

import pytest

from civtech.people.sign_in.fields import one_line as name_of
from civtech.web.fields.words import one_line, several_lines

LINE_ENDS = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
SPACES = ("\t", "\x1f", "\u00a0", "\u2003", "\u3000")
NOTHING = ("\x00", "\x07", "\x08", "\x1b", "\x7f", "\x9f", "\ud800", "\u202e")


@pytest.mark.parametrize("sign", LINE_ENDS, ids=ascii)
def test_e2_a_line_end_of_any_kind_is_one(sign: str) -> None:
    assert several_lines(f"Heading{sign}second line") == "Heading\nsecond line"
    assert one_line(f"Heading{sign}second line") == "Heading second line"
    assert name_of(f"Ada{sign}Lovelace") == "Ada Lovelace"


@pytest.mark.parametrize("sign", SPACES, ids=ascii)
def test_e2_a_space_of_any_kind_separates(sign: str) -> None:
    assert one_line(f"Heading{sign}second") == "Heading second"
    assert several_lines(f"Heading{sign}second").split() == ["Heading", "second"]


@pytest.mark.parametrize("sign", NOTHING, ids=ascii)
def test_e2_what_separates_nothing_goes(sign: str) -> None:
    assert one_line(f"Head{sign}ing") == several_lines(f"Head{sign}ing") == "Heading"


def test_e2_two_different_ends_are_two_lines() -> None:
    assert several_lines("One\x0b\x0ctwo\u2029\r\nthree") == "One\n\ntwo\n\nthree"
