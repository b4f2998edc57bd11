"""Workflow. A verb on a noun declares the states it starts from, its conditions and the state it leads to.

The declarations are data: they draw the state chart, decide the buttons and feed the reachability test.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from civtech.core.db import written_whole
from civtech.core.errors import RuleViolation, WrongState
from civtech.core.events import Event, emit
from civtech.core.state import State
from civtech.core.text import N_, Text

P = ParamSpec("P")
Noun = TypeVar("Noun")
Facts = Mapping[str, Any] | None
NOT_ANY_MORE = N_("You can no longer do this. The status is now “%(state)s”.")


def ended_because(noun: Any) -> Text | None:
    """Why no verb can be called on `noun` any more, if it has `ended_because`: more detail than its state gives."""
    ended: Text | None = getattr(noun, "ended_because", None)
    return ended


@dataclass(frozen=True)
class Condition:
    """What must hold at the instant of the verb; `otherwise` is the text shown when it does not.

    With `records`, an attempt while it does not hold is itself an event, kept although everything else is refused.
    """

    name: str
    otherwise: str
    holds: Callable[[Any, datetime], bool]
    records: type[Event] | None = None

    def __call__(self, noun: Any, at: datetime) -> bool:
        return self.holds(noun, at)


def condition(
    otherwise: str, *, records: type[Event] | None = None
) -> Callable[[Callable[[Any, datetime], bool]], Condition]:
    """Declare a function `(noun, at) -> bool` as a condition of verbs, with the sentence to show when it fails."""

    def declare(holds: Callable[[Any, datetime], bool]) -> Condition:
        return Condition(holds.__name__, otherwise, holds, records)

    return declare


@dataclass(frozen=True)
class Move:
    """One legal move: the verb, the states it starts from, the state it leads to (None: no change) and its conditions.

    `sets` lists the columns it writes; the database lets no other action change them (`core.guards.frozen`).
    A move that follows another noun's verb emits no event, because that verb's event covers both.
    """

    verb: str
    sources: tuple[State, ...]
    to: State | None
    emits: type[Event] | None
    conditions: tuple[Condition, ...]
    sets: tuple[str, ...] = ()

    def refusal(self, noun: Any, at: datetime, by: Any = None) -> RuleViolation | None:
        """Why the verb cannot be called on `noun` at `at`, or None if it can."""
        if (ended := ended_because(noun)) is not None:
            return WrongState(ended.message, **ended.parameters)
        for held in self.conditions:
            if not held(noun, at):
                attempt = held.records(subject=noun, by=by, at=at) if held.records else None
                return WrongState(held.otherwise, recorded=attempt)
        if self.sources and noun.state not in self.sources:
            return WrongState(NOT_ANY_MORE, state=noun.state.label)
        return None


def transition(
    *sources: State,
    to: State | None = None,
    emits: type[Event],
    when: Condition | tuple[Condition, ...] = (),
    sets: tuple[str, ...] = (),
) -> Callable[[Callable[Concatenate[Noun, P], Facts]], Callable[Concatenate[Noun, P], None]]:
    """Declare a verb `(self, *, by, at, ...)`.

    Outside `sources`, or when a condition fails, calling it raises `WrongState`. The body writes the columns in
    `sets` and may return facts for the event. Without `to`, the noun keeps its state. No query of the body writes
    the noun to the database half changed, which its guards would refuse.
    """
    conditions = when if isinstance(when, tuple) else (when,)

    def declare(verb: Callable[Concatenate[Noun, P], Facts]) -> Callable[Concatenate[Noun, P], None]:
        move = Move(verb.__name__, sources, to, emits, conditions, sets)

        @wraps(verb)
        def perform(self: Noun, *args: P.args, **kwargs: P.kwargs) -> None:
            at: Any = kwargs["at"]
            if refused := move.refusal(self, at, kwargs["by"]):
                raise refused
            with written_whole(self):
                facts = verb(self, *args, **kwargs)
                if to is not None:
                    self.state = to  # type: ignore[attr-defined]
            emit(emits(subject=self, by=kwargs["by"], at=at, facts=facts or {}))

        perform.move = move  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Noun, P], None]", perform)

    return declare


def follows(
    *sources: State, to: State, sets: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Noun, P], None]], Callable[Concatenate[Noun, P], None]]:
    """Declare how a noun changes along with another noun's verb; outside `sources` it raises `WrongState`."""

    def declare(step: Callable[Concatenate[Noun, P], None]) -> Callable[Concatenate[Noun, P], None]:
        @wraps(step)
        def go_along(self: Noun, *args: P.args, **kwargs: P.kwargs) -> None:
            if self.state not in sources:  # type: ignore[attr-defined]
                raise WrongState(NOT_ANY_MORE, state=self.state.label)  # type: ignore[attr-defined]
            step(self, *args, **kwargs)
            self.state = to  # type: ignore[attr-defined]

        go_along.move = Move(step.__name__, sources, to, None, (), sets)  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Noun, P], None]", go_along)

    return declare


def moves_of(noun: type) -> Iterator[Move]:
    """Every declared move of a noun, in source order."""
    for attribute in vars(noun).values():
        if isinstance(move := getattr(attribute, "move", None), Move):
            yield move


def refusal(noun: Any, verb: str, at: datetime, by: Any = None) -> RuleViolation | None:
    """Why calling `verb` on `noun` at `at` is not a legal move, or None if it is."""
    move: Move = getattr(type(noun), verb).move
    return move.refusal(noun, at, by)


def possible(noun: Any, verb: str, at: datetime) -> bool:
    """Whether calling `verb` on `noun` at `at` would be a legal move."""
    return refusal(noun, verb, at) is None


def why_not(noun: Any, verb: str, at: datetime) -> Text | None:
    """The sentence that explains why `verb` is not possible at `at`, or None if it is."""
    refused = refusal(noun, verb, at)
    return refused.text if refused else None
