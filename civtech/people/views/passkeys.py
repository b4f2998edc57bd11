"""Your passkeys, and signing in with one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.people import policy, queries
from civtech.people.events import SignInFailed
from civtech.people.forms.proof import NewPasskeyForm, PasskeyForm
from civtech.people.models import Passkey, User, people
from civtech.people.models.bound import removed
from civtech.people.models.passkey import remove_passkey
from civtech.people.sign_in import passkeys
from civtech.people.sign_in.browser import confirm_session, end_other_sessions, take_onward
from civtech.people.sign_in.next_page import goal
from civtech.people.views.account import bp
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from civtech.web.gate import permit, public
from civtech.web.limits import at_most, network
from civtech.web.translation import gettext as _


def find_passkey(reference: str) -> Passkey:
    """A passkey of the actor's own."""
    return first_or_404(queries.passkey_of(actor(), reference))


@bp.route("/account/passkeys", methods=["GET", "POST"])
@permit(
    policy.change_sign_in,
    act=N_("View and add your passkeys"),
    unbound="It adds the person’s own passkey under a name they type.",
)
@at_most("10/minute;60/hour")
def own_passkeys() -> ResponseReturnValue:
    person = actor()
    form = NewPasskeyForm()

    def add() -> Passkey:
        return passkeys.add_passkey(person, form.answer.data, form.name.data)

    if added := made(form, add):
        confirm_session(person, with_second_factor=True)
        end_other_sessions(person, clock.now())
        flash(_("Passkey “%(name)s” added. You can now use it to sign in.", name=added.name), "success")
        return redirect(take_onward() or url_for("people.own_passkeys"))
    return _page(form)


def _page(form: NewPasskeyForm, refused: SeenForm | None = None) -> ResponseReturnValue:
    """The person's passkeys. `refused` is the form to remove one, with its errors."""
    person = actor()
    own = db.session.scalars(queries.passkeys(person)).all()
    options = passkeys.ask_for_new(person, own)
    page = render_template(
        "people/passkeys.html", form=refused or form, adding=form, passkeys=own, options=options, removed=removed
    )
    return page, (refused or form).status


@bp.post("/account/passkeys/<reference>/removal")
@permit(policy.remove_passkey, find_passkey, act=N_("Remove a passkey"))
def remove(passkey: Passkey) -> ResponseReturnValue:
    person = actor()
    form = SeenForm(passkey, lambda: removed(passkey))
    if not done(form, lambda: remove_passkey(person, passkey, by=person, at=clock.now())):
        return _page(NewPasskeyForm(formdata=None), form)
    flash(_("Passkey “%(name)s” removed. It can no longer be used to sign in.", name=passkey.name), "success")
    return redirect(url_for("people.own_passkeys"))


@bp.route("/sign-in/passkey", methods=["GET", "POST"])
@public(
    "This is where people sign in with a passkey.",
    act=N_("Sign in with a passkey"),
    unbound="It signs someone in.",
)
@at_most("30/minute;300/hour", by=network)
def sign_in_by_passkey() -> ResponseReturnValue:
    if actor().is_authenticated:
        return redirect(url_for("people.home"))
    form = PasskeyForm()
    if person := made(form, lambda: _person_behind(form.answer.data)):
        login_user(person, authn_via=["passkey"])
        return redirect(goal() or url_for("people.home"))
    options = passkeys.ask_for_passkey()
    return render_template("people/sign_in_by_passkey.html", form=form, options=options, goal=goal()), form.status


def _person_behind(answer: str) -> User:
    """The owner of the passkey that gave this answer, if they may sign in. A refusal is recorded."""
    failed = SignInFailed(subject=None, by=None, at=clock.now(), facts={"method": "passkey"})
    try:
        passkey = passkeys.behind(answer)
    except RuleViolation as refusal:
        refusal.recorded = failed
        raise
    person = db.session.scalars(people().where(User.id == passkey.user_id)).unique().one()
    if not person.active or not person.is_confirmed:
        raise RuleViolation(
            N_("This account has been deactivated. If you think this is a mistake, contact the programme.")
        )
    return person
