"""Emails about accounts: those that Flask-Security writes, and changes to sign-in, so that people notice them."""

from collections.abc import Iterable
from typing import TypeAlias

from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_, Text
from civtech.notifications.naming import Facts, Line, Link, named
from civtech.notifications.outbox import queue_ready_made
from civtech.notifications.recipients import OfPerson, the_person
from civtech.notifications.telling import tells, tells_each
from civtech.people.events import (
    AccountDeactivated,
    AccountReactivated,
    AddressChangeAsked,
    AddressChanged,
    AddressChangeFacts,
    ExternalIdentityLinked,
    ExternalIdentityUnlinked,
    IdentityFacts,
    PasskeyAdded,
    PasskeyRemoved,
    RecoveryCodesMade,
    SecondFactorRemoved,
    SecondFactorSet,
    SignedIn,
)
from civtech.people.mail import deliver_with
from civtech.people.models import AddressChange, BrowserSession, Mailbox, User
from civtech.people.sign_in.mailbox_links import secret_for
from civtech.people.sign_in.single_sign_on.providers import title_of

OfAddress: TypeAlias = Event[User, AddressChangeFacts]

PROTECTS = N_("Someone else may have used their account.")

CHANGES: dict[type[Event[User, AnyFacts]], str] = {
    PasskeyAdded: N_("A passkey was added to your account. You can use it to sign in without your password."),
    PasskeyRemoved: N_("A passkey was removed from your account. No one can sign in with it now."),
    RecoveryCodesMade: N_("New recovery codes were created for your account. Earlier codes no longer work."),
    SecondFactorSet: N_("An authenticator app was set up for your account."),
    SecondFactorRemoved: N_("The second factor on your account was turned off."),
}


@deliver_with
def post_account_mail(recipient: str, subject: str, body: str) -> None:
    """Queue an email about an account, which comes ready-made from Flask-Security."""
    person = db.session.scalar(select(User.id).where(User.email == recipient.lower()))
    queue_ready_made(person, recipient, subject, body, at=clock.now())


def people_in_a_new_browser(event: SignedIn) -> Iterable[int]:
    """The person, unless it is their first browser or one they used before."""
    db.session.flush()
    *before, now = db.session.scalars(
        select(BrowserSession.browser).where(BrowserSession.user_id == event.subject.id).order_by(BrowserSession.id)
    )
    return [event.subject.id] if before and now not in before else []


def both_addresses(event: AddressChangeAsked) -> Iterable[tuple[Mailbox, Iterable[str]]]:
    """The old and the new address, each with its own link."""
    db.session.flush()
    change = _change_of(event)
    yield Mailbox.NEW, [change.address]
    yield Mailbox.OLD, [change.address_before]


def the_address_before(event: AddressChanged) -> Iterable[str]:
    """The old address, so that its reader learns that the account has a new one."""
    return [_change_of(event).address_before]


def of_account(event: OfPerson, link: Link, *lines: Line) -> Facts:
    """What an email says of an account: what happened to it and when."""
    return named(Text(N_("Your account")), event.subject.reference, link, (N_("When"), event.at), *lines)


@tells(*CHANGES, to=the_person, words="sign_in_changed", actor_too=PROTECTS)
def changed(event: Event[User, AnyFacts]) -> Facts:
    return of_account(event, ("people.sessions", {})) | {"what": CHANGES[type(event)]}


def _of_identity(event: Event[User, IdentityFacts]) -> Facts:
    return of_account(event, ("identities.index", {})) | {"title": title_of(event.facts["issuer"])}


@tells(ExternalIdentityLinked, to=the_person, words="identity_linked", actor_too=PROTECTS)
def linked(event: ExternalIdentityLinked) -> Facts:
    return _of_identity(event)


@tells(ExternalIdentityUnlinked, to=the_person, words="identity_unlinked", actor_too=PROTECTS)
def unlinked(event: ExternalIdentityUnlinked) -> Facts:
    return _of_identity(event)


@tells(SignedIn, to=people_in_a_new_browser, words="new_browser", actor_too=PROTECTS)
def signed_in(event: SignedIn) -> Facts:
    browser = db.session.scalars(
        select(BrowserSession.browser)
        .where(BrowserSession.user_id == event.subject.id)
        .order_by(BrowserSession.id.desc())
        .limit(1)
    ).one()
    return of_account(event, ("people.sessions", {}), (N_("Browser"), browser)) | {"signed_in_at": event.at}


@tells_each(AddressChangeAsked, to=both_addresses, words="address_change", actor_too=PROTECTS)
def address_change(event: AddressChangeAsked, mailbox: Mailbox) -> Facts:
    change = _change_of(event)
    link: Link = ("people.say_yes", {"secret": secret_for(change, mailbox)})
    return named(Text(N_("Your account")), change.reference, link) | {
        "new": mailbox is Mailbox.NEW,
        "expires_at": change.expires_at,
    }


@tells(AddressChanged, to=the_address_before, words="address_changed", actor_too=PROTECTS)
def address_changed(event: AddressChanged) -> Facts:
    return of_account(event, ("people.account", {}))


@tells(AccountDeactivated, to=the_person, words="account_deactivated", actor_too=PROTECTS)
def deactivated(event: AccountDeactivated) -> Facts:
    return of_account(event, ("privacy.notice", {}))


@tells(AccountReactivated, to=the_person, words="account_reactivated", actor_too=PROTECTS)
def reactivated(event: AccountReactivated) -> Facts:
    return of_account(event, ("people.sessions", {}))


def _change_of(event: OfAddress) -> AddressChange:
    return db.session.scalars(select(AddressChange).where(AddressChange.reference == event.facts["change"])).one()
