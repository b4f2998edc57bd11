"""What a proof allows its owner to do here, with the accounts as they are now."""

from enum import Enum

from civtech.core.db import db
from civtech.people import queries
from civtech.people.models import ExternalIdentity, User
from civtech.people.sign_in.single_sign_on.proof import Proof
from civtech.people.sign_in.single_sign_on.providers import providers
from config import SignInProvider


class Outcome(Enum):
    """What the page about a proof offers. Each value is the name of its template."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    PROVE_HERE = "prove_here"
    NOT_LINKED = "not_linked"
    LINK = "link"
    YOURS = "yours"
    SOMEONE_ELSES = "someone_elses"


def identity_of(proof: Proof, provider: SignInProvider) -> ExternalIdentity | None:
    """The link that the proof belongs to, found only by issuer and subject."""
    return db.session.scalars(queries.identity(provider.issuer, proof.subject)).unique().first()


def linked_providers(person: User) -> list[SignInProvider]:
    """The providers that `person` signs in with, if the operator still offers them."""
    issuers = {identity.issuer for identity in db.session.scalars(queries.identities(person))}
    return [provider for provider in providers() if provider.issuer in issuers]


def outcome_of(proof: Proof, provider: SignInProvider, who: User) -> Outcome:
    """What `who`, a visitor or a signed-in person, may do with the proof."""
    identity = identity_of(proof, provider)
    if who.is_authenticated:
        if identity is None:
            return Outcome.LINK
        return Outcome.YOURS if identity.user_id == who.id else Outcome.SOMEONE_ELSES
    if identity is not None:
        return Outcome.SIGN_IN
    if not proof.email or proof.domain not in provider.domains:
        return Outcome.NOT_LINKED
    taken = db.session.scalars(queries.person_by_email(proof.email)).unique().first()
    return Outcome.REGISTER if taken is None else Outcome.PROVE_HERE
