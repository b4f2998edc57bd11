"""Rows that decide something. The audit log keeps a digest of each, so that no change to one goes unnoticed.

    decides(Submission, of=Submission.proposal_id)
    decides(Passkey, but={"uses": "It counts on with each use."})
    decides_nothing(UsedKey, because="It only keeps a form from being sent twice.")

Every table says one or the other; a test checks it. All columns of a row that decides count, including those that a
later migration adds, except the ones in `but`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeAlias

from sqlalchemy import Table, event, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session, SessionTransaction, UOWTransaction
from sqlalchemy.sql.dml import Delete, Insert, Update

from civtech.core.db import VERSION, Model

NOTHING: Mapping[str, str] = {}
TOUCHED = "touched"  # where a session keeps the rows that its transaction has changed
REFERENCE = "reference"

Column: TypeAlias = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | InstrumentedAttribute[str]
Row: TypeAlias = tuple[str, int]
"""A row that decides: its table and its id."""


@dataclass(frozen=True)
class Deciding:
    """A table whose rows decide something: the columns that do not count, and the row that each belongs to."""

    table: Table
    but: Mapping[str, str]
    of: str | None
    written_with: bool

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns that count, in the order in which they are digested."""
        return sorted(set(self.table.columns.keys()) - {VERSION, *self.but})

    @property
    def owner(self) -> Table | None:
        """The table of the row that each row belongs to, if the rows have no reference or key themselves."""
        keys = self.table.columns[self.of].foreign_keys if self.of else ()
        return next((key.column.table for key in keys), None)


DECIDING: dict[str, Deciding] = {}
DECIDING_NOTHING: dict[str, str] = {}


def decides(
    noun: type[Model], *, of: Column | None = None, but: Mapping[str, str] = NOTHING, written_with: bool = False
) -> None:
    """Bind every row of `noun` to the audit log by a digest of its columns, except those in `but`, with reasons.

    `of` is the column of the row it belongs to, or of its key, for rows without a reference. With `written_with`, the
    database writes these rows when that row is written.
    """
    table = Model.metadata.tables[noun.__tablename__]
    if unknown := set(but) - set(table.columns.keys()):
        raise LookupError(f"{noun.__name__} has no column {', '.join(sorted(unknown))}.")
    if of is None and REFERENCE not in table.columns:
        raise LookupError(f"{noun.__name__} has no reference. Say with `of` which row its rows belong to.")
    DECIDING[table.name] = Deciding(table, but, of.key if of is not None else None, written_with)


def decides_nothing(noun: type[Model], *, because: str) -> None:
    """Leave the rows of `noun` out of the audit log's digests, for this reason."""
    DECIDING_NOTHING[noun.__tablename__] = because


def touch(session: Session, rows: Iterable[Row]) -> None:
    """Have these rows bound to the audit log when the transaction commits."""
    session.info.setdefault(TOUCHED, {}).update(dict.fromkeys(rows))


def explain(session: Session, cause: object) -> None:
    """Say that `cause`, an event, explains all changes up to now that nothing has explained yet."""
    session.flush()
    rows: dict[Row, object] = session.info.setdefault(TOUCHED, {})
    rows.update({row: cause for row, known in rows.items() if known is None})


def is_touched(session: Session) -> bool:
    """Whether this transaction has changed rows that decide."""
    return bool(session.info.get(TOUCHED))


def touched(session: Session) -> dict[Row, object]:
    """Return the rows that decide and were changed in this transaction, with what explains them. Then forget them."""
    rows: dict[Row, object] = session.info.pop(TOUCHED, {})
    for kind in DECIDING.values():
        owner = kind.owner
        if kind.written_with and kind.of and owner is not None:
            owners = [number for table, number in rows if table == owner.name]
            if owners:
                written = select(kind.table.c.id).where(kind.table.c[kind.of].in_(owners))
                rows |= {(kind.table.name, number): None for number in session.connection().scalars(written)}
    return rows


@event.listens_for(Session, "after_flush")
def _note(session: Session, _flush: UOWTransaction) -> None:
    """Note the rows that a flush has written."""
    touch(session, _written(session))


def _written(session: Session) -> Iterator[Row]:
    for row in (*session.new, *session.deleted, *filter(_counts, session.dirty)):
        if row.__tablename__ in DECIDING:
            yield row.__tablename__, row.id


def _counts(row: Model) -> bool:
    """Whether a column that counts was changed."""
    if row.__tablename__ not in DECIDING:
        return False
    state = inspect(row)
    return any(state.attrs[key].history.has_changes() for key in _keys(type(row)))


@cache
def _keys(noun: type[Model]) -> list[str]:
    """The attributes of the columns that count."""
    kind, mapper = DECIDING[noun.__tablename__], inspect(noun)
    return [mapper.get_property_by_column(kind.table.columns[name]).key for name in kind.columns]


def refuse_many(table: Table) -> None:
    """Raise `TypeError`: a statement that adds many rows does not say which."""
    raise TypeError(f"Add rows of {table.name} as objects: they decide something.")


@event.listens_for(Session, "do_orm_execute")
def _note_many(running: ORMExecuteState) -> None:
    """Note the rows that a statement is about to change. Other rows cannot join them: they are locked."""
    statement = running.statement
    if not isinstance(statement, Insert | Update | Delete) or not isinstance(statement.table, Table):
        return
    table = statement.table
    if table.name not in DECIDING:
        return
    if isinstance(statement, Insert):
        refuse_many(table)
        return
    chosen = select(table.c.id).with_for_update()
    if statement.whereclause is not None:
        chosen = chosen.where(statement.whereclause)
    touch(running.session, ((table.name, number) for number in running.session.execute(chosen).scalars()))


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(TOUCHED, None)
