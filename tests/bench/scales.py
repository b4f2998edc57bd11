"""Lists and other pages at 1,000 and at 100,000 rows: they may hardly take longer, and never more SQL statements."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from civtech import create_app
from civtech.core.db import db
from tests.bench.growing import Growing, opened
from tests.bench.measuring import Ask, measured, processor_time, statements_of
from tests.bench.tables import Row, against
from tests.support.client import Client
from tests.support.demonstration import demonstration_settings, everybody, played

COLUMNS = ("page", "ms few", "ms many", "ratio", "SQL few", "SQL many")
FEW, MANY = 1_000, 100_000
MOST = 1.2
ROUNDS = 30
LONGEST = 5.0  # seconds for a page; then we say so, instead of measuring it
OF_A_RELEASE = (
    *("challenge", "challenge_round", "stage_budget", "question", "opening", "proposal", "submission"),
    *("panel", "seat", "assignment", "decision", "outcome", "rights_statement", "background_item"),
    *("stage_agreement", "milestone", "deliverable", "account", "transfer", "owed_transfer", "release"),
)
"""The tables that are copied together, so that each release belongs to a milestone, a team and a challenge."""
STATES = ("dead", "queued", "queued", *("sent" for _ in range(17)))
PAGES = (
    ("visitor", "/"),
    ("visitor", "/challenges"),
    ("visitor", "/challenges?phase=closed"),
    ("visitor", "/challenges/{crowded}"),
    ("visitor", "/register"),
    ("visitor", "/register/{crowded}"),
    ("staff", "/home"),
    ("finance", "/home"),
    ("auditor", "/home"),
    ("sponsor", "/home"),
    ("judge", "/home"),
    ("company", "/home"),
    ("secretary", "/home"),
    ("administrator", "/home"),
    ("staff", "/challenges/manage"),
    ("sponsor", "/challenges/manage"),
    ("staff", "/challenges/{crowded}/proposals"),
    ("staff", "/challenges/{crowded}/panels/sift"),
    ("staff", "/challenges/{crowded}/panels/sift/assignments"),
    ("company", "/proposals"),
    ("judge", "/judging"),
    ("staff", "/rounds"),
    ("staff", "/audit"),
    ("staff", "/audit?event=ProposalSubmitted"),
    ("auditor", "/audit"),
    ("staff", "/outbox"),
    ("staff", "/outbox?state=dead"),
    ("finance", "/releases"),
    ("company", "/releases"),
    ("finance", "/money"),
    ("sponsor", "/money"),
)
"""Who asks for which address. `crowded` is the challenge that most proposals answer."""


def grown(path: Path, rows: int) -> None:
    """At least `rows` challenges, proposals, releases, entries in the audit log and emails.

    As many proposals again answer one challenge.
    """
    with opened(path) as connection:
        _emails(connection, rows)
        _entries(connection, rows)
        _challenge, _slug, proposal = crowded(connection)
        growing = Growing(connection)
        sets, challenges = -(-rows // growing.rows("release")), -(-rows // growing.rows("challenge"))
        growing.copy(challenges - sets, "challenge", "challenge_round", "stage_budget")
        growing.copy(sets, *OF_A_RELEASE)
        growing.copy(
            rows,
            *("proposal", "submission"),
            only={"proposal": f"this.id = {proposal}", "submission": f"this.proposal_id = {proposal}"},
            changed={"number": "this.number + copies.number"},
        )


def crowded(connection: sqlite3.Connection) -> tuple[int, str, int]:
    """The first challenge whose opened proposals are being judged: its id, its slug, and its first proposal's id."""
    found: tuple[int, str, int] = connection.execute(
        "SELECT challenge.id, slug, min(proposal.id) FROM challenge "
        "JOIN proposal ON proposal.challenge_id = challenge.id "
        "JOIN panel ON panel.challenge_id = challenge.id WHERE proposal.state = 'submitted' "
        "AND NOT EXISTS (SELECT * FROM decision WHERE panel_id = panel.id) GROUP BY challenge.id ORDER BY challenge.id"
    ).fetchone()
    return found


