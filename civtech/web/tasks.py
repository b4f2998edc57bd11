"""“Needs your attention”: each package adds the tasks it gives people.

Most tasks are rows that a query finds. All these queries run as one statement, whatever the number of packages:

    def _to_pay(actor: User, at: datetime) -> Rows | None:
        if not actor.reach(ProgrammeRole.FINANCE):
            return None
        return queries.to_pay(actor).with_only_columns(*brief(reference=Release.reference))

    @tasks_of(_to_pay)
    def pay(row: Waiting) -> Task: ...

`@task` is for tasks that depend on rules which only Python knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    SQLColumnExpression,
    String,
    cast,
    false,
    func,
    literal,
    null,
    select,
    union_all,
)

from civtech.core.db import Rows, UtcDateTime, db
from civtech.core.statements import built_once
from civtech.core.text import Text
from civtech.web.pagination import PAGE

if TYPE_CHECKING:
    from civtech.people.models import User


@dataclass(frozen=True)
class Task:
    """A task for this person: what to do, what it is about, where to do it and by when."""

    title: Text
    url: str
    about: str = ""
    due: datetime | None = None
    group: Text = field(default_factory=lambda: Text(""))


class Waiting(NamedTuple):
    """One row that a query found. Each query fills in what its own function reads."""

    source: int
    reference: str
    other_reference: str
    name: str
    about: str
    part: str
    state: str
    due: datetime | None
    day: date | None
    number: int | None


Column: TypeAlias = "SQLColumnExpression[object] | None"
Find: TypeAlias = "Callable[[User, datetime], Rows | None]"
Read: TypeAlias = Callable[[Waiting], Task | None]
Tasks: TypeAlias = "Callable[[User, datetime], Iterable[Task]]"


@dataclass(frozen=True)
class _Source:
    """A query for tasks, and the function that makes a task of each of its rows."""

    find: Find
    read: Read


_givers: "list[_Source | Tasks]" = []


def brief(
    *,
    reference: Column = None,
    other_reference: Column = None,
    name: Column = None,
    about: Column = None,
    part: Column = None,
    state: Column = None,
    due: Column = None,
    day: Column = None,
    number: Column = None,
) -> tuple[ColumnElement[Any], ...]:
    """The columns of a query for `tasks_of`, with nothing in those that are not given."""
    texts = {
        "reference": reference,
        "other_reference": other_reference,
        "name": name,
        "about": about,
        "part": part,
        "state": state,
    }
    columns: list[ColumnElement[Any]] = [
        (literal("") if column is None else cast(column, String)).label(label) for label, column in texts.items()
    ]
    return (
        *columns,
        (cast(null(), UtcDateTime) if due is None else due).label("due"),
        (cast(null(), Date) if day is None else day).label("day"),
        (cast(null(), Integer) if number is None else number).label("number"),
    )


def how_many(key: SQLColumnExpression[int], *conditions: ColumnElement[bool], due: Column = None) -> Rows:
    """One row with the number of rows that meet `conditions`, for `counted`. No row if there are none."""
    number = func.count(key)
    return select(*brief(due=due, number=number)).where(*conditions).having(number > 0)


def counted(one: str, several: str, row: Waiting) -> Text:
    """The title of a task about one or several things. `several` says how many with `count`."""
    return Text(several, {"count": row.number}) if (row.number or 0) > 1 else Text(one)


def tasks_of(find: Find) -> Callable[[Read], Read]:
    """Add a task for each row that `find` selects, at most a page of them. None adds nothing."""

    def register(read: Read) -> Read:
        _givers.append(_Source(find, read))
        _waiting.forget()
        return read

    return register


def task(function: Tasks) -> Tasks:
    """Add to “Needs your attention” with a function `(actor, at)` that yields tasks."""
    _givers.append(function)
    return function


@built_once
def _waiting(actor: "User", at: datetime) -> CompoundSelect[*tuple[object, ...]]:
    queries = [giver.find(actor, at) if isinstance(giver, _Source) else None for giver in _givers]
    rows = [(place, query.limit(PAGE).subquery()) for place, query in enumerate(queries) if query is not None]
    rows = rows or [(0, select(*brief()).where(false()).subquery())]
    return union_all(*(select(literal(place, Integer), *each.c) for place, each in rows))


def tasks(actor: "User", at: datetime) -> list[Task]:
    """The tasks for this person: those with a date first, the earliest first, then in the order of the packages."""
    rows: dict[int, list[Waiting]] = defaultdict(list)
    for row in map(Waiting._make, db.session.execute(_waiting(actor, at))):
        rows[row.source].append(row)
    found: list[Task] = []
    for place, giver in enumerate(_givers):
        if isinstance(giver, _Source):
            found += filter(None, map(giver.read, rows[place]))
        else:
            found += giver(actor, at)
    return sorted(found, key=lambda task: (task.due is None, task.due or at))
