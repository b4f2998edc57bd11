"""Two persons of the sponsor, then staff; each sees what changed if they come too late."""

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import db
from tests.challenges.conftest import Enter
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.world import World


def only() -> Challenge:
    db.session.expire_all()
    return db.session.scalars(db.select(Challenge)).unique().one()


def test_who_puts_it_forward_does_not_approve_it(world: World, signed_in: Enter) -> None:
    slug = world.drafted().slug
    owner = signed_in(world.head)
    page = owner.get(f"/challenges/{slug}")
    path = f"/challenges/{slug}/approval-request"
    assert owner.post(path, data=sheet(page, path)).status_code == 302
    assert "Approve</button>" not in owner.get(f"/challenges/{slug}").text
    version = only().version
    assert owner.post(f"/challenges/{slug}/approval", data={"seen": version}).status_code == 403
    assert only().state is ChallengeState.PROPOSED


def test_another_person_of_the_sponsor_approves_and_staff_see_it(world: World, signed_in: Enter) -> None:
    slug = world.put_forward().slug
    approver, staff = signed_in(world.approver), signed_in(world.staff)
    assert (
        wording("Approve “%(question)s” or send it back", question="How can we make ferry queues shorter?")
        in approver.get("/home").text
    )
    path = f"/challenges/{slug}/approval"
    assert approver.post(path, data=sheet(approver.get(f"/challenges/{slug}"), path)).status_code == 302
    assert only().state is ChallengeState.APPROVED
    assert (
        wording("Review and publish “%(question)s”", question="How can we make ferry queues shorter?")
        in staff.get("/home").text
    )


def test_an_approval_of_something_that_changed_meanwhile_is_refused(world: World, signed_in: Enter) -> None:
    slug = world.put_forward().slug
    approver = signed_in(world.approver)
    path = f"/challenges/{slug}/approval"
    sent = sheet(approver.get(f"/challenges/{slug}"), path)
    challenge = only()
    challenge.send_back(message="Shorter, please.", by=world.head, at=world.at)
    db.session.commit()
    challenge.propose(by=world.author, at=world.at)
    db.session.commit()
    page = approver.post(path, data=sent)
    assert page.status_code == 409
    assert fragment("Someone changed this while you had the page open") in page.text
    assert only().state is ChallengeState.PROPOSED
    assert approver.post(path, data={"seen": ""}).status_code == 409


def test_sending_back_needs_a_message_and_gives_it_to_the_authors(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff, author = signed_in(world.staff), signed_in(world.author)
    path = f"/challenges/{slug}/return"
    sent = sheet(staff.get(path))
    assert staff.post(path, data=sent).status_code == 422
    assert staff.post(path, data={**sent, "message": "Say who is <b>affected</b>."}).status_code == 302
    page = author.get(f"/challenges/{slug}")
    assert "Say who is &lt;b&gt;affected&lt;/b&gt;." in page.text
    assert fragment("which was sent back with a message") in author.get("/home").text
    assert only().approved_by_id is None


def test_a_message_typed_too_late_is_given_back(world: World, signed_in: Enter) -> None:
    slug = world.approved().slug
    staff = signed_in(world.staff)
    path = f"/challenges/{slug}/return"
    sent = sheet(staff.get(path))
    only().send_back(message="First", by=world.approver, at=world.at)
    db.session.commit()
    page = staff.post(path, data={**sent, "message": "My long message"})
    assert page.status_code == 409
    assert sheet(page)["message"] == "My long message"


def test_a_cancelled_challenge_stays_public_with_its_reason(world: World, client, signed_in: Enter) -> None:
    slug = world.published().slug
    approver = signed_in(world.approver)
    path = f"/challenges/{slug}/cancellation"
    sent = {**sheet(approver.get(path)), "message": "The law changed."}
    assert approver.post(path, data=sent).status_code == 302
    page = client.get(f"/challenges/{slug}")
    assert "The law changed." in page.text
    assert "Cancelled" in client.get("/challenges").text
    assert wording("Start a proposal") not in page.text


def test_a_challenge_cancelled_before_publication_stays_invisible(world: World, client) -> None:
    challenge = world.approved()
    challenge.cancel(message="No money.", by=world.approver, at=world.at)
    db.session.commit()
    assert client.get(f"/challenges/{challenge.slug}").status_code == 404
    assert challenge.question not in client.get("/challenges").text


def test_a_sponsors_message_is_not_shown_to_others(world: World, client) -> None:
    challenge = world.put_forward()
    challenge.send_back(message="CANARY", by=world.approver, at=world.at)
    challenge.propose(by=world.author, at=world.at)
    challenge.approve(by=world.approver, at=world.at)
    db.session.commit()
    assert client.get(f"/challenges/{challenge.slug}").status_code == 404
