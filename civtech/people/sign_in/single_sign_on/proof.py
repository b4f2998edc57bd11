"""What a browser proved with a provider: kept for ten minutes in its signed session, until it is used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

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
    """A person's identity with a provider, proved at the instant `at`; `goal` is the page they wanted.

    `email` is empty unless the provider has verified it. `second_factor` is whether they used one that counts here.
    `again` is whether they had to sign in there again, which then counts like entering their password again here.
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


def proof_from(provider: SignInProvider, claims: Mapping[str, object], *, again: bool, goal: str | None) -> Proof:
    """What checked claims prove. Their name and address are only what someone entered elsewhere."""
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


def _address(claims: Mapping[str, object]) -> str:
    """The address in our normal form, or empty if it is not valid."""
    address = claims.get("email")
    if not isinstance(address, str) or len(address) > LONGEST_ADDRESS:
        return ""
    try:
        return addresses.spelled(address)
    except RuleViolation:
        return ""


def _name(claim: object) -> str:
    """The name to fill in, which the person can change; empty if it is not a valid name."""
    name = " ".join(claim.split()) if isinstance(claim, str) else ""
    try:
        refuse_bad_name(name)
    except RuleViolation:
        return ""
    return name if len(name) <= LONGEST_NAME else ""


def keep(proof: Proof) -> None:
    """Keep the proof in this browser, in place of any earlier one."""
    session[KEPT_AS] = asdict(proof)


def kept() -> tuple[Proof, SignInProvider] | None:
    """This browser's proof and its provider, unless it is too old or the provider is no longer offered."""
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
    """Discard the proof, used or not."""
    session.pop(KEPT_AS, None)
