"""A3: whoever seats, assigns, decides or pays is told of possible conflicts of interest first, and needs a reason."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select

from civtech.challenges.models import ABOUT_JUDGES, ConsideredHint, Hint, known, still_open
from civtech.core import clock
from civtech.core.blank import NOTHING_TO_SEE
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.judging.models import Assignment, Decision, Verdict, assign, settle
from civtech.organisations.models import IdentifierScheme, MemberRole, Organisation
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.privacy.models import Erasure, ErasureGround
from civtech.roles.models import RoleGrant
from civtech.web.tasks import tasks
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import done, moment, refused
from tests.support.statements import listening
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
DAY = timedelta(days=1)
FIRST = fragment("Read what we know about this person, then enter why they can take part.")
SEAT = "INSERT INTO seat (panel_id, judge_id, since) VALUES (:panel, :judge, :at)"
REASON = "They left that company years ago."


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge with three opened proposals, and an empty panel."""
    found = worlds(Age.RECEIVED)
    found.convene(judges=[found.judges[1]])
    return found


def at_the_same_domain(world: World, judge: User) -> None:
    judge.email = "ailsa.grant@tidewater.example"
    world.company_owner.email = "o'neil@tidewater.example"
    world.company_editor.email = "editor+civtech@tidewater.example"


def at_the_sponsors_domain(world: World, judge: User) -> None:
    judge.email, world.head.email = "ailsa@roads.example", "head@roads.example"


def of(world: World, judge: User, name: str) -> Organisation:
    return OrganisationFactory(legal_name=name, by=judge, at=world.since)


def with_the_same_vat_number(world: World, judge: User) -> None:
    other = of(world, judge, "Something Else Ltd")
    other.identifier_scheme = world.company.identifier_scheme = IdentifierScheme.VAT
    other.identifier_number, world.company.identifier_number = "XI980780684", "GB980780684001"


def with_the_same_number_spelled_otherwise(world: World, judge: User) -> None:
    other = of(world, judge, "Something Else Ltd")
    other.identifier_scheme = world.company.identifier_scheme = IdentifierScheme.CHARITY_COMMISSION
    other.identifier_number, world.company.identifier_number = "1234-567", "1234567"


def with_a_similar_name(world: World, judge: User) -> None:
    of(world, judge, "The Tidewater Signals Holdings PLC")


def with_a_trading_name_like_it(world: World, judge: User) -> None:
    of(world, judge, "Another Name Ltd").trading_name = "Tidewater Signals"


def with_a_shared_member(world: World, judge: User) -> None:
    other = of(world, judge, "Something Else Ltd")
    MembershipFactory(organisation=other, person=world.company_viewer, role=MemberRole.VIEWER, at=world.since)


def after_a_conflict_in_another_challenge(world: World, judge: User) -> None:
    earlier = world.published(opens=-15, closes=-5)
    there = world.beside(earlier)
    proposal = there.submitted(world.company)
    there.opened(at=earlier.closes_at)
    there.convene(judges=[judge])
    there.assignment(judge, proposal, recused=True)


CASES = {
    at_the_same_domain: Hint.EMAIL,
    at_the_sponsors_domain: Hint.SPONSOR_EMAIL,
    with_the_same_vat_number: Hint.NUMBER,
    with_the_same_number_spelled_otherwise: Hint.NUMBER,
    with_a_similar_name: Hint.NAME,
    with_a_trading_name_like_it: Hint.NAME,
    with_a_shared_member: Hint.PEOPLE,
    after_a_conflict_in_another_challenge: Hint.DECLARED,
}


def about(world: World, *people: User) -> list[Hint]:
    return [each.hint for each in known([one.id for one in people], world.challenge.id, ABOUT_JUDGES)]


@pytest.mark.both_databases("guards", "queries")
@pytest.mark.parametrize("case", list(CASES), ids=lambda case: case.__name__)
def test_no_one_is_seated_without_a_reason_if_we_know_of_a_possible_conflict(
    world: World, case: Callable[[World, User], None]
) -> None:
    judge = world.judges[0]
    panel = world.panel
    case(world, judge)
    db.session.commit()
    assert set(about(world, judge)) == {CASES[case]}
    values = {"panel": panel.id, "judge": judge.id, "at": moment(world.at)}
    assert FIRST in refused(SEAT, **values)
    for because in ("", " \n"):
        with pytest.raises(RuleViolation, match=FIRST) as said:
            panel.seat(judge, by=world.staff, at=world.at, because=because)
        assert said.value.field == "because"
    panel.seat(judge, by=world.staff, at=world.at, because=REASON)
    db.session.commit()
    record = db.session.scalars(select(ConsideredHint)).one()
    assert (record.person_id, record.by_id, record.hint, record.reason) == (
        judge.id, world.staff.id, CASES[case], REASON,
    )  # fmt: skip
    assert not still_open(known([judge.id], world.challenge.id, ABOUT_JUDGES))


