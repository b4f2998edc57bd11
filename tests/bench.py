"""`make bench`: our pages compared with a bare Flask page of the same size, in the same process, alternating.

Prints for each page the median answer time, the SQL statements, the bytes, and the ratio to the bare page.
Timings on a shared machine are noisy, so look at the ratio.
"""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select

from civtech import create_app
from civtech.core.db import db
from civtech.demo.programme import load
from civtech.judging.models import Panel
from civtech.people.models import User
from civtech.proposals.models import Proposal, ProposalState
from tests.support.client import Client
from tests.support.demonstration import TODAY, demonstration_settings, everybody
from tests.support.sessions import session_of

ROUNDS = 40


def bare(size: int) -> FlaskClient:
    """An application whose only page is `size` ready-made bytes."""
    app = Flask("bare")
    body = "x" * size
    app.add_url_rule("/", view_func=lambda: body)
    return app.test_client()


def timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - started)


def statements(ask: Callable[[], object]) -> int:
    count = 0

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal count
        count += statement != "BEGIN"

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return count


def pages(app: Flask) -> dict[str, tuple[str, str]]:
    """Page → the kind of person and the address, for the challenge with the most proposals and the newest draft."""
    with app.app_context():
        busiest = (
            db.session.scalars(
                select(Panel)
                .join(Proposal, Proposal.challenge_id == Panel.challenge_id)
                .group_by(Panel.id)
                .order_by(func.count().desc(), Panel.id)
            )
            .unique()
            .first()
        )
        draft = (
            db.session.scalars(
                select(Proposal).where(Proposal.state == ProposalState.DRAFT).order_by(Proposal.id.desc())
            )
            .unique()
            .first()
        )
        found = {
            "public list": ("visitor", "/challenges"),
            "challenge page": ("visitor", f"/challenges/{busiest.challenge.slug}"),
            "staff proposal list": ("staff", f"/challenges/{busiest.challenge.slug}/proposals"),
            "ranking": ("staff", f"/challenges/{busiest.challenge.slug}/panels/{busiest.stage.key}/ranking"),
            "proposal section form": (
                "owner",
                f"/proposals/{draft.reference}/sections/{draft.sections[0].key}",
            ),
        }
        db.session.remove()
        return found


def measure(scale: int) -> None:
    """Load the demonstration at `scale` and time the pages."""
    with TemporaryDirectory() as place:
        app = create_app(demonstration_settings(f"sqlite:///{place}/bench.db", Path(place)))
        app.test_client_class = Client
        app.login_manager.session_protection = None
        started = time.perf_counter()
        with app.app_context():
            db.create_all()
            db.session().expire_on_commit = False
            load(seed=2016, scale=scale, now=TODAY, batch=400, password="not a hash")
            proposals = db.session.scalar(select(func.count()).select_from(Proposal))
            db.session.remove()
        print(f"\nscale {scale}: {proposals:,} proposals loaded in {time.perf_counter() - started:.0f} s")
        print(f"{'page':24}{'p50 ms':>8}{'bare ms':>9}{'ratio':>8}{'SQL':>6}{'bytes':>9}")
        clients = everybody(app)
        staff = next(client for who, client in clients.items() if who.startswith("staff."))
        for name, (who, url) in pages(app).items():
            client = {"visitor": clients["visitor"], "staff": staff}.get(who) or _owner(app, url)
            answer = client.get(url)
            if answer.status_code != 200:
                print(f"{name:24} answered {answer.status_code}: {url}")
                continue
            beside = bare(len(answer.data))
            ask, ask_bare = partial(client.get, url), partial(beside.get, "/")
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(timed(ask))
                theirs.append(timed(ask_bare))
            sql = statements(ask)
            ratio = median(ours) / median(theirs)
            print(f"{name:24}{median(ours):8.1f}{median(theirs):9.2f}{ratio:8.1f}{sql:6}{len(answer.data):9,}")
        with app.app_context():
            db.engine.dispose()


def _owner(app: Flask, url: str) -> FlaskClient:
    reference = url.split("/")[2]
    with app.app_context():
        proposal = db.session.scalars(select(Proposal).where(Proposal.reference == reference)).unique().one()
        identity = db.session.scalars(select(User.fs_uniquifier).where(User.id == proposal.started_by_id)).one()
        held = session_of(identity)
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(held)
    return client


if __name__ == "__main__":
    for wanted in [int(argument) for argument in sys.argv[1:]] or [1, 100]:
        measure(wanted)
