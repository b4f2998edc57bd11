"""What people in the demonstration write, read once from the files in `words/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from civtech.challenges.models import PARTS, Brief

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Idea:
    """A possible answer to one question."""

    title: str
    summary: str
    approach: str
    new: str
    market: str


@dataclass(frozen=True)
class Topic:
    """A question with everything its sponsor and its applicants say about it."""

    key: str
    brief: Brief
    body: str
    ideas: tuple[Idea, ...]


@dataclass(frozen=True)
class Words:
    """Everything in the folder."""

    topics: tuple[Topic, ...]
    bodies: tuple[dict[str, str], ...]
    companies: tuple[dict[str, str], ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    sentences: dict[str, Any]

    def evidence_of(self, title: str) -> list[str]:
        """Return the evidence a team may send for the milestone with this title."""
        plans = [plan for plans in self.sentences["milestones"].values() for plan in plans]
        keys = next(entry["evidence"] for plan in plans for entry in plan if entry["title"] == title)
        return [self.sentences["evidence"][key] for key in keys]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


@cache
def read() -> Words:
    """Read the words of the demonstration."""
    people = _read("people")
    topics = tuple(
        Topic(
            key=challenge["key"],
            brief=Brief(**{part.key: challenge[part.key] for part in PARTS if part.key in challenge}),
            body=challenge["body"],
            ideas=tuple(Idea(**idea) for idea in challenge["ideas"]),
        )
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