def test_it_is_in_the_audit_log_by_reference_and_kind_only(world: World) -> None:
    judge = world.judges[0]
    at_the_same_domain(world, judge)
    world.panel.seat(judge, by=world.staff, at=world.at, because=REASON)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "HintsConsidered")).one()
    assert entry.subject == world.challenge.reference
    assert entry.facts == {"people": [judge.reference], "hints": ["email"]}
    assert "tidewater" not in json.dumps(entry.facts)


def test_the_sentence_names_the_domain_and_how_many(world: World) -> None:
    judge = world.judges[0]
    at_the_same_domain(world, judge)
    db.session.flush()
    (found,) = known([judge.id], world.challenge.id, ABOUT_JUDGES)
    assert str(found.text) == (
        "Judge One’s email address is at tidewater.example, like 2 people of Tidewater Signals Ltd."
    )
    world.company_editor.email = "editor@elsewhere.example"
    db.session.flush()
    (found,) = known([judge.id], world.challenge.id, ABOUT_JUDGES)
    assert str(found.text).endswith("like one person of Tidewater Signals Ltd.")


@pytest.mark.both_databases("queries")
@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ailsa@gmail.com", "owner@gmail.com"),
        ("ailsa@tidewater.example", "owner@nottidewater.example"),
        ("ailsa@mail.tidewater.example", "owner@tidewater.example"),
        ("tidewater.example@a.example", "owner@tidewater.example"),
        ("ailsa@büro.example", "owner@ro.example"),
    ],
)
def test_a_provider_or_another_domain_says_nothing(world: World, mine: str, theirs: str) -> None:
    world.judges[0].email, world.company_owner.email = mine, theirs
    db.session.flush()
    assert about(world, world.judges[0]) == []


def test_erased_people_are_like_no_one(world: World) -> None:
    world.judges[0].email = "erased-a@invalid"
    world.company_editor.email = "erased-b@invalid"
    db.session.flush()
    assert about(world, world.judges[0]) == []


def test_short_and_other_names_are_not_alike(world: World) -> None:
    for name in ("Tide Ltd", "Tidewatch Signals Ltd", "Signals Tidewater Ltd"):
        of(world, world.judges[0], name)
    assert about(world, world.judges[0]) == []


def test_nothing_is_said_of_sealed_proposals(worlds: Worlds, signed_in: SignIn, now: datetime) -> None:
    """Before the opening, a hint would tell the secretary which company has answered."""
    world = worlds(Age.PUBLISHED)
    world.submitted(world.company)
    judge = world.person("judge_one", email="ailsa@tidewater.example")
    world.company_owner.email = "owner@tidewater.example"
    with_a_similar_name(world, judge)
    world.convene(judges=[judge])
    db.session.commit()
    assert about(world, judge) == []
    page = signed_in(world.staff).get(world.url()).text
    assert wording("What we know about possible conflicts of interest") not in page
    world.opened()
    assert sorted(about(world, judge)) == [Hint.EMAIL, Hint.NAME]


