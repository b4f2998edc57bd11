"""Those who asked a question, could read it early, judged or opened the answers do not answer it, in any role (A2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from civtech.challenges.models import Challenge, Tie, has_tie
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.references import new_token
from civtech.judging.models import Panel
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.proposals.models import Proposal, digest_of
from civtech.roles.models import RoleGrant
from tests.support.messages import fragment, wording
from tests.support.sql import done, moment, refused, without
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("guards")

SignIn = Callable[[User], FlaskClient]
DAY = timedelta(days=1)
ACTED = fragment("You act, or acted, for the public body that set this challenge")
READ = "could read this challenge before it was published"
JUDGED = "You are, or were, on a panel that judges this challenge"
ONE_OF_US = fragment("The organisation cannot answer the challenge while they belong to it")
NOT_YET = "cannot join"
NO_SIDES = "cannot be in a team that answers it"


def leave(person: User, organisation: Organisation, at: datetime) -> None:
    for held in [one for one in person.memberships if one.organisation_id == organisation.id]:
        organisation.end(held, by=person, at=at)
    db.session.commit()


def own_company(person: User, at: datetime) -> Organisation:
    made = Organisation.create(kind=OrganisationKind.COMPANY, legal_name=f"{person.name} Ltd", by=person, at=at)
    db.session.commit()
    return made


def start(world: World, person: User, company: Organisation) -> Proposal:
    proposal = Proposal.start(challenge=world.challenge, organisation=company, title="Inside", by=person, at=world.at)
    db.session.flush()
    return proposal


def start_in_sql(world: World, person: User, company: Organisation) -> str:
    return refused(
        "INSERT INTO proposal (reference, challenge_id, organisation_id, number, state, title, summary, draft_title, "
        "draft_summary, started_at, started_by_id, version) VALUES ('P-SQL', :challenge, :company, 1, 'draft', 'T', "
        "'', 'T', '', :at, :person, 1)",
        challenge=world.challenge.id, company=company.id, person=person.id, at=moment(world.at),
    )  # fmt: skip


def join_in_sql(world: World, person: User, company: Organisation) -> str:
    return refused(
        "INSERT INTO membership (user_id, organisation_id, role, since) VALUES (:person, :company, 'editor', :at)",
        person=person.id, company=company.id, at=moment(world.at),
    )  # fmt: skip


@pytest.mark.parametrize("who", ["author", "approver", "acceptor"])
def test_someone_who_left_the_sponsor_neither_starts_nor_sends_an_answer(
    world: World, signed_in: SignIn, who: str
) -> None:
    person = world.people[who]
    leave(person, world.body, world.at - DAY)
    company = own_company(person, world.at)
    with pytest.raises(RuleViolation, match=ACTED):
        start(world, person, company)
    client = signed_in(person)
    page = f"/challenges/{world.challenge.slug}"
    assert "/proposals/new" not in client.get(page).text
    form = {"idempotency_key": new_token(), "organisation": company.reference, "title": "Inside job"}
    assert client.post(f"{page}/proposals/new", data=form).status_code == 403
    assert NO_SIDES in start_in_sql(world, person, company)


def test_someone_who_left_the_sponsor_before_the_first_draft_may_answer(world: World) -> None:
    person = world.person("early")
    world.body.admit(person, MemberRole.AUTHOR, by=None, at=world.at - 200 * DAY)
    db.session.flush()
    with without("membership_of_a_sponsor_does_not_end_in_the_past"):
        leave(person, world.body, world.challenge.drafted_at - DAY)
    assert start(world, person, own_company(person, world.at)).reference


@pytest.mark.parametrize("role", [ProgrammeRole.STAFF, ProgrammeRole.AUDITOR])
@pytest.mark.parametrize("scoped", ["programme", "round", "challenge"])
def test_someone_who_could_read_the_draft_for_the_programme_does_not_answer_it(
    world: World, role: ProgrammeRole, scoped: str
) -> None:
    person = world.person("reader")
    scope = {
        "programme": Scope(ScopeKind.PROGRAMME, ""),
        "round": Scope(ScopeKind.ROUND, world.challenge.round.reference),
        "challenge": Scope(ScopeKind.CHALLENGE, world.challenge.reference),
    }[scoped]
    before = world.challenge.drafted_at
    held = RoleGrant.by_operator(person, role, at=before, scope=scope)
    db.session.flush()
    held.end(by=None, at=before + DAY)
    db.session.commit()
    company = own_company(person, world.at)
    with pytest.raises(RuleViolation, match=READ):
        start(world, person, company)
    assert NO_SIDES in start_in_sql(world, person, company)


def test_a_role_that_opened_no_draft_or_came_later_forbids_nothing(world: World) -> None:
    judge, late = world.person("judge"), world.person("late")
    RoleGrant.by_operator(judge, ProgrammeRole.JUDGE, at=world.challenge.drafted_at)
    held = RoleGrant.by_operator(late, ProgrammeRole.STAFF, at=world.challenge.published_at + DAY)
    db.session.flush()
    held.end(by=None, at=world.challenge.published_at + 2 * DAY)
    db.session.commit()
    for person in (judge, late):
        assert start(world, person, own_company(person, world.at)).reference


def test_a_judge_of_the_challenge_does_not_answer_it(world: World) -> None:
    judge = world.person("judge")
    panel = Panel.convene(challenge=world.challenge, stage=world.challenge.round.stages[0], by=world.staff, at=world.at)
    db.session.flush()
    panel.seat(judge, by=world.staff, at=world.at)
    db.session.commit()
    company = own_company(judge, world.at)
    with pytest.raises(RuleViolation, match=JUDGED):
        start(world, judge, company)
    assert NO_SIDES in start_in_sql(world, judge, company)
    world.started()
    with pytest.raises(RuleViolation, match=NOT_YET):
        world.company.admit(judge, MemberRole.EDITOR, by=None, at=world.at)


def test_a_company_with_someone_of_the_other_side_in_it_answers_once_they_have_left(
    world: World, signed_in: SignIn
) -> None:
    leave(world.author, world.body, world.at - DAY)
    world.company.admit(world.author, MemberRole.VIEWER, by=None, at=world.at)
    db.session.commit()
    form = {"idempotency_key": new_token(), "organisation": world.company.reference, "title": "By the back door"}
    answer = signed_in(world.company_owner).post(f"/challenges/{world.challenge.slug}/proposals/new", data=form)
    assert answer.status_code == 422
    assert ONE_OF_US in answer.text
    assert "By the back door" in answer.text
    assert NO_SIDES in start_in_sql(world, world.company_owner, world.company)
    leave(world.author, world.company, world.at)
    assert start(world, world.company_owner, world.company).reference


def test_nobody_from_the_other_side_joins_a_team_while_its_challenge_is_under_way(
    world: World, signed_in: SignIn, now: datetime
) -> None:
    world.started()
    leave(world.author, world.body, world.at - DAY)
    invitation = Invitation.send(world.company, world.author.email, MemberRole.EDITOR, by=world.company_owner, at=now)
    db.session.commit()
    answer = signed_in(world.author).post(f"/invitations/{invitation.reference}/acceptance")
    assert answer.status_code == 422
    assert fragment("They can join when the challenge is cancelled or its round is closed") in answer.text
    assert not world.author.acts_for(world.company)
    assert NO_SIDES in join_in_sql(world, world.author, world.company)


def test_nor_by_a_request_to_join(world: World, now: datetime) -> None:
    world.started()
    leave(world.approver, world.body, world.at - DAY)
    for person in (world.approver, world.company_owner):
        person.email = person.email.replace("people", "roads")
    db.session.flush()
    request = JoinRequest.ask(world.company, by=world.approver, at=now)
    db.session.flush()
    with pytest.raises(RuleViolation, match=NOT_YET):
        request.accept(role=MemberRole.EDITOR, by=world.company_owner, at=now)


def test_they_join_when_the_challenge_is_cancelled(world: World) -> None:
    world.started()
    leave(world.author, world.body, world.at - DAY)
    world.challenge.cancel(message="No budget.", by=world.head, at=world.at)
    db.session.commit()
    assert world.company.admit(world.author, MemberRole.EDITOR, by=None, at=world.at).role is MemberRole.EDITOR
    db.session.flush()


def test_what_was_started_before_is_not_sent_by_someone_who_was_put_on_the_panel_since(world: World) -> None:
    """The guards below refuse it where two did both at the same moment."""
    proposal = world.written()
    panel = Panel.convene(challenge=world.challenge, stage=world.challenge.round.stages[0], by=world.staff, at=world.at)
    db.session.flush()
    with without("seat_keeps_out_the_teams"):
        db.session.execute(
            Panel.seats.property.mapper.local_table.insert(),
            {"panel_id": panel.id, "judge_id": world.company_editor.id, "since": world.at},
        )
    with pytest.raises(RuleViolation, match=ONE_OF_US):
        proposal.submit(by=world.company_owner, at=world.at)
    said = refused(
        "INSERT INTO submission (proposal_id, number, received_at, submitted_by_id, content, digest) "
        "VALUES (:proposal, 1, :at, :person, '{}', :digest)",
        proposal=proposal.id, at=moment(world.at), person=world.company_owner.id, digest=digest_of({}),
    )  # fmt: skip
    assert NO_SIDES in said


def test_a_membership_is_ended_and_kept(world: World) -> None:
    leave(world.author, world.body, world.at)
    row = db.session.query(Membership).filter_by(user_id=world.author.id).one()
    assert (row.until, world.author.memberships) == (world.at, [])
    assert not world.author.acts_for(world.body)
    assert wording("Roles in organisations are kept after they end: what people may judge depends on them.") in refused(
        "DELETE FROM membership WHERE id = :id", id=row.id
    )
    assert wording("A role in an organisation can be ended, but not turned into another.") in refused(
        "UPDATE membership SET until = NULL WHERE id = :id", id=row.id
    )
    assert wording("A role in an organisation ends after it begins.") in refused(
        "INSERT INTO membership (user_id, organisation_id, role, since, until) "
        "VALUES (:who, :body, 'author', :at, :at)",
        who=world.author.id, body=world.body.id, at=moment(world.at),
    )  # fmt: skip
    again = world.body.admit(world.author, MemberRole.AUTHOR, by=None, at=world.at + DAY)
    db.session.commit()
    assert world.author.memberships == [again]


def test_a_role_does_not_end_in_the_past(world: World) -> None:
    """A tie would go with it."""
    world.started()
    said = fragment("You cannot end a role in the past.")
    back = "UPDATE membership SET until = since WHERE user_id = :who"
    early = world.person("early")
    world.body.admit(early, MemberRole.AUTHOR, by=None, at=world.at - 200 * DAY)
    assert said in refused(back, who=early.id)
    assert said in refused(back, who=world.company_editor.id)
    reader = world.person("reader")
    RoleGrant.by_operator(reader, ProgrammeRole.AUDITOR, at=world.challenge.drafted_at - 9 * DAY)
    db.session.flush()
    assert said in refused(
        "UPDATE role_grant SET state = 'ended', ended_at = :then WHERE user_id = :who",
        who=reader.id, then=moment(world.challenge.drafted_at - DAY),
    )  # fmt: skip


def test_a_draft_that_moved_to_another_round_keeps_its_early_readers(world: World, now: datetime) -> None:
    here = world.challenge.round
    there = Round.create(name="Round 10", pathway=here.pathway, currency="GBP", by=world.staff, at=now - 50 * DAY)
    db.session.flush()
    draft = Challenge.draft(
        round=here, sponsor=world.body, brief=world.challenge.brief, budgets={}, by=world.author, at=now - 40 * DAY
    )
    reader = world.person("reader")
    scope = Scope(ScopeKind.ROUND, here.reference)
    held = RoleGrant.by_operator(reader, ProgrammeRole.STAFF, at=now - 39 * DAY, scope=scope)
    db.session.flush()
    held.end(by=None, at=now - 38 * DAY)
    draft.round = there
    db.session.commit()
    with without("challenge_moves_as_declared", "challenge_is_published_by_staff", "challenge_is_fixed"):
        db.session.execute(
            Challenge.__table__.update().where(Challenge.id == draft.id),
            {"state": "draft", "published_at": now - DAY},
        )
    db.session.expire_all()
    assert has_tie(reader, draft.id, Tie.PROGRAMME)


def test_those_who_decided_do_not_join_the_team_they_chose(worlds: Worlds, app: object, now: datetime) -> None:
    world = worlds(Age.RECEIVED)
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.decided(world.proposals[:1])
    colleague = world.colleague
    colleague.granted_roles[0].end(by=None, at=now)
    db.session.flush()
    db.session.expire(colleague)
    with pytest.raises(RuleViolation, match=NOT_YET):
        world.company.admit(colleague, MemberRole.EDITOR, by=None, at=now)


def test_the_reason_is_given_on_the_page_and_at_the_address_of_the_form(world: World, signed_in: SignIn) -> None:
    leave(world.author, world.body, world.at - DAY)
    client = signed_in(world.author)
    page = f"/challenges/{world.challenge.slug}"
    assert ACTED in client.get(page).text
    answer = client.get(f"{page}/proposals/new")
    assert answer.status_code == 403
    assert ACTED in answer.text
    assert fragment("ask an owner of your organisation") not in answer.text


def test_only_a_role_held_while_the_draft_was_written_ties(world: World) -> None:
    """One that was granted early but starts late, and ones that ended or ran out before the first draft."""
    drafted, published = world.challenge.drafted_at, world.challenge.published_at
    late, ended, out = world.person("late"), world.person("ended"), world.person("out")
    RoleGrant.by_operator(late, ProgrammeRole.STAFF, at=drafted, starts_at=published + DAY)
    RoleGrant.by_operator(out, ProgrammeRole.STAFF, at=drafted - 9 * DAY, ends_at=drafted - DAY)
    held = RoleGrant.by_operator(ended, ProgrammeRole.STAFF, at=drafted - 9 * DAY)
    db.session.flush()
    with without("role_grant_does_not_end_in_the_past"):
        held.end(by=None, at=drafted - DAY)
        db.session.flush()
    assert [has_tie(one, world.challenge.id, Tie.PROGRAMME) for one in (late, ended, out)] == [False] * 3


def test_they_join_by_sql_too_once_the_round_is_closed(world: World) -> None:
    world.started()
    leave(world.author, world.body, world.at - DAY)
    assert NO_SIDES in join_in_sql(world, world.author, world.company)
    with without("round_waits_for_its_challenges"):
        done("UPDATE round SET state = 'finished', finished_at = :at", at=moment(world.at))
    done(
        "INSERT INTO membership (user_id, organisation_id, role, since) VALUES (:who, :where, 'editor', :at)",
        who=world.author.id, where=world.company.id, at=moment(world.at),
    )  # fmt: skip


def test_a_draft_does_not_change_its_sponsor(world: World) -> None:
    """The ties of the first public body would go with it."""
    draft = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=world.challenge.brief,
        budgets={},
        by=world.author,
        at=world.at,
    )
    db.session.flush()
    assert wording("What was sent for approval, approved, published or cancelled cannot be changed.") in refused(
        "UPDATE challenge SET sponsor_id = :other WHERE id = :id", other=world.company.id, id=draft.id
    )
