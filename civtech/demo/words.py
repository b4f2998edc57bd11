"""What people in the demonstration write, read once from the files in `words/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Idea:
    """An answer that somebody could give to one question."""

    title: str
    summary: str
    approach: str
    new: str
    market: str


@dataclass(frozen=True)
class Topic:
    """A question with everything its sponsor and its applicants have to say."""

    key: str
    question: str
    summary: str
    need: str
    outcomes: str
    constraints: str
    adoption: str
    body: str
    ideas: tuple[Idea, ...]


@dataclass(frozen=True)
class Words:
    """Everything in the folder."""

    topics: tuple[Topic, ...]
    bodies: tuple[dict[str, Any], ...]
    companies: tuple[dict[str, Any], ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    sentences: dict[str, Any]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


@cache
def read() -> Words:
    """The words of the demonstration."""
    people = _read("people")
    topics = tuple(
        Topic(**{**challenge, "ideas": tuple(Idea(**idea) for idea in challenge["ideas"])})
        for challenge in _read("challenges")["challenges"]
    )
    return Words(
        topics=topics,
        bodies=tuple(_read("bodies")["bodies"]),
        companies=tuple(_read("companies")["companies"]),
        given=tuple(people["given"]),
        family=tuple(people["family"]),
        sentences=_read("sentences"),
    )
