"""The way to a provider and back: authorization code with PKCE, one attempt at a time in each browser."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypedDict, TypeVar

from flask import session, url_for
from requests import RequestException

from civtech.core import clock
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.people.events import SignInFailed, SignInFailureFacts
from civtech.people.models import User
from civtech.people.sign_in.single_sign_on.client import FAULTS, SECONDS_A_CLOCK_MAY_DIFFER, Untrustworthy, client_of
from civtech.people.sign_in.single_sign_on.proof import Proof, proof_from
from civtech.web.addresses import absolute
from civtech.web.logs import log, request_id
from config import SignInProvider

BEGAN = "began_elsewhere"
LASTS = timedelta(minutes=10)
SECONDS_STILL_RECENT = 300
AWAY = N_("We cannot reach %(title)s at the moment. Try again in a few minutes, or sign in another way.")
NOT_CHECKED = N_("We could not check the answer from %(title)s, so we did not sign you in. Try again.")
NOT_BEGUN = N_("This sign-in was not started in this browser, or it took longer than ten minutes. Start again.")
REFUSED = N_("%(title)s did not sign you in. Try again, or sign in another way.")

Answer = TypeVar("Answer")


class Begun(TypedDict, total=False):
    """What the session keeps of an attempt; nothing if there is none."""

    provider: str
    state: str
    nonce: str
    code_verifier: str
    at: str
    again: bool
    goal: str | None


class NotProved(RuleViolation):
    """An attempt with a provider failed to prove an identity, on the way there or back; `why` is one word."""

    def __init__(self, why: str, message: str, provider: SignInProvider, person: User | None = None) -> None:
        facts = SignInFailureFacts(method="sso", provider=provider.name, why=why)
        failed = SignInFailed(subject=person, by=None, at=clock.now(), facts=facts)
        super().__init__(message, recorded=failed, title=provider.title)


def _asked(provider: SignInProvider, ask: Callable[[], Answer]) -> Answer:
    """What `ask` gets from the provider. Every failure becomes one sentence for the user."""
    try:
        return ask()
    except FAULTS as fault:
        log.warning("provider_failed", request_id=request_id(), provider=provider.name, error=type(fault).__name__)
        message = AWAY if isinstance(fault, RequestException) else NOT_CHECKED
        raise NotProved(type(fault).__name__, message, provider) from fault


def _answer_address(provider: SignInProvider) -> str:
    return absolute(url_for("elsewhere.answer", name=provider.name))


def begin(provider: SignInProvider, *, goal: str | None, again: bool = False) -> str:
    """The provider's address to go to. Everything needed to check the answer is put in this browser's session.

    `again` asks the provider for a sign-in in the last five minutes (OpenID Connect Core 1.0, 3.1.2.1, `max_age`).
    """
    address = _answer_address(provider)
    options = {"max_age": SECONDS_STILL_RECENT} if again else {}
    made = _asked(provider, lambda: client_of(provider).create_authorization_url(address, **options))
    session[BEGAN] = Begun(
        provider=provider.name,
        state=made["state"],
        nonce=made["nonce"],
        code_verifier=made["code_verifier"],
        at=clock.now().isoformat(),
        again=again,
        goal=goal,
    )
    url: str = made["url"]
    return url


def goal_begun() -> str | None:
    """The page that this browser's current attempt leads to."""
    goal: str | None = session.get(BEGAN, {}).get("goal")
    return goal


def answered(provider: SignInProvider, answer: Mapping[str, str]) -> Proof:
    """The proof in the query the provider sent the browser back with. Each attempt is answered once."""
    began: Begun = session.pop(BEGAN, {})
    if "error" in answer:
        raise NotProved("refused", REFUSED, provider)
    if (
        began.get("provider") != provider.name
        or not hmac.compare_digest(began["state"].encode(), answer.get("state", "").encode())
        or not timedelta(0) <= clock.now() - datetime.fromisoformat(began["at"]) < LASTS
    ):
        raise NotProved("state", NOT_BEGUN, provider)
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise NotProved("issuer", NOT_CHECKED, provider)

    def ask() -> Proof:
        claims = client_of(provider).claims(
            answer.get("code", ""),
            redirect_uri=_answer_address(provider),
            code_verifier=began["code_verifier"],
            nonce=began["nonce"],
        )
        oldest = clock.now().timestamp() - SECONDS_STILL_RECENT - SECONDS_A_CLOCK_MAY_DIFFER
        if began["again"] and not claims["auth_time"] >= oldest:
            raise Untrustworthy("not asked again")
        return proof_from(provider, claims, again=began["again"], goal=began["goal"])

    return _asked(provider, ask)
