"""A6: a person with an idea, without any legal identity, was offered £40,000 plus VAT and paid."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.demo.figures import vat_number
from civtech.funding.models import Release, ReleaseState
from civtech.organisations.models import IdentifierScheme, Organisation, OrganisationKind
from civtech.people.models import User
from civtech.stages import queries
from civtech.stages.models import AgreementState, StageAgreement
from tests.support.messages import wording
from tests.support.sheet import sheet
from tests.support.sql import done, refused, without
from tests.world import Age, World, build
from tests.world.kept import Worlds

pytestmark = [pytest.mark.usefixtures("now"), pytest.mark.both_databases("guards")]
Enter = Callable[[User], FlaskClient]
REFUSED = wording(
    "You can only offer an agreement to a company with a checked registration number. Its owner can add the number, or "
    "change from a person with an idea to a company. Programme staff look up a number that we cannot check."
)

KEEPS = wording(
    "The company has an agreement, so it must keep a checked registration number. Programme staff can correct it."
)
NUMBER_FIRST = wording(
    "No money can be released or paid until the company has a checked registration number. Programme staff can "
    "check it and accept it on the company’s page."
)


def _unnumbered(world: World, kind: OrganisationKind) -> StageAgreement:
    team = world.company
    team.identifier_scheme = team.identifier_number = None
    db.session.flush()
    if kind is OrganisationKind.INDIVIDUAL:
        with without("organisation_is_fixed"):
            done("UPDATE organisation SET kind = 'individual', size = NULL WHERE id = :id", id=team.id)
    return world.agreement()


def alone(at: datetime) -> tuple[World, StageAgreement]:
    """A person with an idea won, and staff drafted the agreement."""
    world = build(Age.FUNDED, at, teams=1)
    return world, _unnumbered(world, OrganisationKind.INDIVIDUAL)


def without_number(at: datetime) -> tuple[World, StageAgreement]:
    """A company without a registration number won."""
    world = build(Age.FUNDED, at, teams=1)
    return world, _unnumbered(world, OrganisationKind.COMPANY)


def registered(at: datetime) -> tuple[World, StageAgreement]:
    """A company with a company number won, whose VAT number we do not know."""
    world = build(Age.FUNDED, at, teams=1)
    world.company.identifier_scheme = IdentifierScheme.COMPANIES_HOUSE
    world.company.identifier_number = "SC123456"
    return world, world.agreement()


def unchecked(at: datetime) -> tuple[World, StageAgreement]:
    """An Irish company won, with a number that no one has looked up."""
    world = build(Age.FUNDED, at, teams=1)
    world.company.identifier_scheme, world.company.identifier_number = IdentifierScheme("IE-CRO"), "623456"
    return world, world.agreement()


def released(at: datetime) -> tuple[World, Release]:
    """A release for the first milestone of a company whose number was never checked, as before this rule."""
    world = build(Age.FUNDED, at, teams=1)
    release = world.release(world.in_force().milestones[0])
    with without(
        "organisation_keeps_its_number_while_it_is_paid", "organisation_number_is_changed_by_staff_once_agreed"
    ):
        done(
            "UPDATE organisation SET identifier_scheme = 'IE-CRO', identifier_number = '623456' WHERE id = :id",
            id=world.company.id,
        )
    return world, release


def drafted(world: World) -> StageAgreement:
    """The agreement as its page reads it."""
    return db.session.scalars(queries.visible_to(world.staff).options(*queries.IN_FULL)).unique().one()


@pytest.mark.parametrize("builder", [alone, without_number, unchecked])
def test_no_agreement_is_offered_to_who_is_no_company_with_a_number(
    worlds: Worlds, builder: Callable[..., object]
) -> None:
    world, _agreement = worlds(builder)
    agreement = drafted(world)
    with pytest.raises(RuleViolation, match="company with a checked registration number"):
        agreement.offer(by=world.staff, at=world.at, vat_number=vat_number(1))
    assert agreement.state is AgreementState.DRAFT


@pytest.mark.parametrize("builder", [alone, without_number, unchecked])
def test_the_database_refuses_the_offer_too(worlds: Worlds, builder: Callable[..., object]) -> None:
    _world, agreement = worlds(builder)

    with without("agreement_is_offered_within_its_limits"):
        assert REFUSED in refused(
            "UPDATE stage_agreement SET state = 'offered', offered_at = drafted_at, first_offered_at = drafted_at, "
            "vat_number = 'GB980780684' WHERE id = :id",
            id=agreement.id,
        )


def test_vat_is_offered_with_a_number_or_a_reason_only(worlds: Worlds) -> None:
    world, agreement = worlds(registered)
    with without("agreement_is_offered_within_its_limits"):
        assert "vat_with_a_number_or_a_reason" in refused(
            "UPDATE stage_agreement SET state = 'offered', offered_at = drafted_at, first_offered_at = drafted_at "
            "WHERE id = :id",
            id=agreement.id,
        )
    agreement = drafted(world)
    with pytest.raises(RuleViolation, match="Enter the company’s VAT number"):
        agreement.offer(by=world.staff, at=world.at)
    with pytest.raises(RuleViolation, match="Enter a valid UK or EU VAT number"):
        agreement.offer(by=world.staff, at=world.at, vat_number="GB123456789")
    agreement.offer(by=world.staff, at=world.at, vat_reason="It has applied for a number.")
    db.session.commit()
    assert (agreement.vat_number, agreement.vat_reason) == (None, "It has applied for a number.")
    agreement.take_back(by=world.staff, at=world.at)
    agreement.offer(by=world.staff, at=world.at, vat_number=" gb 980 7806 84 ", vat_reason="Not needed any more.")
    db.session.commit()
    assert (agreement.vat_number, agreement.vat_reason) == ("GB980780684", None)


def test_without_vat_nothing_is_asked(worlds: Worlds) -> None:
    world, _agreement = worlds(registered)
    agreement = drafted(world)
    for milestone in agreement.milestones:
        agreement.replan(
            milestone=milestone,
            title=milestone.title,
            success_criteria=milestone.success_criteria,
            due_on=milestone.due_on,
            amount_pence=milestone.amount_pence,
            vat_per_cent=0,
            by=world.staff,
            at=world.at,
        )
    agreement.offer(by=world.staff, at=world.at)
    assert (agreement.vat_number, agreement.vat_reason) == (None, None)


def test_the_winner_is_told_and_led_to_the_offer(worlds: Worlds, signed_in: Enter) -> None:
    world, agreement = worlds(alone)
    url = f"/agreements/{agreement.reference}"
    owner, staff = signed_in(world.company_owner), signed_in(world.staff)
    asked = wording("Before we can offer you an agreement, change to a company with a registration number")
    assert asked in owner.get("/home").text
    shown = owner.get(f"/proposals/{world.proposals[0].reference}").text
    assert wording("Before we can offer you an agreement, change to a company") in shown
    page = staff.get(f"{url}/offer")
    assert wording("VAT number of the company") not in page.text
    assert "a person with an idea" in page.text
    assert staff.post(f"{url}/offer", data={"seen": "x"}).status_code in {409, 422}

    become = f"/organisations/{world.company.reference}/company"
    typed = {
        **sheet(owner.get(become)),
        "legal_name": "Kelp Signals Ltd",
        "identifier_scheme": IdentifierScheme.COMPANIES_HOUSE.value,
        "identifier_number": "SC765432",
    }
    assert owner.post(become, data=typed).status_code == 302
    assert asked not in owner.get("/home").text
    filled = sheet(staff.get(f"{url}/offer"), "/offer")
    answer = staff.post(f"{url}/offer", data={**filled, "vat_number": "", "vat_reason": ""})
    assert answer.status_code == 422
    assert wording("Enter the company’s VAT number, or say why it charges VAT without one.") in answer.text
    filled = sheet(answer, "/offer")
    assert staff.post(f"{url}/offer", data={**filled, "vat_number": "GB 980 7806 84"}).status_code == 302
    db.session.expire_all()
    assert db.session.scalar(select(StageAgreement.vat_number)) == "GB980780684"
    assert "GB980780684" in owner.get(url).text


def test_a_company_without_a_number_is_asked_for_it(worlds: Worlds, signed_in: Enter) -> None:
    world, _agreement = worlds(without_number)
    asked = wording(
        "Before we can offer you an agreement, add the registration number of %(company)s", company=world.company.name
    )
    assert asked in signed_in(world.company_owner).get("/home").text
    assert asked not in signed_in(world.company_editor).get("/home").text
    staff = db.session.get_one(User, world.staff.id)
    assert staff.name
    world.company.accept_number(
        IdentifierScheme.COMPANIES_HOUSE, "1-ODD", because="Seen in the register.", by=staff, at=world.at
    )
    db.session.commit()
    assert asked not in signed_in(world.company_owner).get("/home").text
    drafted(world).offer(by=world.staff, at=world.at, vat_number=vat_number(1))


def test_the_number_stays_while_money_can_flow(worlds: Worlds) -> None:
    world, _agreement = worlds(registered)
    drafted(world).offer(by=world.staff, at=world.at, vat_number=vat_number(1))
    db.session.flush()
    with without("organisation_number_is_changed_by_staff_once_agreed"):
        assert KEEPS in refused(
            "UPDATE organisation SET identifier_number = NULL, identifier_scheme = NULL WHERE id = :id",
            id=world.company.id,
        )
    scheme = IdentifierScheme.COMPANIES_HOUSE
    with without("organisation_number_is_changed_by_staff_once_agreed"):
        assert KEEPS in refused(
            "UPDATE organisation SET identifier_number = '623456', identifier_scheme = 'IE-CRO' WHERE id = :id",
            id=world.company.id,
        )
    world.company.accept_number(scheme, "SC123457", because="Seen in the register.", by=world.staff, at=world.at)
    db.session.commit()
    assert db.session.get_one(Organisation, world.company.id).can_be_paid


def test_a_number_that_no_one_checked_is_looked_up_by_staff_before_the_offer(worlds: Worlds, signed_in: Enter) -> None:
    world, agreement = worlds(unchecked)
    company, name = f"/organisations/{world.company.reference}", world.company.name
    owner, staff = signed_in(world.company_owner), signed_in(world.staff)
    to_look_up = wording("Check the registration number of %(company)s in its register", company=name)
    assert wording(
        "Before we can offer you an agreement, add the registration number of %(company)s", company=name
    ) not in (owner.get("/home").text)
    waits = wording("Before we can offer you an agreement, we check your registration number")
    proposal = f"/proposals/{world.proposals[0].reference}"
    assert waits in owner.get(proposal).text
    assert to_look_up in staff.get("/home").text
    assert to_look_up not in owner.get("/home").text
    assert db.session.execute(queries.numbers_to_check(world.colleague)).unique().all()
    assert db.session.execute(queries.numbers_to_check(world.company_viewer)).unique().all() == []
    offer = f"/agreements/{agreement.reference}/offer"
    assert "623456" in staff.get(offer).text
    assert wording("VAT number of the company") not in staff.get(offer).text
    typed = {"identifier_scheme": "IE-CRO", "identifier_number": "623456", "because": "Seen at core.cro.ie."}
    assert staff.post(f"{company}/number", data=typed).status_code == 302
    assert to_look_up not in staff.get("/home").text
    assert waits not in owner.get(proposal).text
    filled = sheet(staff.get(offer), "/offer")
    assert staff.post(offer, data={**filled, "vat_number": "GB 980 7806 84"}).status_code == 302


def test_no_money_is_released_or_paid_to_a_number_that_no_one_checked(worlds: Worlds, signed_in: Enter) -> None:
    world, release = worlds(released)
    with pytest.raises(WrongState, match="until the company has a checked registration number"):
        release.approve(by=world.colleague, at=world.at)
    with pytest.raises(WrongState, match="until the company has a checked registration number"):
        Release.propose(
            milestone=world.accepted(release.milestone.agreement.milestones[1]), by=world.staff, at=world.at
        )
    assert NUMBER_FIRST in refused(
        "UPDATE release SET state = 'approved', approved_at = proposed_at, approved_by_id = :who",
        who=world.colleague.id,
    )
    page = signed_in(world.staff).get(f"/milestones/{release.milestone.agreement.milestones[1].reference}").text
    assert wording("Check the registration number of %(company)s", company=world.company.name) in page
    release.refuse(reason="Its number is not checked.", by=world.colleague, at=world.at)
    db.session.flush()
    assert release.state is ReleaseState.REFUSED
    assert NUMBER_FIRST in refused(
        "INSERT INTO release (reference, milestone_id, state, amount_pence, vat_pence, currency, proposed_at, "
        "proposed_by_id, version) SELECT 'L-NEW', milestone_id, 'proposed', amount_pence, vat_pence, currency, "
        "proposed_at, proposed_by_id, 1 FROM release"
    )
    irish = IdentifierScheme("IE-CRO")
    world.company.accept_number(irish, "623456", because="Seen at core.cro.ie.", by=world.staff, at=world.at)
    db.session.flush()
    Release.propose(milestone=release.milestone, by=world.staff, at=world.at)
    db.session.flush()
