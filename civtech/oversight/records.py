"""Checking the rows that decide something against the digests that bind them to the audit chain."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

from sqlalchemy import Connection, String, exists, func, select, type_coerce
from sqlalchemy.exc import OperationalError

from civtech.core.db import NamedRow, Rows
from civtech.core.deciding import DECIDING, REFERENCE, Deciding
from civtech.core.events import EVENTS
from civtech.oversight.binding import BINDING, columns_of, content_of, digest_of, stored_columns
from civtech.oversight.models import AuditEntry

BATCH = 2000
UNBOUND = "no entry of the audit log accounts for it"

Found: TypeAlias = "int | Altered"


@dataclass(frozen=True)
class Altered:
    """A row that is not as the log says: which one, why, and where the log knows, the entry and the columns."""

    kind: str
    number: int
    why: str
    sequence: int | None = None
    columns: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    """The columns that had a value when the entry was made."""


@dataclass(frozen=True)
class Erased:
    """How many rows of a kind an erasing entry deleted or emptied."""

    sequence: int
    subject: str | None
    kind: str
    rows: int


def check(connection: Connection, kind: Deciding, *, only: Collection[int] | None = None) -> Iterator[Found]:
    """Compare the rows of a kind with the log, or `only` those with these ids.

    Yield an `Altered` for each that differs, is unknown to the log or is gone, and now and then how many match.
    """
    matching = 0
    for row in _rows(connection, kind, only):
        altered = row if isinstance(row, Altered) else _compared(connection, kind, row)
        if altered is not None:
            yield altered
            continue
        matching += 1
        if not matching % BATCH:
            yield BATCH
    yield matching % BATCH
    for gone in connection.execute(_gone(kind, only)):
        why = f"it is gone, although entry {gone.sequence} accounts for it"
        yield Altered(kind.table.name, gone.number, why, gone.sequence)


def _rows(connection: Connection, kind: Deciding, only: Collection[int] | None) -> Iterator[NamedRow | Altered]:
    """Yield each row with its latest binding. A row that cannot be read as text is an `Altered`."""
    table, latest, newer = kind.table, BINDING.alias("latest"), BINDING.alias("newer")
    newest = select(func.max(newer.c.sequence)).where(newer.c.kind == table.name, newer.c.number == table.c.id)
    query: Rows = (
        select(*stored_columns(kind, connection.dialect.name), table.c.id, latest.c.sequence, latest.c.digest)
        .add_columns(latest.c.salt)
        .join_from(
            table,
            latest,
            (latest.c.kind == table.name)
            & (latest.c.number == table.c.id)
            & (latest.c.sequence == newest.correlate(table).scalar_subquery()),
            isouter=True,
        )
        .order_by(table.c.id)
    )
    if only is not None:
        query = query.where(table.c.id.in_(only))
    last: int | None = None
    size = BATCH
    while True:
        following = query if last is None else query.where(table.c.id > last)
        try:
            rows = connection.execute(following.limit(size)).all()
        except OperationalError as error:
            if "decode" not in str(error.orig):
                raise
            if size > 1:
                size = max(1, size // 10)
                continue
            last = connection.scalar(following.with_only_columns(table.c.id).limit(1))
            yield Altered(table.name, cast("int", last), "it cannot be read as text")
            size = BATCH
            continue
        if not rows:
            return
        yield from rows
        last = rows[-1].id


def _compared(connection: Connection, kind: Deciding, row: NamedRow) -> Altered | None:
    name, content = kind.table.name, content_of(kind, row[: len(kind.columns)])
    if row.sequence is None:
        return Altered(name, row.id, UNBOUND)
    if row.digest is None:
        why = f"it is there, although entry {row.sequence} says that it was deleted"
        return Altered(name, row.id, why, row.sequence)
    if row.digest == digest_of(name, content, row.salt or ""):
        return None
    then = _columns_then(connection, name, row.id, row.sequence) if row.salt else {}
    now = columns_of(content, row.salt) if row.salt else {}
    columns = tuple(sorted(column for column in {*then, *now} if then.get(column) != now.get(column)))
    what = f": {', '.join(columns)}" if columns else ""
    why = f"it is not what entry {row.sequence} accounts for{what}"
    return Altered(name, row.id, why, row.sequence, columns, frozenset(then))


def _columns_then(connection: Connection, kind: str, number: int, sequence: int) -> dict[str, str]:
    """Return the digests of the columns in a binding."""
    kept = connection.scalar(
        select(type_coerce(BINDING.c.columns, String())).where(
            BINDING.c.kind == kind, BINDING.c.number == number, BINDING.c.sequence == sequence
        )
    )
    columns: dict[str, str] = json.loads(kept or "{}")
    return columns


def _gone(kind: Deciding, only: Collection[int] | None) -> Rows:
    """Select the rows that the log accounts for and that are not there."""
    table, latest, newer = kind.table, BINDING.alias("latest"), BINDING.alias("newer")
    query: Rows = (
        select(latest.c.number, latest.c.sequence)
        .where(
            latest.c.kind == table.name,
            latest.c.digest.is_not(None),
            ~exists().where(table.c.id == latest.c.number),
            ~exists().where(
                newer.c.kind == latest.c.kind,
                newer.c.number == latest.c.number,
                newer.c.sequence > latest.c.sequence,
            ),
        )
        .order_by(latest.c.number)
    )
    return query if only is None else query.where(latest.c.number.in_(only))


def erasures(connection: Connection) -> list[Erased]:
    """Return what erasures and the end of retention periods deleted or emptied, by entry and kind."""
    erasing = [name for name, event in EVENTS.items() if event.erases]
    newer = BINDING.alias("newer")
    query: Rows = (
        select(BINDING.c.sequence, AuditEntry.subject, BINDING.c.kind, func.count().label("rows"))
        .join(AuditEntry, AuditEntry.sequence == BINDING.c.sequence)
        .where(
            AuditEntry.event.in_(erasing),
            ~exists().where(
                newer.c.kind == BINDING.c.kind,
                newer.c.number == BINDING.c.number,
                newer.c.sequence > BINDING.c.sequence,
            ),
        )
        .group_by(BINDING.c.sequence, AuditEntry.subject, BINDING.c.kind)
        .order_by(BINDING.c.sequence, BINDING.c.kind)
    )
    return [Erased(row.sequence, row.subject, row.kind, row.rows) for row in connection.execute(query)]


def name_of(connection: Connection, kind: str, number: int) -> str:
    """Return what an operator finds a row by: kind and reference, or its number and the row it belongs to."""
    declared = DECIDING.get(kind)
    words = kind.replace("_", " ")
    if declared is None:
        return f"{words} number {number}"
    table = declared.table
    found = table.c[declared.of or REFERENCE]
    value: str | int | None = connection.scalar(select(type_coerce(found, String())).where(table.c.id == number))
    if declared.of is None:
        return f"{words} {value}" if value else f"{words} number {number}"
    if value is None:
        return f"{words} number {number}"
    owner = declared.owner
    return f"{words} number {number} of {name_of(connection, owner.name, int(value)) if owner is not None else value}"