@pytest.mark.both_databases("guards")
def test_what_is_found_after_the_seat_holds_back_only_that_teams_proposal(world: World, signed_in: SignIn) -> None:
    judge = world.judges[0]
    world.panel.seat(judge, by=world.staff, at=world.at)
    db.session.flush()
    at_the_same_domain(world, judge)
    db.session.commit()
    result = assign(world.panel, judges=[judge], proposals=world.proposals, by=world.staff, at=world.at)
    assert (result.made, result.to_consider) == (2, (judge,))
    with pytest.raises(RuleViolation, match=FIRST):
        Assignment.make(panel=world.panel, judge=judge, proposal=world.proposals[0], by=world.staff, at=world.at)
    db.session.commit()
    assert FIRST in refused(
        "INSERT INTO assignment (reference, panel_id, judge_id, proposal_id, state, assigned_at, version) "
        "VALUES ('A-FORGED', :panel, :judge, :proposal, 'assigned', :at, 1)",
        panel=world.panel.id, judge=judge.id, proposal=world.proposals[0].id, at=moment(world.at),
    )  # fmt: skip
    page = signed_in(world.staff).post(
        world.url("/assignments/all"), data={"idempotency_key": "k" * 20}, follow_redirects=True
    )
    assert fragment("These judges may have a conflict of interest") in page.text
    assert wording("Decide on this") in page.text
    settle(
        world.panel, known([judge.id], world.challenge.id, ABOUT_JUDGES), because=REASON, by=world.staff, at=world.at
    )
    again = assign(world.panel, judges=[judge], proposals=world.proposals, by=world.staff, at=world.at)
    assert (again.made, again.to_consider) == (1, ())


def test_a_recusal_settles_it(world: World) -> None:
    judge = world.judges[0]
    world.panel.seat(judge, by=world.staff, at=world.at)
    world.assignment(judge, world.proposals[0], recused=True)
    at_the_same_domain(world, judge)
    db.session.flush()
    assert about(world, judge) == []


@pytest.mark.both_databases("guards")
def test_a_decision_by_plain_sql_is_refused_too(world: World) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.decided(world.proposals[:1], release=False, departure="x")
    with_a_similar_name(world, world.colleague)
    db.session.commit()
    sql = "UPDATE decision SET state = 'approved', approved_at = :at, approved_by_id = :who"
    assert FIRST in refused(sql, at=moment(world.at), who=world.colleague.id)


@pytest.mark.both_databases("guards")
def test_only_people_who_run_the_challenge_record_a_decision_and_no_one_changes_it(world: World) -> None:
    judge = world.judges[0]
    at_the_same_domain(world, judge)
    world.panel.seat(judge, by=world.staff, at=world.at, because=REASON)
    db.session.commit()
    never = wording("You cannot change what was decided about a possible conflict of interest.")
    assert never in refused("UPDATE considered_hint SET reason = 'Other'")
    assert never in refused("DELETE FROM considered_hint")
    insert = (
        "INSERT INTO considered_hint "
        "(person_id, challenge_id, organisation_id, through_id, hint, basis, reason, at, by_id) "
        "VALUES (:person, :challenge, :company, :company, 'name', 'x', :reason, :at, :by)"
    )
    values = {"person": judge.id, "challenge": world.challenge.id, "company": world.company.id, "at": moment(world.at)}
    outsider = wording("Only people who run the challenge can decide on a possible conflict of interest.")
    assert outsider in refused(insert, by=world.stranger.id, reason="x", **values)
    assert NOTHING_TO_SEE in refused(insert, by=world.staff.id, reason=" ", **values)
    done(insert, by=world.staff.id, reason="x", **values)


# ---- Pages ----


@pytest.fixture
def secretary(world: World) -> User:
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    person = world.person("secretary")
    RoleGrant.by_operator(person, ProgrammeRole.SECRETARY, at=world.at - DAY, scope=scope)
    RoleGrant.by_operator(world.judges[0], ProgrammeRole.JUDGE, at=world.at - DAY, scope=scope)
    db.session.commit()
    return person


def test_the_secretary_is_told_before_seating_and_keeps_what_was_typed(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    judge = world.judges[0]
    at_the_same_domain(world, judge)
    client = signed_in(secretary)
    url = world.url("/judges")
    shown = sheet(client.get(url)) | {"email": judge.email}
    assert "because" not in shown
    first = client.post(url, data=shown)
    assert first.status_code == 422
    assert fragment("email address is at ") in first.text
    assert "like 2 people of Tidewater Signals Ltd" in first.text
    again = sheet(first)
    assert again["email"] == judge.email
    with_a_similar_name(world, judge)
    db.session.commit()
    changed = client.post(url, data=again | {"because": REASON})
    assert changed.status_code == 409
    assert "Its name is like the name of Tidewater Signals Ltd" in changed.text
    last = sheet(changed)
    assert last["because"] == REASON
    assert client.post(url, data=last).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(ConsideredHint)) == 2
    report = client.get(world.url()).text
    assert REASON in report
    assert secretary.name in report


