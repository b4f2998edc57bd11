"""Whom each event tells, by which rule and in which email: declared as data, from which the table of emails is made.

    @tells(ReleaseRefused, to=the_proposer, words="release_refused")
    def release_refused(event: ReleaseRefused) -> Facts: ...

The rule `to` yields who is told, as ids of people or as addresses; its docstring is the rule in English. The function
returns what the email says. A person who falls under several rules of one event gets the first email only. The person
who acted gets none, unless `actor_too` says why they do.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from civtech.core.db import db
from civtech.core.events import AnyEvent, subscribe
from civtech.notifications.declared import TELLINGS, Telling
from civtech.notifications.naming import Facts
from civtech.notifications.outbox import TOLD, Recipient, queue
from civtech.notifications.unasked import Missing, tell_staff

Happened = TypeVar("Happened", bound=AnyEvent)
Group = TypeVar("Group")

Rule: TypeAlias = Callable[[Happened], Iterable[Recipient]]
GroupRule: TypeAlias = Callable[[Happened], Iterable[tuple[Group, Iterable[Recipient]]]]


def tells(
    *events: type[Happened],
    to: Rule[Happened],
    words: str,
    actor_too: str = "",
    once: Callable[[Happened], str] | None = None,
    without: Callable[[Happened], Missing | None] | None = None,
) -> Callable[[Callable[[Happened], Facts]], Callable[[Happened], Facts]]:
    """Declare that the rule's people are told about these events in the email `words`.

    With `once`, people get it once in a transaction for each value. `without` marks an email that asks someone to act:
    it says who is missing if the rule finds no one, and programme staff are then told.
    """

    def declare(says: Callable[[Happened], Facts]) -> Callable[[Happened], Facts]:
        def grouped(event: Happened) -> Iterator[tuple[None, Iterable[Recipient]]]:
            yield None, to(event)

        def missing(event: Happened, _group: None) -> Missing | None:
            return without(event) if without else None

        _declare(events, words, to.__doc__, actor_too, asks=without is not None)
        _tell(events, grouped, words, lambda event, _group: says(event), missing, actor_too, once)
        return says

    return declare


def tells_each(
    *events: type[Happened],
    to: GroupRule[Happened, Group],
    words: str,
    actor_too: str = "",
    without: Callable[[Happened, Group], Missing] | None = None,
) -> Callable[[Callable[[Happened, Group], Facts]], Callable[[Happened, Group], Facts]]:
    """Declare the same for an email that says something different to each group, such as to each team."""

    def declare(says: Callable[[Happened, Group], Facts]) -> Callable[[Happened, Group], Facts]:
        def missing(event: Happened, group: Group) -> Missing | None:
            return without(event, group) if without else None

        _declare(events, words, to.__doc__, actor_too, asks=without is not None)
        _tell(events, to, words, says, missing, actor_too)
        return says

    return declare


def _declare(events: tuple[type[Happened], ...], words: str, rule: str | None, actor_too: str, *, asks: bool) -> None:
    if not rule:
        raise TypeError(f"The rule for the email “{words}” needs a docstring that says in English whom it finds.")
    sentence = " ".join(rule.split())
    TELLINGS.extend(Telling(event, words, sentence, actor_too, asks) for event in events)


def _tell(  # noqa: PLR0917 - the parts of one declaration, passed on by the two functions above
    events: tuple[type[Happened], ...],
    to: GroupRule[Happened, Group],
    words: str,
    says: Callable[[Happened, Group], Facts],
    missing: Callable[[Happened, Group], Missing | None],
    actor_too: str,
    once: Callable[[Happened], str] | None = None,
) -> None:
    def tell(event: Happened) -> None:
        told: set[tuple[object, Recipient]] = db.session.info.setdefault(TOLD, set())
        act = (words, once(event)) if once else id(event)
        actor = None if actor_too or event.by is None else event.by.id
        written: list[tuple[Recipient, Facts]] = []
        for group, found in to(event):
            people = [person for person in found if person != actor]
            if not people and (lacking := missing(event, group)):
                tell_staff(words, lacking, at=event.at)
            untold = [person for person in people if (act, person) not in told]
            told.update((act, person) for person in untold)
            facts = says(event, group) if untold else {}
            written += [(person, facts) for person in untold]
        queue(words, written, at=event.at)

    subscribe(*events)(tell)
