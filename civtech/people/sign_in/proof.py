"""How sure we are of a person's identity, and asking for more proof before an action that needs it.

A programme role, a place on a panel and owning a company require a second factor. Releasing funds, opening proposals
and similar actions ask for it again. Anything typed into a form that has to wait is kept.
"""

from flask import current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_security.proxies import _security as security

from civtech.core import clock
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.policy import Proof
from civtech.core.text import N_
from civtech.people.events import IdentityConfirmed, SignInFailed
from civtech.people.models import User
from civtech.people.sign_in import passkeys
from civtech.people.sign_in.browser import can_prove_more, confirm_session, this_session
from civtech.people.sign_in.next_page import worth_keeping
from civtech.people.sign_in.words import MESSAGES
from civtech.web import unsent
from civtech.web.actor import person
from civtech.web.registries import has_duty
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _

NOT_YOURS = N_("This passkey belongs to another account. Use one of your own.")
WRONG_PASSWORD = MESSAGES["INVALID_PASSWORD"][0]
WRONG_CODE = MESSAGES["TWO_FACTOR_INVALID_TOKEN"][0]


def ask_for(proof: Proof, fresh: bool) -> ResponseReturnValue | None:
    """A redirect to the page that asks for the missing proof, or None if none is missing."""
    here = this_session()
    if proof is Proof.SESSION or here is None:
        return None
    if fresh:
        enough = here.is_fresh(clock.now()) or _is_invented(person())
        return None if enough else _send_to("people.confirm")
    if here.with_second_factor:
        return None
    if can_prove_more(person()):
        return _send_to("people.confirm")
    return _send_to("people.protect") if proof is Proof.DUTY and has_duty(person()) else None


def _is_invented(who: User) -> bool:
    """Whether this is one of the demonstration's example people, who have no way to prove their identity."""
    return bool(current_app.config["CIVTECH_DEMO"]) and not can_prove_more(who)


def _send_to(endpoint: str) -> ResponseReturnValue:
    if is_write():
        unsent.keep(person().reference)
        flash(
            _("You need to complete one more step first. Nothing has been sent yet, and we kept what you typed."),
            "info",
        )
    return redirect(url_for(endpoint, next=worth_keeping(unsent.page_of_form())))


def prove_by_code(person: User, code: str) -> None:
    """Accept a code from the authenticator app or a recovery code; raise `RuleViolation` if it is neither."""
    recovery = security.mf_recovery_codes_util
    if person.has_authenticator and code.isascii() and code.isdigit():
        taken = security.totp_factory.verify_totp(
            token=code,
            totp_secret=person.tf_totp_secret or "",
            user=person,
            window=current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"],
        )
    elif taken := recovery.check_recovery_code(person, code):
        recovery.delete_recovery_code(person, code)
    if not taken:
        raise _failed(person, WRONG_CODE, field="code", by="code")
    _confirmed(person, by="code", with_second_factor=True)


def prove_by_password(person: User, password: str) -> None:
    """Accept the password of a person who has nothing stronger."""
    if not person.verify_and_update_password(password):
        raise _failed(person, WRONG_PASSWORD, field="password", by="password")
    _confirmed(person, by="password", with_second_factor=False)


def prove_by_passkey(person: User, answer: str) -> None:
    """Accept one of the person's own passkeys."""
    if passkeys.behind(answer).user_id != person.id:
        raise _failed(person, NOT_YOURS, by="passkey")
    _confirmed(person, by="passkey", with_second_factor=True)


def prove_elsewhere(person: User, *, with_second_factor: bool) -> None:
    """Accept a new sign-in with another service. It may have included a second factor that counts here."""
    here = this_session()
    already = here is not None and here.with_second_factor
    _confirmed(person, by="sso", with_second_factor=with_second_factor or already)


def _failed(person: User, why: str, *, by: str, field: str | None = None) -> RuleViolation:
    attempt = SignInFailed(subject=person, by=None, at=clock.now(), facts={"method": f"{by}, while signed in"})
    return RuleViolation(why, field=field, recorded=attempt)


def _confirmed(person: User, *, by: str, with_second_factor: bool) -> None:
    confirm_session(person, with_second_factor=with_second_factor)
    session["fs_paa"] = clock.now().timestamp()
    emit(IdentityConfirmed(subject=person, by=person, at=clock.now(), facts={"method": by}))
