"""How the product speaks: words that are refused, words to look at twice, and sentences that are too long."""

from dataclasses import replace

import pytest

from civtech.web import catalogues, wording


def test_no_text_of_the_catalogue_breaks_the_word_list() -> None:
    assert list(wording.problems(catalogues.texts())) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Somebody answers it.", "“Somebody” is refused. Write: someone"),
        ("Send it by e-mail.", "“e-mail” is refused. Write: email"),
        ("It was put forward.", "“put forward” is refused. Write: send for approval"),
        ("Well done!", "“!” is refused"),
        ("It stands here.", "“stands”: look twice. Write: is, or is shown"),
        ("Press the button.", "“Press”: look twice. Write: select"),
        (" ".join(["word"] * 26) + ".", "A sentence has 26 words."),
    ],
)
def test_a_text_that_breaks_it_is_named_with_what_to_write(text: str, said: str, unexcused: None) -> None:
    (problem,) = wording.problems([text])
    assert problem.startswith(said)
    assert problem.endswith(text)


@pytest.mark.parametrize(
    "text", ["Everyone understands.", "The email was sent.", "A mail server refused it.", "%(mail)s"]
)
def test_words_that_only_contain_one_are_left_alone(text: str, unexcused: None) -> None:
    assert list(wording.problems([text])) == []


def test_two_short_sentences_are_not_one_long_one(unexcused: None) -> None:
    assert list(wording.problems([" ".join([*["word"] * 20, "end.", *["Word"] * 20, "end."])])) == []


def test_a_text_that_is_right_all_the_same_is_listed_and_only_while_it_needs_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = {"instead": "is", "right": ["It stands on a hill."]}
    rules = wording.Rules(longest=25, refused={}, look_twice={"stands?": listed}, long={"right": []})
    monkeypatch.setattr(wording, "rules", lambda: rules)
    assert list(wording.problems(["It stands on a hill."])) == []
    assert [problem.split(":")[0] for problem in wording.problems(["It is on a hill."])] == [
        "The word list allows a text that is gone or needs it no longer"
    ]


@pytest.fixture
def unexcused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The word list without the texts that are right all the same."""
    rules = wording.rules()
    bare = {words: entry | {"right": []} for words, entry in rules.look_twice.items()}
    monkeypatch.setattr(wording, "rules", lambda: replace(rules, look_twice=bare, long={"right": []}))
