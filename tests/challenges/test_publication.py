"""Staff choose the instants and see how the public will read them."""

from datetime import UTC, datetime, timedelta

import pytest

from civtech.challenges.models import Challenge, ChallengePhase
from civtech.core import clock
from civtech.core.db import db
from tests.challenges.conftest import Enter
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.world import Age, World
from tests.world.kept import Worlds


def only() -> Challenge:
    db.session.expire_all()
    return db.session.scalars(db.select(Challenge)).unique().one()


def moment(field: str, day: int, month: int, time: str = "12:00", year: int = 2027) -> dict[str, str]:
    return {f"{field}-day": str(day), f"{field}-month": str(month), f"{field}-year": str(year), f"{field}-time": time}


DATES = moment("opens_at", 8, 3) | moment("questions_close_at", 20, 3) | moment("closes_at", 2, 4)


def test_staff_see_how_it_will_read_and_then_publish(world: World, client, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/publication"
    check = staff.post(path, data={**sheet(staff.get(path)), **DATES})
    assert check.status_code == 200
    assert "noon on Friday 2 April 2027 (UK time)" in check.text
    for words in (*vars(only().brief).values(), "Northern Roads Authority asks", "£5,000 each", "Solves the challenge"):
        assert words in check.text
    assert only().published_at is None
    assert staff.post(path, data={**sheet(check, path), "confirm": "1"}).status_code == 302
    published = only()
    assert published.closes_at == datetime(2027, 4, 2, 11, tzinfo=UTC)
    assert published.phase(world.at) is ChallengePhase.SCHEDULED
    assert wording("Opening soon") in client.get(f"/challenges/{slug}").text


def test_the_dates_can_be_changed_from_the_check(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/publication"
    check = staff.post(path, data={**sheet(staff.get(path)), **DATES})
    page = staff.post(path, data={**sheet(check, path), "change": "1"})
    assert page.status_code == 200
    assert {name: sheet(page)[name] for name in DATES} == DATES


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (moment("closes_at", 8, 3), wording("The closing time must be after the opening time.")),
        (
            moment("questions_close_at", 3, 4),
            wording("Questions must close between the opening time and the closing time."),
        ),
        (
            moment("closes_at", 28, 3, "01:30"),
            wording(
                "%(time)s does not exist on %(day)s because the clocks go forward. Choose a later time.",
                time="01:30",
                day="28 March 2027",
            ),
        ),
        (
            moment("closes_at", 31, 10, "01:30"),
            wording(
                "%(time)s happens twice on %(day)s because the clocks go back. Choose an earlier or a later time.",
                time="01:30",
                day="31 October 2027",
            ),
        ),
        (moment("closes_at", 31, 2), wording("Enter a real date, such as 27 3 2027.")),
        (moment("opens_at", 8, 2) | moment("questions_close_at", 9, 2) | moment("closes_at", 10, 2), "in the future"),
        (
            {"closes_at-day": "", "closes_at-month": "", "closes_at-year": ""},
            wording("Enter the date the challenge closes."),
        ),
    ],
)
def test_dates_that_cannot_be_are_said(world: World, signed_in: Enter, changed: dict[str, str], sentence: str) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/publication"
    page = staff.post(path, data={**sheet(staff.get(path)), **DATES, **changed, "confirm": "1"})
    assert page.status_code == 422
    assert sentence in page.text
    assert {name: value for name, value in sheet(page).items() if name in changed} == changed


def test_little_time_for_answers_is_pointed_out(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/publication"
    sent = {**sheet(staff.get(path)), **DATES}
    assert wording("Little time to use answers") not in staff.post(path, data=sent).text
    assert (
        wording("Little time to use answers")
        in staff.post(path, data={**sent, **moment("questions_close_at", 1, 4)}).text
    )


def test_publishing_what_changed_meanwhile_is_refused(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/publication"
    check = staff.post(path, data={**sheet(staff.get(path)), **DATES})
    challenge = only()
    challenge.send_back(message="Wait", by=world.approver, at=world.at)
    db.session.commit()
    page = staff.post(path, data={**sheet(check, path), "confirm": "1"})
    assert page.status_code == 409
    assert only().published_at is None


def test_before_the_round_opens_nothing_is_published(worlds: Worlds, app, now, signed_in: Enter) -> None:
    world = worlds(Age.PREPARED, opened=False)
    slug = world.approved().slug
    staff = signed_in(world.staff)
    page = staff.get(f"/challenges/{slug}")
    assert wording("The round is not open. You can only publish a challenge in an open round.") in page.text
    assert wording("Choose dates") not in page.text
    assert staff.get(f"/challenges/{slug}/publication").status_code == 302


def test_staff_of_the_sponsor_do_not_publish_its_challenge(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    world.body.admit(world.staff, world.author.memberships[0].role, by=None, at=world.at)
    assert signed_in(world.staff).get(f"/challenges/{slug}/publication").status_code == 403


def test_a_challenge_opens_and_closes_without_anyone_acting(world: World, client) -> None:
    challenge = world.published(opens=1, closes=10)
    slug, second = challenge.slug, timedelta(seconds=1)
    opens, closes = challenge.opens_at, challenge.closes_at
    db.session.commit()
    seen = []
    for at in (opens - second, opens, closes - second, closes):
        with clock.at(at):
            page = client.get(f"/challenges/{slug}").text
        seen.append(next(word for word in (wording("Opening soon"), ">Open<", ">Closed<") if word in page))
    assert seen == ["Opening soon", ">Open<", ">Open<", ">Closed<"]


def test_a_form_sent_with_nothing_in_it_is_refused_in_words(world: World, signed_in: Enter) -> None:
    """As a program may send it, with its token in a header and no body."""
    slug = world.approved().slug
    answer = signed_in(world.staff).post(f"/challenges/{slug}/publication")
    assert answer.status_code == 422
    assert wording("Enter the date the challenge closes.") in answer.text
    assert only().published_at is None
