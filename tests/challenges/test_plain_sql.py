"""Challenges and questions withstand plain SQL."""

import pytest

from civtech.accounts.models import ProgrammeRole
from civtech.challenges.models import Challenge
from tests.factories.challenges import Sponsor, person
from tests.support.sql import done, refused

NAMES = [one.key for one in Challenge.__mapper__.column_attrs if one.key not in {"id", "reference", "slug"}]
LATER = {
    "state": "'draft'",
    **dict.fromkeys(
        (
            "proposed_at",
            "proposed_by_id",
            "approved_at",
            "approved_by_id",
            "published_at",
            "published_by_id",
            "opens_at",
            "questions_close_at",
            "closes_at",
        ),
        "NULL",
    ),
}
PUBLISH = (
    "UPDATE challenge SET state = 'published', published_by_id = :who, published_at = approved_at, "
    "opens_at = approved_at, questions_close_at = approved_at, closes_at = {closes_at}"
)
LATE = "(SELECT MAX(registered_at) FROM person WHERE email LIKE 'late%')"
PROPOSE = "UPDATE challenge SET state = 'proposed', proposed_by_id = :who, proposed_at = drafted_at"
APPROVE = "UPDATE challenge SET state = 'approved', approved_by_id = :who, approved_at = proposed_at"


@pytest.fixture
def publish(sponsor: Sponsor) -> str:
    """A publication whose closing time is the instant somebody registers later."""
    person("Late", at=sponsor.at)
    return PUBLISH.format(closes_at=LATE)


def copy(**said: str) -> str:
    """Another row like the challenge, where what comes later in its life is empty but for `said`."""
    values = {name: name for name in NAMES} | LATER | said
    return (
        f"INSERT INTO challenge (reference, slug, {', '.join(values)}) "
        f"SELECT 'C-FORGED', 'forged', {', '.join(values.values())} FROM challenge"
    )


@pytest.mark.parametrize("column", [name for name in LATER if name != "state"])
def test_a_challenge_begins_as_a_draft(sponsor: Sponsor, column: str):
    sponsor.published()
    assert "begins as a draft" in refused(copy(**{column: column}))
    done(copy())


@pytest.mark.parametrize("state", ["proposed", "approved", "published", "cancelled"])
def test_a_challenge_is_not_born_in_another_state(sponsor: Sponsor, state: str):
    sponsor.published()
    assert "begins as a draft" in refused(copy(state=f"'{state}'"))
    assert "begins as a draft" in refused(copy(**{name: name for name in LATER} | {"state": f"'{state}'"}))


def test_a_question_is_asked_before_it_is_answered(sponsor: Sponsor):
    sponsor.question(sponsor.published()).give_answer(answer="Yes", by=sponsor.author, at=sponsor.at)
    columns = "challenge_id, asker_id, state, text, asked_at, answer, answered_at, answered_by_id, version"
    assert "before it is answered" in refused(
        f"INSERT INTO question (reference, {columns}) SELECT 'Q-FORGED', {columns} FROM question"
    )


@pytest.mark.parametrize("who", ["stranger", "staff", "auditor", "approver", "acceptor"])
def test_a_challenge_is_put_forward_by_its_sponsor(sponsor: Sponsor, who: str):
    sponsor.draft()
    assert "puts its challenge forward" in refused(PROPOSE, who=getattr(sponsor, who).id)
    done(PROPOSE, who=sponsor.second.id)


@pytest.mark.parametrize("who", ["stranger", "staff", "auditor", "second", "acceptor"])
def test_a_challenge_is_approved_by_its_sponsor(sponsor: Sponsor, who: str):
    sponsor.proposed()
    assert "approves its challenge" in refused(APPROVE, who=getattr(sponsor, who).id)
    done(APPROVE, who=sponsor.owner.id)


@pytest.mark.parametrize("who", ["stranger", "auditor", "approver", "acceptor"])
def test_a_challenge_is_published_by_staff(sponsor: Sponsor, publish: str, who: str):
    sponsor.approved()
    assert "Only programme staff" in refused(publish, who=getattr(sponsor, who).id)
    assert "Only programme staff" in refused(publish.replace(":who", "NULL"))
    done(publish, who=sponsor.staff.id)


