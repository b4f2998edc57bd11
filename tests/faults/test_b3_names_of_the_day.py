"""B3: what was awarded keeps the name and number of its day, and another number needs someone else."""

import pytest
from sqlalchemy import select

from civtech.core.db import db, unit_of_work
from civtech.core.errors import RuleViolation
from civtech.organisations.models import IdentifierScheme, MemberRole, Organisation, OrganisationKind, OrganisationName
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.people.models.erased import ERASED_NAME
from civtech.privacy.models import Erasure, ErasureGround
from civtech.rights.models import RightsStatement
from tests.factories.verbs import DAY
from tests.support.messages import wording
from tests.support.sql import refused
from tests.world import Age
from tests.world.kept import Worlds

NEW = "Ebbtide Sensors Ltd"


@pytest.fixture
def world(worlds: Worlds, app, now):
    return worlds(Age.FUNDED, teams=1)


def change(organisation, by, at, **other):
    said = {
        "legal_name": organisation.legal_name,
        "trading_name": organisation.trading_name,
        "identifier_scheme": organisation.identifier_scheme,
        "identifier_number": organisation.identifier_number,
        "about": organisation.about,
    }
    organisation.change(**(said | other), by=by, at=at)
    db.session.commit()


def now_called(name):
    return wording("%(name)s (now called %(now)s)", name=name, now=NEW)


def test_the_register_shows_an_award_under_the_name_of_its_day(world, client):
    agreement = world.in_force()
    db.session.commit()
    register = f"/register/{world.challenge.slug}"
    company = agreement.company
    before = company.name
    certificate = f"/rights-statements/{agreement.statement.reference}/public"
    pages = ("/register", register, f"/challenges/{world.challenge.slug}", certificate)
    assert all(before in client.get(page).text for page in pages)
    change(company, world.company_owner, world.at, legal_name=NEW)
    for page in pages:
        assert now_called(before) in client.get(page).text, page


def test_a_name_that_changed_before_the_award_is_the_name_of_its_day(world, client):
    company = world.proposals[0].organisation
    change(company, world.company_owner, world.at - 35 * DAY, legal_name=NEW)
    world.in_force()
    db.session.commit()
    page = client.get(f"/register/{world.challenge.slug}").text
    assert NEW in page
    assert now_called("Tidewater Signals Ltd") not in page


def test_a_sponsor_that_is_renamed_keeps_its_name_beside_old_challenges(world, client):
    before = world.body.name
    change(world.body, world.head, world.at, legal_name=NEW)
    assert now_called(before) in client.get("/register").text


def test_a_receipt_names_who_offered_with_the_name_and_number_of_the_day(worlds, app, now, signed_in):
    world = worlds(Age.PUBLISHED)
    scheme = IdentifierScheme.COMPANIES_HOUSE
    change(world.company, world.company_owner, now, identifier_scheme=scheme, identifier_number="SC123456")
    proposal = world.submitted()
    change(world.company, world.company_owner, now, legal_name=NEW)
    content = proposal.submissions[-1].content
    assert (content["organisation"], content["organisation_number"]) == ("Tidewater Signals Ltd", "SC123456")
    page = signed_in(world.company_owner).get(f"/proposals/{proposal.reference}/receipt").text
    assert "Tidewater Signals Ltd" in page


def test_a_person_with_an_idea_is_named_in_no_receipt_and_in_no_list_of_names(worlds, app, now):
    world = worlds(Age.PUBLISHED)
    inventor = world.person("inventor", name="Ines Inventor")
    idea = Organisation.create(kind=OrganisationKind.INDIVIDUAL, legal_name="Ines Inventor", by=inventor, at=now)
    proposal = world.submitted(idea, by=inventor)
    change(idea, inventor, now, legal_name="Ines N. Inventor")
    assert "organisation" not in proposal.submissions[-1].content
    assert db.session.scalars(select(OrganisationName).where(OrganisationName.organisation_id == idea.id)).all() == []
    facts = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.event == "OrganisationChanged")).one()
    assert facts == {"fields": ["legal_name"], "was": {}, "now": {}}


def test_the_audit_log_says_which_details_changed(world):
    change(world.company, world.company_owner, world.at, legal_name=NEW, about="Sensors.")
    facts = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.event == "OrganisationChanged")).one()
    assert facts == {
        "fields": ["legal_name", "about"],
        "was": {"legal_name": "Tidewater Signals Ltd"},
        "now": {"legal_name": NEW},
    }


def numbered(world):
    company, scheme = world.proposals[0].organisation, IdentifierScheme.COMPANIES_HOUSE
    change(company, world.company_owner, world.at - 39 * DAY, identifier_scheme=scheme, identifier_number="SC123456")
    return company


