"""From a proof to being signed in, through the same doors as with a password."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security as security

from civtech.people.models import User
from civtech.people.sign_in.browser import can_prove_more
from civtech.people.sign_in.proof import prove_elsewhere
from civtech.people.sign_in.single_sign_on import proof as proofs
from civtech.people.sign_in.single_sign_on.proof import Proof


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
    return redirect(proof.goal or url_for("people.home"))


def enter_again(person: User, proof: Proof) -> ResponseReturnValue:
    """Somebody who is signed in has shown that it is still them; a second factor of ours is asked for all the same."""
    proofs.forget()
    if proof.second_factor or not can_prove_more(person):
        prove_elsewhere(person, with_second_factor=proof.second_factor)
    return redirect(proof.goal or url_for("people.account"))
