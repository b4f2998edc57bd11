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
    """What a query says of one task. Which parts it fills in is between the query and the function that reads it."""

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

_sources: list[tuple[Find, Read]] = []
_tasks: list[Tasks] = []
_order: list[Callable[..., object]] = []


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


def tasks_of(find: Find) -> Callable[[Read], Read]:
    """Add a task for each row that `find` selects, at most a page of them. None adds nothing."""

    def register(read: Read) -> Read:
        _sources.append((find, read))
        _order.append(read)
        _waiting.forget()
        return read

    return register


def task(function: Tasks) -> Tasks:
    """Add to “Needs your attention” with a function `(actor, at)` that yields tasks."""
    _tasks.append(function)
    _order.append(function)
    return function


@built_once
def _waiting(actor: "User", at: datetime) -> CompoundSelect[*tuple[object, ...]]:
    queries = [find(actor, at) for find, _read in _sources] or [select(*brief()).where(false())]
    rows = ((source, query.limit(PAGE).subquery()) for source, query in enumerate(queries) if query is not None)
    return union_all(*(select(literal(source, Integer), *each.c) for source, each in rows))


def tasks(actor: "User", at: datetime) -> list[Task]:
    """The tasks for this person: those with a date first, the earliest first, then in the order of the packages."""
    waiting: dict[Callable[..., object], list[Task]] = defaultdict(list)
    for row in (Waiting._make(row) for row in db.session.execute(_waiting(actor, at))):
        _find, read = _sources[row.source]
        if task := read(row):
            waiting[read].append(task)
    for function in _tasks:
        waiting[function] += function(actor, at)
    found = [task for function in _order for task in waiting[function]]
    return sorted(found, key=lambda task: (task.due is None, task.due or at))
