"""Events. Each has many readers, and the verb that emits it knows none of them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session, SessionTransaction

from civtech.core.db import db
from civtech.core.deciding import explain, is_touched
from civtech.core.text import Text


class Person(Protocol):
    """What an event and its readers know of the person who acted."""

    @property
    def id(self) -> int: ...

    @property
    def reference(self) -> str: ...


class Referenced(Protocol):
    """What the audit log writes of a subject: its kind and its reference."""

    @property
    def __tablename__(self) -> str: ...

    @property
    def reference(self) -> str: ...


AnyFacts: TypeAlias = Mapping[str, object] | None
Subject_co = TypeVar("Subject_co", covariant=True)
Facts_co = TypeVar("Facts_co", bound=AnyFacts, covariant=True)


@dataclass(frozen=True, kw_only=True)
class Event(Generic[Subject_co, Facts_co]):
    """An action on `subject` by `by` (None: the platform itself) at the instant `at`.

    `facts` are plain JSON values without personal data: the audit log keeps them for ever, even after an erasure. A
    `TypedDict` says which. Name each subclass in the past tense and describe it in English in `label`:

        class ReleasePaid(Event["Release", ReleaseFacts]):
            label = N_("Release marked as paid")

    `erases` says that rows disappear because of it as the privacy notice promises, so that nobody takes them for lost.
    `public` says whether pages for visitors may change because of it. Say False only if nothing that a visitor can see
    depends on it, and add it to the list in `tests/architecture/test_public_events.py` with the reason.

    `tells_no_one` says why no one is emailed about it. Without it, `notifications` must say whom the event tells. The
    application does not start if an event says neither or both.
    """

    label: ClassVar[str] = ""
    public: ClassVar[bool] = True
    tells_no_one: ClassVar[str] = ""
    erases: ClassVar[bool] = False

    subject: Subject_co
    by: Person | None
    at: datetime
    facts: Facts_co

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        super().__init_subclass__()
        if abstract:
            return
        if not cls.label:
            raise TypeError(f"{cls.__name__} needs a label.")
        if cls.__name__ in EVENTS:
            raise TypeError(f"There is another event called {cls.__name__}.")
        EVENTS[cls.__name__] = cls

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def title(self) -> Text:
        return Text(self.label)


@dataclass(frozen=True, kw_only=True)
class PlainEvent(Event[Subject_co, None], abstract=True):
    """An event without facts."""

    facts: None = None


AnyEvent: TypeAlias = Event[Referenced | None, AnyFacts]
Heard = TypeVar("Heard", bound=AnyEvent)
Recorder = Callable[[Session, Sequence[AnyEvent]], None]

EVENTS: dict[str, type[Event[object, AnyFacts]]] = {}
_subscribers: dict[type[AnyEvent], list[Callable[[Any], None]]] = defaultdict(list)  # `subscribe` checks their types
_recorders: list[Recorder] = []


def subscribe(*kinds: type[Heard]) -> Callable[[Callable[[Heard], None]], Callable[[Heard], None]]:
    """Call the function for each event of these kinds, immediately and in the same transaction."""

    def register(subscriber: Callable[[Heard], None]) -> Callable[[Heard], None]:
        for kind in kinds:
            _subscribers[kind].append(subscriber)
        return subscriber

    return register


def record_at_commit(recorder: Recorder) -> Recorder:
    """Call the function once, just before the commit, with every event of the transaction in order.

    It is also called without events if rows that decide something were changed (`core.deciding`).

    This is where the audit chain is written. Its head is a single row: taking that lock last keeps it short, and
    every transaction takes its locks in the same order.
    """
    _recorders.append(recorder)
    return recorder


def emit(happened: AnyEvent) -> None:
    """Tell the subscribers about `happened`, and keep it for the recorders at the commit.

    Begin a transaction if there is none yet. Otherwise a rollback would have nothing to end, and the event would be
    recorded at the next commit.
    """
    session = db.session()
    if not session.in_transaction():
        session.begin()
    session.info.setdefault("events", []).append(happened)
    if happened.erases:
        explain(session, happened)
    for kind in type(happened).__mro__:
        for subscriber in _subscribers.get(kind, ()):
            subscriber(happened)


def waiting(session: Session) -> bool:
    """Whether something has happened in this transaction that the commit will record."""
    return bool(session.info.get("events"))


def _record(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    happened = session.info.pop("events", [])
    if happened or is_touched(session):
        for recorder in _recorders:
            recorder(session, happened)


def _forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop("events", None)


sqlalchemy_event.listen(Session, "before_commit", _record)
sqlalchemy_event.listen(Session, "after_soft_rollback", _forget)
