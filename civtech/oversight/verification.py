"""Checking the audit chain: every column of every entry and what it binds, in order, a few thousand at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from civtech.core.db import NamedRow, Rows
from civtech.oversight.binding import BINDING, Line, records_of
from civtech.oversight.canonical import instant_as_stored
from civtech.oversight.models import GENESIS, AuditEntry, AuditHead, hash_of

BATCH = 5000
TEXTS = ("event", "subject_kind", "subject", "actor", "facts", "request", "records")
CONTENT = ("at", *TEXTS)


@dataclass(frozen=True)
class Break:
    """The first place where the chain is broken: the entry's number and the fault."""

    sequence: int
    why: str


@dataclass(frozen=True)
class End:
    """An intact chain: the number of entries, and the hash of the last."""

    sequence: int
    hash: str


@dataclass(frozen=True)
class _Link:
    sequence: int
    hash: str


def verify(
    session: Session, *, seen: Mapping[int, str] | None = None, batch: int = BATCH
) -> Iterator[int | Break | End]:
    """Check the whole chain. Yield the number of entries checked so far and, at the end, a `Break` or the `End`.

    `seen` are hashes by sequence that a witness kept. Run it in one snapshot: an entry that is appended meanwhile
    must not look like one that was cut off.
    """
    seen = dict(seen or {})
    link = _Link(0, GENESIS)
    for rows in _batches(session, batch):
        bound = _records(session, rows)
        for row in rows:
            if isinstance(row, Break):
                yield row
                return
            following = _next(link, row)
            if isinstance(following, _Link) and row.records != bound.get(row.sequence):
                following = Break(row.sequence, "the digests of the records it accounts for were changed")
            if isinstance(following, Break):
                yield following
                return
            link = following
            if seen.pop(link.sequence, link.hash) != link.hash:
                yield Break(link.sequence, "it is not the entry that the witness saw; the log was rewritten")
                return
        yield link.sequence
    yield _at_the_end(session, link, seen)


def _next(before: _Link, row: NamedRow) -> _Link | Break:
    if row.sequence != before.sequence + 1:
        if row.sequence <= before.sequence:
            return Break(row.sequence, "it does not belong to the log, which begins at 1")
        return Break(before.sequence + 1, f"it is missing; the next entry is number {row.sequence}")
    fits = _content_fits(row)
    if row.previous != before.hash:
        if fits and before.sequence:
            return Break(before.sequence, f"it is not the entry that number {row.sequence} was chained to")
        return Break(row.sequence, "it does not name the hash of the entry before it")
    if not fits:
        return Break(row.sequence, "its hash does not match its content")
    return _Link(row.sequence, row.hash)


def _content_fits(row: NamedRow) -> bool:
    _sequence, *texts, previous, digest = row
    if not all(text is None or type(text) is str for text in (*texts, previous, digest)):
        return False
    content = cast("dict[str, str | None]", dict(zip(CONTENT, texts, strict=True)))
    return bool(digest == hash_of(sequence=row.sequence, previous=row.previous, **content))


def _records(session: Session, rows: list[NamedRow | Break]) -> dict[int, str | None]:
    """Return what `records` must be for the entries of a batch, from their bindings as raw text."""
    sequences = [row.sequence for row in rows]
    query = select(
        BINDING.c.sequence,
        BINDING.c.kind,
        BINDING.c.number,
        BINDING.c.digest,
        type_coerce(BINDING.c.columns, String()).label("columns"),
    ).where(BINDING.c.sequence.between(min(sequences), max(sequences)))
    lines: defaultdict[int, list[Line]] = defaultdict(list)
    for row in session.connection().execute(query):
        lines[row.sequence].append((row.kind, row.number, row.digest, row.columns))
    return {sequence: records_of(found) for sequence, found in lines.items()}


def _at_the_end(session: Session, link: _Link, seen: Mapping[int, str]) -> Break | End:
    if seen:
        return Break(link.sequence + 1, f"it is missing; the witness saw the log reach number {max(seen)}")
    row = session.execute(select(AuditHead.sequence, AuditHead.hash)).one_or_none()
    head = (row.sequence, row.hash) if row else (0, GENESIS)
    if head[0] > link.sequence:
        return Break(link.sequence + 1, f"it is missing; the log reached number {head[0]}")
    if head[0] < link.sequence:
        return Break(head[0] + 1, f"it was added past the log’s recorded end, number {head[0]}")
    if head[1] != link.hash:
        return Break(link.sequence, "it is not the entry that the log’s head names as its last")
    outside = select(func.count()).where(~BINDING.c.sequence.between(1, link.sequence))
    if session.scalar(outside):
        return Break(link.sequence, "there are digests of records that belong to no entry of the log")
    return End(link.sequence, link.hash)


def _batches(session: Session, size: int) -> Iterator[list[NamedRow | Break]]:
    """Yield rows as raw text, so that no conversion can fail. An unreadable row becomes a `Break`."""
    connection = session.connection()
    query: Rows = select(
        AuditEntry.sequence,
        instant_as_stored(AuditEntry.at, connection.dialect.name).label("at"),
        *(type_coerce(getattr(AuditEntry, name), String()).label(name) for name in TEXTS),
        AuditEntry.previous,
        AuditEntry.hash,
    ).order_by(AuditEntry.sequence)
    last: int | None = None
    while True:
        following = query if last is None else query.where(AuditEntry.sequence > last)
        try:
            rows: list[NamedRow | Break] = list(connection.execute(following.limit(size)).all())
        except OperationalError as error:
            if "decode" not in str(error.orig):
                raise
            if size == 1:
                yield [Break((last or 0) + 1, "it cannot be read as text")]
                return
            size = max(1, size // 10)
            continue
        if not rows:
            return
        yield rows
        last = rows[-1].sequence
