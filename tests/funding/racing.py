"""Two people pressing at once: in threads that meet just before they write, or in processes of their own."""

import contextlib
import multiprocessing
import threading
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from civtech.core import clock
from civtech.core.db import db
from tests.support.client import application
from tests.support.sessions import session_of

Press = tuple[str, str, dict[str, str]]
PATIENCE = 60


def press(app: Flask, who: str, url: str, data: dict[str, str]) -> int:
    """The status that the person `who` gets for one press."""
    client = app.test_client()
    with app.app_context():
        held = session_of(who)
    with client.session_transaction() as session:
        session.update(held)
    return client.post(url, data=data).status_code


def in_threads(app: Flask, *presses: Press) -> list[int]:
    """The statuses, sorted, of presses that have all read before the first writes, where the database lets them."""
    meeting = threading.Barrier(len(presses))
    met = threading.local()
    statuses: list[int] = []

    def meet(*_: Any) -> None:
        if not getattr(met, "once", False):
            met.once = True
            with contextlib.suppress(threading.BrokenBarrierError):
                meeting.wait(timeout=1)

    at = clock.now()

    def run(one: Press) -> None:
        with clock.at(at):
            statuses.append(press(app, *one))

    threads = [threading.Thread(target=run, args=(one,)) for one in presses]
    event.listen(Session, "before_flush", meet)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    finally:
        event.remove(Session, "before_flush", meet)
    return sorted(statuses)


def _process(database: str, folder: Path, at: Any, one: Press, start: Any, statuses: Any) -> None:
    app = application(database, folder)
    start.wait(PATIENCE)
    with clock.at(at):
        statuses.put(press(app, *one))


def in_processes(folder: Path, *presses: Press) -> list[int]:
    """The statuses, sorted, of presses that as many server processes answer at once, on the database of the test.

    They are forked from a process that has read all the code, but has no threads and no connections.
    """
    database, at = db.engine.url.render_as_string(hide_password=False), clock.now()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    start, statuses = context.Barrier(len(presses)), context.Queue()
    processes = [context.Process(target=_process, args=(database, folder, at, one, start, statuses)) for one in presses]
    for process in processes:
        process.start()
    found = sorted(statuses.get(timeout=2 * PATIENCE) for _ in processes)
    for process in processes:
        process.join(PATIENCE)
    return found


def sums() -> dict[str, int]:
    """What stands on the accounts, by kind, read straight from the database."""
    rows = db.session.execute(db.text("SELECT kind, SUM(balance_pence) FROM account GROUP BY kind"))
    return {kind: int(pence) for kind, pence in rows}
