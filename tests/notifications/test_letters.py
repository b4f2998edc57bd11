"""Who is written to about what, in which words, and what never stands in a mail."""

import re
from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from civtech.challenges.models import PARTS, Brief, Challenge, Question
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.funding.models import Release
from civtech.notifications import letters
from civtech.notifications.models import MessageState, OutboxMessage
from civtech.notifications.outbox import silenced
from civtech.notifications.titles import TITLES
from civtech.people import mail
from civtech.people.models import User
from civtech.proposals.models import Opening, Proposal
from tests.support.messages import fragment, wording
from tests.support.sql import joined_anyway
from tests.world import Age, World, build
from tests.world.kept import Worlds

CANARIES = ("CANARY", "Well done.", "As ranked.", "Cables that listen", "We listen to cables", "Sound.")
TYPED = {"question_asked", "question_answered", "deliverable_returned", "challenge_sent_back"}


def told() -> dict[str, set[str]]:
    """Whom each kind of mail in the outbox goes to."""
    found = defaultdict(set)
    query = select(OutboxMessage.template, User.email).join(User, User.id == OutboxMessage.recipient_id)
    for template, email in db.session.execute(query):
        found[template].add(email.partition("@")[0])
    return dict(found)


@pytest.fixture
def world(app: Flask, worlds: Worlds, now: datetime) -> World:
    world = worlds(Age.FUNDED, teams=2)
    db.session.commit()
    return world


def test_the_way_to_the_interview_tells_everybody_who_has_to_know(world: World) -> None:
    teams = {"company_owner", "company_editor", "rival_owner", "rival_editor"}
    assert told() == {
        "challenge_to_approve": {"head", "approver"},
        "challenge_approved": {"head", "author", "drafter"},
        "challenge_to_publish": {"staff", "colleague"},
        "challenge_published": {"head", "author", "drafter", "approver"},
        "proposal_received": teams,
        "opening_to_confirm": {"colleague"},
        "opening_confirmed": {"staff"},
        "proposal_opened": teams,
        "judge_seated": {"judge_one", "judge_two"},
        "decision_to_approve": {"colleague"},
        "decision_approved": {"staff"},
        "assignment_made": {"judge_one", "judge_two"},
        "outcome_released": teams,
        "decision_released": {"head", "author", "drafter", "approver", "acceptor", "judge_one", "judge_two"},
    }


@pytest.mark.both_databases("locks")
def test_a_judge_gets_one_mail_for_all_proposals_that_are_given_at_once(world: World) -> None:
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "assignment_made")).all()
    assert sorted((mail.facts["stage"], mail.recipient_id) for mail in mails) == sorted(
        (stage, judge.id) for stage in ("Sift", "Interview") for judge in (world.judge_one, world.judge_two)
    )


def clear() -> None:
    db.session.execute(OutboxMessage.__table__.delete())
    db.session.commit()


def test_a_funded_stage_tells_each_side_its_part(world: World, now: datetime) -> None:
    clear()
    agreement = world.in_force()
    milestone = agreement.milestones[0]
    owner = world.owner(agreement.proposal)
    milestone.deliver(evidence="CANARY-EVIDENCE", link="https://canary.example", by=owner, at=now)
    milestone.send_back(reason="CANARY-REASON", by=world.acceptor, at=now)
    world.accepted(milestone, at=now)
    release = Release.propose(milestone=milestone, by=world.staff, at=now)
    db.session.flush()
    release.approve(by=world.colleague, at=now)
    db.session.flush()
    release.pay(bank_reference="BACSBANK01", by=world.finance, at=now)
    db.session.commit()
    team = {"company_owner", "company_editor"}
    assert told() == {
        "rights_statement_waiting": {"company_owner", "head", "approver"},
        "background_changed": {"head", "approver"},
        "rights_accepted": {"head", "approver"},
        "agreement_in_force": team | {"head", "acceptor"},
        "release_to_propose": {"staff", "colleague"},
        "deliverable_submitted": {"head", "approver", "acceptor"},
        "deliverable_returned": team,
        "deliverable_accepted": team,
        "release_to_approve": {"colleague", "finance"},
        "release_to_pay": {"finance"},
        "release_approved": team,
        "release_paid": team,
    }
    check_every_letter()