def test_staff_who_act_for_the_sponsor_do_not_publish_its_challenge(sponsor: Sponsor, publish: str):
    sponsor.approved()
    sponsor.acceptor.grant(ProgrammeRole.STAFF, by=None, at=sponsor.at)
    assert "do not act for the public body" in refused(publish, who=sponsor.acceptor.id)


@pytest.mark.parametrize(("before", "after"), [("draft", "approved"), ("approved", "proposed")])
def test_a_challenge_takes_every_step(sponsor: Sponsor, before: str, after: str):
    getattr(sponsor, before)()
    assert "in this order" in refused(f"UPDATE challenge SET state = '{after}'")


def test_a_challenge_is_not_published_in_one_step(sponsor: Sponsor, publish: str):
    sponsor.draft()
    approver, who = sponsor.approver.id, sponsor.staff.id
    people = "proposed_at = drafted_at, proposed_by_id = :author, approved_at = drafted_at, approved_by_id = :approver"
    straight = publish.replace("= approved_at", "= drafted_at")
    assert refused(f"{straight}, {people}", who=who, author=sponsor.author.id, approver=approver)


WORDS = ("question", "summary", "need", "outcomes", "constraints", "adoption")


@pytest.mark.parametrize("change", [*(f"{name} = 'Forged'" for name in WORDS), "sponsor_id = sponsor_id + 1"])
def test_what_was_put_forward_is_what_is_approved_and_published(sponsor: Sponsor, publish: str, change: str):
    challenge = sponsor.proposed()
    assert refused(f"{APPROVE}, {change}", who=sponsor.approver.id)
    if change != "sponsor_id = sponsor_id + 1":
        assert "stand until it is sent back" in refused(f"UPDATE challenge SET {change}")
    challenge.approve(by=sponsor.approver, at=challenge.proposed_at)
    assert refused(f"{publish}, {change}", who=sponsor.staff.id)
    done(publish, who=sponsor.staff.id)


PEOPLE = [
    "proposed_by_id = {second}",
    "proposed_at = approved_at",
    "approved_by_id = {owner}",
    "approved_at = drafted_at",
]


@pytest.mark.parametrize("change", PEOPLE)
def test_the_update_that_publishes_keeps_who_approved(sponsor: Sponsor, publish: str, change: str):
    sponsor.approved()
    change = change.format(second=sponsor.second.id, owner=sponsor.owner.id)
    assert "stays written" in refused(f"{publish}, {change}", who=sponsor.staff.id)
    assert "stays written" in refused(f"UPDATE challenge SET {change}")


@pytest.mark.parametrize("change", [*PEOPLE, "published_by_id = {other}", "published_by_id = NULL", "closes_at = NULL"])
@pytest.mark.parametrize("state", ["published", "cancelled"])
def test_who_published_a_challenge_stays_written(sponsor: Sponsor, change: str, state: str):
    challenge = sponsor.published()
    if state == "cancelled":
        challenge.cancel(message="No money.", by=sponsor.approver, at=sponsor.at)
    other = person("Other Staff", ProgrammeRole.STAFF, at=sponsor.at)
    said = refused(
        f"UPDATE challenge SET {change.format(second=sponsor.second.id, owner=sponsor.owner.id, other=other.id)}"
    )
    assert "stays written" in said or "are fixed" in said


@pytest.mark.parametrize(
    "change", ["reference = 'C-FORGED'", "slug = 'forged'", "drafted_by_id = drafted_by_id + 1", "drafted_at = {late}"]
)
def test_who_drafted_a_challenge_stays_written(sponsor: Sponsor, publish: str, change: str):
    sponsor.draft()
    assert "stand until it is sent back" in refused(f"UPDATE challenge SET {change.format(late=LATE)}")


def test_a_challenge_that_was_sent_back_is_written_anew(sponsor: Sponsor):
    challenge = sponsor.approved()
    challenge.send_back(message="More.", by=sponsor.staff, at=sponsor.at)
    done("UPDATE challenge SET need = 'More'")
    done(PROPOSE, who=sponsor.author.id)