def test_a_reason_alone_is_not_enough_if_the_page_never_showed_what_we_know(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    at_the_same_domain(world, world.judges[0])
    client = signed_in(secretary)
    blind = sheet(client.get(world.url("/judges"))) | {"email": world.judges[0].email, "because": REASON}
    for told in ("", "x", "WyJ4Iiwge31d.c2ln"):
        assert client.post(world.url("/judges"), data=blind | {"told": told}).status_code in {409, 422}
    assert db.session.scalar(select(func.count()).select_from(ConsideredHint)) == 0


def test_the_secretary_learns_nothing_of_people_outside_the_pool(
    world: World, secretary: User, signed_in: SignIn
) -> None:
    world.stranger.email, world.company_owner.email = "sam@tidewater.example", "owner@tidewater.example"
    client = signed_in(secretary)
    answer = client.post(
        world.url("/judges"), data=sheet(client.get(world.url("/judges"))) | {"email": world.stranger.email}
    )
    assert answer.status_code == 422
    assert fragment("is not in the pool of judges") in answer.text
    assert "Tidewater" not in answer.text


MAY_BE_HARMLESS = wording(
    "This may be harmless. Decide if they can take part and enter the reason. If they cannot, ask a judge to declare "
    "the conflict, or send the decision back."
)
TEAMS_KNOW = wording(
    "The teams know the outcome, and what you record here does not change it. Enter why this person could take part, "
    "so that later readers know that someone looked at this."
)
TOO_LATE_TO_RETURN = wording(
    "The decision is approved and can no longer be sent back. What you record here changes no score and no outcome. "
    "Enter why this person could take part, before the teams are told the outcome."
)


def waiting(person: User, world: World) -> list[str]:
    with current_app.test_request_context(), clock.at(world.at):
        return [task.title.message for task in tasks(person, world.at) if task.group.message == "Judging"]


LOOK = "Look at a possible conflict of interest: %(stage)s"


def with_a_later_address(world: World) -> None:
    at_the_same_domain(world, world.judges[0])


def with_a_later_company(world: World) -> None:
    with_a_similar_name(world, world.judges[1])


def with_a_later_name(world: World) -> None:
    company = of(world, world.judges[1], "Nothing Alike Ltd")
    db.session.flush()
    company.trading_name = "Tidewater Signals"


def of_who_proposed_it(world: World) -> None:
    with_a_shared_member(world, world.staff)


LATER = pytest.mark.parametrize(
    "later", [with_a_later_address, with_a_later_company, with_a_later_name, of_who_proposed_it]
)


@LATER
@pytest.mark.parametrize("release", [False, True])
def test_what_is_found_after_the_decision_flags_it_until_someone_settles_it(
    world: World, signed_in: SignIn, later: Callable[[World], None], release: bool
) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    world.score_all(dict.fromkeys(world.proposals, 4))
    decision = world.decided(world.proposals[:1], release=release, departure="x")
    settler = world.person("third", name="Thea Third", staff=True)
    db.session.commit()
    page = f"/decisions/{decision.reference}"
    assert LOOK not in waiting(settler, world)
    later(world)
    db.session.commit()
    assert LOOK in waiting(settler, world)
    client = signed_in(settler)
    assert wording("Not decided yet") in client.get(page).text
    (person,) = {each.row.person_reference for each in still_open(decision.known())}
    url = world.url(f"/conflicts/{person}")
    asking = client.get(url)
    says = [words in asking.text for words in (MAY_BE_HARMLESS, TOO_LATE_TO_RETURN, TEAMS_KNOW)]
    assert says == [not release, False, release]
    shown = sheet(asking)
    assert client.post(url, data=shown).status_code == 422
    assert client.post(url, data=shown | {"because": REASON}).status_code == 302
    assert LOOK not in waiting(settler, world)
    report = client.get(page).text
    assert REASON in report
    assert wording("Not decided yet") not in report


def test_the_page_does_not_offer_to_send_an_approved_decision_back(world: World, signed_in: SignIn) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    world.score_all(dict.fromkeys(world.proposals, 4))
    decision = world.decided(world.proposals[:1], release=False, departure="x")
    decision.approve(by=world.colleague, at=world.at)
    settler = world.person("third", name="Thea Third", staff=True)
    with_a_later_name(world)
    db.session.commit()
    (person,) = {each.row.person_reference for each in still_open(decision.known())}
    page = signed_in(settler).get(world.url(f"/conflicts/{person}")).text
    assert [words in page for words in (MAY_BE_HARMLESS, TOO_LATE_TO_RETURN, TEAMS_KNOW)] == [False, True, False]


def test_only_the_panel_that_it_concerns_is_flagged(world: World) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    with_a_later_address(world)
    there = world.beside(world.published(opens=-15, closes=-5))
    there.submitted(world.team("unrelated", "Unlike Any Other Ltd"))
    there.opened(at=there.challenge.closes_at)
    there.convene(judges=[world.judges[0]])
    db.session.commit()
    with current_app.test_request_context(), clock.at(world.at):
        found = [task for task in tasks(world.colleague, world.at) if task.title.message == LOOK]
    assert [task.about for task in found] == [world.challenge.question]


def test_no_one_settles_what_is_about_themselves(world: World, signed_in: SignIn) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    world.score_all(dict.fromkeys(world.proposals, 4))
    decision = world.decided(world.proposals[:1], release=False, departure="x")
    of_who_proposed_it(world)
    db.session.commit()
    client = signed_in(world.staff)
    url = world.url(f"/conflicts/{world.staff.reference}")
    answer = client.post(url, data=sheet(client.get(url)) | {"because": REASON})
    assert answer.status_code == 422
    assert wording("This is about you, so someone else must decide.") in answer.text
    assert still_open(decision.known())


def test_staff_decide_with_a_reason_that_the_next_person_reads(world: World, signed_in: SignIn) -> None:
    world.panel.seat(world.judges[0], by=world.staff, at=world.at)
    world.score_all(dict.fromkeys(world.proposals, 4))
    with_a_similar_name(world, world.staff)
    verdicts = [
        Verdict(one, rank=place, total=8000, goes_on=place == 1, feedback="Good.", passes=True)
        for place, one in enumerate(world.proposals, start=1)
    ]
    how = {"panel": world.panel, "verdicts": verdicts, "reason": "x", "departure": "y", "by": world.staff}
    db.session.commit()
    page = signed_in(world.staff).get(world.url("/decisions/new"))
    assert "Its name is like the name of Tidewater Signals Ltd" in page.text
    assert "because" in sheet(page)
    with pytest.raises(RuleViolation, match=FIRST):
        Decision.propose(**how, at=world.at)
    decision = Decision.propose(**how, at=world.at, because=REASON)
    at_the_same_domain(world, world.judges[1])
    db.session.commit()
    client = signed_in(world.colleague)
    url = f"/decisions/{decision.reference}"
    shown = sheet(client.get(url), "/approval")
    assert REASON in client.get(url).text
    assert client.post(f"{url}/approval", data=shown).status_code == 422
    refused_again = client.post(f"{url}/approval", data=shown | {"because": ""})
    assert "because" in sheet(refused_again, "/approval")
    assert client.post(f"{url}/approval", data=shown | {"because": "She moved there today."}).status_code == 302
    with_a_shared_member(world, world.colleague)
    db.session.commit()
    db.session.refresh(decision)
    with pytest.raises(RuleViolation, match=FIRST):
        decision.release(by=world.colleague, at=world.at)
    decision.release(by=world.colleague, at=world.at, because="They have parted.")


@pytest.mark.both_databases("queries")
def test_what_we_know_takes_one_statement_for_any_number_of_people_and_teams(world: World) -> None:
    for one in (*world.judges, world.staff, world.colleague):
        with_a_similar_name(world, one)
    at_the_same_domain(world, world.judges[0])
    db.session.commit()
    people = [one.id for one in (*world.judges, world.staff, world.colleague)]
    challenge = world.challenge.id
    with listening() as statements:
        found = known(people, challenge, ABOUT_JUDGES)
    assert len(found) == 5
    assert len(statements) == 1


def test_an_erasure_keeps_the_record_and_forgets_the_person(world: World) -> None:
    judge = world.judges[0]
    at_the_same_domain(world, judge)
    world.panel.seat(judge, by=world.staff, at=world.at, because=REASON)
    db.session.commit()
    Erasure.carry_out(judge, ground=ErasureGround.OPERATOR, by=None, at=world.at)
    db.session.commit()
    assert db.session.scalars(select(ConsideredHint)).one().person_id == judge.id
    assert about(world, judge) == []
