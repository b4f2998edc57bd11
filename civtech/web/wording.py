"""How the product speaks: the words its texts avoid and the longest sentence allowed. `words.toml` has the list."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

LIST = Path(__file__).parent.parent / "translations" / "words.toml"
SENTENCE = re.compile(r"(?<=[.?:])\s+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")


class _Doubtful(TypedDict):
    instead: str
    right: list[str]


class _Right(TypedDict):
    right: list[str]


@dataclass(frozen=True)
class Rules:
    """The word list as `words.toml` has it."""

    longest: int
    refused: Mapping[str, str]
    look_twice: Mapping[str, _Doubtful]
    long: _Right


@cache
def rules() -> Rules:
    """The word list: words to refuse, words to look at twice, and messages that are right despite them."""
    with LIST.open("rb") as file:
        return Rules(**tomllib.load(file))


def problems(messages: Iterable[str]) -> Iterator[str]:
    """One line for each problem in these texts, and for each exception in the list that no text needs any more."""
    texts, excused = sorted(messages), set()
    for text in texts:
        shown = PLACEHOLDER.sub("…", text)
        for words, instead in rules().refused.items():
            if phrase := _says(words, shown):
                yield f"“{phrase}” is refused. Write: {instead}. In: {text}"
        for words, entry in rules().look_twice.items():
            if phrase := _says(words, shown):
                if text in entry["right"]:
                    excused.add(text)
                else:
                    yield f"“{phrase}”: look twice. Write: {entry['instead']}. In: {text}"
        for sentence in SENTENCE.split(shown):
            if (length := len(sentence.split())) > rules().longest:
                if text in rules().long["right"]:
                    excused.add(text)
                else:
                    yield f"A sentence has {length} words. In: {text}"
    for text in sorted(_allowed() - excused):
        yield f"The word list allows a text that is gone or needs it no longer: {text}"


def _says(words: str, text: str) -> str | None:
    whole = rf"(?<!\w)(?:{words})(?!\w)" if re.search(r"\w", words) else words
    match = re.search(whole, text, re.IGNORECASE)
    return match.group() if match else None


def _allowed() -> set[str]:
    lists = [entry["right"] for entry in rules().look_twice.values()] + [rules().long["right"]]
    return {text for right in lists for text in right}