def test_another_number_needs_programme_staff_once_there_is_an_agreement(world):
    company = numbered(world)
    change(company, world.company_owner, world.at - 38 * DAY, identifier_number="SC123457")
    world.offered()
    db.session.commit()
    with pytest.raises(RuleViolation) as said:
        change(company, world.company_owner, world.at, identifier_number="SC654321")
    assert said.value.field == "identifier_number"
    db.session.rollback()
    scheme = IdentifierScheme.COMPANIES_HOUSE
    company.accept_number(scheme, "SC654321", because="Seen in the register.", by=world.staff, at=world.at)
    db.session.commit()
    numbers = select(OrganisationName.identifier_number).where(OrganisationName.organisation_id == company.id)
    assert db.session.scalars(numbers.order_by(OrganisationName.id)).all()[-3:] == ["SC123456", "SC123457", "SC654321"]


@pytest.mark.both_databases("guards")
def test_the_database_refuses_another_number_without_staff_and_keeps_old_names(world):
    company = numbered(world)
    world.offered()
    db.session.commit()
    text = wording(
        "This organisation has an agreement, so you cannot change its registration number. Ask programme staff to "
        "change it."
    )
    assert text in refused("UPDATE organisation SET identifier_number = 'SC654321' WHERE id = :id", id=company.id)
    kept = wording("What an organisation was called on a day cannot be changed.")
    assert kept in refused("UPDATE organisation_name SET legal_name = 'X' WHERE organisation_id = :id", id=company.id)
    assert kept in refused("DELETE FROM organisation_name WHERE organisation_id = :id", id=company.id)


def test_a_decision_keeps_the_names_of_the_day_the_teams_were_told(worlds, app, now, signed_in):
    world = worlds(Age.JUDGED)
    decision = world.decided(world.proposals[:1], release=False, departure="x")
    page, company = f"/decisions/{decision.reference}", world.company
    before, staff = company.name, signed_in(world.staff)
    decision.approve(by=world.colleague, at=world.at)
    db.session.commit()
    change(company, world.company_owner, world.at, trading_name="Kelp")
    assert now_called(before) not in staff.get(page).text
    decision.release(by=world.staff, at=world.at + DAY)
    db.session.commit()
    change(company, world.company_owner, world.at + 2 * DAY, trading_name=NEW)
    shown = staff.get(page).text
    assert now_called("Kelp") in shown
    assert before not in shown


def test_a_payment_keeps_the_names_of_its_day_on_its_page_and_in_the_list(world, signed_in):
    agreement = world.in_force()
    paid, waits = (world.release(milestone) for milestone in agreement.milestones)
    paid.approve(by=world.colleague, at=world.at - DAY)
    db.session.flush()
    paid.pay(bank_reference="BACS-000777", by=world.finance, at=world.at)
    db.session.commit()
    before, body = agreement.company.name, agreement.public_body.name
    change(agreement.company, world.company_owner, world.at + DAY, legal_name=NEW)
    change(agreement.public_body, world.head, world.at + DAY, legal_name="Another Body")
    finance = signed_in(world.finance)
    page = finance.get(f"/releases/{paid.reference}").text
    assert now_called(before) in page
    assert wording("%(name)s (now called %(now)s)", name=body, now="Another Body") in page
    assert now_called(before) not in finance.get(f"/releases/{waits.reference}").text
    assert finance.get("/releases").text.count(now_called(before)) == 1


def test_who_accepted_keeps_the_name_of_that_moment_until_they_are_erased(worlds, app, now, signed_in):
    world = worlds(Age.FINISHED)
    statement = db.session.scalars(select(RightsStatement)).first()
    world.company.admit(world.company_editor, MemberRole.OWNER, by=world.company_owner, at=world.at)
    db.session.commit()
    owner, page = world.company_owner, f"/rights-statements/{statement.reference}"
    before = owner.name
    owner.rename("Ottilie Other", by=owner, at=world.at)
    db.session.commit()
    reader = signed_in(world.staff)

    def said() -> str:
        _start, acceptance = reader.get(page).text.split(wording("Acceptance") + "</h2>")
        return acceptance.split(wording("How to check this statement"))[0]

    assert before in said()
    assert "Ottilie Other" not in said()
    assert owner.id == statement.company_accepted_by_id
    approver = db.session.get_one(User, statement.body_accepted_by_id)
    assert approver.name in said()
    with unit_of_work():
        erasure = Erasure.carry_out(owner, ground=ErasureGround.OPERATOR, by=None, at=world.at)
    assert erasure["names_of_who_accepted"] == 1
    assert before not in said()
    assert ERASED_NAME in said()
    assert (statement.company_accepted_name, statement.body_accepted_name) == (None, approver.name)


@pytest.mark.both_databases("guards")
def test_the_database_lets_no_one_change_under_which_name_someone_accepted(world):
    statement = world.in_force().statement
    kept = wording("The terms of a rights statement, and who accepted it, cannot be changed once they are given.")
    for side in ("company", "body"):
        change_of = f"UPDATE rights_statement SET {side}_accepted_name = 'Someone Else' WHERE id = :id"
        assert kept in refused(change_of, id=statement.id)
