"""Binding rows to the audit chain: the digest of each row that decides something, in the entry of its last change."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import JSONEncoder
from typing import TypedDict, cast

from sqlalchemy import ColumnElement, Connection, Table, bindparam, insert, select, update

from civtech.core.deciding import DECIDING, Deciding, Row
from civtech.oversight.canonical import as_stored, json_text
from civtech.oversight.models import Binding

BATCH = 500
SHORT = 16  # letters of the digest of a single column
BINDING = cast("Table", Binding.__table__)

Content = Mapping[str, object]
Line = tuple[str, int, str | None, str | None]
"""What an entry's `records` covers of a binding: kind, number, digest and the text of its columns. Never the salt."""


class BindingRow(TypedDict):
    """The columns of a binding."""

    kind: str
    number: int
    sequence: int
    digest: str | None
    columns: dict[str, str] | None
    salt: str | None


@dataclass(frozen=True)
class Bound:
    """One row as it is now: its digest, and the digests of its columns. A deleted row has none."""

    kind: str
    number: int
    owner: Row | None = None
    digest: str | None = None
    columns: dict[str, str] | None = None
    salt: str | None = None

    def line(self) -> Line:
        """Return what the entry's hash covers."""
        return self.kind, self.number, self.digest, None if self.columns is None else json_text(self.columns)

    def row(self, sequence: int) -> BindingRow:
        """Return the columns of its binding by an entry."""
        return {
            "kind": self.kind,
            "number": self.number,
            "sequence": sequence,
            "digest": self.digest,
            "columns": self.columns,
            "salt": self.salt,
        }


def stored_columns(kind: Deciding, dialect: str) -> list[ColumnElement[object]]:
    """Return SQL for the columns that count, as text and whole numbers."""
    return [as_stored(kind.table.columns[name], dialect).label(f"of_{name}") for name in kind.columns]


def content_of(kind: Deciding, values: Iterable[object]) -> dict[str, object]:
    """Return what is digested: the columns that have a value, so that a new column without one changes no digest."""
    return {name: value for name, value in zip(kind.columns, values, strict=True) if value is not None}


def _spelled(odd: object) -> str:
    """Spell what only a database without types can hold in a column."""
    return odd.hex() if isinstance(odd, bytes) else repr(odd)


_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_spelled).encode


def digest_of(kind: str, content: Content, salt: str) -> str:
    """Return the digest of a row. Its columns come in the order of their names."""
    return hashlib.sha256(f"{salt}\n{kind}\n{_encode(content)}".encode()).hexdigest()


def columns_of(content: Content, salt: str) -> dict[str, str]:
    """Return a short digest for each column."""
    return {
        name: hashlib.sha256(f"{salt}\n{name}\n{_encode(value)}".encode()).hexdigest()[:SHORT]
        for name, value in content.items()
    }


def records_of(lines: Iterable[Line]) -> str | None:
    """Return the digest over all bindings of one entry, whatever their order, or None if it has none.

    They are hashed as JSON, so that no text in one of them can be read as another binding.
    """
    ordered = sorted(lines)
    return hashlib.sha256(_encode(ordered).encode()).hexdigest() if ordered else None


def read(connection: Connection, rows: Collection[Row]) -> list[Bound]:
    """Digest these rows as the database now holds them, triggers included. Rows that were never bound and are gone
    again do not count.
    """
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for name, number in sorted(rows):
        numbers[name].append(number)
    return [
        bound
        for name, wanted in numbers.items()
        for chosen in _chunks(wanted)
        for bound in _read(connection, DECIDING[name], chosen)
    ]


def _read(connection: Connection, kind: Deciding, numbers: Sequence[int]) -> Iterator[Bound]:
    name, left = kind.table.name, set(numbers)
    query = select(*stored_columns(kind, connection.dialect.name)).where(kind.table.c.id.in_(numbers))
    for row in connection.execute(query.order_by(kind.table.c.id)):
        content = content_of(kind, row)
        number, salt = cast("int", content["id"]), secrets.token_hex(16)
        left.discard(number)
        digest, columns = digest_of(name, content, salt), columns_of(content, salt)
        yield Bound(name, number, _owner(kind, content), digest, columns, salt)
    if left:
        bound_before = select(BINDING.c.number).where(BINDING.c.kind == name, BINDING.c.number.in_(left)).distinct()
        for number in sorted(connection.scalars(bound_before)):
            yield Bound(name, number)


def _owner(kind: Deciding, content: Content) -> Row | None:
    """Return the row that a row without a reference belongs to."""
    number = content.get(kind.of or "")
    return (kind.owner.name, number) if kind.owner is not None and isinstance(number, int) else None


def write(connection: Connection, bindings: Sequence[BindingRow]) -> None:
    """Write the bindings, and forget the salts of the earlier ones of the same rows."""
    if not bindings:
        return
    connection.execute(insert(BINDING), bindings)
    earlier = (
        update(BINDING)
        .where(
            BINDING.c.kind == bindparam("of_kind"),
            BINDING.c.number == bindparam("of_number"),
            BINDING.c.sequence < bindparam("before"),
            BINDING.c.salt.is_not(None),
        )
        .values(salt=None)
    )
    connection.execute(
        earlier,
        [
            {"of_kind": binding["kind"], "of_number": binding["number"], "before": binding["sequence"]}
            for binding in bindings
        ],
    )


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]