def test_an_answer_goes_to_all_who_work_on_a_proposal_and_nobody_learns_who_asked(world: World, now: datetime) -> None:
    clear()
    at = world.challenge.opens_at + timedelta(days=1)
    question = Question.ask(challenge=world.challenge, text="CANARY-QUESTION", by=world.stranger, at=at)
    db.session.flush()
    question.give_answer(answer="CANARY-ANSWER", by=world.author, at=at)
    db.session.commit()
    assert told() == {
        "question_asked": {"head", "author", "drafter", "approver"},
        "question_answered": {"stranger", "company_owner", "company_editor", "rival_owner", "rival_editor"},
    }
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "question_answered")).all()
    assert len({letters.compose(mail).body for mail in mails}) == 1
    check_every_letter()


def test_withdrawing_and_coming_too_late(app: Flask, worlds: Worlds, now: datetime) -> None:
    scene = worlds(Age.PUBLISHED)
    proposal = scene.submitted()
    db.session.commit()
    clear()
    proposal.withdraw(by=scene.company_owner, at=scene.at)
    with pytest.raises(RuleViolation) as refused:
        proposal.submit(by=scene.company_editor, at=scene.closes_at)
    db.session.commit()
    emit(refused.value.recorded)
    db.session.commit()
    team = {"company_owner", "company_editor"}
    assert told() == {"proposal_withdrawn": team, "late_submission_refused": {"company_editor"}}
    check_every_letter()
    assert fragment("because the challenge closed at") in body_of("late_submission_refused")


def body_of(template: str) -> str:
    return letters.compose(
        db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)).one()
    ).body


def test_the_address_before_is_told_where_to_write(app: Flask) -> None:
    letter = OutboxMessage(template="address_changed", facts={"link": ("people.account", {})})
    assert (
        wording("If this was not you, email %(address)s immediately.", address=app.config["PROGRAMME_CONTACT"])
        in letters.compose(letter).body
    )


def test_a_challenge_that_is_sent_back_says_nothing_but_its_question_and_the_message(
    world: World, now: datetime
) -> None:
    clear()
    challenge = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=Brief(**{**dict.fromkeys((part.key for part in PARTS), "CANARY"), "question": "Which road?"}),
        budgets=dict.fromkeys(world.challenge.round.funded_stages, 100000),
        by=world.author,
        at=now,
    )
    db.session.flush()
    challenge.propose(by=world.author, at=now)
    challenge.send_back(message="Please name the road.", by=world.approver, at=now)
    challenge.propose(by=world.author, at=now)
    challenge.approve(by=world.approver, at=now)
    db.session.commit()
    assert told() == {
        "challenge_to_approve": {"head", "approver"},
        "challenge_sent_back": {"head", "author", "drafter"},
        "challenge_approved": {"head", "author", "drafter"},
        "challenge_to_publish": {"staff", "colleague"},
    }
    check_every_letter()


def check_every_letter() -> None:
    """One link of ours, name and reference in the subject, why one got it, and nothing confidential."""
    for message in db.session.scalars(select(OutboxMessage)):
        letter = letters.compose(message)
        assert message.facts["reference"] in letter.subject
        assert len(letter.subject) < 100
        assert len(re.findall(r"https?://", letter.body)) == 1
        assert re.search(r"^http://localhost:8000/\S+$", letter.body, re.MULTILINE)
        assert re.search(r"\n--\nYou get this email (because|once,|when)", letter.body)
        assert "\n\n\n" not in letter.body
        assert len(letter.body) < 2000
        ours = "\n".join(line for line in letter.body.split("\n") if not line.startswith("> "))
        assert (ours != letter.body) is (message.template in TYPED), message.template
        for canary in CANARIES:
            assert canary not in letter.subject + ours, (message.template, canary)
        assert message.template in TITLES


def test_the_letters_of_the_whole_way_keep_to_the_rules(world: World, now: datetime) -> None:
    world.offered(at=now - timedelta(days=1))
    db.session.commit()
    check_every_letter()


def test_the_letters_about_a_taken_back_and_discarded_offer_keep_to_the_rules(world: World, now: datetime) -> None:
    agreement = world.offered(at=now - timedelta(days=1))
    db.session.commit()
    clear()
    agreement.take_back(by=world.staff, at=now)
    db.session.flush()
    agreement.discard(by=world.staff, at=now)
    db.session.commit()
    officers = {"company_owner", "head", "approver"}
    assert told() == {"offer_taken_back": officers, "agreement_discarded": officers}
    check_every_letter()


