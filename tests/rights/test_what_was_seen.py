"""What was seen is what counts: an acceptance covers amount, dates, milestones and terms, as the page showed them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.notifications.letters import compose
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.rights.models import accepted_terms
from civtech.stages.models import AgreementState
from tests.support.messages import fragment, wording
from tests.support.sheet import sheet
from tests.support.sql import done, refused
from tests.world import Age
from tests.world.kept import Worlds


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=1)


@pytest.fixture
def agreement(world):
    made = world.offered()
    db.session.commit()
    return made


PLAN = {
    "title": "Milestone 2",
    "success_criteria": "Counts for three junctions, with method and raw data.",
    "due_on": date(2027, 2, 12),
    "amount_pence": 300_000,
    "vat_per_cent": 20,
}


def offer_again(world, agreement, **changes):
    """Staff take the offer back, change the second milestone and offer it again."""
    db.session.expire_all()
    agreement.take_back(by=world.staff, at=world.at)
    db.session.flush()
    second = agreement.milestones[1]
    agreement.replan(milestone=second, by=world.staff, at=world.at, **(PLAN | changes))
    db.session.flush()
    agreement.offer(by=world.staff, at=world.at)
    db.session.commit()


def address(agreement, side=""):
    found = f"/rights-statements/{agreement.statement.reference}"
    return f"{found}/{side}-acceptance" if side else found


SECOND = wording("Success criteria for milestone %(number)s", number=2)


def test_accepting_on_a_page_that_showed_another_amount_is_refused_and_says_what_changed(world, agreement, signed_in):
    sides = {"company": signed_in(world.company_owner), "body": signed_in(world.approver)}
    pages = {side: sheet(client.get(address(agreement)), "-acceptance") for side, client in sides.items()}
    offer_again(world, agreement, amount_pence=200_000)
    for side, client in sides.items():
        answer = client.post(address(agreement, side), data=pages[side])
        assert answer.status_code == 409
        assert (
            wording(
                "%(label)s: was “%(was)s”, is now “%(now)s”.",
                label="Amount",
                was="£5,000 excluding VAT",
                now="£4,000 excluding VAT",
            )
            in answer.text
        )
        pages[side] = sheet(answer, "-acceptance")
    db.session.expire_all()
    assert agreement.state is AgreementState.OFFERED
    for side, client in sides.items():
        assert client.post(address(agreement, side), data=pages[side]).status_code == 302
    db.session.expire_all()
    assert (agreement.state, agreement.amount_pence) == (AgreementState.ACTIVE, 400_000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": date(2027, 2, 20)}, "due on 12 February 2027"),
        ({"title": "Something else"}, "is now “Something else: due on"),
        ({"success_criteria": "Anything."}, f"{SECOND}: was “Counts for three junctions"),
        ({"success_criteria": "Words. " * 60}, wording("%(label)s: changed.", label=SECOND)),
        ({"vat_per_cent": 0}, "VAT: was “£1,000”, is now “£400”."),
    ],
)
def test_each_thing_that_comes_into_force_is_covered_by_what_was_seen(world, agreement, signed_in, changes, said):
    owner = signed_in(world.company_owner)
    page = sheet(owner.get(address(agreement)), "-acceptance")
    offer_again(world, agreement, **changes)
    answer = owner.post(address(agreement, "company"), data=page)
    assert answer.status_code == 409
    assert said in answer.text


def test_a_milestone_that_took_the_place_of_another_is_named(world, agreement, signed_in):
    owner = signed_in(world.company_owner)
    page = sheet(owner.get(address(agreement)), "-acceptance")
    db.session.expire_all()
    agreement.take_back(by=world.staff, at=world.at)
    db.session.flush()
    agreement.drop(milestone=agreement.milestones[1], by=world.staff, at=world.at)
    db.session.flush()
    agreement.plan(by=world.staff, at=world.at, **(PLAN | {"title": "Third"}))
    agreement.offer(by=world.staff, at=world.at)
    db.session.commit()
    assert "is now “Third: due on" in owner.post(address(agreement, "company"), data=page).text


def test_background_that_was_listed_meanwhile_is_named(world, agreement, signed_in):
    approver, owner = signed_in(world.approver), signed_in(world.company_owner)
    page = sheet(approver.get(address(agreement)), "-acceptance")
    item = {"kind": "software", "title": "Signal library", "owner": "The company"}
    assert owner.post(
        f"{address(agreement)}/background", data=sheet(owner.get(address(agreement)), "background") | item
    ).location
    answer = approver.post(address(agreement, "body"), data=page)
    assert answer.status_code == 409
    assert (
        wording(
            "%(label)s: new, “%(now)s”.",
            label="Background IP 1",
            now="Software: Signal library, owned by The company",
        )
        in answer.text
    )


@pytest.mark.parametrize("seen", ["", "x", "1", "ÄÖÜ", "a" * 100_000, "WyJ4Iiwge31d.c2ln"])
def test_a_page_that_says_nothing_of_what_was_seen_accepts_nothing(world, agreement, signed_in, seen):
    answer = signed_in(world.company_owner).post(address(agreement, "company"), data={"seen": seen})
    assert answer.status_code in {409, 422}
    db.session.expire_all()
    assert agreement.statement.company_accepted_at is None


def test_the_same_offer_made_again_is_accepted_on_the_old_page(world, agreement, signed_in):
    owner = signed_in(world.company_owner)
    page = sheet(owner.get(address(agreement)), "-acceptance")
    offer_again(world, agreement)
    assert owner.post(address(agreement, "company"), data=page).status_code == 302


def test_page_and_email_say_amount_milestones_and_dates(world, agreement, signed_in):
    words = (
        "£5,000 excluding VAT",
        "1 February 2027",
        "30 June 2027",
        wording(
            "%(title)s: due on %(due)s, pays %(amount)s, plus %(vat)s VAT",
            title="Milestone 2",
            due="12 February 2027",
            amount="£3,000 excluding VAT",
            vat="£600",
        ),
    )
    page = signed_in(world.company_owner).get(address(agreement)).text
    letters = [
        compose(message).body
        for message in db.session.scalars(select(OutboxMessage))
        if message.template == "rights_statement_waiting"
    ]
    assert len(letters) == 3, "the owner of the company, owner and approver of the public body"
    for told in (page, *letters):
        for word in words:
            assert word in told


def test_the_audit_log_says_what_was_accepted(world, agreement, signed_in):
    owner = signed_in(world.company_owner)
    owner.post(address(agreement, "company"), data=sheet(owner.get(address(agreement)), "-acceptance"))
    db.session.expire_all()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "RightsAcceptedByCompany")).one()
    statement = agreement.statement
    assert entry.facts["terms"] == statement.company_accepted_terms == accepted_terms(statement)
    bound = entry.facts["brings_into_force"]
    assert (bound["amount"], bound["starts_on"]) == ({"pence": 500_000, "currency": "GBP"}, "2027-02-01")
    assert bound["milestone_2"] == {
        "due": "2027-02-12",
        "amount": {"pence": 300_000, "currency": "GBP"},
        "vat": {"pence": 60_000, "currency": "GBP"},
    }
    assert "Counts" not in str(entry.facts)


@pytest.mark.both_databases("guards")
def test_the_two_sides_accept_the_same_terms_or_none_come_into_force(world, agreement):
    statement = agreement.statement
    statement.accept_for_company(by=world.company_owner, at=world.at)
    db.session.flush()
    accept = (
        "UPDATE rights_statement SET body_accepted_at = company_accepted_at, body_accepted_by_id = :who, "
        "digest = :digest, body_accepted_terms = :terms WHERE id = :id"
    )
    values = {"who": world.approver.id, "digest": "a" * 64, "id": statement.id}
    assert fragment("accepted different terms") in refused(accept, terms="b" * 64, **values)
    assert wording("An acceptance of the rights statement must record the terms that were accepted.") in refused(
        accept, terms=None, **values
    )
    done(accept, terms=statement.company_accepted_terms, **values)


@pytest.mark.both_databases("guards")
def test_what_one_side_accepted_is_neither_taken_back_nor_changed_with_plain_sql(world, agreement):
    agreement.statement.accept_for_company(by=world.company_owner, at=world.at)
    db.session.flush()
    said = refused("UPDATE stage_agreement SET state = 'draft', offered_at = NULL WHERE id = :id", id=agreement.id)
    with_its_statement = (
        "An offer can only be withdrawn together with its rights statement, before either side has accepted."
    )
    # Two guards refuse it, and SQLite promises no order.
    assert (
        wording(with_its_statement) in said
        or wording("One side has accepted the rights statement, so the agreement cannot be changed.") in said
    )
    assert refused("UPDATE stage_agreement SET starts_on = '2027-02-02' WHERE id = :id", id=agreement.id)
    assert refused("UPDATE milestone SET due_on = '2027-02-02' WHERE agreement_id = :id", id=agreement.id)
    assert refused(
        "UPDATE rights_statement SET company_accepted_terms = :other WHERE id = :id",
        other="b" * 64,
        id=agreement.statement_id,
    )


@pytest.mark.both_databases("guards")
def test_an_acceptance_of_other_terms_than_the_first_is_refused_in_words(world, agreement):
    statement = agreement.statement
    done(
        "UPDATE rights_statement SET company_accepted_at = :at, company_accepted_by_id = :who, "
        "company_accepted_terms = :terms WHERE id = :id",
        at=world.at if db.engine.dialect.name == "postgresql" else world.at.strftime("%Y-%m-%d %H:%M:%S.%f"),
        who=world.company_owner.id,
        terms="b" * 64,
        id=statement.id,
    )
    with pytest.raises(WrongState, match=fragment("The other side accepted different terms")):
        statement.accept_for_body(by=world.approver, at=world.at + timedelta(hours=1))
    assert db.session.scalar(text("SELECT body_accepted_at FROM rights_statement")) is None


def test_accepting_after_the_offer_was_taken_back_says_so_and_accepts_nothing(world, agreement, signed_in):
    sides = {"company": signed_in(world.company_owner), "body": signed_in(world.approver)}
    pages = {side: sheet(client.get(address(agreement)), "-acceptance") for side, client in sides.items()}
    agreement.take_back(by=world.staff, at=world.at)
    db.session.commit()
    for side, client in sides.items():
        answer = client.post(address(agreement, side), data=pages[side])
        assert answer.status_code == 409
        assert fragment("The offer was withdrawn, so nothing was accepted.") in answer.text
    stranger = signed_in(world.stranger)
    assert stranger.post(address(agreement, "company"), data=pages["company"]).status_code == 404
    db.session.expire_all()
    assert (agreement.statement.company_accepted_at, agreement.statement.body_accepted_at) == (None, None)
