"""Submitting a proposal, with its commit to the disk, beside a bare form that inserts one row and commits it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from civtech.core import clock
from civtech.core.db import db
from tests.bench.bare import bare_insert
from tests.bench.measuring import Ask, calls_of, processor_time, statements_of, timed
from tests.bench.tables import Row, against
from tests.load import URL_ENCODED, Form, platform, ready_to_submit
from tests.support.client import Client
from tests.support.server import environment
from tests.world import Age, build

COLUMNS = ("request", "ms", "bare ms", "ratio", "most", "SQL", "calls")
MOST = 4.0
ROUNDS = 60
FIRST = 3  # submissions before the measurements, because the first ones compile templates and statements


def rows(place: Path, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure processor time in one half of the submissions, and the time by the clock in the other."""
    settings = environment(f"sqlite:///{place}/submissions.db", place)
    with platform(settings) as app:
        forms = ready_to_submit(app, build(Age.PUBLISHED, clock.now()), 2 * rounds + FIRST + 2)
        db.session.remove()
        app.test_client_class = Client
        asks = iter([partial(submitted, app.test_client(use_cookies=False), form) for form in forms])
        bare = bare_insert(f"sqlite:///{place}/bare.db")
        for _ in range(FIRST):
            next(asks)()
            bare()
        statements, calls = len(statements_of(next(asks))), calls_of(next(asks))
        for name, measure in (("processor time", processor_time), ("time by the clock", timed)):
            ours, theirs = in_turn(asks, bare, measure, rounds)
            yield (
                f"submit a proposal, {name}",
                f"{ours:.2f}",
                f"{theirs:.3f}",
                against(ours / theirs, MOST),
                f"{MOST:.0f}",
                str(statements),
                f"{calls:,}",
            )


def in_turn(asks: Iterator[Ask], bare: Ask, measure: Callable[[Ask], float], rounds: int) -> tuple[float, float]:
    """The medians of the submissions that are next, and of the bare form."""
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(measure(next(asks)))
        theirs.append(measure(bare))
    return median(ours), median(theirs)


def submitted(client: Client, form: Form) -> None:
    """Send the form as its owner's browser does. It must be accepted."""
    answer = client.post(
        form.path,
        data=urlencode({"csrf_token": form.sender.token, **form.fields}),
        content_type=URL_ENCODED,
        headers={"Cookie": form.sender.cookie},
        environ_base={"REMOTE_ADDR": form.sender.network},
    )
    assert answer.status_code == 302, answer.status
