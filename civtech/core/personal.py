"""What we hold about people: each package declares what it exports and what it erases.

    @exported("sessions", N_("Where you signed in."), BrowserSession.user_id)
    def sessions(person): return select(BrowserSession.reference, ...).where(BrowserSession.user_id == person.id)

    @erased("sessions", BrowserSession.user_id)
    def forget_browsers(person, at): ...

Every column that refers to a person declares both: it is exported or withheld, and it is erased or stays. Anything
withheld or kept needs a reason. A test checks every such column, so that none is forgotten.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import ColumnElement, CursorResult, Delete, Select, Update, or_
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import Rows, db
from civtech.core.facts import Fact
from civtech.core.text import Text

if TYPE_CHECKING:
    from civtech.people.models import User

Column: TypeAlias = InstrumentedAttribute[object]
Read: TypeAlias = "Callable[[User], Rows]"
Step: TypeAlias = "Callable[[User, datetime], int]"
Hinder: TypeAlias = "Callable[[User, datetime], Iterable[Hindrance]]"
Sweep = Callable[[datetime, Select[int]], int]
Engagement: TypeAlias = Select[Any, datetime | None]
"""A person's id and a date. The column of the id may allow NULL, which the query leaves out."""
Ends = Callable[[Collection[int]], Iterable[tuple[int, Fact]]]
Engagements = Callable[[], Iterable[Engagement]]

LAST = 90


@dataclass(frozen=True)
class Hindrance:
    """What a person must do before we can erase their data, and where."""

    text: Text
    url: str | None = None


@dataclass(frozen=True)
class Part:
    """One part of an export: its key, what it contains, and a function that returns the query for a person."""

    name: str
    says: str
    read: Read


PARTS: dict[str, Part] = {}
WITHHELD: dict[str, str] = {}
STAYS: dict[str, str] = {}
EXPORTED: set[str] = set()
ERASED: set[str] = set()
_steps: list[tuple[int, str, Step]] = []
_ends: list[Ends] = []
_sweeps: list[tuple[str, Sweep]] = []
_hindrances: list[Hinder] = []
_engagements: list[tuple[str, Engagements]] = []


def named_in_full(column: Column) -> str:
    """The column as `table.column`."""
    return f"{column.class_.__tablename__}.{column.key}"


def exported(name: str, says: str, *columns: Column) -> Callable[[Read], Read]:
    """Export what the function `(person)` selects, under its column labels; `columns` identify the person."""

    def register(read: Read) -> Read:
        PARTS[name] = Part(name, says, read)
        EXPORTED.update(map(named_in_full, columns))
        return read

    return register


def withheld(*columns: Column, because: str) -> None:
    """Leave what these columns say about a person out of every export."""
    WITHHELD.update(dict.fromkeys(map(named_in_full, columns), because))


def erased(name: str, *columns: Column, order: int = 50) -> Callable[[Step], Step]:
    """Erase with the function `(person, at)`, which returns how many rows it changed. Lower orders run first.

    Steps of the same order run by name, so it does not matter which package was imported first.
    """

    def register(step: Step) -> Step:
        _steps.append((order, name, step))
        _steps.sort(key=lambda entry: entry[:2])
        ERASED.update(map(named_in_full, columns))
        return step

    return register


def stays(*columns: Column, because: str) -> None:
    """Keep these columns when a person is erased: the row they point to no longer says anything about anyone."""
    STAYS.update(dict.fromkeys(map(named_in_full, columns), because))


def hindrance(function: Hinder) -> Hinder:
    """Let the function `(person, at)` list what must be done before the person can be erased."""
    _hindrances.append(function)
    return function


def engagement(category: str) -> Callable[[Engagements], Engagements]:
    """Declare a reason to keep people. The function returns selects of a person's id and end date (NULL if ongoing).

    The retention period of `category` runs from that date. A person is erased when all their periods have ended.
    """

    def register(function: Engagements) -> Engagements:
        _engagements.append((category, function))
        return function

    return register


def swept(name: str) -> Callable[[Sweep], Sweep]:
    """Delete short-lived data with the function `(before, spared)`, which returns how many rows it changed.

    It covers everyone except the people whose ids `spared` selects. Nothing about them may be deleted.
    """

    def register(sweep: Sweep) -> Sweep:
        _sweeps.append((name, sweep))
        return sweep

    return register


def ends_with_them(function: Ends) -> Ends:
    """Let the function `(person_ids)` yield, for each person, the facts of what their erasure also ends or deletes."""
    _ends.append(function)
    return function


def ending_with(person_ids: Collection[int]) -> dict[int, list[Fact]]:
    """What the erasure of each of these people also ends or deletes. The statements do not depend on their number."""
    found: dict[int, list[Fact]] = {person_id: [] for person_id in person_ids}
    for function in _ends if found else ():
        for person_id, fact in function(person_ids):
            found[person_id].append(fact)
    return found


def hindrances(person: "User", at: datetime) -> list[Hindrance]:
    """Everything that must be done before `person` can be erased."""
    return [hindrance for function in _hindrances for hindrance in function(person, at)]


def erase(person: "User", at: datetime) -> dict[str, int]:
    """Run every step. Returns how many rows of each kind changed, leaving out kinds with none."""
    counts: dict[str, int] = {}
    for _order, name, step in _steps:
        counts[name] = counts.get(name, 0) + step(person, at)
    return {name: count for name, count in counts.items() if count}


def engagements() -> Iterator[tuple[str, Engagement]]:
    """Each category with the queries that select its people."""
    for category, function in _engagements:
        for query in function():
            yield category, query


def sweep(before: datetime, spared: Select[int]) -> dict[str, int]:
    """Run every sweep. Returns how many rows of each kind changed."""
    return {name: function(before, spared) for name, function in _sweeps}


def named(person: "User", *columns: Column) -> ColumnElement[bool]:
    """Whether any of these columns refers to `person`."""
    return or_(*(column == person.id for column in columns))


def acts(person: "User", *columns: Column) -> list[ColumnElement[bool]]:
    """For each column, whether it refers to `person`, labelled as the action: `approved_by` means "you approved"."""
    return [column.is_not_distinct_from(person.id).label(column.key.removesuffix("_id")) for column in columns]


def touched(statement: Update | Delete) -> int:
    """Execute the statement. Returns how many rows it changed."""
    return cast("CursorResult[object]", db.session.execute(statement)).rowcount
