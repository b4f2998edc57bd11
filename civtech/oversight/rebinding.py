"""After an upgrade: binding what a new version counts, without hiding anything that was changed."""

from collections import Counter
from datetime import datetime

from sqlalchemy import exists, select

from civtech.core.db import db, unit_of_work
from civtech.core.deciding import DECIDING, Deciding, Row, touch
from civtech.core.events import emit
from civtech.oversight import records
from civtech.oversight.binding import BINDING
from civtech.oversight.events import RecordsBound, RecordsFacts
from civtech.oversight.records import Altered


class Refused(RuntimeError):
    """A record differs in more than what the upgrade added. The message says which one."""


def bind(at: datetime) -> Counter[str]:
    """Bind the records of kinds that the log has never bound, and those that only have new or fewer columns.

    Return how many of each kind. Raise `Refused` if any other record is not as the log says.
    """
    with unit_of_work():
        connection = db.session.connection()
        rows: list[Row] = []
        for name, kind in sorted(DECIDING.items()):
            is_new = not connection.scalar(select(exists().where(BINDING.c.kind == name)))
            for found in records.check(connection, kind):
                if isinstance(found, int):
                    continue
                if not _may_be_bound(kind, found, is_new=is_new):
                    raise Refused(f"{records.name_of(connection, name, found.number)}: {found.why}.")
                rows.append((name, found.number))
        counts = Counter(name for name, _number in rows)
        if counts:
            touch(db.session(), rows)
            emit(RecordsBound(subject=None, by=None, at=at, facts=RecordsFacts(records=dict(counts))))
        return counts


def _may_be_bound(kind: Deciding, found: Altered, *, is_new: bool) -> bool:
    """Whether only the upgrade explains why a record is not as the log says."""
    if found.sequence is None:
        return is_new and found.why == records.UNBOUND
    return bool(found.columns) and not set(found.columns) & found.known & set(kind.columns)
