"""The audit log for those who may read it, and who may what for everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from civtech.core.db import db
from civtech.core.events import emit
from civtech.oversight import charts
from civtech.people.events import PersonRenamed, SignInFailed
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment, wording

pytestmark = pytest.mark.both_databases("queries")

SignIn = Callable[[User], FlaskClient]


@pytest.fixture
def auditor(app: Flask, now: datetime) -> User:
    """An auditor; the log has two entries about them and one about nobody."""
    person = User.register(name="Ada Auditor", email="ada@people.example", confirmed_at=now, at=now)
    RoleGrant.by_operator(person, ProgrammeRole.AUDITOR, at=now)
    emit(SignInFailed(subject=None, by=None, at=now - timedelta(days=3), facts={"method": "password"}))
    db.session.commit()
    return person


def test_an_auditor_reads_sentences(signed_in: SignIn, auditor: User) -> None:
    page = signed_in(auditor).get("/audit").text
    assert f"{wording('Account created')}: person {auditor.reference}" in page
    assert f"Ada Auditor ({auditor.reference})" in page
    assert wording("Sign-in failed") in page
    assert wording("The service") in page


@pytest.mark.parametrize("role", [None, *ProgrammeRole])
def test_only_auditors_and_staff_read_it(
    app: Flask, signed_in: SignIn, auditor: User, now: datetime, role: ProgrammeRole | None
) -> None:
    person = User.register(name="Somebody", email="some@people.example", confirmed_at=now, at=now)
    if role:
        RoleGrant.by_operator(person, role, at=now)
    client = signed_in(person)
    allowed = role in {ProgrammeRole.AUDITOR, ProgrammeRole.STAFF}
    assert client.get("/audit").status_code == (200 if allowed else 403)
    assert client.get("/audit/1").status_code == (200 if allowed else 404)


def test_an_auditor_is_shown_the_way_to_the_log_at_home(signed_in: SignIn, auditor: User, now: datetime) -> None:
    page = signed_in(auditor).get("/home").text
    assert fragment("You can view everything but change nothing.") in page
    assert (
        wording(
            "%(count)s entries, the last made at %(instant)s.",
            count="3",
            instant="9:30am on Friday 26 February 2027 (UK time)",
        )
        in page
    )
    assert f'<a class="govuk-link" href="/audit">{wording("View the audit log")}</a>' in page
    assert wording("Create an organisation to answer challenges") not in page


@pytest.mark.parametrize("role", [None, ProgrammeRole.STAFF, ProgrammeRole.FINANCE])
def test_nobody_else_is_shown_the_log_at_home(
    signed_in: SignIn, auditor: User, now: datetime, role: ProgrammeRole | None
) -> None:
    person = User.register(name="Somebody", email="some@people.example", confirmed_at=now, at=now)
    if role:
        RoleGrant.by_operator(person, role, at=now)
    assert wording("View the audit log") not in signed_in(person).get("/home").text


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/audit").status_code == 302


def rows(page: str) -> int:
    return page.count('class="govuk-table__header govuk-table__header--numeric audit__sequence"')


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("event=PersonRegistered", 1),
        ("event=SignedIn", 0),
        ("subject={reference}", 1),
        ("subject={lower}", 1),
        ("actor={reference}", 1),
        ("actor=ADA@people.example", 1),
        ("actor=nobody@people.example", 0),
        ("since=2027-03-01", 2),
        ("until=2027-02-28", 1),
        ("since=2027-02-26&until=2027-02-26", 1),
        ("since=2027-03-02", 0),
        ("event=PersonRegistered&actor={reference}&since=2027-03-01", 1),
    ],
)
def test_the_list_is_narrowed_in_the_address(signed_in: SignIn, auditor: User, query: str, count: int) -> None:
    asked = query.format(reference=auditor.reference, lower=auditor.reference.lower())
    assert rows(signed_in(auditor).get(f"/audit?{asked}").text) == count


NONSENSE = [
    "yesterday",
    "2027-02-31",
    "0001-01-01",
    "9999-12-31",
    "2027-3-1",
    "'; DROP TABLE x",
    "\x00",
    "\u0662\u0660",
]


@pytest.mark.parametrize("field", ["since", "until", "subject", "actor", "event", "after"])
def test_any_filter_is_answered(signed_in: SignIn, auditor: User, field: str) -> None:
    client = signed_in(auditor)
    for typed in NONSENSE:
        assert client.get("/audit", query_string={field: typed}).status_code == 200


def test_a_day_that_does_not_exist_is_said_beside_its_field(signed_in: SignIn, auditor: User) -> None:
    page = signed_in(auditor).get("/audit?since=2027-02-31").text
    assert wording("Enter a date like 2027-03-12.") in page
    assert 'value="2027-02-31"' in page


def test_an_entry_shows_its_facts_and_its_place_in_the_chain(signed_in: SignIn, auditor: User, now: datetime) -> None:
    emit(
        PersonRenamed(
            subject=auditor,
            by=auditor,
            at=now,
            facts={"goes_on": ["P-1", "P-2"], "amount_pence": 500000, "none": None, "map": {"a": 1}},
        )
    )
    db.session.commit()
    page = signed_in(auditor).get("/audit/4").text
    assert "P-1, P-2" in page
    assert "500000" in page
    assert wording("The hash matches this entry.") in page
    assert signed_in(auditor).get("/audit/5").status_code == 404
    assert signed_in(auditor).get("/audit/99999999999999999999999").status_code == 404


def test_the_list_costs_the_same_whatever_its_length(
    app: Flask, signed_in: SignIn, auditor: User, now: datetime
) -> None:
    client = signed_in(auditor)

    def cost() -> int:
        counted: list[str] = []
        listener = lambda _c, _u, statement, *_rest: statement.startswith("SELECT") and counted.append(statement)  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert client.get("/audit").status_code == 200
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(counted)

    few = cost()
    people = [User.register(name=f"P{number}", email=f"p{number}@people.example", at=now) for number in range(120)]
    db.session.commit()
    assert cost() == few <= 4
    assert len(people) == 120


def test_pages_follow_each_other_without_gap_or_repetition(signed_in: SignIn, auditor: User, now: datetime) -> None:
    for _number in range(117):
        emit(PersonRenamed(subject=auditor, by=auditor, at=now))
    db.session.commit()
    client = signed_in(auditor)
    assert [rows(client.get(f"/audit?after={after}").text) for after in (121, 71, 21)] == [50, 50, 20]


def test_the_access_table_is_markdown(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["access", "table"]).output
    assert (
        f"| `/audit` | GET | {wording('Programme staff and auditors with a role for the whole programme.')} |"
        in printed
    )


def test_the_charts_hold_every_transition(app: Flask) -> None:
    printed = app.test_cli_runner().invoke(args=["charts"]).output
    for noun, moves in charts.nouns():
        assert f"### {noun.__name__}" in printed
        assert all(move.verb.replace("_", " ") in printed for move in moves)
    assert "    draft --> proposed: propose" in printed


def test_the_document_is_renewed_between_its_markers_and_checked(app: Flask, tmp_path: Path) -> None:
    document = tmp_path / "ARCHITECTURE.md"
    run = app.test_cli_runner().invoke
    document.write_text(
        "# Ours\n\nBefore.\n\n<!-- generated: access table -->\nold\n<!-- end of access table -->\n\nAfter.\n"
    )
    place = ["--file", str(document)]
    assert run(args=["architecture", "check", *place]).exit_code == 1
    assert run(args=["architecture", "write", *place]).exit_code == 0
    assert run(args=["architecture", "check", *place]).exit_code == 0
    written = document.read_text()
    assert written.startswith("# Ours\n\nBefore.\n\n<!-- generated: access table -->\n| route |")
    assert "\nold\n" not in written
    assert "\nAfter.\n" in written
    assert "## State charts" in written
    document.write_text(
        written.replace(wording("Programme staff and auditors with a role for the whole programme."), "Nobody.")
    )
    assert run(args=["architecture", "check", *place]).exit_code == 1
