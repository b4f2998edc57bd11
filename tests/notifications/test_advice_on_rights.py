"""Emails about a challenge whose text may move IP or equity advise what each reader can do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.challenges.models import RightsCheck
from civtech.core.db import db
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.people.models import User
from tests.support.messages import wording
from tests.world import Age, World
from tests.world.kept import Worlds

MOVES = "All intellectual property will be transferred to the council."
EXCEPTION = {
    "what": "Copyright in the tide tables",
    "to_whom": "The Hydrographic Office",
    "reason": "The law on tide tables requires it.",
}
FOUND = (
    "We found phrases that may move intellectual property or equity. Send the challenge back to change them, unless "
    "they move nothing. Programme staff check them before publication."
)
FIRST = (
    "%(organisation)s has approved its challenge. First, check what its text says about intellectual property and "
    "equity. You can publish it after that."
)
CHECKED_NEXT = (
    "%(organisation)s has approved its challenge. Next, programme staff check what its text says about intellectual "
    "property and equity, and publish it. You do not need to do anything now."
)
CHANGE = "Change them, unless they move nothing. Programme staff must check them before publication."
SEND_BACK = "Send it back to change them, unless they move nothing. Programme staff must check them before publication."
CHECK = "Check them before publication, or send the challenge back so that its authors can change them."
WAIT = "Programme staff will check them before publication. You do not need to do anything now."
LATER = (
    "Your challenge has been published, and its budget is set aside. It opens later. People can ask questions from the "
    "time it opens until questions close, as listed below. Everyone will see your answers."
)
EXCEPTED = (
    "It was published with an exception to the rights rule, which is listed below. Everyone can read it on the page of "
    "the challenge."
)


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    return worlds(Age.PREPARED)


def written(template: str) -> tuple[str, set[str]]:
    """The text of the email of this template, on one line, and who got it."""
    messages = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template)).all()
    people = [db.session.get_one(User, message.recipient_id) for message in messages]
    (text,) = {" ".join(letters.compose(message).body.split()) for message in messages} or {""}
    return text, {person.email for person in people}


@pytest.mark.parametrize("words", [{"constraints": MOVES}, {}])
def test_emails_say_who_checks_the_rights_and_when(world: World, words: dict[str, str]) -> None:
    challenge = world.approved(**words)
    db.session.commit()
    named = {"organisation": challenge.sponsor.name}
    to_approve, to_publish, approved = (
        written(template)[0] for template in ("challenge_to_approve", "challenge_to_publish", "challenge_approved")
    )
    assert (wording(FOUND) in to_approve) is bool(words)
    assert (wording(FIRST, **named) in to_publish) is bool(words)
    assert (f"/challenges/{challenge.slug}/rights" in to_publish) is bool(words)
    assert (wording(CHECKED_NEXT, **named) in approved) is bool(words)


@pytest.mark.parametrize(
    ("state", "who", "advice"),
    [
        ("drafted", "author", CHANGE),
        ("put_forward", "approver", SEND_BACK),
        ("put_forward", "staff", CHECK),
        ("approved", "author", WAIT),
        ("approved", "staff", CHECK),
    ],
)
def test_the_page_advises_what_its_reader_can_do(
    world: World, signed_in: Callable[[User], FlaskClient], state: str, who: str, advice: str
) -> None:
    challenge = getattr(world, state)(constraints=MOVES)
    db.session.commit()
    page = signed_in(getattr(world, who)).get(f"/challenges/{challenge.slug}").text
    assert [each for each in (CHANGE, SEND_BACK, CHECK, WAIT) if wording(each) in page] == [advice]


def test_the_sponsor_hears_that_an_approved_exception_is_withdrawn_and_nothing_of_another(world: World) -> None:
    challenge = world.approved(constraints=MOVES)
    for approves in (False, True):
        check = RightsCheck.record(challenge=challenge, by=world.staff, at=world.at, **EXCEPTION)
        db.session.flush()
        if approves:
            check.approve(by=world.colleague, at=world.at)
        check.withdraw(by=world.colleague, at=world.at)
        db.session.commit()
        db.session.expire(challenge, ["rights_check"])
        text, people = written("rights_exception_withdrawn")
        assert (world.author.email in people, EXCEPTION["what"] in text) == (approves, approves)
        assert world.staff.email not in people


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("excepted", [True, False])
def test_a_published_challenge_says_when_it_opens_and_its_exception(world: World, later: bool, excepted: bool) -> None:
    challenge = world.approved()
    if excepted:
        check = RightsCheck.record(challenge=challenge, by=world.staff, at=world.at, **EXCEPTION)
        db.session.flush()
        check.approve(by=world.colleague, at=world.at)
        db.session.flush()
    opens, day = world.at + timedelta(days=5 * later), timedelta(days=1)
    dates = {"opens_at": opens, "questions_close_at": opens + 5 * day, "closes_at": opens + 9 * day}
    challenge.publish(**dates, by=world.staff, at=world.at)
    db.session.commit()
    text, _people = written("challenge_published")
    assert (wording(LATER) in text) is later
    assert [wording(EXCEPTED) in text, *(each in text for each in EXCEPTION.values())] == 4 * [excepted]
