"""The ranking of very many proposals: one page of it, beside a bare page of the same size."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db
from tests.bench.bare import bare_page
from tests.bench.growing import Growing, opened
from tests.bench.measuring import measured
from tests.bench.tables import Row, against
from tests.support.client import application
from tests.support.sessions import session_of
from tests.world import Age, build

COLUMNS = ("page", "ms", "bare ms", "ratio", "most", "SQL", "calls", "bytes")
PROPOSALS, JUDGES, CRITERIA = 10_000, 5, 6
MOST = 60.0
ROUNDS = 7


def ranked(place: Path, proposals: int) -> tuple[Flask, FlaskClient, str]:
    """A panel that has scored everything, a client of a member of staff, and the ranking's address."""
    path = place / "ranking.db"
    app = application(f"sqlite:///{path}", place)
    with app.app_context():
        db.create_all()
        world = build(Age.RECEIVED, clock.now(), teams=1, judges=JUDGES)
        world.judges += [world.person(f"judge{number}") for number in range(JUDGES - len(world.judges))]
        panel = world.convene(due_at=world.at + timedelta(days=3))
        world.score_all({world.proposals[0]: 3})
        address, stage = world.url("/ranking"), panel.stage_id
        db.session.commit()
        held = session_of(world.staff.fs_uniquifier)
        db.session.remove()
        db.engine.dispose()
    with opened(path) as connection:
        _more_criteria(connection, stage)
        Growing(connection).copy(
            proposals - 1,
            *("proposal", "submission", "assignment", "score"),
            changed={"number": "this.number + copies.number", "points": "(this.id * 7 + copies.number * 13) % 6"},
        )
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(held)
    return app, client, address


def _more_criteria(connection: sqlite3.Connection, stage: int) -> None:
    """Give the stage six criteria, all of them scored."""
    (now,) = connection.execute("SELECT count(*) FROM criterion WHERE stage_id = ?", (stage,)).fetchone()
    few = f"SELECT id FROM criterion WHERE stage_id = {stage} AND position <= {CRITERIA - now}"
    Growing(connection).copy(
        1,
        *("criterion", "score"),
        only={"criterion": f"this.id IN ({few})", "score": f"this.criterion_id IN ({few})"},
        changed={"position": f"this.position + {now}"},
    )
    connection.execute(
        f"UPDATE criterion SET weight = 100 / {CRITERIA} + (position <= 100 % {CRITERIA}) WHERE stage_id = ?", (stage,)
    )


def rows(place: Path, proposals: int = PROPOSALS, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure the first page."""
    app, client, address = ranked(place, proposals)
    ask = partial(client.get, address)
    answer = ask()
    assert answer.status_code == 200, answer.status
    size = len(answer.data)
    cost = measured(ask, bare_page(size), rounds)
    yield (
        f"{proposals:,} proposals, {JUDGES} judges, {CRITERIA} criteria",
        f"{cost.ours:.1f}",
        f"{cost.bare:.3f}",
        against(cost.ratio, MOST),
        f"{MOST:.0f}",
        str(cost.statements),
        f"{cost.calls:,}",
        f"{size:,}",
    )
    with app.app_context():
        db.engine.dispose()
