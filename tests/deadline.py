"""`make bench-deadline`: proposals sent in time are saved, however busy the service is, and late ones are refused.

Around a deadline, 94 proposals are submitted while 40 people sign in and 32 save drafts. We run this on SQLite and on
PostgreSQL, behind nginx as docs/operators.md shows it and directly. Everything runs on the loopback interface.
Then 32 writers submit 2,000 proposals to two processes on SQLite. After each run we check the audit log and the ledger.
Ends with an error if a proposal sent in time was refused, or a late one was saved.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask import Flask
from flask_security import hash_password
from sqlalchemy import select

from civtech.core.db import db
from civtech.proposals.models import Proposal, Submission
from tests.load import WORDS, Form, Sent, networks, platform, ready_to_submit, saving, signing_in, verify
from tests.support.postgres import new_database, running_server
from tests.support.server import NO_NGINX, behind_nginx, environment, find_nginx, install_nginx, served
from tests.world import Age, build

SUBMISSIONS, SIGNING_IN, SAVING = 94, 40, 32
WRITERS, MANY = 32, 2000
BUILDING = 45.0  # seconds for building the world and starting the servers
AROUND = 2.0  # seconds before and after the deadline in which proposals are submitted
CLOSE = 0.02  # seconds before the deadline within which sender and receiver may see a different order
DIRECTLY = 0.25  # seconds before the deadline that are always enough without a proxy
PAUSE = 1.0  # seconds between two attempts of the same person to sign in, so that the limits allow them
PASSWORD = "three green boats sing"


@dataclass
class World:
    """Forms that are ready to send, and the deadline."""

    deadline: float
    submissions: list[Form]
    sign_ins: list[Form]
    drafts: list[Form]


def built(app: Flask, deadline: float) -> World:
    """A challenge that closes at the deadline, teams ready to submit, teams that still write, and people."""
    scene = build(Age.PUBLISHED, datetime.fromtimestamp(deadline, UTC) - timedelta(days=10))
    password = hash_password(PASSWORD)
    guests = [scene.person(f"guest{number}") for number in range(SIGNING_IN)]
    for guest in guests:
        guest.password = password
    addresses = [guest.email for guest in guests]
    forms = ready_to_submit(app, scene, SUBMISSIONS + SAVING)
    sign_ins = [
        signing_in(app, email, PASSWORD, network) for email, network in zip(addresses, networks(), strict=False)
    ]
    return World(deadline, forms[:SUBMISSIONS], sign_ins, forms[SUBMISSIONS:])


def sign_in_often(form: Form, port: int, start: float, end: float) -> list[Sent]:
    answers = []
    while (now := max(start, time.time())) < end:
        answers.append(form.send(port, now))
        time.sleep(PAUSE)
    return answers


def save_often(form: Form, port: int, start: float, end: float) -> list[Sent]:
    reference, before, answers = form.path.split("/")[2], WORDS, []
    while (now := max(start, time.time())) < end:
        after = f"Words. Saved {len(answers)} times."
        answers.append(saving(reference, form.sender, before, after).send(port, now))
        before = after
    return answers


def instants(deadline: float) -> Iterator[float]:
    """When the last bytes are sent: half before the deadline, half from then on."""
    half = SUBMISSIONS // 2
    yield from (deadline - AROUND + (AROUND - 2 * CLOSE) * number / (half - 1) for number in range(half))
    yield from (deadline + AROUND * number / half for number in range(SUBMISSIONS - half))


def crowded(world: World, port: int) -> tuple[list[Sent], list[Sent], list[Sent]]:
    """Send everything at the same time. Returns the answers to submissions, sign-ins and drafts."""
    start, end = world.deadline - AROUND - 1, world.deadline + AROUND
    with ThreadPoolExecutor(SUBMISSIONS + SIGNING_IN + SAVING) as clients:
        sign_ins = [clients.submit(sign_in_often, form, port, start, end) for form in world.sign_ins]
        drafts = [clients.submit(save_often, form, port, start, world.deadline - CLOSE) for form in world.drafts]
        sending = [
            clients.submit(form.send, port, instant)
            for form, instant in zip(world.submissions, instants(world.deadline), strict=True)
        ]
    return (
        [one.result() for one in sending],
        [answer for one in sign_ins for answer in one.result()],
        [answer for one in drafts for answer in one.result()],
    )


def stored() -> Counter[str]:
    """How many submissions each proposal has, by the address of its form."""
    db.session.rollback()
    references = db.session.scalars(select(Proposal.reference).join(Submission, Submission.proposal_id == Proposal.id))
    return Counter(f"/proposals/{reference}/submission" for reference in references)


def judged(world: World, submitted: list[Sent], sure: float) -> dict[str, int]:
    """Compare what is saved with when it was sent. `sure` seconds before the deadline are always in time."""
    kept = stored()
    counts: Counter[str] = Counter()
    for form, one in zip(world.submissions, submitted, strict=True):
        is_stored = kept[form.path]
        assert (one.status, is_stored) in {(302, 1), (409, 0)}, (one.status, is_stored, one.text[:2000])
        if one.begun >= world.deadline:
            assert not is_stored, f"stored, although sent {one.begun - world.deadline:.3f} s after the deadline"
            counts["late, refused"] += 1
        elif one.complete <= world.deadline - sure:
            assert is_stored, f"refused, although complete {world.deadline - one.complete:.3f} s before the deadline"
            counts["in time, stored"] += 1
        else:
            counts["close, stored" if is_stored else "close, refused"] += 1
    return dict(counts)


def seconds(answers: list[Sent]) -> str:
    took = [one.took for one in answers]
    return f"{median(took):.2f} s, slowest {max(took):.2f} s"


def around_a_deadline(name: str, database: str, folder: Path, *, proxy: bool) -> None:
    """One run, and its figures."""
    proxied = {"TRUSTED_PROXIES": "1", "REQUEST_START_HEADER": "X-Request-Start"} if proxy else {}
    settings = environment(database, folder, **proxied)
    with platform(settings) as app, ExitStack() as opened:
        world = built(app, float(int(time.time() + BUILDING)))
        port = opened.enter_context(served(settings)).port
        if proxy:
            port = opened.enter_context(behind_nginx(port))
        left = world.deadline - AROUND - 1 - time.time()
        assert left > 0, f"This machine is too slow: {-left:.0f} s late with building the world."
        submitted, signed_in, saved = crowded(world, port)
        assert {one.status for one in signed_in} == {302}, Counter(one.status for one in signed_in)
        assert {one.status for one in saved} <= {302, 409}, Counter(one.status for one in saved)
        assert all(one.status == 302 for one in saved if one.complete < world.deadline - DIRECTLY)
        counts = judged(world, submitted, CLOSE if proxy else DIRECTLY)
        verify(settings)
    print(f"\n{name}, {'behind nginx' if proxy else 'directly'}")
    print(f"  {len(submitted)} submitted: {', '.join(f'{count} {what}' for what, count in sorted(counts.items()))}")
    print(f"    answered in {seconds(submitted)}")
    print(
        f"  {len(signed_in)} signed in, {seconds(signed_in)}; {len(saved)} drafts saved, {seconds(saved)}", flush=True
    )


def many_at_once(folder: Path, *, writers: int, submissions: int) -> list[Sent]:
    """Submit many proposals to two processes on SQLite: none refused, none lost, none doubled."""
    settings = environment(f"sqlite:///{folder}/many.db", folder)
    with platform(settings) as app:
        scene = build(Age.PUBLISHED, datetime.now(UTC))
        forms = ready_to_submit(app, scene, submissions)
        with served(settings) as server, ThreadPoolExecutor(writers) as clients:
            shares = [forms[number::writers] for number in range(writers)]
            answered = clients.map(lambda share: [form.send(server.port) for form in share], shares)
            answers = [answer for share in answered for answer in share]
        assert Counter(one.status for one in answers) == {302: submissions}
        assert stored() == {form.path: 1 for form in forms}
        verify(settings)
    return answers


def main() -> int:
    if find_nginx() is None:
        install_nginx()
    if find_nginx() is None:
        sys.exit(NO_NGINX)
    with TemporaryDirectory(prefix="civtech-deadline-") as place, running_server() as postgres:
        for proxy in (True, False):
            way = "proxy" if proxy else "directly"
            around_a_deadline("SQLite", f"sqlite:///{place}/{way}.db", Path(place), proxy=proxy)
            around_a_deadline("PostgreSQL", new_database(postgres, way), Path(place), proxy=proxy)
        began = time.monotonic()
        answers = many_at_once(Path(place), writers=WRITERS, submissions=MANY)
        print(f"\nSQLite, {MANY:,} submissions by {WRITERS} writers, two processes: all stored, none twice")
        print(f"  {seconds(answers)}; {time.monotonic() - began:.0f} s with building")
    return 0


if __name__ == "__main__":
    sys.exit(main())
