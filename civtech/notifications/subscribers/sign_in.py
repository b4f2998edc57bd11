"""Emails about changes to sign-in, so that people notice if it was someone else."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event, subscribe
from civtech.core.text import N_
from civtech.notifications.outbox import queue, queue_to_address
from civtech.people.events import (
    AddressChangeAsked,
    AddressChanged,
    AddressChangeFacts,
    PasskeyAdded,
    PasskeyRemoved,
    SecondFactorRemoved,
    SecondFactorSet,
    SignedIn,
)
from civtech.people.models import AddressChange, BrowserSession, Mailbox, User
from civtech.people.sign_in.mailbox_links import secret_for

CHANGES: dict[type[Event[User, AnyFacts]], str] = {
    PasskeyAdded: N_("A passkey was added to your account. You can use it to sign in without your password."),
    PasskeyRemoved: N_("A passkey was removed from your account. No one can sign in with it now."),
    SecondFactorSet: N_("An authenticator app was set up for your account."),
    SecondFactorRemoved: N_("The second factor on your account was turned off."),
}


@subscribe(*CHANGES)
def tell_what_changed(event: Event[User, AnyFacts]) -> None:
    """Email the person, who must know if it was not them."""
    facts: dict[str, object] = {"what": CHANGES[type(event)], "link": ("people.sessions", {})}
    queue("sign_in_changed", [event.subject.id], facts, at=event.at)


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
