"""Nobody is kept longer than their category says, and nobody shorter."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from civtech.core.db import db, unit_of_work
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import Invitation, MemberRole
from civtech.oversight.verification import End, verify
from civtech.people.models import BrowserSession, ProgrammeRole, User
from civtech.privacy.categories import before
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport
from civtech.privacy.retention import A_HOLD, UNFINISHED_WORK, Report, apply, run_out
from civtech.web.idempotency import UsedKey
from tests.privacy.conftest import LATER, reread
from tests.support.sql import joined_anyway
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("queries", "types")

YEARS = {"account": 1, "unsuccessful": 2, "funded": 6, "official": 4, "traces": 1}
DAY = timedelta(days=1)


def later(at: datetime, years: int) -> datetime:
    return at.replace(year=at.year + years)


def names(at: datetime) -> dict[str, str]:
    """Whose time has run out, and the category that kept them, by their address."""
    found = run_out(YEARS, at)
    addresses = {row.id: row.email for row in db.session.execute(select(User.id, User.email))}
    return {addresses[person].partition("@")[0]: category for person, category in found.items()}


def run(at: datetime) -> Report:
    with unit_of_work():
        return apply(YEARS, at)


@pytest.fixture
def decided(app: Flask, worlds: Worlds, now: datetime) -> World:
    """One team was declined at the sift; another was funded, and declined after its stage."""
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.in_force()
    for milestone in agreement.milestones:
        world.accepted(milestone)
    world.decide("exploration", [], now, declined=[world.proposals[0]])
    db.session.commit()
    return world


def test_an_account_that_nobody_uses_goes_after_its_time(world: World, now: datetime) -> None:
    registered = world.stranger.registered_at
    assert "stranger" not in names(later(registered, 1) - DAY)
    assert names(later(registered, 1) + DAY)["stranger"] == "account"


def test_signing_in_begins_the_time_anew(world: World, now: datetime) -> None:
    BrowserSession.begin(world.stranger, secret="x", browser="x", at=now, with_second_factor=False)
    db.session.commit()
    assert "stranger" not in names(later(now, 1) - DAY)
    assert "stranger" in names(later(now, 1) + DAY)


def test_a_team_that_submitted_nothing_goes_some_years_after_the_deadline(world: World, now: datetime) -> None:
    world.started()
    db.session.commit()
    end = later(world.closes_at, 2)
    assert {"company_owner", "company_editor", "company_viewer"} & set(names(end - DAY)) == set()
    assert names(end + DAY)["company_editor"] == "unsuccessful"


def test_a_proposal_that_waits_for_its_outcome_keeps_its_team_for_ever(world: World, now: datetime) -> None:
    world.submitted()
    db.session.commit()
    assert {"company_owner", "company_editor"} & set(names(later(now, 50))) == set()


def test_a_funded_team_is_kept_from_the_end_of_its_agreement(decided: World, now: datetime) -> None:
    assert "company_owner" not in names(later(now, 6) - DAY)
    assert names(later(now, 6) + DAY)["company_owner"] == "funded"


def test_judges_are_kept_as_long_as_decisions(decided: World, now: datetime) -> None:
    assert "judge_one" not in names(later(now, 4) - DAY)
    assert names(later(now, 4) + DAY)["judge_one"] == "official"


def test_who_holds_a_role_or_acts_for_a_public_body_is_kept(decided: World, now: datetime) -> None:
    kept = {"staff", "colleague", "finance", "auditor", "head", "author", "approver", "acceptor"}
    assert kept & set(names(later(now, 50))) == set()


def test_a_run_erases_a_whole_team_its_owner_last(world: World, now: datetime) -> None:
    world.started()
    db.session.commit()
    report = run(later(world.closes_at, 2) + DAY)
    assert report.erased == Counter(unsuccessful=3, account=4)
    assert report.prevented == Counter({A_HOLD: 0, UNFINISHED_WORK: 0})
    assert {reread(world.people[f"company_{role}"]).name for role in ("owner", "editor", "viewer")} == {"Erased person"}
    *_progress, end = verify(db.session)
    assert isinstance(end, End)


def test_a_second_run_finds_nothing_more(world: World, now: datetime) -> None:
    at = later(world.closes_at, 2) + DAY
    assert run(at).erased
    assert run(at).erased == Counter()


def test_requests_whose_time_is_over_are_carried_out(world: World, loner: User, now: datetime) -> None:
    ErasureRequest.ask(by=loner, at=now)
    db.session.commit()
    assert run(now + LATER - DAY).erased == Counter()
    assert run(now + LATER).erased == Counter(asked=1)
    assert reread(loner).name == "Erased person"


def test_a_hold_and_unfinished_work_spare_their_person_and_are_counted(
    world: World, loner: User, now: datetime
) -> None:
    for person in (loner, world.rival_owner):
        ErasureRequest.ask(by=person, at=now)
    Hold.place(loner, reason="FOI 7", ends_at=now + 60 * DAY, by=world.staff, at=now)
    db.session.commit()
    report = run(now + LATER)
    assert (report.erased, report.prevented) == (Counter(), Counter({A_HOLD: 1, UNFINISHED_WORK: 1}))
    assert (reread(loner).active, reread(world.rival_owner).active) == (True, True)


def test_traces_go_after_their_year(world: World, now: datetime) -> None:
    BrowserSession.begin(world.staff, secret="x", browser="Old/1.0", at=now, with_second_factor=False)
    declined = Invitation.send(world.company, "a@people.example", MemberRole.EDITOR, by=world.company_owner, at=now)
    db.session.flush()
    declined.revoke(by=world.company_owner, at=now)
    Invitation.send(world.company, "b@people.example", MemberRole.EDITOR, by=world.company_owner, at=now)
    db.session.add(UsedKey(key="k" * 8, actor=world.staff.reference, digest="d", location="/", used_at=now))
    ProblemReport.make(words="No focus.", page="", email="c@people.example", by=None, at=now)
    mended = ProblemReport.make(words="No label.", page="", email=None, by=None, at=now)
    mended.deal_with(by=world.staff, at=now)
    for mail in db.session.scalars(select(OutboxMessage)):
        mail.be_sent(at=now)
    sent = len(db.session.scalars(select(OutboxMessage.id)).all())
    db.session.commit()
    assert not any(run(later(now, 1) - DAY).rows.values())
    rows = run(later(now, 1) + 30 * DAY).rows
    assert rows == Counter(sessions=1, invitations=2, forms_sent=1, mails=sent, problem_reports=1)
    assert list(db.session.scalars(select(ProblemReport.words))) == ["No focus."]
    assert not [email for email in db.session.scalars(select(Invitation.email)) if not email.endswith("@invalid")]
    assert not any(run(later(now, 1) + 30 * DAY).rows.values())


def test_a_run_leaves_the_traces_of_the_held_alone(world: World, loner: User, now: datetime) -> None:
    Hold.place(loner, reason="FOI 7", ends_at=later(now, 5), by=world.staff, at=now)
    db.session.commit()
    assert not any(run(later(now, 2)).rows.values())
    assert run(later(now, 5)).rows["sessions"] == 0, "the person went, and their traces with them"
    assert reread(loner).name == "Erased person"


def test_the_longest_of_several_times_counts(decided: World, now: datetime) -> None:
    """Who judged and was funded is kept until the last of both has run out."""
    agreement = decided.proposals[0]
    joined_anyway(decided.judge_one, agreement.organisation, now)
    db.session.commit()
    assert "judge_one" not in names(later(now, 4) + DAY)
    assert names(later(now, 6) + DAY)["judge_one"] == "funded"


def test_years_go_back_to_the_same_day() -> None:
    day = datetime(2028, 2, 29, 12)  # noqa: DTZ001
    assert before(day, 4) == datetime(2024, 2, 29, 12)  # noqa: DTZ001
    assert before(day, 1) == datetime(2027, 2, 28, 12)  # noqa: DTZ001


def test_who_gave_up_a_role_is_kept_from_their_last_decision(decided: World, now: datetime) -> None:
    assert decided.colleague.has(ProgrammeRole.STAFF)
    with unit_of_work():
        colleague = db.session.merge(decided.colleague)
        colleague.granted_roles[0].end(by=None, at=now)
    assert "colleague" not in names(later(now, 4) - DAY)
    assert names(later(now, 4) + DAY)["colleague"] == "official"
