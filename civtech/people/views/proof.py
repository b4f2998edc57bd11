"""Proving your identity while signed in: again, or with a second factor for the first time."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from civtech.core.db import db
from civtech.core.text import N_
from civtech.people import policy, queries
from civtech.people.forms.proof import CodeForm, PasskeyForm, PasswordForm
from civtech.people.sign_in import passkeys, proof
from civtech.people.sign_in.browser import ONWARD, can_prove_more, seconds_left
from civtech.people.sign_in.next_page import goal
from civtech.people.views.account import bp
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.limits import at_most, network
from civtech.web.translation import gettext as _


@bp.route("/account/proof", methods=["GET", "POST"])
@permit(policy.confirm_identity, act=N_("Confirm it’s you"), unbound="It proves who the person is.")
@at_most("10/minute;60/hour")
@at_most("30/minute;300/hour", by=network)
def confirm() -> ResponseReturnValue:
    """By a code, or by the password if the person has nothing stronger."""
    person = actor()
    form: CodeForm | PasswordForm
    if can_prove_more(person):
        form = CodeForm()
        sent = done(form, lambda: proof.prove_by_code(person, form.data["code"]))
    else:
        form = PasswordForm()
        sent = done(form, lambda: proof.prove_by_password(person, form.data["password"]))
    return _go_on() if sent else _page(form, form.status)


@bp.post("/account/proof/passkey")
@permit(policy.confirm_identity, act=N_("Confirm it’s you with a passkey"), unbound="It proves who the person is.")
@at_most("10/minute;60/hour")
def confirm_by_passkey() -> ResponseReturnValue:
    form = PasskeyForm()
    if done(form, lambda: proof.prove_by_passkey(actor(), form.answer.data)):
        return _go_on()
    return _page(CodeForm(formdata=None), form.status, refusal=form)


def _go_on() -> ResponseReturnValue:
    flash(_("You’ve confirmed it’s you. You can continue."), "success")
    return redirect(goal() or url_for("people.home"))


def _page(form: CodeForm | PasswordForm, status: int, refusal: PasskeyForm | None = None) -> ResponseReturnValue:
    person = actor()
    own = db.session.scalars(queries.passkeys(person)).all()
    page = render_template(
        "people/proof.html",
        form=form,
        refusal=refusal,
        goal=goal(),
        person=person,
        passkey_options=passkeys.ask_for_passkey(own) if own else None,
    )
    return page, status


@bp.get("/account/protection")
@permit(policy.use_account, act=N_("Read how to protect your account"))
def protect() -> ResponseReturnValue:
    """Why a second factor is needed, and the two ways to set one up."""
    if onward := goal():
        session[ONWARD] = onward
    return render_template("people/protect.html", person=actor())


@bp.post("/account/session/renewal")
@permit(policy.confirm_identity, act=N_("Stay signed in for longer"), unbound="It only extends the session.")
def renew() -> ResponseReturnValue:
    """Extend the session: the person is still there."""
    return {"seconds": seconds_left()}
