"""Queries for people and how they sign in."""

from datetime import datetime

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from civtech.core.statements import built_once
from civtech.people.models import BrowserSession, ExternalIdentity, Passkey, User, people, rights
from civtech.people.models.browser_session import is_live

IN_SESSION: list[_AbstractLoad] = []
"""What a query loads with the session of a signed-in person, at every request. Later packages add to it."""


@built_once
def sessions(person: User, at: datetime) -> Select[BrowserSession]:
    """Where `person` is signed in, latest first."""
    return (
        select(BrowserSession)
        .where(BrowserSession.user_id == person.id, is_live(at))
        .order_by(BrowserSession.begun_at.desc(), BrowserSession.id.desc())
    )


@built_once
def signed_in_with(uniquifier: str, digest: str, at: datetime) -> Select[User, BrowserSession, bool]:
    """A person, their live session whose secret has this digest, and whether they have a passkey."""
    return (
        people()
        .add_columns(BrowserSession, exists().where(Passkey.user_id == User.id))
        .join(BrowserSession, BrowserSession.user_id == User.id)
        .where(User.fs_uniquifier == uniquifier, BrowserSession.digest == digest, is_live(at))
        .options(*IN_SESSION)
    )


@built_once
def session_with(digest: str, at: datetime) -> Select[BrowserSession]:
    """The live session whose secret has this digest."""
    return select(BrowserSession).where(BrowserSession.digest == digest, is_live(at))


@built_once
def passkeys(person: User) -> Select[Passkey]:
    """The passkeys of `person`, the oldest first."""
    return select(Passkey).where(Passkey.user_id == person.id).order_by(Passkey.id)


@built_once
def passkey_of(person: User, reference: str) -> Select[Passkey]:
    """The passkey of `person` with this reference."""
    return passkeys(person).where(Passkey.reference == reference)


@built_once
def identities(person: User) -> Select[ExternalIdentity]:
    """The identities of `person` with other services, in the order they were linked."""
    return (
        select(ExternalIdentity)
        .where(ExternalIdentity.user_id == person.id)
        .order_by(ExternalIdentity.linked_at, ExternalIdentity.id)
    )


@built_once
def identity(issuer: str, subject: str) -> Select[ExternalIdentity]:
    """The link of one issuer's subject to a person, with what signing in as the person needs."""
    return (
        select(ExternalIdentity)
        .where(ExternalIdentity.issuer == issuer, ExternalIdentity.subject == subject)
        .options(joinedload(ExternalIdentity.user).options(*rights(), selectinload(User.passkeys)))
    )


@built_once
def person_by_email(email: str) -> Select[User]:
    """The person with this address, in upper or lower case."""
    return people().where(User.email == email.strip().lower())


def with_address_at(domain: str) -> Select[int]:
    """The ids of people whose address ends in `domain`, confirmed or not."""
    return select(User.id).where(User.email.endswith(f"@{domain}", autoescape=True))


def demonstration_people(domain: str) -> Select[User]:
    """The demonstration's example people, whose addresses end in `domain`."""
    at_domain = User.id.in_(with_address_at(domain))
    return people().where(at_domain, User.confirmed_at.is_not(None)).order_by(User.sort_key, User.id)
