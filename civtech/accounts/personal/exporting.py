"""What people can take with them from accounts: who they are here, and where they signed in."""

from sqlalchemy import or_, select

from civtech.accounts.models import (
    BrowserSession,
    GrantedRole,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    User,
)
from civtech.core.personal import (
    Rows,
    acts,
    exported,
    named,
)
from civtech.core.text import N_
from civtech.web.idempotency import UsedKey


@exported("person", N_("Your account. Password, second factor and recovery codes are secrets and stay out."))
def account(person: User) -> Rows:
    return select(
        User.reference,
        User.name,
        User.email,
        User.registered_at,
        User.confirmed_at,
        User.tf_totp_secret.is_not(None).label("second_factor"),
    ).where(User.id == person.id)


@exported("programme_roles", N_("What the programme trusts you with."), GrantedRole.user_id)
def programme_roles(person: User) -> Rows:
    return select(GrantedRole.role, GrantedRole.since).where(GrantedRole.user_id == person.id).order_by(GrantedRole.id)


@exported("memberships", N_("The organisations you act for."), Membership.user_id)
def memberships(person: User) -> Rows:
    return (
        select(
            Organisation.reference.label("organisation"),
            Organisation.legal_name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            Membership.role,
            Membership.since,
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
    N_("Invitations sent to your address, and those you sent; other people’s addresses are left out."),
    Invitation.invited_by_id,
    Invitation.accepted_by_id,
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
            *acts(person, Invitation.invited_by_id, Invitation.accepted_by_id),
        )
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(or_(Invitation.email == person.email, named(person, Invitation.invited_by_id)))
        .order_by(Invitation.id)
    )


@exported("sessions", N_("Where you signed in, as your browsers call themselves."), BrowserSession.user_id)
def sessions(person: User) -> Rows:
    return (
        select(BrowserSession.reference, BrowserSession.browser, BrowserSession.begun_at, BrowserSession.ended_at)
        .where(BrowserSession.user_id == person.id)
        .order_by(BrowserSession.id)
    )


@exported("forms_sent", N_("Forms you sent, remembered so that sending one twice does its work once."))
def forms_sent(person: User) -> Rows:
    return select(UsedKey.location, UsedKey.used_at).where(UsedKey.actor == person.reference).order_by(UsedKey.id)
