"""What is still open in a round. Later packages add what they know of; a round closes only when nothing is left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import db
from civtech.core.text import Text

if TYPE_CHECKING:
    from civtech.programmes.models.round import Round

Rows = Callable[[datetime], Select[*tuple[object, ...]]]
SHOWN = 20


@dataclass(frozen=True)
class Kind:
    """One kind of unfinished thing: its title, the page that shows one, and a query that finds them.

    The query's first column is the `round_id` and its second the name of the thing. The others are the values of the
    page's address, under their names.
    """

    title: Text
    endpoint: str
    rows: Rows


@dataclass(frozen=True)
class Thing:
    """One unfinished thing: its name, and the values of its page's address."""

    name: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Unfinished:
    """The unfinished things of one kind in one round: their number, and the first of them with their pages."""

    title: Text
    count: int
    endpoint: str
    first: list[Thing]


_kinds: list[Kind] = []


def keeps_open(title: str, *, page: str) -> Callable[[Rows], Rows]:
    """Declare a function `(at)` that returns a query for `Kind.rows`. `page` is the endpoint that shows one of them."""

    def register(rows: Rows) -> Rows:
        _kinds.append(Kind(Text(title), page, rows))
        return rows

    return register


def unfinished_in(round: "Round", at: datetime) -> list[Unfinished]:  # noqa: A002
    """What is still open in `round`, by kind. One statement for each kind, however many things there are."""
    unfinished = []
    for kind in _kinds:
        things = kind.rows(at).subquery()
        columns = [column for column in things.c if column.key != "round_id"]
        of_round = select(*columns, func.count().over()).where(things.c.round_id == round.id).order_by(*columns)
        if rows := db.session.execute(of_round.limit(SHOWN)).all():
            first = [Thing(row[0], dict(zip(row._fields[1:-1], row[1:-1], strict=True))) for row in rows]
            unfinished.append(Unfinished(kind.title, rows[0][-1], kind.endpoint, first))
    return unfinished


def is_unfinished(round_id: InstrumentedAttribute[int], at: datetime) -> ColumnElement[bool]:
    """Whether anything is still open in the round whose id is in a column."""
    found = (kind.rows(at).order_by(None) for kind in _kinds)
    return or_(
        false(),
        *(rows.where(rows.selected_columns[0] == round_id).correlate(round_id.parent).exists() for rows in found),
    )
