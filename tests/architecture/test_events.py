"""Every event says what its subject is and which facts it carries, and the audit log holds exactly those."""

from collections.abc import Iterable
from typing import ForwardRef, get_args, get_origin, is_typeddict

from flask import Flask
from sqlalchemy import select

from civtech.core.db import Model, db
from civtech.core.events import EVENTS, PlainEvent
from civtech.core.workflow import Move
from civtech.oversight.models import AuditEntry
from tests.architecture.furnished import everything
from tests.world.kept import Worlds


def named(event: str) -> set[str]:
    """The classes that an event names as its subject."""
    (base,) = EVENTS[event].__orig_bases__
    subject = get_args(base)[0]
    return set(subject.__forward_arg__.split(" | ")) if isinstance(subject, ForwardRef) else {"None"}


def facts_of(event: str) -> type | None:
    """What an event says about its facts: a TypedDict, or None if it has none."""
    (base,) = EVENTS[event].__orig_bases__
    return None if get_origin(base) is PlainEvent else get_args(base)[1]


def tables(names: Iterable[str]) -> set[str | None]:
    """The tables of these classes. A mixin stands for every class that has it."""
    kept = [mapper.class_ for mapper in Model.registry.mappers]
    nothing = {None} if "None" in names else set()
    return nothing | {noun.__tablename__ for noun in kept if {base.__name__ for base in noun.__mro__} & set(names)}


def wrong_in(entries: Iterable[AuditEntry]) -> list[str]:
    """The entries whose subject or facts are not as their event says."""
    wrong = []
    for entry in entries:
        facts = facts_of(entry.event)
        required = facts.__required_keys__ if facts else frozenset()
        optional = facts.__optional_keys__ if facts else frozenset()
        keys = set(entry.facts)
        if not required <= keys <= required | optional or entry.subject_kind not in tables(named(entry.event)):
            wrong.append(f"{entry.event}: {entry.subject_kind}, {sorted(keys)}")
    return wrong


def test_every_event_names_its_subject_and_its_facts(app: Flask) -> None:
    assert len(EVENTS) > 100
    for event in EVENTS:
        assert all(tables({name}) for name in named(event)), event
        facts = facts_of(event)
        assert facts is None or (is_typeddict(facts) and facts.__annotations__), event


def test_every_verb_returns_exactly_the_facts_of_its_event(app: Flask) -> None:
    """To mypy, a dictionary with more keys would do as well."""
    verbs = [
        (f"{mapper.class_.__name__}.{name}", attribute.move.emits, attribute.__wrapped__.__annotations__["return"])
        for mapper in Model.registry.mappers
        for name, attribute in vars(mapper.class_).items()
        if isinstance(getattr(attribute, "move", None), Move) and attribute.move.emits
    ]
    assert len(verbs) > 40
    assert [verb for verb, event, returned in verbs if returned is not facts_of(event.__name__)] == []


def test_the_audit_log_holds_the_facts_that_events_name(worlds: Worlds) -> None:
    worlds(everything)
    see_that_every_entry_is_as_its_event_says(at_least=50)


def test_the_demonstrations_audit_log_holds_the_facts_that_events_name(demonstration: Flask) -> None:
    with demonstration.app_context():
        see_that_every_entry_is_as_its_event_says(at_least=40)


def see_that_every_entry_is_as_its_event_says(*, at_least: int) -> None:
    entries = db.session.scalars(select(AuditEntry)).all()
    assert len({entry.event for entry in entries}) >= at_least
    assert wrong_in(entries) == []
