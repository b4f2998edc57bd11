"""A draft agreement can be changed and discarded, and odd dates are asked about before they are saved."""

from datetime import date

import pytest
from sqlalchemy import func, select

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.rights.models import RightsStatement
from civtech.stages.models import AgreementState, Milestone, StageAgreement
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import done, joined_anyway, refused
from tests.world import Age
from tests.world.kept import Worlds


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=1)


@pytest.fixture
def agreement(world):
    made = world.agreement()
    db.session.commit()
    return made


def day(name, when):
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def dates(starts_on, ends_on):
    return day("starts_on", starts_on) | day("ends_on", ends_on)


ODD = date(2006, 12, 7), date(2006, 12, 28)
GOOD = date(2027, 3, 8), date(2027, 4, 2)


def ticked(page):
    """The form as it is, with its one tick set."""
    value = page.text.split('name="sure"')[1].split('value="')[1].split('"')[0]
    return sheet(page) | {"sure": value}


def test_an_agreement_for_december_2006_is_questioned_and_can_be_changed_and_discarded(world, signed_in):
    staff = signed_in(world.staff)
    new = f"/proposals/{world.proposals[0].reference}/agreements/new?stage=exploration"
    page = staff.get(new)
    assert 'name="sure"' not in page.text
    asked = staff.post(new, data=sheet(page) | dates(*ODD))
    assert asked.status_code == 422
    assert wording("The agreement ends on %(day)s, which is in the past.", day="28 December 2006") in asked.text
    assert (
        wording(
            "The agreement starts on %(day)s, before the team was chosen on %(chosen)s.",
            day="7 December 2006",
            chosen="20 January 2027",
        )
        in asked.text
    )
    assert sheet(asked) | dates(*ODD) == sheet(asked), "what was typed is kept"
    assert db.session.scalar(select(func.count()).select_from(StageAgreement)) == 0
    address = staff.post(new, data=ticked(asked)).location
    agreement = db.session.scalars(select(StageAgreement)).unique().one()
    assert (agreement.starts_on, agreement.ends_on) == ODD

    change = f"{address}/dates"
    assert change in staff.get(address).text
    assert staff.post(change, data=sheet(staff.get(change)) | dates(*GOOD)).location == address
    db.session.expire_all()
    assert (agreement.starts_on, agreement.ends_on) == GOOD

    answer = staff.post(f"{address}/removal", data=sheet(staff.get(address), "/removal"))
    assert answer.status_code == 302
    assert (
        wording("Draft discarded. Neither side had seen it, so we have not told them.")
        in staff.get(answer.location).text
    )
    assert wording("Draft the agreement for %(company)s", company="Tidewater Signals Ltd") in staff.get("/home").text
    assert staff.get(address).status_code == 404
    assert staff.post(new, data=sheet(staff.get(new)) | dates(*GOOD)).status_code == 302


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (
            date(2027, 1, 25),
            date(2027, 3, 8),
            wording("The agreement starts on %(day)s, which is more than a month ago.", day="25 January 2027"),
        ),
        (date(2027, 1, 5), date(2027, 2, 2), "before the team was chosen on 20 January 2027"),
        (
            date(2027, 3, 8),
            date(2027, 6, 30),
            wording(
                "The agreement runs for %(weeks)s weeks, but the stage is %(planned)s weeks long.", weeks=16, planned=3
            ),
        ),
        (date(2029, 3, 8), date(2029, 4, 2), "more than a year from now"),
    ],
)
def test_odd_dates_are_questioned(world, agreement, signed_in, starts_on, ends_on, said):
    staff, change = signed_in(world.staff), f"/agreements/{agreement.reference}/dates"
    asked = staff.post(change, data=sheet(staff.get(change)) | dates(starts_on, ends_on))
    assert (asked.status_code, said in asked.text) == (422, True)
    assert staff.post(change, data=ticked(asked)).status_code == 302


def test_a_tick_answers_only_what_was_asked(world, agreement, signed_in):
    staff, change = signed_in(world.staff), f"/agreements/{agreement.reference}/dates"
    asked = staff.post(change, data=sheet(staff.get(change)) | dates(*ODD))
    other = staff.post(change, data=ticked(asked) | dates(date(2005, 1, 1), date(2005, 2, 1)))
    assert (other.status_code, "1 February 2005" in other.text) == (422, True)
    assert fragment(" checked") not in other.text
    db.session.expire_all()
    assert agreement.starts_on == date(2027, 2, 1)


def test_milestones_outside_the_dates_are_named_and_dates_backwards_refused(world, agreement, signed_in):
    staff, change = signed_in(world.staff), f"/agreements/{agreement.reference}/dates"
    sent = sheet(staff.get(change))
    asked = staff.post(change, data=sent | dates(*GOOD))
    assert (
        wording(
            "Milestone %(number)s is due on %(due)s, outside the dates of the agreement.",
            number=1,
            due="11 February 2027",
        )
        in asked.text
    )
    backwards = staff.post(change, data=sent | dates(*reversed(GOOD)))
    assert (
        backwards.status_code,
        wording("The end date must be the same as or after the start date.") in backwards.text,
    ) == (422, True)
    assert 'name="sure"' not in backwards.text
    with pytest.raises(RuleViolation, match=fragment("must be the same as or after the start date")):
        agreement.reschedule(starts_on=GOOD[1], ends_on=GOOD[0], by=world.staff, at=world.at)


