"""C2: each event says whom it tells, or why it tells no one. Whoever should know is told, once, and no one else is."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select, text

from civtech.challenges.events import ChallengeDrafted
from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import EVENTS, PlainEvent
from civtech.core.text import N_
from civtech.funding.models import Release
from civtech.judging.models import Decision, Panel
from civtech.notifications import declared, directory, letters
from civtech.notifications.declared import TELLINGS
from civtech.notifications.models import OutboxMessage
from civtech.notifications.titles import TITLES
from civtech.organisations.models import CompanyFigures, Figures, IdentifierScheme, Invitation, JoinRequest, MemberRole
from civtech.people.models import EVERYWHERE, ProgrammeRole, User
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport
from civtech.programmes.models import CriterionFigures
from civtech.proposals.models import Proposal
from civtech.roles.models import RoleGrant
from tests.factories.programmes import RoundFactory
from tests.factories.verbs import DAY
from tests.notifications import journey
from tests.support.messages import wording
from tests.world import Age, World
from tests.world.kept import Worlds


@pytest.fixture
def world(app: Flask, worlds: Worlds) -> World:
    return worlds(Age.FUNDED, teams=2)


def clear() -> None:
    db.session.execute(OutboxMessage.__table__.delete())
    db.session.commit()


def told() -> dict[str, set[str]]:
    """Whom each kind of email goes to, since `clear`. No one gets the same one twice."""
    db.session.commit()
    found: dict[str, list[str]] = defaultdict(list)
    query = select(OutboxMessage.template, User.email, OutboxMessage.address).outerjoin(
        User, User.id == OutboxMessage.recipient_id
    )
    for template, email, address in db.session.execute(query):
        found[template].append((email or address).partition("@")[0])
    for template, people in found.items():
        assert len(people) == len(set(people)), (template, people)
    return {template: set(people) for template, people in found.items()}


@pytest.fixture
def unheard() -> Iterator[None]:
    """Forget the events that a test declares."""
    before = set(EVENTS)
    yield
    for name in set(EVENTS) - before:
        del EVENTS[name]


def test_every_event_says_whom_it_tells_or_why_it_tells_no_one(app: Flask) -> None:
    ours = {name for name, event in EVENTS.items() if event.__module__.startswith("civtech.")}
    assert len(ours) > 100
    assert declared.undeclared() == []


def test_the_application_does_not_start_with_an_event_that_says_neither(app: Flask, unheard: None) -> None:
    class KettleBoiled(PlainEvent[User]):
        label = N_("Kettle boiled")

    with pytest.raises(TypeError, match="KettleBoiled must say whom it tells"):
        declared.close(app)


def test_the_application_does_not_start_with_an_event_that_says_both(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declared, "TELLINGS", [*TELLINGS, declared.Telling(ChallengeDrafted, "x", "y", "", False)])
    with pytest.raises(TypeError, match="ChallengeDrafted tells people, so it cannot also say"):
        declared.close(app)


def test_the_table_in_the_documentation_is_as_declared(app: Flask) -> None:
    assert not directory.stale(directory.PLACE), "Run `make emails`."
    table = directory.table()
    for name, event in EVENTS.items():
        if event.__module__.startswith("civtech."):
            assert f"(`{name}`)" in table
    assert {telling.words for telling in TELLINGS} | {"no_one_to_ask", "account"} == set(TITLES)


@pytest.mark.takes(6, "It plays a whole journey.")
def test_the_emails_of_a_journey_in_the_documentation_are_those_of_today(app: Flask, now: datetime) -> None:
    with clock.at(journey.NOW):
        assert journey.written(journey.play(journey.NOW)) == journey.PLACE.read_text(), "Run `make emails`."


def test_one_act_is_one_email_for_each_person(world: World) -> None:
    """The end of a stage ends agreements and milestones too. The owner of the body acts in three roles."""
    for team in world.proposals:
        world.in_force(team)
    clear()
    world.decide("exploration", world.proposals[:1], world.at, declined=world.proposals[1:])
    db.session.commit()
    released = select(OutboxMessage.recipient_id).where(
        OutboxMessage.template.not_in(("judge_seated", "assignment_made", "decision_to_approve", "decision_approved"))
    )
    counted = Counter(db.session.scalars(released))
    assert counted[world.head.id] == counted[world.company_owner.id] == counted[world.judge_one.id] == 1
    assert set(counted.values()) == {1}
    (said,) = {
        letters.compose(message).body
        for message in db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.recipient_id == world.rival_owner.id)
        )
    }
    assert wording("Not delivered and not paid") + ": 1: Milestone 1" in said


def test_a_refused_release_tells_the_person_who_proposed_it_and_why(world: World, now: datetime) -> None:
    milestone = world.accepted(world.in_force().milestones[0])
    release = Release.propose(milestone=milestone, by=world.staff, at=now)
    db.session.flush()
    clear()
    release.refuse(reason="The bank account changed.", by=world.finance, at=now)
    assert told() == {"release_refused": {"staff"}}


def test_a_decision_that_is_sent_back_tells_the_person_who_proposed_it(world: World, now: datetime) -> None:
    for team in world.proposals:
        world.in_force(team)
    world.convene("exploration", at=now)
    for judge in world.judges:
        for proposal in world.proposals:
            world.assignment(judge, proposal, locked=True, points=4, at=now)
    decision: Decision = world.decided(world.proposals[:1], release=False, departure="So.", at=now)
    clear()
    decision.send_back(message="Explain the second place.", by=world.colleague, at=now)
    assert told() == {"decision_returned": {"staff"}}


def test_judges_are_told_when_they_are_seated_and_when_the_date_changes(world: World, now: datetime) -> None:
    panel = Panel.convene(challenge=world.challenge, stage=world.stage(), by=world.staff, at=now)
    db.session.flush()
    clear()
    panel.seat(world.judge_one, by=world.staff, at=now)
    panel.seat(world.judge_two, by=world.staff, at=now)
    assert told() == {"judge_seated": {"judge_one", "judge_two"}}
    clear()
    panel.reschedule(due_at=now + DAY, by=world.staff, at=now)
    assert told() == {"panel_rescheduled": {"judge_one", "judge_two"}}


def test_a_recused_judge_is_replaced_because_those_who_run_the_panel_are_told(world: World, now: datetime) -> None:
    clear()
    world.recused(world.judge_one, world.proposals[0], at=now)
    assert told()["judge_recused"] == {"staff", "colleague"}
    (said,) = {
        letters.compose(message).body
        for message in db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "judge_recused"))
    }
    assert world.judge_one.name not in said


def test_sponsors_who_draft_are_told_when_criteria_change_and_when_the_round_opens(
    app: Flask, worlds: Worlds, now: datetime
) -> None:
    world = worlds(Age.PREPARED)
    coming = RoundFactory(pathway=world.round.pathway, name="Next round", opened=False, by=world.staff, at=now)
    world.drafted(how={"round": coming})
    db.session.commit()
    clear()
    for stage in coming.stages[:2]:
        figures = [CriterionFigures(**vars(each.figures)) for each in stage.criteria]
        stage.judge_by(figures, by=world.staff, at=now)
    sponsors = {"head", "author", "drafter", "approver"}
    assert told() == {"round_changed": sponsors}
    clear()
    coming.open(by=world.staff, at=now)
    assert told() == {"round_opened": sponsors}


def test_owners_are_told_what_others_change_in_their_organisation(world: World, now: datetime) -> None:
    company = world.company
    second = world.person("second")
    company.admit(second, MemberRole.OWNER, by=None, at=now)
    clear()
    assert world.staff.is_staff
    number = {"identifier_scheme": IdentifierScheme.COMPANIES_HOUSE, "identifier_number": "SC123456"}
    company.change(legal_name="Kelp Ltd", trading_name=None, **number, about="", by=world.company_owner, at=now)
    CompanyFigures.state(company, Figures(4, 0, 0), year=now.year, by=world.company_owner, at=now)
    company.accept_number(IdentifierScheme.VAT, "GB123", because="Seen.", by=world.staff, at=now)
    held = next(one for one in world.company_editor.memberships if one.organisation_id == company.id)
    company.end(held, by=world.company_owner, at=now)
    assert told() == {
        "organisation_changed": {"second"},
        "figures_stated": {"second"},
        "number_accepted": {"company_owner", "second"},
        "member_left": {"second"},
        "membership_ended": {"company_editor"},
    }


def test_who_was_invited_or_asked_to_decide_is_told_when_it_is_taken_back(world: World, now: datetime) -> None:
    invitation = Invitation.send(world.body, "new@people.example", MemberRole.AUTHOR, by=world.head, at=now)
    world.company.admit(world.person("mate", email="mate@roads.example"), MemberRole.VIEWER, by=None, at=now)
    db.session.flush()
    newcomer = world.person("newcomer", email="newcomer@roads.example")
    request = JoinRequest.ask(world.company, by=newcomer, at=now)
    admin = world.person("admin", administrator=True)
    other = world.person("other", administrator=True)
    db.session.flush()
    grant = RoleGrant.ask(
        world.stranger,
        ProgrammeRole.JUDGE,
        EVERYWHERE,
        starts_at=now,
        ends_at=None,
        reason="Knows roads.",
        by=admin,
        at=now,
    )
    db.session.flush()
    clear()
    invitation.revoke(by=world.head, at=now)
    request.withdraw(by=newcomer, at=now)
    grant.take_back(by=admin, at=now)
    assert other
    assert told() == {
        "invitation_withdrawn": {"new"},
        "join_request_withdrawn": {"company_owner"},
        "role_withdrawn": {"other"},
    }


def test_people_are_told_what_happens_to_their_account_and_their_data(world: World, now: datetime) -> None:
    clear()
    request = ErasureRequest.ask(by=world.stranger, at=now)
    db.session.flush()
    request.take_back(by=world.stranger, at=now)
    world.stranger.deactivate(by=None, at=now)
    world.stranger.reactivate(by=None, at=now)
    assert told() == {
        "erasure_requested": {"stranger"},
        "erasure_withdrawn": {"stranger"},
        "account_deactivated": {"stranger"},
        "account_reactivated": {"stranger"},
    }


def test_a_hold_is_told_to_those_who_look_after_data_and_never_to_the_person(world: World, now: datetime) -> None:
    clear()
    hold = Hold.place(world.colleague, reason="FOI 7", ends_at=now + DAY, by=world.staff, at=now)
    db.session.flush()
    assert told() == {}
    hold.lift(by=world.staff, at=now)
    other = Hold.place(world.stranger, reason="FOI 8", ends_at=now + DAY, by=world.staff, at=now)
    assert told() == {"hold_placed": {"colleague"}}
    assert other.reason not in letters.compose(db.session.scalars(select(OutboxMessage)).one()).body


def test_who_reported_a_problem_is_told_that_it_was_dealt_with(world: World, now: datetime) -> None:
    reports = [
        ProblemReport.make(words="No focus.", page="", email=email, by=by, at=now)
        for email, by in (("ann@elsewhere.example", None), (None, world.stranger), (None, None))
    ]
    db.session.flush()
    clear()
    for report in reports:
        report.deal_with(by=world.staff, at=now)
    assert told() == {"problem_dealt_with": {"ann", "stranger"}}


def test_ten_thousand_people_are_told_in_one_insert(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.PUBLISHED)
    proposal = world.submitted()
    db.session.commit()
    db.session.execute(
        text(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO person (reference, name, sort_key, email, active, registered_at, fs_uniquifier) "
            "SELECT 'U-T' || i, 'Person ' || i, 'person ' || i, 'p' || i || '@crowd.example', 1, :now, 'f' || i FROM n"
        ),
        {"now": now},
    )
    db.session.execute(
        text(
            "INSERT INTO membership (organisation_id, user_id, role, since) "
            "SELECT :team, id, 'editor', :now FROM person WHERE reference LIKE 'U-T%'"
        ),
        {"team": world.company.id, "now": now},
    )
    clear()
    written: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO outbox_message"):
            written.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        proposal.withdraw(by=world.company_owner, at=world.at)
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
    assert len(written) == 1
    assert len(told()["proposal_withdrawn"]) == 10_002


def test_when_no_one_can_be_asked_staff_are_told_and_where_to_help(world: World, now: datetime) -> None:
    milestone = world.in_force().milestones[0]
    db.session.commit()
    for key in ("head", "approver", "acceptor"):
        world.people[key].active = False
    db.session.commit()
    clear()
    milestone.deliver(evidence="x", link=None, by=world.company_owner, at=now)
    assert told() == {"no_one_to_ask": {"staff", "colleague"}}
    message = db.session.scalars(select(OutboxMessage).limit(1)).one()
    said = letters.compose(message).body
    assert "Northern Roads Authority" in said
    assert f"/organisations/{world.body.reference}" in said
    assert wording(TITLES["deliverable_submitted"]) in letters.compose(message).subject


@pytest.mark.parametrize("kind", ["the only approver sent it", "the only finance approver proposed nothing"])
def test_the_same_when_the_only_person_left_is_the_one_who_acted_or_may_not(
    world: World, now: datetime, kind: str
) -> None:
    if kind == "the only approver sent it":
        challenge = world.drafted()
        for key in ("approver", "author", "drafter"):
            world.people[key].active = False
        db.session.commit()
        clear()
        challenge.propose(by=world.head, at=now)
        assert told() == {"no_one_to_ask": {"staff", "colleague"}}
        return
    release = Release.propose(milestone=world.accepted(world.in_force().milestones[0]), by=world.staff, at=now)
    world.finance.active = False
    db.session.commit()
    clear()
    release.approve(by=world.colleague, at=now)
    assert told() == {"no_one_to_ask": {"staff", "colleague"}, "release_approved": {"company_owner", "company_editor"}}


def test_who_was_erased_or_left_in_between_gets_nothing_and_nothing_fails(world: World, now: datetime) -> None:
    milestone = world.accepted(world.in_force().milestones[0])
    release = Release.propose(milestone=milestone, by=world.staff, at=now)
    db.session.commit()
    world.staff.active = False
    clear()
    release.refuse(reason="Wrong payee.", by=world.finance, at=now + timedelta(hours=1))
    assert told() == {}


def test_proposal_events_tell_no_rival(world: World, now: datetime) -> None:
    clear()
    withdrawn = world.beside(world.published()).submitted()
    assert isinstance(withdrawn, Proposal)
    people = told()["proposal_received"]
    assert people == {"company_owner", "company_editor"}