def _emails(connection: sqlite3.Connection, rows: int) -> None:
    """Emails about proposals, to everyone in turn: two in twenty wait, one in twenty could not be delivered."""
    (at,) = connection.execute("SELECT max(at) FROM audit_entry").fetchone()
    people = [person for (person,) in connection.execute("SELECT id FROM person ORDER BY id")]
    about = [f'{{"reference": "{named}"}}' for (named,) in connection.execute("SELECT reference FROM proposal")]
    connection.executemany(
        "INSERT INTO outbox_message (reference, message_id, recipient_id, template, facts, state, sent_at, failure, "
        "queued_at, due_at, attempts, version) VALUES (?, ?, ?, 'proposal_received', ?, ?, ?, ?, ?, ?, 1, 1)",
        (
            (
                *(f"X-{number:06}", f"<{number:06}@bench.example>"),
                *(people[number % len(people)], about[number % len(about)]),
                *(STATES[number % len(STATES)], at if STATES[number % len(STATES)] == "sent" else None),
                *("No such mailbox" if STATES[number % len(STATES)] == "dead" else None, at, at),
            )
            for number in range(rows)
        ),
    )


def _entries(connection: sqlite3.Connection, rows: int) -> None:
    """The newest entries of the audit log, or copies of all of them, so that both scales begin with the same ones."""
    growing = Growing(connection)
    growing.copy(-(-rows // growing.rows("audit_entry")) - 1, "audit_entry")
    connection.execute("DELETE FROM audit_entry WHERE sequence <= (SELECT max(sequence) FROM audit_entry) - ?", (rows,))
    connection.execute(
        "UPDATE audit_head SET (sequence, hash) = "
        "(SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1)"
    )


class TooSlow(Exception):
    """A page that was not finished after `LONGEST` seconds."""


@dataclass
class Scale:
    """An application on one of the two databases, with a client for each role."""

    app: Flask
    clients: dict[str, FlaskClient]
    crowded: str
    until: float = float("inf")

    @classmethod
    def of(cls, path: Path, rows: int) -> "Scale":
        """Grow the database at `path` and open it."""
        grown(path, rows)
        with sqlite3.connect(path) as connection:
            _challenge, slug, _proposal = crowded(connection)
        app = create_app(demonstration_settings(f"sqlite:///{path}", path.parent))
        app.test_client_class = Client
        app.login_manager.session_protection = None
        clients = {who.partition(".")[0]: client for who, client in reversed(everybody(app).items())}
        made = cls(app, clients, slug)
        with app.app_context():
            db.engine.dispose()
            event.listen(db.engine, "connect", made._limit)
        return made

    def _limit(self, connection: sqlite3.Connection, _record: object) -> None:
        connection.set_progress_handler(lambda: time.monotonic() > self.until, 100_000)

    def asks(self, who: str, address: str) -> Ask:
        """A call that asks for a page, which must be there."""
        ask = partial(self.clients[who].get, address.format(crowded=self.crowded))

        def answered() -> None:
            self.until = time.monotonic() + LONGEST
            answer = ask()
            if time.monotonic() > self.until:
                raise TooSlow
            assert answer.status_code == 200, (who, address, answer.status)

        return answered

    def close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


def rows(place: Path, few: int = FEW, many: int = MANY, rounds: int = ROUNDS) -> Iterator[Row]:
    """Measure each page on both databases in turn."""
    played(place / "scales.db", place)
    scales = []
    for number in (few, many):
        path = place / f"scales-{number}.db"
        shutil.copy(place / "scales.db", path)
        scales.append(Scale.of(path, number))
    small, large = scales
    yield (f"{few:,} and {many:,} challenges, proposals, releases, audit entries and emails",)
    for who, address in PAGES:
        page = f"{address.replace('{crowded}', '…')} ({who})"
        try:
            yield (page, *_compared(large.asks(who, address), small.asks(who, address), rounds))
        except TooSlow:
            yield (page, "", f"over {1000 * LONGEST:,.0f} !", "", "", "")
    for scale in scales:
        scale.close()


def _compared(ask: Ask, ask_few: Ask, rounds: int) -> Row:
    """Measure one page. A slow one is asked for fewer times."""
    with suppress(TooSlow):  # the first time, the file is read from the disk
        ask()
    often = int(max(3, min(rounds, 1000 * LONGEST / processor_time(ask))))
    cost, needed = measured(ask, ask_few, often), len(statements_of(ask_few))
    return (
        *(f"{cost.bare:.2f}", f"{cost.ours:.2f}", against(cost.ratio, MOST, digits=2)),
        *(str(needed), against(cost.statements, needed, digits=0)),
    )