@pytest.mark.parametrize(
    ("due_on", "said"),
    [(date(2027, 7, 9), "ends on 30 June"), (date(2006, 1, 1), fragment("which is more than a month ago."))],
)
def test_a_milestone_due_outside_the_agreement_is_questioned(world, agreement, signed_in, due_on, said):
    staff, plan = signed_in(world.staff), f"/milestones/{agreement.milestones[0].reference}/draft"
    asked = staff.post(plan, data=sheet(staff.get(plan)) | day("due_on", due_on))
    assert (asked.status_code, said in asked.text) == (422, True)
    assert staff.post(plan, data=ticked(asked)).status_code == 302
    db.session.expire_all()
    assert agreement.milestones[0].due_on == due_on


def test_a_draft_changed_meanwhile_is_not_discarded_on_the_old_page(world, agreement, signed_in):
    staff, address = signed_in(world.staff), f"/agreements/{agreement.reference}"
    page = sheet(staff.get(address), "/removal")
    agreement.reschedule(starts_on=date(2027, 2, 2), ends_on=agreement.ends_on, by=world.colleague, at=world.at)
    db.session.commit()
    answer = staff.post(f"{address}/removal", data=page)
    assert answer.status_code == 409
    assert (
        wording(
            "%(label)s: was “%(was)s”, is now “%(now)s”.",
            label="Starts",
            was="1 February 2027",
            now="2 February 2027",
        )
        in answer.text
    )
    assert staff.post(f"{address}/removal", data=sheet(answer, "/removal")).status_code == 302
    assert staff.post(f"{address}/removal", data=page).status_code == 404


def told(template):
    found = select(OutboxMessage).where(OutboxMessage.template == template)
    return len(db.session.scalars(found).all())


def test_both_sides_are_told_of_what_they_were_offered_and_of_nothing_else(world, agreement):
    agreement.discard(by=world.staff, at=world.at)
    db.session.commit()
    assert told("agreement_discarded") == 0
    offered = world.offered()
    offered.take_back(by=world.staff, at=world.at)
    db.session.flush()
    assert told("offer_taken_back") == 3
    offered.discard(by=world.staff, at=world.at)
    db.session.commit()
    assert told("agreement_discarded") == 3
    facts = [
        entry.facts for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.event == "AgreementDiscarded"))
    ]
    assert [fact["was_offered"] for fact in facts] == [False, True]
    assert facts[1]["draft"]["amount"] == {"pence": 500_000, "currency": "GBP"}
    for noun in (StageAgreement, RightsStatement, Milestone):
        assert db.session.scalar(select(func.count()).select_from(noun)) == 0


@pytest.mark.both_databases("guards")
def test_an_offered_or_accepted_agreement_is_not_discarded(world, agreement):
    agreement.offer(by=world.staff, at=world.at)
    db.session.commit()
    with pytest.raises(WrongState):
        agreement.discard(by=world.staff, at=world.at)
    with pytest.raises(WrongState):
        agreement.reschedule(starts_on=GOOD[0], ends_on=GOOD[1], by=world.staff, at=world.at)
    assert wording("Only a draft agreement can be discarded. All others are kept.") in refused(
        "DELETE FROM stage_agreement WHERE id = :id", id=agreement.id
    )
    assert wording("A rights statement that has been offered to both sides cannot be deleted.") in refused(
        "DELETE FROM rights_statement WHERE id = :id", id=agreement.statement_id
    )
    assert agreement.state is AgreementState.OFFERED


@pytest.mark.both_databases("guards")
def test_a_statement_does_not_go_without_its_draft(world, agreement):
    statement = agreement.statement_id
    assert refused("DELETE FROM rights_statement WHERE id = :id", id=statement)
    done("DELETE FROM milestone WHERE agreement_id = :id", id=agreement.id)
    done("DELETE FROM stage_agreement")
    done("DELETE FROM rights_statement WHERE id = :id", id=statement)


@pytest.mark.both_databases("guards")
def test_only_staff_without_a_stake_change_or_discard_a_draft(world, agreement, signed_in):
    address = f"/agreements/{agreement.reference}"
    for who, status in (
        ("auditor", 403),
        ("finance", 403),
        ("company_owner", 404),
        ("approver", 404),
        ("stranger", 404),
    ):
        client = signed_in(world.people[who])
        assert client.get(f"{address}/dates").status_code == status, who
        assert client.post(f"{address}/removal").status_code == status, who
    joined_anyway(world.colleague, world.proposals[0].organisation, world.at)
    db.session.commit()
    assert signed_in(world.colleague).post(f"{address}/removal").status_code == 404


def test_beginning_an_agreement_that_a_colleague_has_begun_says_so(world, signed_in):
    staff = signed_in(world.colleague)
    url = f"/proposals/{world.proposals[0].reference}/agreements/new?stage=exploration"
    page = staff.get(url)
    agreement = world.agreement()
    db.session.commit()
    answer = staff.post(url, data=sheet(page) | dates(*GOOD))
    assert answer.status_code == 409
    said = wording(
        "Someone has already drafted this agreement. Its reference is %(reference)s.", reference=agreement.reference
    )
    assert said in answer.text
