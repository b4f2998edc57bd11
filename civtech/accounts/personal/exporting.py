"""What people can take with them from accounts: who they are here, and where they signed in."""

from sqlalchemy import case, or_, select

from civtech.accounts.models import (
    AddressChange,
    BrowserSession,
    CompanyFigures,
    ExternalIdentity,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationKind,
    Passkey,
    RoleGrant,
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
        User.tf_totp_secret.is_not(None).label("authenticator"),
    ).where(User.id == person.id)


@exported(
    "programme_roles",
    N_("What the programme trusts you with, or did, and the roles of others that you asked for, decided or ended."),
    RoleGrant.user_id,
    RoleGrant.asked_by_id,
    RoleGrant.decided_by_id,
    RoleGrant.ended_by_id,
)
def programme_roles(person: User) -> Rows:
    who = (RoleGrant.user_id, RoleGrant.asked_by_id, RoleGrant.decided_by_id, RoleGrant.ended_by_id)
    return (
        select(
            RoleGrant.reference,
            RoleGrant.role,
            RoleGrant.scope_kind,
            RoleGrant.scope_reference,
            RoleGrant.state,
            RoleGrant.starts_at,
            RoleGrant.ends_at,
            case((RoleGrant.user_id == person.id, RoleGrant.reason)).label("reason"),
            case((RoleGrant.user_id == person.id, RoleGrant.message)).label("refused_because"),
            *acts(person, *who),
        )
        .where(named(person, *who))
        .order_by(RoleGrant.id)
    )


@exported("memberships", N_("The organisations you act for."), Membership.user_id)
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
    N_("Invitations sent to your address, and those you sent or confirmed; other people’s addresses are left out."),
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


@exported("sessions", N_("Where you signed in, as your browsers call themselves."), BrowserSession.user_id)
def sessions(person: User) -> Rows:
    return (
        select(BrowserSession.reference, BrowserSession.browser, BrowserSession.begun_at, BrowserSession.ended_at)
        .where(BrowserSession.user_id == person.id)
        .order_by(BrowserSession.id)
    )


@exported("passkeys", N_("Your passkeys, by the names you gave them; the keys themselves stay out."), Passkey.user_id)
def passkeys(person: User) -> Rows:
    return (
        select(Passkey.reference, Passkey.name, Passkey.added_at, Passkey.used_at)
        .where(Passkey.user_id == person.id)
        .order_by(Passkey.id)
    )


@exported("sign_ins_elsewhere", N_("Who you are at other providers, with whom you sign in."), ExternalIdentity.user_id)
def sign_ins_elsewhere(person: User) -> Rows:
    return (
        select(
            ExternalIdentity.reference,
            ExternalIdentity.issuer,
            ExternalIdentity.subject,
            ExternalIdentity.linked_at,
            ExternalIdentity.used_at,
        )
        .where(ExternalIdentity.user_id == person.id)
        .order_by(ExternalIdentity.id)
    )


@exported("changes_of_address", N_("The e-mail addresses you had, and those you asked for."), AddressChange.user_id)
def changes_of_address(person: User) -> Rows:
    return (
        select(
            AddressChange.reference,
            AddressChange.address_before,
            AddressChange.address,
            AddressChange.asked_at,
            AddressChange.changed_at,
            AddressChange.dropped_at,
        )
        .where(AddressChange.user_id == person.id)
        .order_by(AddressChange.id)
    )


@exported(
    "requests_to_join",
    N_("Organisations you asked to join, and requests of others that you answered."),
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


@exported("figures", N_("The figures of companies that you stated."), CompanyFigures.stated_by_id)
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


@exported("numbers_accepted", N_("Organisations whose number you vouched for."), Organisation.number_accepted_by_id)
def numbers_accepted(person: User) -> Rows:
    return (
        select(Organisation.reference, Organisation.number_accepted_because, Organisation.number_accepted_at)
        .where(Organisation.number_accepted_by_id == person.id)
        .order_by(Organisation.id)
    )


@exported("forms_sent", N_("Forms you sent, remembered so that sending one twice does its work once."))
def forms_sent(person: User) -> Rows:
    return select(UsedKey.location, UsedKey.used_at).where(UsedKey.actor == person.reference).order_by(UsedKey.id)
