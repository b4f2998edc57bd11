"""Checking everything: the chain of entries, the records that they account for, and the checkpoints."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from sqlalchemy import select

from civtech.core.db import db
from civtech.core.deciding import DECIDING
from civtech.core.installed import differing
from civtech.oversight import records, signing, verification, witness
from civtech.oversight.models import Checkpoint
from civtech.oversight.records import Altered, Erased
from civtech.oversight.verification import Break, End


@dataclass
class Result:
    """What a check found. `end` is where an intact chain ends."""

    broken: str | None = None
    end: End | None = None
    matching: Counter[str] = field(default_factory=Counter)
    altered: list[Altered] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    erased: list[Erased] = field(default_factory=list)
    checkpoints: int = 0

    @property
    def first_fault(self) -> str | None:
        """What is wrong first, in words, or None."""
        return self.broken or next(iter(self.faults()), None)

    @cached_property
    def rules(self) -> list[str]:
        """The rules of the database that are missing or different now, in words. They are read when first asked for."""
        return list(differing(db.session.connection()))

    def faults(self) -> Iterator[str]:
        """Say of each record which one it is and what is wrong with it."""
        for name, altered in zip(self.names, self.altered, strict=True):
            yield f"{name}: {altered.why}"


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let every statement inside read the same log, even if others write to it."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        db.session.rollback()


def check(seen: Mapping[int, str] | None = None, trusted: Collection[str] | None = None) -> Result:
    """Check everything in one snapshot. With a broken chain, its digests prove nothing, so the records are not read.

    `seen` are hashes by number that a witness kept. With `trusted`, names of keys, a checkpoint of the database that
    another key signed is a fault.
    """
    with one_snapshot():
        return _checked(seen or {}, trusted)


def _checked(seen: Mapping[int, str], trusted: Collection[str] | None) -> Result:
    result = Result()
    try:
        own = checkpoints(trusted)
    except witness.Unsigned as error:
        result.broken = str(error)
        return result
    result.checkpoints = len(own)
    for number in own.keys() & seen.keys():
        if own[number] != seen[number]:
            result.broken = f"The witness and the checkpoints of the database differ on entry {number}"
            return result
    last: int | Break | End = 0
    for last in verification.verify(db.session(), seen={**own, **seen}):  # noqa: B007
        pass
    if isinstance(last, Break):
        result.broken = f"The audit log is broken at entry {last.sequence}: {last.why}"
        return result
    assert isinstance(last, End)  # noqa: S101 -- the walk always says where it ends
    result.end = last
    connection = db.session.connection()
    for name, kind in sorted(DECIDING.items()):
        for found in records.check(connection, kind):
            if isinstance(found, int):
                result.matching[name] += found
            else:
                result.altered.append(found)
                result.names.append(records.name_of(connection, found.kind, found.number))
    result.erased = records.erasures(connection)
    return result


def checkpoints(trusted: Collection[str] | None = None) -> dict[int, str]:
    """Return the hashes by number of the database's own checkpoints, or raise `Unsigned` for the first bad one.

    With `trusted`, those signed with a key of another name are bad too.
    """
    seen: dict[int, str] = {}
    for kept in db.session.scalars(select(Checkpoint).order_by(Checkpoint.id)):
        try:
            key = signing.public_key(kept.public_key)
        except signing.NotAKey as error:
            raise witness.Unsigned(f"The checkpoint of {kept.day} has no valid key.") from error
        if not signing.is_signed(kept.words, kept.signature, key) or signing.id_of(key) != kept.key:
            raise witness.Unsigned(f"The checkpoint of {kept.day} was not signed with the key that it names.")
        if trusted is not None and kept.key not in trusted:
            raise witness.Unsigned(f"The checkpoint of {kept.day} was signed with a key that you did not give.")
        if seen.setdefault(kept.sequence, kept.hash) != kept.hash:
            raise witness.Unsigned(f"The checkpoint of {kept.day} contradicts an earlier one.")
    return seen


def missing_days(days: list[date], today: date) -> list[date]:
    """Return the days without a checkpoint, from the first one to yesterday."""
    known = sorted({*days, today})
    return (
        [
            before + timedelta(days=number)
            for before, after in pairwise(known)
            for number in range(1, (after - before).days)
        ]
        if days
        else []
    )
