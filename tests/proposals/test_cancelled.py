"""What a cancelled challenge shows: who cancelled it, why, no deadline and no task that cannot be done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.challenges.models import Challenge, Question, Side
from civtech.core import clock
from civtech.core.db import db
from civtech.judging.models import Panel
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Round
from civtech.proposals.models import Proposal
from civtech.roles.models import RoleGrant
from civtech.stages.personal import ended_at
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import refused
from tests.world import Age, World
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]
REASON = "The bridge is closed until 2030."
DEADLINE = "11 March 2027"
BY_STAFF = "Programme staff cancelled this challenge on 1 March 2027"
BY_SPONSOR = "Northern Roads Authority cancelled this challenge on 1 March 2027"


@pytest.fixture
def world(app: Flask, worlds: Worlds, now) -> World:
    """A challenge with a submission, a draft, an open question and a convened panel, all of it committed."""
    world = worlds(Age.PUBLISHED)
    world.submitted()
    world.started(world.rival, "Peat that listens")
    Question.ask(challenge=world.challenge, text="Are there maps?", by=world.stranger, at=now)
    panel = Panel.convene(challenge=world.challenge, stage=world.challenge.round.stages[0], by=world.staff, at=now)
    db.session.flush()
    panel.seat(world.person("judge"), by=world.staff, at=now)
    world.person("secretary", secretary=True)
    db.session.commit()
    return world


def cancel(world: World, by: str = "staff") -> str:
    """Cancel it and answer its slug."""
    world.challenge.cancel(message=REASON, by=world.people[by], at=world.at)
    db.session.commit()
    return world.challenge.slug


def references() -> tuple[str, str, str]:
    """Of the submitted proposal, of the draft, and of the question."""
    submitted, draft = db.session.scalars(db.select(Proposal.reference).order_by(Proposal.id))
    return submitted, draft, db.session.scalars(db.select(Question.reference)).one()


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("company_editor", "/proposals/{submitted}"),
        ("company_editor", "/proposals/{submitted}/check"),
        ("company_editor", "/proposals/{submitted}/summary"),
        ("company_editor", "/proposals/{submitted}/sections/{section}"),
        ("company_editor", "/proposals/{submitted}/receipt"),
        ("company_owner", "/proposals/{submitted}/withdrawal"),
        ("company_owner", "/timeline/{submitted}"),
        ("rival_editor", "/proposals/{draft}"),
        ("rival_editor", "/proposals/{draft}/check"),
        ("stranger", "/challenges/{slug}"),
        ("stranger", "/challenges/{slug}/questions/new"),
        ("stranger", "/challenges/{slug}/proposals/new"),
        ("approver", "/challenges/{slug}"),
        ("approver", "/challenges/{slug}/questions"),
        ("author", "/challenges/{slug}/questions/{question}/answer"),
        ("approver", "/challenges/{slug}/proposals"),
        ("staff", "/challenges/{slug}/proposals"),
        ("staff", "/challenges/{slug}/opening"),
        ("staff", "/challenges/{slug}/panels/sift"),
        ("staff", "/challenges/{slug}/panels/sift/judges"),
        ("staff", "/challenges/{slug}/panels/sift/due-date"),
        ("staff", "/challenges/{slug}/panels/sift/assignments"),
        ("staff", "/challenges/{slug}/panels/interview"),
        ("finance", "/money"),
        (None, "/register/{slug}"),
        (None, "/challenges/{slug}"),
    ],
)
@pytest.mark.parametrize(("by", "said"), [("staff", BY_STAFF), ("approver", BY_SPONSOR)])
def test_every_page_about_a_cancelled_challenge_says_who_cancelled_it_and_shows_no_deadline(
    world: World, client: FlaskClient, signed_in: SignIn, who: str | None, page: str, by: str, said: str
) -> None:
    slug = cancel(world, by)
    submitted, draft, question = references()
    section = world.challenge.round.pathway.sections[0].key
    browser = signed_in(world.people[who]) if who else client
    path = page.format(slug=slug, submitted=submitted, draft=draft, question=question, section=section)
    if page.startswith("/timeline"):
        path = f"/proposals/{submitted}/timeline"
    answer = browser.get(path)
    assert answer.status_code == 200
    assert said in answer.text
    assert DEADLINE not in answer.text
    assert wording("Next step") not in answer.text
    if who != "finance":
        assert REASON in answer.text
    for button in (
        wording("Submit your proposal again"),
        wording("Save and continue"),
        wording("Preview answer"),
        wording("Send question"),
        wording("Add judge to the panel"),
    ):
        assert f">{button}</button>" not in answer.text


@pytest.mark.parametrize("path", ["/challenges", "/register", "/proposals", "/home"])
@pytest.mark.parametrize(("by", "said"), [("staff", "programme staff"), ("approver", "Northern Roads Authority")])
def test_lists_say_who_cancelled_it_and_show_no_deadline(
    world: World, signed_in: SignIn, path: str, by: str, said: str
) -> None:
    cancel(world, by)
    page = signed_in(world.company_owner).get(path).text
    assert said in page.replace(wording("Programme staff"), "programme staff")
    assert DEADLINE not in page
    assert "in 1 week" not in page


def test_the_list_of_managed_challenges_names_no_waiting_question(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.approver)
    assert wording("%(num)s question is waiting for an answer", num="1") in browser.get("/challenges/manage").text
    cancel(world)
    page = browser.get("/challenges/manage").text
    assert wording("%(num)s question is waiting for an answer", num="1") not in page
    assert wording("by programme staff") in page


@pytest.mark.parametrize(
    "who",
    [
        *("head", "author", "approver", "staff", "colleague", "finance", "secretary", "judge", "auditor"),
        *("company_owner", "company_editor", "rival_owner", "stranger"),
    ],
)
def test_no_task_of_a_cancelled_challenge_waits_for_anyone(world: World, signed_in: SignIn, who: str) -> None:
    cancel(world)
    for at in (world.at, world.closes_at + timedelta(days=1)):
        with clock.at(at):
            page = signed_in(world.people[who]).get("/home").text
            for task in (
                fragment("Answer questions about “"),
                "Finish “",
                "Close “",
                "Submit “",
                wording("Add judges"),
                wording("Request the opening"),
                "panel:",
            ):
                assert task not in page
            assert world.challenge.question not in page or who.startswith(("company", "rival"))


def test_the_front_page_does_not_offer_it(world: World, client: FlaskClient) -> None:
    assert world.challenge.question in client.get("/").text
    cancel(world)
    assert world.challenge.question not in client.get("/").text


def test_the_side_is_a_stored_fact_and_not_todays_role(world: World, client: FlaskClient) -> None:
    slug = cancel(world, "approver")
    held = next(iter(world.approver.memberships))
    world.body.end(held, by=world.head, at=world.at)
    RoleGrant.by_operator(world.approver, ProgrammeRole.STAFF, at=world.at)
    db.session.commit()
    assert BY_SPONSOR in client.get(f"/challenges/{slug}").text


def test_staff_who_also_approve_for_the_sponsor_cancel_for_the_sponsor(world: World) -> None:
    world.body.admit(world.staff, MemberRole.APPROVER, by=None, at=world.at)
    db.session.flush()
    cancel(world)
    assert world.challenge.cancelled_for is Side.SPONSOR


def posted_late(world: World, browser: FlaskClient, path: str, **typed: str) -> tuple[int, str]:
    """What a page answers that was opened before the challenge was cancelled, and sent afterwards."""
    page = browser.get(path)
    assert page.status_code == 200
    sent = {**sheet(page), **typed}
    cancel(world)
    answer = browser.post(path, data=sent)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("who", "path", "typed"),
    [
        ("company_editor", "/proposals/{submitted}/sections/{section}", {"body": "CANARY words"}),
        ("company_editor", "/proposals/{submitted}/summary", {"title": "CANARY words", "summary": "Short."}),
        ("stranger", "/challenges/{slug}/questions/new", {"text": "CANARY words"}),
        ("author", "/challenges/{slug}/questions/{question}/answer", {"answer": "CANARY words"}),
        ("author", "/challenges/{slug}/questions/{question}/answer", {"answer": "CANARY words", "confirm": "1"}),
        ("approver", "/challenges/{slug}/cancellation", {"message": "CANARY words"}),
        ("colleague", "/challenges/{slug}/panels/sift/judges", {"email": "CANARY words"}),
    ],
)
def test_a_page_opened_before_the_challenge_was_cancelled_says_so_and_keeps_what_was_typed(
    world: World, signed_in: SignIn, who: str, path: str, typed: dict[str, str]
) -> None:
    submitted, _draft, question = references()
    section = world.challenge.round.pathway.sections[0].key
    where = path.format(slug=world.challenge.slug, submitted=submitted, question=question, section=section)
    if "email" in typed:
        typed = {"email": world.auditor.email}
    status, page = posted_late(world, signed_in(world.people[who]), where, **typed)
    assert status == 409
    assert "Programme staff cancelled this challenge" in page
    assert REASON in page
    if "email" not in typed:
        assert "CANARY words" in page


def test_a_submission_after_the_cancellation_is_refused_with_the_reason_and_not_called_late(
    world: World, signed_in: SignIn
) -> None:
    submitted, _draft, _question = references()
    browser = signed_in(world.company_editor)
    sent = {**sheet(browser.get(f"/proposals/{submitted}/check"), "/submission"), "declaration": "y"}
    cancel(world)
    answer = browser.post(f"/proposals/{submitted}/submission", data=sent)
    assert answer.status_code == 409
    assert BY_STAFF in answer.text
    assert REASON in answer.text
    assert fragment("after the deadline") not in answer.text
    assert fragment("will be judged") not in answer.text
    answer = browser.post(f"/proposals/{submitted}/withdrawal", data={})
    assert answer.status_code == 409
    assert "Programme staff cancelled this challenge" in answer.text


def test_a_proposal_started_after_the_cancellation_is_refused_with_the_reason(world: World, signed_in: SignIn) -> None:
    team = world.team("late", "Late Ltd")
    db.session.commit()
    browser = signed_in(world.late_owner)
    path = f"/challenges/{world.challenge.slug}/proposals/new"
    status, page = posted_late(world, browser, path, title="CANARY words", organisation=team.reference)
    assert status == 409
    assert "Programme staff cancelled this challenge" in page
    assert "CANARY words" in page


def test_an_opening_asked_for_after_the_cancellation_is_refused_with_the_reason(
    world: World, signed_in: SignIn
) -> None:
    slug = cancel(world)
    with clock.at(world.closes_at):
        answer = signed_in(world.staff).post(f"/challenges/{slug}/opening", data={})
    assert answer.status_code == 409
    assert "Programme staff cancelled this challenge" in answer.text


@pytest.mark.parametrize("act", ["approve", "send_back", "publish", "propose", "revise"])
def test_what_sponsor_and_staff_do_with_a_cancelled_draft_is_refused_with_the_reason(
    worlds: Worlds, app: Flask, now, signed_in: SignIn, act: str
) -> None:
    sponsor = worlds(Age.PREPARED)
    made = {
        "approve": sponsor.put_forward,
        "send_back": sponsor.put_forward,
        "publish": sponsor.approved,
        "propose": sponsor.drafted,
        "revise": sponsor.drafted,
    }[act]()
    slug = made.slug
    who, path, typed = {
        "approve": (sponsor.approver, "approval", {}),
        "send_back": (sponsor.approver, "return", {"message": "CANARY words"}),
        "publish": (
            sponsor.staff,
            "publication",
            {
                f"{moment}-{part}": value
                for moment, day in (("opens_at", "2"), ("questions_close_at", "9"), ("closes_at", "20"))
                for part, value in (("day", day), ("month", "4"), ("year", "2027"), ("time", ""))
            },
        ),
        "propose": (sponsor.author, "approval-request", {}),
        "revise": (sponsor.author, "draft", {"summary": "CANARY words"}),
    }[act]
    browser = signed_in(who)
    opened = browser.get(f"/challenges/{slug}" + ("" if act in {"approve", "propose"} else f"/{path}"))
    sent = {**sheet(opened, f"/{path}" if act in {"approve", "propose"} else ""), **typed}
    made.cancel(message=REASON, by=sponsor.head, at=now)
    db.session.commit()
    for more in ({}, {"confirm": "1"}) if act == "publish" else ({},):
        answer = browser.post(f"/challenges/{slug}/{path}", data={**sent, **more})
        assert answer.status_code == 409
        assert "Northern Roads Authority cancelled this challenge" in answer.text
        assert REASON in answer.text
        if "CANARY words" in typed.values():
            assert "CANARY words" in answer.text


def test_the_page_that_confirms_says_what_ends_and_that_it_cannot_be_undone(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.approver).get(f"/challenges/{world.challenge.slug}/cancellation").text
    for said in (
        wording("%(num)s submitted proposal will stay sealed and never be opened. Its team keeps its work.", num=1),
        "1 draft can no longer be submitted.",
        wording("%(num)s question will not be answered. We’ll tell the person who asked.", num=1),
        "goes back to Northern Roads Authority",
        wording("This cannot be undone."),
    ):
        assert said in page


def test_the_page_that_confirms_says_what_ends_of_a_draft(app: Flask, worlds: Worlds, now, signed_in: SignIn) -> None:
    sponsor = worlds(Age.PREPARED)
    slug = sponsor.drafted().slug
    page = signed_in(sponsor.head).get(f"/challenges/{slug}/cancellation").text
    assert wording("Work on this draft ends. No one can change, approve or publish it.") in page
    assert fragment("submitted proposal") not in page


def test_the_reason_is_asked_for(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.staff)
    path = f"/challenges/{world.challenge.slug}/cancellation"
    answer = browser.post(path, data={**sheet(browser.get(path)), "message": " "})
    assert answer.status_code == 422
    assert wording("Enter a reason. Everyone affected will see it.") in answer.text


@pytest.mark.both_databases("guards")
def test_the_database_keeps_who_cancelled_it_when_and_why(world: World) -> None:
    cancel(world)
    for change in (
        "message = 'Another reason'",
        "cancelled_for = 'sponsor'",
        "cancelled_at = opens_at",
        "cancelled_by_id = approved_by_id",
        "cancelled_by_id = NULL",
        "message = NULL",
    ):
        refused(f"UPDATE challenge SET {change}")


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    ("who", "side"),
    [("author", "sponsor"), ("staff", "sponsor"), ("approver", "programme"), ("finance", "programme")],
)
def test_the_database_lets_only_the_sponsor_or_staff_cancel_and_each_for_their_own_side(
    world: World, who: str, side: str
) -> None:
    said = refused(
        "UPDATE challenge SET state = 'cancelled', message = 'Forged', cancelled_at = published_at, "
        "cancelled_by_id = :who, cancelled_for = :side",
        who=world.people[who].id,
        side=side,
    )
    assert fragment("programme staff") in said


@pytest.mark.both_databases("guards")
def test_the_database_wants_all_of_it_when_a_challenge_is_cancelled(world: World) -> None:
    refused("UPDATE challenge SET state = 'cancelled', message = 'Forged'")
    refused("UPDATE challenge SET cancelled_at = published_at")


@pytest.mark.both_databases("guards")
def test_the_database_takes_no_question_and_no_answer_after_it_was_cancelled(world: World) -> None:
    cancel(world)
    said = refused(
        "UPDATE question SET state = 'answered', answer = 'Yes', answered_at = asked_at, answered_by_id = :who",
        who=world.author.id,
    )
    assert wording("No one can ask or answer questions about this challenge because it is not published.") in said
    refused(
        "INSERT INTO question (reference, challenge_id, asker_id, state, text, asked_at, version) SELECT 'Q-FORGED', "
        "challenge_id, asker_id, 'asked', text, asked_at, 1 FROM question"
    )


def test_the_time_personal_data_is_kept_counts_from_the_cancellation(world: World) -> None:
    cancel(world)
    ends = db.session.execute(
        db.select(ended_at()).select_from(Proposal).join(Challenge).join(Round, Round.id == Challenge.round_id)
    )
    assert {row[0] for row in ends} == {world.at}
