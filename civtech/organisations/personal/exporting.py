"""What people can export: the organisations they act for, and what they did for them."""

from sqlalchemy import case, or_, select

from civtech.core.db import Rows
from civtech.core.personal import acts, exported, named
from civtech.core.text import N_
from civtech.organisations.models import (
    CompanyFigures,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationKind,
)
from civtech.people.models import User


@exported("memberships", N_("The organisations you act for, or have acted for."), Membership.user_id)
def memberships(person: User) -> Rows:
    return (
        select(
            Organisation.reference.label("organisation"),
            Organisation.legal_name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            Membership.role,
            Membership.since,
            Membership.until,
        )
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id == person.id)
        .order_by(Membership.id)
    )


@exported("person_with_an_idea", N_("What you say about yourself as a person with an idea."))
def person_with_an_idea(person: User) -> Rows:
    return (
        select(Organisation.reference, Organisation.legal_name, Organisation.trading_name, Organisation.about)
        .where(Organisation.kind == OrganisationKind.INDIVIDUAL, Organisation.id.in_(person.organisation_ids()))
        .order_by(Organisation.id)
    )


@exported(
    "invitations",
    N_(
        "Invitations sent to your address, and those you sent or confirmed. Other people’s email addresses "
        "are not included."
    ),
    Invitation.invited_by_id,
    Invitation.accepted_by_id,
    Invitation.confirmed_by_id,
)
def invitations(person: User) -> Rows:
    return (
        select(
            Invitation.reference,
            Organisation.reference.label("organisation"),
            Invitation.role,
            Invitation.state,
            Invitation.sent_at,
            Invitation.expires_at,
            Invitation.answered_at,
            (Invitation.email == person.email).label("sent_to_you"),
            case((Invitation.confirmed_by_id == person.id, Invitation.confirmed_because)).label("confirmed_because"),
            *acts(person, Invitation.invited_by_id, Invitation.accepted_by_id, Invitation.confirmed_by_id),
        )
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            or_(Invitation.email == person.email, named(person, Invitation.invited_by_id, Invitation.confirmed_by_id))
        )
        .order_by(Invitation.id)
    )


@exported(
    "requests_to_join",
    N_("Organisations you asked to join, and other people’s requests that you answered."),
    JoinRequest.person_id,
    JoinRequest.answered_by_id,
)
def requests_to_join(person: User) -> Rows:
    who = (JoinRequest.person_id, JoinRequest.answered_by_id)
    return (
        select(
            JoinRequest.reference,
            Organisation.reference.label("organisation"),
            JoinRequest.role,
            JoinRequest.state,
            JoinRequest.sent_at,
            JoinRequest.answered_at,
            *acts(person, *who),
        )
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(named(person, *who))
        .order_by(JoinRequest.id)
    )


@exported("figures", N_("Company figures that you entered."), CompanyFigures.stated_by_id)
def figures(person: User) -> Rows:
    return (
        select(
            Organisation.reference.label("organisation"),
            CompanyFigures.year,
            CompanyFigures.headcount,
            CompanyFigures.turnover,
            CompanyFigures.balance_sheet,
            CompanyFigures.currency,
            CompanyFigures.stated_at,
        )
        .join(Organisation, Organisation.id == CompanyFigures.organisation_id)
        .where(CompanyFigures.stated_by_id == person.id)
        .order_by(CompanyFigures.id)
    )


@exported(
    "numbers_accepted", N_("Organisations whose registration number you accepted."), Organisation.number_accepted_by_id
)
def numbers_accepted(person: User) -> Rows:
    return (
        select(Organisation.reference, Organisation.number_accepted_because, Organisation.number_accepted_at)
        .where(Organisation.number_accepted_by_id == person.id)
        .order_by(Organisation.id)
    )
