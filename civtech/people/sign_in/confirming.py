"""Confirming an email address. People can do nothing before that, and then continue to the page they wanted.

We send receipts and outcomes by email, so a mistyped address must be noticed at once.
"""

from typing import TypedDict, cast

from flask import (
    current_app,
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security.confirmable import confirm_email_token_status, confirm_user
from flask_security.proxies import _security as security
from flask_security.utils import check_and_get_token_status, get_message, hash_data
from flask_security.views import confirm_email
from flask_security.views import register as register_person

from civtech.people.models import User
from civtech.people.sign_in import resetting
from civtech.people.sign_in.next_page import goal, worth_keeping
from civtech.web.actor import actor
from civtech.web.translation import gettext as _

AWAITED = "awaited"


class Awaited(TypedDict):
    """The email that a browser is waiting for: its address, and the page its link leads to."""

    email: str
    goal: str | None


def await_mail(email: str) -> None:
    """Note in this browser's session where the email goes. No one else sees the address."""
    session[AWAITED] = Awaited(email=email, goal=goal())


def awaited() -> Awaited | None:
    """The confirmation email that this browser is waiting for."""
    return cast("Awaited | None", session.get(AWAITED))


def register() -> ResponseReturnValue:
    """Register, then say where to look for the email. The text is the same whether or not the address was known."""
    visiting = not actor().is_authenticated
    answer = make_response(register_person())
    if visiting and answer.location:
        get_flashed_messages()  # the page already says this, and why
        await_mail(request.form["email"].strip())
        return redirect(url_for("people.check_mail"))
    return answer


def link_for(person: User) -> str:
    """The path that confirms the address of `person`. It contains the page it leads to, so any browser can open it."""
    sealed = [str(person.fs_uniquifier), hash_data(person.email), goal()]
    return url_for("security.confirm_email", token=security.confirm_serializer.dumps(sealed))


def _goal_in(token: str) -> str | None:
    """The page that `token` leads to. If the link is too old, it leads to a new link first and then there."""
    _expired, invalid, sealed = check_and_get_token_status(
        token, "confirm", current_app.config["SECURITY_CONFIRM_EMAIL_WITHIN"]
    )
    return worth_keeping(sealed[2]) if not invalid and sealed and len(sealed) > 2 else None


def confirm_address(token: str) -> ResponseReturnValue:
    """Show a button before confirming: email scanners open links, and a GET must change nothing."""
    expired, invalid, person = confirm_email_token_status(token)  # type: ignore[no-untyped-call]
    onward = _goal_in(token)
    if person is None or expired or invalid:
        confirm_email(token)  # says what is wrong with it
        return redirect(url_for("security.send_confirmation", next=onward))
    if person.confirmed_at is None and request.method != "POST":
        return render_template("security/confirm_email.html")
    new = bool(confirm_user(person))  # type: ignore[no-untyped-call]
    return _lead_on(person, onward, new=new)


def _lead_on(person: User, onward: str | None, *, new: bool) -> ResponseReturnValue:
    """Go from a confirmed address to signing in, or, if already signed in, to the page the person wanted."""
    who = actor()
    if not who.is_authenticated and person.password is None:
        flash(_("Your email address is confirmed. Now choose a password."), "success")
        return redirect(resetting.link_for(person))
    if not who.is_authenticated:
        flash(*get_message("EMAIL_CONFIRMED" if new else "ALREADY_CONFIRMED"))
        return redirect(url_for("security.login", next=onward))
    if who.id == person.id:
        return redirect(onward or url_for("people.home"))
    flash(
        _(
            "The email address is confirmed. You are signed in as %(name)s. To use the other account, sign out.",
            name=who.name,
        )
    )
    return redirect(url_for("people.home"))
