"""Cancelling a challenge tells everyone concerned, once each, with what it means for them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from civtech.challenges.models import Question
from civtech.core import clock
from civtech.core.db import db
from civtech.judging.models import Panel
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import User
from civtech.proposals.models import Proposal
from tests.factories.verbs import DAY
from tests.support.databases import States
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import Age, World, build
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
REASON = "The bridge is closed until 2030."


@pytest.fixture
def world(app: Flask, worlds: Worlds, now) -> World:
    """A challenge that is open now."""
    return worlds(Age.PUBLISHED)


def forget() -> None:
    db.session.execute(OutboxMessage.__table__.delete())
    db.session.commit()


def mails() -> dict[str, str]:
    """Each mail about a cancelled challenge in words, by the name of who gets it; nobody gets two."""
    found: dict[str, str] = {}
    query = select(OutboxMessage, User.email).join(User, User.id == OutboxMessage.recipient_id)
    for message, email in db.session.execute(query.where(OutboxMessage.template == "challenge_cancelled")).unique():
        name = email.partition("@")[0]
        assert name not in found, f"{name} is told twice"
        found[name] = letters.compose(message).body
    return found


def cancelled(world: World, by: str = "staff") -> dict[str, str]:
    db.session.commit()
    forget()
    world.challenge.cancel(message=REASON, by=world.people[by], at=world.at)
    db.session.commit()
    return mails()


def test_cancelling_tells_everyone_with_a_draft_or_a_submission_everyone_who_asked_and_the_sponsors_people(
    world: World,
) -> None:
    world.submitted()
    world.started(world.rival, "Peat that listens")
    Question.ask(challenge=world.challenge, text="Are there maps?", by=world.stranger, at=world.at)
    told = cancelled(world)
    team = {f"{name}_{role}" for name in ("company", "rival") for role in ("owner", "editor", "viewer")}
    assert set(told) == team | {"stranger", "head", "author", "drafter", "approver", "colleague"}
    said = f"{fragment('Programme staff have cancelled the challenge “')}How can we count traffic without new cables?”"
    for words in told.values():
        assert said in words
        assert world.challenge.reference in words
        assert REASON in words
        assert "9:30" in words
        assert words.count("http") == 1
        assert wording("You get this email because:") in words
    assert fragment("The proposal you submitted stays sealed.") in told["company_viewer"]
    assert (
        wording("We keep your draft. No one outside your team has read it. You can no longer submit it.")
        in told["rival_editor"]
    )
    assert wording("Your question will not be answered. We did not show your name to anyone.") in told["stranger"]
    assert wording("The budget is yours again. You can no longer answer open questions.") in told["approver"]
    assert wording("You have nothing left to do for this challenge.") in told["colleague"]


def test_the_mail_says_that_the_sponsor_cancelled_it_and_never_who_pressed_the_button(world: World) -> None:
    world.submitted()
    told = cancelled(world, "approver")
    assert set(told) == {
        *("company_owner", "company_editor", "company_viewer"),
        *("head", "author", "drafter", "staff", "colleague"),
    }
    said = wording(
        "%(organisation)s has cancelled the challenge “%(question)s”. This cannot be undone.",
        organisation="Northern Roads Authority",
        question=world.challenge.question,
    )
    for words in told.values():
        assert said in words
        assert world.approver.name not in words


def test_a_person_with_several_reasons_gets_one_mail_that_names_them_all(world: World) -> None:
    world.submitted()
    world.rival.admit(world.company_editor, MemberRole.VIEWER, by=None, at=world.at)
    world.started(world.rival, "Peat that listens")
    question = Question.ask(challenge=world.challenge, text="Are there maps?", by=world.company_editor, at=world.at)
    db.session.flush()
    question.give_answer(answer="Yes.", by=world.author, at=world.at)
    words = cancelled(world)["company_editor"]
    for said in (
        fragment("The proposal you submitted stays sealed."),
        fragment("We keep your draft."),
        fragment("The question you asked and its answer stay"),
        wording("you belong to a team with a proposal for this challenge"),
        wording("you asked a question about it"),
    ):
        assert words.count(said) == 1


def test_who_left_the_team_or_was_deactivated_is_not_told_and_who_joined_since_is(world: World) -> None:
    world.submitted()
    joined = world.person("joined_since")
    world.company.admit(joined, MemberRole.VIEWER, by=None, at=world.at)
    held = next(one for one in world.company_editor.memberships if one.organisation_id == world.company.id)
    world.company.end(held, by=world.company_owner, at=world.at)
    db.session.flush()
    world.company_viewer.deactivate(by=None, at=world.at)
    told = set(cancelled(world))
    assert "joined_since" in told
    assert not {"company_editor", "company_viewer"} & told


def test_who_withdrew_or_was_put_on_the_panel_is_told_too(world: World) -> None:
    world.submitted().withdraw(by=world.company_owner, at=world.at)
    judge = world.person("judge")
    panel = Panel.convene(challenge=world.challenge, stage=world.challenge.round.stages[0], by=world.staff, at=world.at)
    db.session.flush()
    panel.seat(judge, by=world.staff, at=world.at)
    told = cancelled(world)
    assert (
        wording("We keep your draft. No one outside your team has read it. You can no longer submit it.")
        in told["company_owner"]
    )
    assert wording("You have nothing to judge.") in told["judge"]


def test_a_draft_that_is_cancelled_tells_its_sponsors_people_only(app: Flask, worlds: Worlds, now) -> None:
    sponsor = worlds(Age.PREPARED)
    challenge = sponsor.drafted()
    db.session.commit()
    forget()
    challenge.cancel(message=REASON, by=sponsor.head, at=now)
    db.session.commit()
    told = mails()
    assert set(told) == {"author", "drafter", "approver"}
    assert all(
        wording("The draft can no longer be changed, approved or published.") in words for words in told.values()
    )


def test_a_challenge_that_waited_for_staff_tells_them_when_it_is_cancelled(app: Flask, worlds: Worlds, now) -> None:
    sponsor = worlds(Age.PREPARED)
    challenge = sponsor.approved()
    db.session.commit()
    forget()
    challenge.cancel(message=REASON, by=sponsor.approver, at=now)
    db.session.commit()
    assert set(mails()) == {"head", "author", "drafter", "staff", "colleague"}


def test_sending_back_what_waited_for_staff_tells_them_and_not_who_did_it(app: Flask, worlds: Worlds, now) -> None:
    sponsor = worlds(Age.PREPARED)
    challenge = sponsor.approved()
    db.session.commit()
    forget()
    challenge.send_back(message="The figures are old.", by=sponsor.approver, at=now)
    db.session.commit()
    query = select(OutboxMessage, User.name).join(User, User.id == OutboxMessage.recipient_id)
    told = {(message.template, name): letters.compose(message).body for message, name in db.session.execute(query)}
    assert set(told) == {
        ("challenge_sent_back", "Hamish Head"),
        ("challenge_sent_back", "Ailsa Author"),
        ("challenge_sent_back", "Sandy Second"),
        ("challenge_not_to_publish", "Sorcha Staff"),
        ("challenge_not_to_publish", "Callum Colleague"),
    }
    assert "Someone at Northern Roads Authority sent your challenge" in told["challenge_sent_back", "Ailsa Author"]
    assert "Northern Roads Authority sent it back" in told["challenge_not_to_publish", "Sorcha Staff"]


def test_staff_who_send_back_are_said_to_be_staff(app: Flask, worlds: Worlds, now) -> None:
    sponsor = worlds(Age.PREPARED)
    challenge = sponsor.put_forward()
    db.session.commit()
    forget()
    challenge.send_back(message="The figures are old.", by=sponsor.staff, at=now)
    db.session.commit()
    found = db.session.scalars(select(OutboxMessage)).unique().all()
    assert {message.template for message in found} == {"challenge_sent_back"}
    assert all(fragment("Programme staff sent your challenge") in letters.compose(message).body for message in found)


def test_the_outbox_never_tells_staff_who_had_a_draft_or_asked(world: World, signed_in: SignIn) -> None:
    world.started()
    cancelled(world)
    page = signed_in(world.staff).get("/outbox").text
    assert wording("Not shown, because it could identify someone who asked or has a proposal") in page
    for known in (world.company_owner, world.company_editor, world.company_viewer):
        assert known.name not in page
        assert known.email not in page
        assert known.reference not in page


def test_the_page_writes_the_mails_in_the_transaction_that_cancels(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.submitted()
    db.session.commit()
    forget()
    browser = signed_in(world.staff)
    path = f"/challenges/{world.challenge.slug}/cancellation"
    sent = {**sheet(browser.get(path)), "message": REASON}
    assert browser.post(path, data={**sent, "message": " "}).status_code == 422
    assert mails() == {}
    assert browser.post(path, data=sent).status_code == 302
    assert len(mails()) == 8


def crowd(world: World, number: int) -> None:
    """So many people, each alone in a team of their own with a draft."""
    then = world.at - DAY
    for place in range(number):
        person = User.register(name=f"Person {place}", email=f"p{place}@crowd.example", at=then)
        person.active, person.confirmed_at = True, then
        db.session.flush()
        team = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name=f"Person {place}", by=person, at=then)
        db.session.flush()
        Proposal.start(challenge=world.challenge, organisation=team, title="One idea", by=person, at=world.at)
        db.session.flush()


def cost(app: Flask, people: int) -> int:
    world = build(Age.PUBLISHED, clock.now())
    crowd(world, people)
    db.session.commit()
    db.session.expire_all()
    count = 0

    def note(*_facts: object) -> None:
        nonlocal count
        count += 1

    challenge, staff = world.challenge, world.staff
    _known = (challenge.round.name, challenge.sponsor.name, challenge.budgets, staff.memberships)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        challenge.cancel(message=REASON, by=staff, at=world.at)
        db.session.flush()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(mails()) == people + 5
    return count


def test_telling_a_hundred_people_costs_no_more_statements_than_telling_one(app: Flask, states: States, now) -> None:
    one = cost(app, 1)
    db.session.rollback()
    states.put_back()
    assert cost(app, 100) == one
