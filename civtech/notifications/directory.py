"""`docs/emails.md`: every event, who is told about it in which email, or why no one is. Made from the declarations."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import config
from civtech.core.events import EVENTS, AnyFacts, Event
from civtech.notifications.declared import TELLINGS, Telling
from civtech.notifications.titles import TITLES

PLACE = config.ROOT / "docs" / "emails.md"

BEGINNING = """# Emails

This page is made from the code with `flask emails write`. Each event says whom it tells, or why it tells no one. The
application does not start if an event says neither or both.

- The person who acted gets no email about it, unless the last column says why they do.
- A person who falls under several rules of one event gets the first email only.
- If an email asks someone to act and no one has the role, programme staff get the email “No one to ask”.
- Every email names what it is about, with its reference. It carries what was typed, amounts, dates, one link, and why
  you got it.
- Emails name no people, except in what someone typed. Who it was is on the page.

[The emails of one journey](emails-of-a-journey.md) shows what they look like.
"""

TITLES_OF_PACKAGES = {
    "people": "Accounts",
    "organisations": "Organisations",
    "roles": "Programme roles",
    "programmes": "Pathways and rounds",
    "challenges": "Challenges and questions",
    "proposals": "Proposals",
    "judging": "Judging",
    "rights": "Rights statements",
    "stages": "Stage agreements and evidence",
    "funding": "Money",
    "notifications": "Emails",
    "oversight": "The audit log",
    "privacy": "Personal data",
    "viewing": "Viewing as another role",
}

HEAD = "| what happened | who is told | email | remarks |\n| --- | --- | --- | --- |"


def _remarks(telling: Telling) -> str:
    asks = "Asks someone to act." if telling.asks else ""
    too = f"Also to the person who acted. {telling.actor_too}" if telling.actor_too else ""
    return " ".join(filter(None, (asks, too)))


def _rows(name: str, event: type[Event[object, AnyFacts]]) -> Iterator[str]:
    told = [telling for telling in TELLINGS if telling.event is event]
    first = f"{event.label} (`{name}`)"
    for telling in told:
        yield f"| {first} | {telling.rule} | {TITLES[telling.words]} | {_remarks(telling)} |"
        first = ""
    if not told:
        yield f"| {first} | No one. |  | {event.tells_no_one} |"


def table() -> str:
    """Return the document."""
    rows: dict[str, list[str]] = defaultdict(list)
    for name, event in EVENTS.items():
        if event.__module__.startswith("civtech."):
            rows[event.__module__.split(".")[1]].extend(_rows(name, event))
    parts = [f"## {title}\n\n{HEAD}\n" + "\n".join(rows[package]) for package, title in TITLES_OF_PACKAGES.items()]
    return "\n\n".join([BEGINNING.rstrip(), *parts]) + "\n"


def stale(path: Path) -> bool:
    """Whether the document differs from the declarations."""
    return not path.exists() or path.read_text() != table()
