"""Which phrases of a challenge's text may move IP or equity, and which only sound like it."""

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.challenges.models import PARTS
from civtech.challenges.models.rights_words import LONGEST_PHRASE, found_in, phrases_in
from civtech.core.plain_letters import seen_as

SENTENCES = tomllib.loads((Path(__file__).parent / "rights_sentences.toml").read_text())


def test_there_are_enough_sentences_of_each_sort() -> None:
    assert len(SENTENCES["moving"]) >= 20
    assert len(SENTENCES["harmless"]) >= 20


@pytest.mark.parametrize("sentence", SENTENCES["moving"] + SENTENCES["disguised"], ids=ascii)
def test_a_phrase_that_moves_ip_or_equity_is_found(sentence: str) -> None:
    assert found_in(sentence)


@pytest.mark.parametrize("sentence", SENTENCES["moving"], ids=ascii)
def test_it_is_found_in_capitals_and_in_the_middle_of_a_text(sentence: str) -> None:
    assert found_in(sentence.upper())
    assert found_in(f"Ferries are late.\n\n{sentence}\n\nPeople wait.")


@pytest.mark.parametrize("sentence", SENTENCES["harmless"], ids=ascii)
def test_a_sentence_that_moves_nothing_is_left_alone(sentence: str) -> None:
    assert found_in(sentence) == []


def test_all_harmless_sentences_together_are_left_alone() -> None:
    assert found_in(" ".join(SENTENCES["harmless"])) == []


def test_the_phrase_is_named_and_one_inside_another_is_not_repeated() -> None:
    text = "All intellectual property will be transferred to the council, and the council takes 10% of the shares."
    assert found_in(text) == ["intellectual property will be transferred", "takes 10% of the shares"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("All Intellectual Property (IP) is ASSIGNED to us.", "Intellectual Property (IP) is ASSIGNED"),
        ("Teams waive their “Moral Rights”.", "waive their “Moral Rights"),
        ("All intellectual-property is trans-\nferred to us.", "intellectual-property is trans- ferred"),
        ("La propriété intellectuelle reste.", "propriété intellectuelle"),
        ("Take 2.5 % EQUITY", "2.5 % EQUITY"),
    ],
)
def test_a_phrase_is_quoted_as_it_is_written(text: str, quoted: str) -> None:
    assert any(quoted in phrase for phrase in found_in(text))


def test_each_phrase_says_which_part_it_is_in() -> None:
    parts = [(part.key, "We take equity.") for part in PARTS]
    assert [phrase.part for phrase in phrases_in(parts)] == [part.key for part in PARTS]


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    assert all(0 < len(phrase) <= LONGEST_PHRASE for phrase in found_in(text))


@given(st.lists(st.integers(0, 48), max_size=6), st.sampled_from("\u200b\u00ad\u2060\u200d\ufeff"))
def test_invisible_signs_anywhere_hide_nothing(places: list[int], sign: str) -> None:
    text = "All intellectual property is transferred to us now"
    for place in places:
        text = text[:place] + sign + text[place:]
    assert found_in(text) == ["intellectual property is transferred"]


@pytest.mark.parametrize(
    "text", ["a" * 4000, "a " * 2000, "assign the " * 360, "10 % " * 800, "ip " * 1300, "a-" * 2000, "waive a b " * 400]
)
def test_a_hostile_text_takes_no_time_to_speak_of(text: str) -> None:
    begun = time.process_time()
    found_in(text)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\uff30\uff41\uff54\uff45\uff4e\uff54", "patent"),
        ("p\u0430t\u0435nt", "patent"),
        ("\u0406P", "ip"),
        ("Équité", "equite"),
        ("a\u200bb", "ab"),
    ],
)
def test_a_text_is_compared_as_a_reader_sees_it(text: str, seen: str) -> None:
    assert seen_as(text).replace("l", "i") == seen
