"""The demonstration is the same play whoever asks for it, and however it is committed; it leaves work for today."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from civtech.challenges.models import Challenge, ChallengePhase
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.demo.programme import load
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import CompanySize, Organisation, OrganisationKind
from civtech.oversight.access import DEMONSTRATION, table, ways
from civtech.oversight.verification import End, verify
from civtech.people.models import User
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models import Proposal
from civtech.stages.models import AgreementState, StageAgreement
from civtech.web.tasks import tasks
from tests.support.demonstration import TODAY
from tests.support.loading import as_the_application
from tests.support.messages import fragment, wording

NIGHT = datetime(2026, 10, 24, 23, 5, tzinfo=UTC)
COUNTERS = {"version"}
ON_THE_WAY = {"audit_entry": {"records", "previous", "hash"}, "audit_head": {"hash"}}


def play(**how: Any) -> None:
    """The play of the demonstration, on empty tables."""
    with as_the_application():
        load(**{"seed": 2016, "scale": 1, "now": TODAY, "batch": 400, "password": "not a hash", **how})
    db.session.remove()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but not who looks at it, nor how it was written on the way.

    The audit log binds rows to the first entry of their transaction, so its hashes tell how many acts one commit had.
    """
    return {
        table.name: db.session.execute(
            select(
                *[column for column in table.columns if column.name not in ON_THE_WAY.get(table.name, COUNTERS)]
            ).order_by(*table.primary_key.columns)
        ).all()
        for table in Model.metadata.sorted_tables
        if table.name not in {"browser_session", "audit_binding"}
    }


@pytest.fixture
def shown(demonstration: Flask) -> Iterator[Flask]:
    """The demonstration that was played for today and is everybody's."""
    with demonstration.app_context():
        yield demonstration


@pytest.mark.takes(45, "It plays the demonstration with a commit for each act.")
def test_the_bulk_path_ends_in_the_same_rows_as_one_commit_for_each_act(app: Flask, demonstration: Flask) -> None:
    with demonstration.app_context():
        bulk, password = everything(), db.session.scalar(select(User.password).limit(1))
    play(batch=1, password=password)
    each = everything()
    assert {name: rows for name, rows in each.items() if rows != bulk[name]} == {}


def test_the_programme_is_whole_and_in_every_live_state(shown: Flask) -> None:
    bodies = select(func.count()).where(Organisation.kind == OrganisationKind.PUBLIC_BODY)
    assert db.session.scalar(bodies) == 12
    assert db.session.scalar(select(func.count()).where(Organisation.kind != OrganisationKind.PUBLIC_BODY)) == 60
    assert 130 <= db.session.scalar(select(func.count()).select_from(Proposal)) <= 170
    rounds = {found.name: found.state for found in db.session.scalars(select(Round)).unique()}
    assert rounds["Pilot round"] is RoundState.FINISHED
    assert set(rounds.values()) == set(RoundState)
    challenges = db.session.scalars(select(Challenge)).unique().all()
    phases = {challenge.phase(TODAY) for challenge in challenges}
    assert {ChallengePhase.OPEN, ChallengePhase.CLOSED, None} <= phases
    pilot = [challenge.question for challenge in challenges if challenge.round.name == "Pilot round"]
    assert len(pilot) == 6
    assert any("smart roads" in question for question in pilot)
    agreements = set(db.session.scalars(select(StageAgreement.state)))
    assert {AgreementState.ACTIVE, AgreementState.COMPLETED, AgreementState.STOPPED} <= agreements
    funded = select(Organisation.size).join(Proposal).join(StageAgreement, StageAgreement.proposal_id == Proposal.id)
    assert {CompanySize.MICRO, CompanySize.LARGE} <= set(db.session.scalars(funded))
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    *_counts, last = verify(db.session())
    assert isinstance(last, End)


@pytest.mark.takes(5, "It asks for the tasks of everybody there is.")
def test_whoever_signs_in_in_office_hours_finds_something_of_their_own_to_do(shown: Flask) -> None:
    see_that_everybody_has_something_to_do(shown, TODAY)


@pytest.mark.takes(30, "It plays the whole demonstration.")
def test_whoever_signs_in_at_night_finds_something_of_their_own_to_do(app: Flask) -> None:
    play(now=NIGHT)
    see_that_everybody_has_something_to_do(app, NIGHT)


def see_that_everybody_has_something_to_do(app: Flask, now: datetime) -> None:
    with app.test_request_context(), clock.at(now):
        waits = {
            role: {str(task.title) for one in people(role) for task in tasks(one, now)}
            for role in ("staff", "finance", "judge", "sponsor", "company")
        }
    for role, wanted in {
        "staff": (
            "Confirm the opening",
            wording("Approve a decision or send it back"),
            "Approve or refuse release",
            "Check the figures",
        ),
        "finance": ("Pay release", "Approve or refuse release"),
        "judge": (wording("Declare your interests for %(count)s proposals", count=3),),
        "sponsor": (
            fragment("Answer questions about “"),
            "Approve “",
            "Accept the rights statement",
            "Accept or return",
        ),
        "company": ("Finish “", "Accept the rights statement"),
    }.items():
        for words in wanted:
            assert any(title.startswith(words) for title in waits[role]), (role, words, waits[role])


def people(role: str) -> list[User]:
    """Those of the page "sign in as …" in a role."""
    return list(db.session.scalars(select(User).where(User.email.like(f"{role}.%@demo.civtech.example"))).unique())


def test_the_access_table_of_the_documentation_is_the_same_with_a_demonstration(app: Flask, shown: Flask) -> None:
    assert any(way.package == DEMONSTRATION for way in ways(shown))
    assert table(shown) == table(app)
