"""Workflow. A verb on a noun declares the states it starts from, its conditions and the state it leads to.

The declarations are data: they draw the state chart, decide the buttons and feed the reachability test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, Generic, Never, ParamSpec, TypeAlias, TypeVar, cast, overload

from civtech.core.db import written_whole
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import AnyEvent, AnyFacts, Event, Person, PlainEvent, Referenced, emit
from civtech.core.state import State
from civtech.core.text import N_, Text

P = ParamSpec("P")
Noun = TypeVar("Noun", bound=Referenced)
Facts = TypeVar("Facts", bound=AnyFacts)
Asked_contra = TypeVar("Asked_contra", contravariant=True)
NOT_ANY_MORE = N_("You can no longer do this. The status is now “%(state)s”.")
STATE = "state"
MOVE = "move"


def ended_because(noun: object) -> Text | None:
    """Why no verb can be called on `noun` any more, if it has `ended_because`: more detail than its state gives."""
    ended: Text | None = getattr(noun, "ended_because", None)
    return ended


def state_of(noun: object) -> State:
    """The state of a noun whose verbs have states."""
    state: State = getattr(noun, STATE)
    return state


@dataclass(frozen=True)
class Condition(Generic[Asked_contra]):
    """What must hold at the instant of the verb; `otherwise` is the text shown when it does not.

    With `records`, an attempt while it does not hold is itself an event, kept although everything else is refused.
    """

    name: str
    otherwise: str
    holds: Callable[[Asked_contra, datetime], bool]
    records: type[PlainEvent[Asked_contra]] | None = None

    def __call__(self, noun: Asked_contra, at: datetime) -> bool:
        return self.holds(noun, at)


@overload
def condition(otherwise: str) -> Callable[[Callable[[Asked_contra, datetime], bool]], Condition[Asked_contra]]: ...


@overload
def condition(
    otherwise: str, *, records: type[PlainEvent[Asked_contra]]
) -> Callable[[Callable[[Asked_contra, datetime], bool]], Condition[Asked_contra]]: ...


def condition(
    otherwise: str, *, records: type[PlainEvent[Asked_contra]] | None = None
) -> Callable[[Callable[[Asked_contra, datetime], bool]], Condition[Asked_contra]]:
    """Declare a function `(noun, at) -> bool` as a condition of verbs, with the sentence to show when it fails."""

    def declare(holds: Callable[[Asked_contra, datetime], bool]) -> Condition[Asked_contra]:
        return Condition(holds.__name__, otherwise, holds, records)

    return declare


@dataclass(frozen=True)
class Move(Generic[Noun]):
    """One legal move: the verb, the states it starts from, the state it leads to (None: no change) and its conditions.

    `sets` lists the columns it writes; the database lets no other action change them (`core.guards.frozen`).
    A move that follows another noun's verb emits no event, because that verb's event covers both.
    """

    verb: str
    sources: tuple[State, ...]
    to: State | None
    emits: type[AnyEvent] | None
    conditions: tuple[Condition[Noun], ...]
    sets: tuple[str, ...] = ()

    def refusal(self, noun: Noun, at: datetime, by: Person | None = None) -> RuleViolation | None:
        """Why the verb cannot be called on `noun` at `at`, or None if it can."""
        if (ended := ended_because(noun)) is not None:
            return WrongState(ended)
        if self.sources and state_of(noun) not in self.sources:
            return WrongState(NOT_ANY_MORE, state=state_of(noun).label)
        for held in self.conditions:
            if not held(noun, at):
                attempt = held.records(subject=noun, by=by, at=at) if held.records else None
                return WrongState(held.otherwise, recorded=attempt)
        return None


AnyMove: TypeAlias = Move[Never]


def transition(
    *sources: State,
    to: State | None = None,
    emits: type[Event[Noun, Facts]],
    when: Condition[Noun] | tuple[Condition[Noun], ...] = (),
    sets: tuple[str, ...] = (),
) -> Callable[[Callable[Concatenate[Noun, P], Facts]], Callable[Concatenate[Noun, P], None]]:
    """Declare a verb `(self, *, by, at, ...)`.

    Outside `sources`, or when a condition fails, calling it raises `WrongState`. The body writes the columns in
    `sets` and returns the facts of the event, if it has any. Without `to`, the noun keeps its state. No query of the
    body writes the noun to the database half changed, which its guards would refuse.
    """
    conditions = when if isinstance(when, tuple) else (when,)

    def declare(verb: Callable[Concatenate[Noun, P], Facts]) -> Callable[Concatenate[Noun, P], None]:
        move = Move(verb.__name__, sources, to, emits, conditions, sets)

        @wraps(verb)
        def perform(self: Noun, /, *args: P.args, **kwargs: P.kwargs) -> None:
            by, at = cast("tuple[Person | None, datetime]", (kwargs["by"], kwargs["at"]))
            if refused := move.refusal(self, at, by):
                raise refused
            with written_whole(self):
                facts = verb(self, *args, **kwargs)
                if to is not None:
                    setattr(self, STATE, to)
            emit(emits(subject=self, by=by, at=at, facts=facts))

        setattr(perform, MOVE, move)
        return perform

    return declare


def follows(
    *sources: State, to: State, sets: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Noun, P], None]], Callable[Concatenate[Noun, P], None]]:
    """Declare how a noun changes along with another noun's verb; outside `sources` it raises `WrongState`."""

    def declare(step: Callable[Concatenate[Noun, P], None]) -> Callable[Concatenate[Noun, P], None]:
        @wraps(step)
        def go_along(self: Noun, /, *args: P.args, **kwargs: P.kwargs) -> None:
            if (state := state_of(self)) not in sources:
                raise WrongState(NOT_ANY_MORE, state=state.label)
            step(self, *args, **kwargs)
            setattr(self, STATE, to)

        setattr(go_along, MOVE, Move[Noun](step.__name__, sources, to, None, (), sets))
        return go_along

    return declare


def moves_of(noun: type) -> Iterator[AnyMove]:
    """Every declared move of a noun, in source order."""
    for attribute in vars(noun).values():
        if isinstance(move := getattr(attribute, MOVE, None), Move):
            yield move


def refusal(noun: Referenced, verb: str, at: datetime, by: Person | None = None) -> RuleViolation | None:
    """Why calling `verb` on `noun` at `at` is not a legal move, or None if it is."""
    move: Move[Referenced] = getattr(getattr(type(noun), verb), MOVE)
    return move.refusal(noun, at, by)


def possible(noun: Referenced, verb: str, at: datetime) -> bool:
    """Whether calling `verb` on `noun` at `at` would be a legal move."""
    return refusal(noun, verb, at) is None


def why_not(noun: Referenced, verb: str, at: datetime) -> Text | None:
    """The sentence that explains why `verb` is not possible at `at`, or None if it is."""
    refused = refusal(noun, verb, at)
    return refused.text if refused else None
