"""Histories: what people see of the audit log on the page of a thing.

Each package says in `histories.py` who acts in its events, and which readers see them. An event that no package
declares is shown to no one except those who may read the audit log, and to the person who did it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from sqlalchemy import ScalarSelect
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.events import AnyEvent


class Audience(Enum):
    """The sides that take part in a thing. A reader belongs to those that they act for today."""

    ANYONE = "anyone"
    TEAM = "team"
    SPONSOR = "sponsor"
    PROGRAMME = "programme"
    FINANCE = "finance"
    """Those who approve and pay releases of money, without being programme staff."""
    PANEL = "panel"
    """Those who run the judging, and do not see scores or decisions."""
    MEMBERS = "members"
    """Those who act for an organisation, on its own page."""
    OWNERS = "owners"


Subject: TypeAlias = InstrumentedAttribute[str | None]
Instant: TypeAlias = InstrumentedAttribute[datetime]
Typed: TypeAlias = ScalarSelect[str | None]
Message: TypeAlias = Callable[[Subject, Instant], Typed]


@dataclass(frozen=True)
class Showing:
    """Which side acts in an event, who sees it in a history, and who else is told the name of the person who acted.

    `by` is None if people of two sides can do it. The facts then say for which `side` it was done. If they do not, it
    followed from something else that the history shows.
    """

    by: Audience | None
    to: frozenset[Audience]
    named_to: frozenset[Audience]

    def side(self, facts: Mapping[str, object]) -> Audience | None:
        """The side for which it was done."""
        return self.by or (Audience(facts["side"]) if "side" in facts else None)

    def names_to(self, reader: Collection[Audience], facts: Mapping[str, object]) -> bool:
        """Whether this reader is told who did it."""
        return not self.named_to.isdisjoint(reader) or self.side(facts) in reader


SHOWINGS: dict[str, Showing] = {}
MESSAGES: dict[str, Message] = {}


def shown(
    *events: type[AnyEvent],
    by: Audience | None,
    to: Iterable[Audience],
    named_to: Iterable[Audience] = (Audience.PROGRAMME,),
) -> None:
    """Declare for these events who acts in them, and who sees them in a history."""
    for event in events:
        if event.__name__ in SHOWINGS:
            raise TypeError(f"Who sees {event.__name__} in a history is already declared.")
        SHOWINGS[event.__name__] = Showing(by, frozenset(to), frozenset(named_to))


def message_of(event: type[AnyEvent]) -> Callable[[Message], Message]:
    """Find what a person typed with an event: a scalar query by the reference of its subject and its instant.

    The audit log has no texts, because it is never changed. Everyone who sees the event sees the message.
    """

    def register(message: Message) -> Message:
        MESSAGES[event.__name__] = message
        return message

    return register


def seen_by(reader: Collection[Audience]) -> list[str]:
    """The names of the events that a reader with these sides sees."""
    return sorted(name for name, showing in SHOWINGS.items() if not showing.to.isdisjoint(reader))
