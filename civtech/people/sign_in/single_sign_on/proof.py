"""What a browser proved at a provider: kept for ten minutes in its signed session, until a button is pressed on it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import session

from civtech.core import clock
from civtech.core.errors import RuleViolation
from civtech.core.signs import unprintable
from civtech.people.models import addresses
from civtech.people.models.external_identity import LONGEST_SUBJECT
from civtech.people.models.names import refuse_bad_name
from civtech.people.sign_in.single_sign_on.client import Untrustworthy
from civtech.people.sign_in.single_sign_on.providers import provider_named
from config import SignInProvider

KEPT_AS = "proved_elsewhere"
LASTS = timedelta(minutes=10)
LONGEST_NAME = 200
LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Proof:
    """Who somebody is at a provider, proved at the instant `at`; `goal` is the page they wanted.

    `email` is empty unless the provider vouches for it; `second_factor` says whether they used one that counts here;
    `again` that they had to sign in there anew, so that it stands for entering one's password again.
    """

    provider: str
    subject: str
    email: str
    name: str
    second_factor: bool
    again: bool
    at: str
    goal: str | None

    @property
    def proved_at(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def domain(self) -> str:
        """The domain of the address."""
        return self.email.rpartition("@")[2]


def proof_from(provider: SignInProvider, claims: Mapping[str, Any], *, again: bool, goal: str | None) -> Proof:
    """What checked claims prove. What they say of name and address is only what somebody typed in elsewhere."""
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or unprintable(subject):
        raise Untrustworthy("subject")
    amr = claims.get("amr")
    used = {value for value in [*(amr if isinstance(amr, list) else []), claims.get("acr")] if isinstance(value, str)}
    return Proof(
        provider=provider.name,
        subject=subject,
        email=_address(claims) if claims.get("email_verified") is True else "",
        name=_name(claims.get("name")),
        second_factor=bool(used & provider.second_factor),
        again=again,
        at=clock.now().isoformat(),
        goal=goal,
    )


def _address(claims: Mapping[str, Any]) -> str:
    """The address as we spell it, or nothing if it is none."""
    said = claims.get("email")
    if not isinstance(said, str) or len(said) > LONGEST_ADDRESS:
        return ""
    try:
        return addresses.spelled(said)
    except RuleViolation:
        return ""


def _name(said: object) -> str:
    """The name for the field in which the person can change it; what is unfit for a name leaves it empty."""
    name = " ".join(said.split()) if isinstance(said, str) else ""
    try:
        refuse_bad_name(name)
    except RuleViolation:
        return ""
    return name if len(name) <= LONGEST_NAME else ""


def keep(proof: Proof) -> None:
    """Remember the proof in this browser; the one before is worth nothing any more."""
    session[KEPT_AS] = asdict(proof)


def kept() -> tuple[Proof, SignInProvider] | None:
    """This browser's proof and its provider, unless it is too old or the provider is not set any more."""
    stored = session.get(KEPT_AS)
    if stored is None:
        return None
    proof = Proof(**stored)
    provider = provider_named(proof.provider)
    age = clock.now() - proof.proved_at
    if provider is None or not timedelta(0) <= age < LASTS:
        return None
    return proof, provider


def forget() -> None:
    """The proof was used, or is of no use."""
    session.pop(KEPT_AS, None)
