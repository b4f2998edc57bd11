"""From a proof to being signed in, with the same checks as for a password."""

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
    """Use up the proof to sign in, or to ask for a second factor if the provider did not check one."""
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
    """Accept a signed-in person's new proof. If they have a second factor here, they must still give it."""
    proofs.forget()
    if proof.second_factor or not can_prove_more(person):
        prove_elsewhere(person, with_second_factor=proof.second_factor)
    return redirect(proof.goal or url_for("people.account"))
