"""The demonstration is the same play whoever asks for it, and however it is committed; it leaves work for today."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from civtech.accounts.models import CompanySize, Organisation, OrganisationKind, User
from civtech.challenges.models import Challenge, ChallengePhase
from civtech.core import clock
from civtech.core.db import Model, db
from civtech.demo.programme import load
from civtech.notifications.models import OutboxMessage
from civtech.oversight.verification import End, verify
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models import Proposal
from civtech.stages.models import AgreementState, StageAgreement
from civtech.web.registries import tasks
from tests.conftest import empty_tables

pytestmark = pytest.mark.slow
TODAY = datetime(2027, 3, 12, 10, tzinfo=UTC)
COUNTERS = {"version"}


def played(*, batch: int, seed: int = 7) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table after the play; how often a row was written on the way is not compared."""
    empty_tables()
    db.session().expire_on_commit = False
    load(seed=seed, scale=1, now=TODAY, batch=batch, password="not a hash")
    db.session.remove()
    return {
        table.name: db.session.execute(
            select(*[column for column in table.columns if column.name not in COUNTERS]).order_by(
                *table.primary_key.columns
            )
        ).all()
        for table in Model.metadata.sorted_tables
    }


def test_the_bulk_path_ends_in_the_same_rows_as_one_commit_for_each_act(app):
    each = played(batch=1)
    bulk = played(batch=400)
    assert {name: rows for name, rows in each.items() if rows != bulk[name]} == {}


def test_the_programme_is_whole_and_in_every_live_state(app):
    empty_tables()
    db.session().expire_on_commit = False
    load(seed=2016, scale=1, now=TODAY, batch=400, password="not a hash")
    db.session.remove()
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


@pytest.mark.parametrize("now", [TODAY, datetime(2026, 10, 24, 23, 5, tzinfo=UTC)], ids=["office hours", "night"])
def test_whoever_signs_in_finds_something_of_their_own_to_do(app, now):
    empty_tables()
    db.session().expire_on_commit = False
    load(seed=2016, scale=1, now=now, batch=400, password="not a hash")
    db.session.remove()
    with app.test_request_context(), clock.at(now):
        waits = {
            role: {str(task.title) for one in people(role) for task in tasks(one, now)}
            for role in ("staff", "finance", "judge", "sponsor", "company")
        }
    for role, wanted in {
        "staff": ("Confirm the opening", "A decision waits", "Approve or refuse release", "Check the figures"),
        "finance": ("Pay release", "Approve or refuse release"),
        "judge": ("Declare your interests (proposals: 3)",),
        "sponsor": ("Answer what was asked", "Approve “", "Accept the rights statement", "Accept or return"),
        "company": ("Finish “", "Accept the rights statement"),
    }.items():
        for words in wanted:
            assert any(title.startswith(words) for title in waits[role]), (role, words, waits[role])


def people(role: str) -> list[User]:
    """Those of the page "sign in as …" in a role."""
    return list(db.session.scalars(select(User).where(User.email.like(f"{role}.%@demo.civtech.example"))).unique())
