"""What people can export: their account, and where they signed in."""

from sqlalchemy import select

from civtech.core.db import Rows
from civtech.core.personal import exported
from civtech.core.text import N_
from civtech.people.models import AddressChange, BrowserSession, ExternalIdentity, Passkey, User
from civtech.web.idempotency import UsedKey


@exported(
    "person", N_("Your account. Your password, second factor and recovery codes are secret, so they are not included.")
)
def account(person: User) -> Rows:
    return select(
        User.reference,
        User.name,
        User.email,
        User.registered_at,
        User.confirmed_at,
        User.tf_totp_secret.is_not(None).label("authenticator"),
    ).where(User.id == person.id)


@exported("sessions", N_("Where you signed in, with the name each browser gave for itself."), BrowserSession.user_id)
def sessions(person: User) -> Rows:
    return (
        select(BrowserSession.reference, BrowserSession.browser, BrowserSession.begun_at, BrowserSession.ended_at)
        .where(BrowserSession.user_id == person.id)
        .order_by(BrowserSession.id)
    )


@exported(
    "passkeys",
    N_("Your passkeys, with the names you gave them. The keys themselves are not included."),
    Passkey.user_id,
)
def passkeys(person: User) -> Rows:
    return (
        select(Passkey.reference, Passkey.name, Passkey.added_at, Passkey.used_at)
        .where(Passkey.user_id == person.id)
        .order_by(Passkey.id)
    )


@exported(
    "sign_ins_elsewhere", N_("Who you are with other services that you use to sign in."), ExternalIdentity.user_id
)
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


@exported(
    "changes_of_address", N_("The email addresses you had, and those you asked to change to."), AddressChange.user_id
)
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
    "forms_sent",
    N_("Forms you sent. We remember them so that sending a form twice has the same effect as sending it once."),
)
def forms_sent(person: User) -> Rows:
    return select(UsedKey.location, UsedKey.used_at).where(UsedKey.actor == person.reference).order_by(UsedKey.id)
