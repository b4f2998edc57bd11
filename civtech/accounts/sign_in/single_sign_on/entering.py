"""From a proof to being signed in, through the same doors as with a password."""

from flask import current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security as security
from flask_security.utils import check_and_update_authn_fresh, get_message

from civtech.accounts.models import User
from civtech.accounts.sign_in.single_sign_on import proof as proofs
from civtech.accounts.sign_in.single_sign_on.proof import Proof
from civtech.core import clock


def enter(person: User, proof: Proof) -> ResponseReturnValue:
    """Sign in, or ask for the code of a second factor that the provider has not replaced; the proof is used up."""
    proofs.forget()
    if not proof.second_factor:
        asked: ResponseReturnValue | None = security.two_factor_plugins.tf_enter(
            person, False, "sso", next_loc=proof.goal
        )
        if asked:
            return asked
    login_user(person, remember=False, authn_via=["sso", "its second factor"] if proof.second_factor else ["sso"])
    return redirect(proof.goal or url_for("accounts.home"))


def enter_again(proof: Proof) -> ResponseReturnValue:
    """Somebody who is signed in has shown that it is still them, as by entering their password."""
    proofs.forget()
    session["fs_paa"] = clock.now().timestamp()
    return redirect(proof.goal or url_for("accounts.account"))


def ask_if_stale(back: str) -> ResponseReturnValue | None:
    """Ask who signed in a while ago to show again that it is them, then lead to `back`: a way into the account is near.

    `back` is a page of ours and no way to a provider: Chromium follows no redirect there from the form that asks.
    """
    within, grace = (current_app.config[f"SECURITY_FRESHNESS{part}"] for part in ("", "_GRACE_PERIOD"))
    if check_and_update_authn_fresh(within, grace, "session"):
        return None
    flash(*get_message("REAUTHENTICATION_REQUIRED"))
    return redirect(url_for("security.verify", next=back))