def test_a_deadline_stands_in_the_mail_with_its_zone(world: World) -> None:
    message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "proposal_received")).first()
    body = letters.compose(message).body
    assert "Challenge closes: 9:30am on Thursday 31 December 2026 (UK time)" in body
    assert f"/proposals/{message.facts['reference']}/receipt" in body


def test_an_outcome_mail_does_not_say_what_the_outcome_is(world: World, now: datetime) -> None:
    clear()
    for team in world.proposals:
        world.in_force(team)
    clear()
    world.decide("exploration", world.proposals[:1], now, declined=world.proposals[1:])
    db.session.commit()
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "outcome_released")).all()
    texts = {
        re.sub(
            r"[GP]-\w{4}-\w{4}|Tidewater Signals Ltd|Peat and Pixels Ltd",
            "…",
            "".join(vars(letters.compose(mail)).values()),
        )
        for mail in mails
    }
    assert len(mails) == 4
    assert len(texts) == 1


def test_mails_about_accounts_go_through_the_outbox(app: Flask, now: datetime) -> None:
    person = User.register(name="Ada", email="ada@people.example", at=now)
    db.session.flush()
    mail._deliver[0]("ADA@people.example", "Confirm your address", "http://127.0.0.1:8000/confirmation/secret")
    mail._deliver[0]("new@people.example", "Hello", "x")
    db.session.commit()
    known, unknown = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    assert (known.recipient_id, known.address) == (person.id, None)
    assert (unknown.recipient_id, unknown.address) == (None, "new@people.example")
    assert letters.compose(known).body == "http://127.0.0.1:8000/confirmation/secret"


def test_nothing_is_mailed_while_the_outbox_is_silenced(app: Flask, now: datetime) -> None:
    with silenced():
        build(Age.FUNDED, now, teams=1)
        db.session.commit()
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_every_kind_of_mail_has_a_template_and_the_other_way_round(app: Flask) -> None:
    names = {
        name.removeprefix("mail/").removesuffix(".txt")
        for name in app.jinja_env.list_templates()
        if name.startswith("mail/")
    }
    assert names - {"layout", "why"} == set(TITLES) - {"account"}


def test_members_who_only_look_on_are_not_written_to(world: World) -> None:
    assert not {"company_viewer", "rival_viewer"} & set.union(*told().values())
    assert {proposal.reference for proposal in db.session.scalars(select(Proposal)).unique()} == {
        message.facts["reference"]
        for message in db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "proposal_received"))
    }
    assert set(db.session.scalars(select(OutboxMessage.state))) == {MessageState.QUEUED}


@pytest.mark.both_databases("guards")
def test_nobody_is_asked_to_be_the_second_person_who_may_not_be_it(world: World, now: datetime) -> None:
    for key in ("third", "leaver"):
        world.person(key, staff=True)
    world.leaver.active = False
    world.judges[1] = world.third
    for team in world.proposals:
        world.in_force(team)
    clear()
    world.decide("exploration", world.proposals[:1], now, declined=world.proposals[1:])
    db.session.commit()
    assert told()["decision_to_approve"] == {"colleague"}
    clear()
    later = now + timedelta(hours=2)
    milestone = world.accepted(world.in_force(stage="accelerator", amounts=(1_000,), at=now).milestones[0], at=later)
    joined_anyway(world.colleague, milestone.agreement.company, now)
    db.session.commit()
    db.session.refresh(world.colleague)
    Release.propose(milestone=milestone, by=world.staff, at=later)
    db.session.commit()
    assert told()["release_to_approve"] == {"third", "finance"}


@pytest.mark.both_databases("guards")
def test_who_asks_for_the_opening_is_not_asked_to_confirm_it_and_neither_is_a_rival(
    app: Flask, worlds: Worlds, now: datetime
) -> None:
    scene = worlds(Age.PUBLISHED)
    scene.submitted()
    third = scene.person("third", staff=True)
    scene.started(scene.rival)
    joined_anyway(third, scene.rival, now)
    db.session.commit()
    db.session.refresh(third)
    clear()
    Opening.request(challenge=scene.challenge, by=scene.staff, at=scene.closes_at)
    db.session.commit()
    assert told() == {"opening_to_confirm": {"colleague"}}
    check_every_letter()
