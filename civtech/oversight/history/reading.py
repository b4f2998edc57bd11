"""Reading a history for one person, a page at a time."""

from collections.abc import Callable, Sequence

from civtech.core.db import Rows, db
from civtech.core.histories import seen_by
from civtech.oversight.history.lines import History, Readers, line
from civtech.people.models import User
from civtech.web.pagination import key_in

SHOWN = 10
"""Lines that a page shows at once."""
Find = Callable[[Sequence[str] | None, int | None, int], Rows]


def history_of(reference: str, actor: User, readers: Readers, find: Find, address: Callable[..., str]) -> History:
    """Read what happened to the thing with this reference, in one statement.

    `find` takes the names of the events to select (None: all), the number that they come before, and how many.
    `address` returns the URL of the page with the arguments that it is given.
    """
    before = key_in("history")
    events = None if readers.reads_log else seen_by(readers.sides)
    rows = db.session.execute(find(events, before, SHOWN + 1)).all()
    return History(
        lines=[line(row, readers, actor.reference, thing=reference) for row in rows[:SHOWN]],
        earlier_url=address(history=rows[SHOWN - 1].sequence) if len(rows) > SHOWN else None,
        newest_url=address() if before is not None else None,
    )
