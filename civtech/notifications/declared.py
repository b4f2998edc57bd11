"""What has been declared about each event: whom it tells in which email, or why it tells no one."""

from dataclasses import dataclass

from flask import Flask

from civtech.core.events import EVENTS, AnyFacts, Event


@dataclass(frozen=True)
class Telling:
    """One line of the table: the email that tells people about an event, and the rule that says which people."""

    event: type[Event[object, AnyFacts]]
    words: str
    rule: str
    actor_too: str
    asks: bool


TELLINGS: list[Telling] = []


def undeclared() -> list[str]:
    """Return a sentence for each event that says neither whom it tells nor why it tells no one, or says both."""
    told = {telling.event for telling in TELLINGS}
    wrong: list[str] = []
    for name, event in sorted(EVENTS.items()):
        if event in told and event.tells_no_one:
            wrong.append(f"{name} tells people, so it cannot also say why it tells no one (`tells_no_one`).")
        if event not in told and not event.tells_no_one:
            wrong.append(f"{name} must say whom it tells (`@tells`) or why it tells no one (`tells_no_one`).")
    return wrong


def close(_app: Flask) -> None:
    """Refuse to start while an event does not say whom it tells. Call this when every package has been loaded."""
    if wrong := undeclared():
        raise TypeError(" ".join(wrong))
