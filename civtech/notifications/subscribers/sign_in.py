"""Emails about accounts: those that Flask-Security writes, and changes to sign-in, so that people notice them."""

from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import AnyFacts, Event, subscribe
from civtech.core.text import N_
from civtech.notifications.outbox import queue, queue_ready_made, queue_to_address
from civtech.people.events import (
    AddressChangeAsked,
    AddressChanged,
    AddressChangeFacts,
    ExternalIdentityLinked,
    ExternalIdentityUnlinked,
    IdentityFacts,
    PasskeyAdded,
    PasskeyRemoved,
    SecondFactorRemoved,
    SecondFactorSet,
    SignedIn,
)
from civtech.people.mail import deliver_with
from civtech.people.models import AddressChange, BrowserSession, Mailbox, User
from civtech.people.sign_in.mailbox_links import secret_for
from civtech.people.sign_in.single_sign_on.providers import title_of

CHANGES: dict[type[Event[User, AnyFacts]], str] = {
    PasskeyAdded: N_("A passkey was added to your account. You can use it to sign in without your password."),
    PasskeyRemoved: N_("A passkey was removed from your account. No one can sign in with it now."),
    SecondFactorSet: N_("An authenticator app was set up for your account."),
    SecondFactorRemoved: N_("The second factor on your account was turned off."),
}


@deliver_with
def post_account_mail(recipient: str, subject: str, body: str) -> None:
    """Queue an email about an account, which comes ready-made from Flask-Security."""
    person = db.session.scalar(select(User.id).where(User.email == recipient.lower()))
    queue_ready_made(person, recipient, subject, body, at=clock.now())


@subscribe(*CHANGES)
def tell_what_changed(event: Event[User, AnyFacts]) -> None:
    """Email the person, who must know if it was not them."""
    facts: dict[str, object] = {"what": CHANGES[type(event)], "link": ("people.sessions", {})}
    queue("sign_in_changed", [event.subject.id], facts, at=event.at)


@subscribe(ExternalIdentityLinked, ExternalIdentityUnlinked)
def say_the_way_in_changed(event: Event[User, IdentityFacts]) -> None:
    """Email the person in every case, because someone else may have used their browser."""
    facts: dict[str, object] = {"title": title_of(event.facts["issuer"]), "link": ("identities.index", {})}
    template = "identity_linked" if isinstance(event, ExternalIdentityLinked) else "identity_unlinked"
    queue(template, [event.subject.id], facts, at=event.at)


@subscribe(SignedIn)
def tell_of_a_new_browser(event: SignedIn) -> None:
    """Email the person, unless it is their first browser or one they used before."""
    person = event.subject
    db.session.flush()
    *before, now = db.session.scalars(
        select(BrowserSession.browser).where(BrowserSession.user_id == person.id).order_by(BrowserSession.id)
    )
    if not before or now in before:
        return
    facts = {"browser": now, "signed_in_at": event.at, "link": ("people.sessions", {})}
    queue("new_browser", [person.id], facts, at=event.at)


@subscribe(AddressChangeAsked)
def ask_both_mailboxes(event: AddressChangeAsked) -> None:
    """Email the old and the new address, each with its own link."""
    db.session.flush()
    change = _change_of(event)
    for mailbox in Mailbox:
        facts = {
            "new": mailbox is Mailbox.NEW,
            "expires_at": change.expires_at,
            "link": ("people.say_yes", {"secret": secret_for(change, mailbox)}),
        }
        address = change.address if mailbox is Mailbox.NEW else change.address_before
        queue_to_address("address_change", address, facts, at=event.at)


@subscribe(AddressChanged)
def tell_the_address_before(event: AddressChanged) -> None:
    """Email the old address, so that its reader learns that the account has a new one."""
    facts: dict[str, object] = {"link": ("people.account", {})}
    queue_to_address("address_changed", _change_of(event).address_before, facts, at=event.at)


def _change_of(event: Event[User, AddressChangeFacts]) -> AddressChange:
    return db.session.scalars(select(AddressChange).where(AddressChange.reference == event.facts["change"])).one()
