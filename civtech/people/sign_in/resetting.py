"""Choosing a new password with a link from an email: only for the account and address it was sent to."""

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security.proxies import _security as security
from flask_security.recoverable import reset_password_token_status
from flask_security.utils import check_and_get_token_status, get_message, hash_data, verify_hash
from flask_security.views import reset_password

from civtech.people.models import User
from civtech.web.actor import actor

FOREIGN = 409


def link_for(person: User) -> str:
    """The path that lets the reader of this person's email choose a password, while the address is still theirs."""
    sealed = [str(person.fs_uniquifier), hash_data(person.email)]
    return url_for("security.reset_password", token=security.reset_serializer.dumps(sealed))


def choose_password(token: str) -> ResponseReturnValue:
    """Show the form and save the new password. People signed in to another account must sign out first."""
    expired, invalid, person = reset_password_token_status(token)  # type: ignore[no-untyped-call]
    if person is None or expired or invalid:
        return _stored_or_refused(token)
    if not _mailed_to(person, token):
        flash(*get_message("INVALID_RESET_PASSWORD_TOKEN"))
        return redirect(url_for("security.forgot_password"))
    who = actor()
    if who.is_authenticated and who.id != person.id:
        return make_response(render_template("security/foreign_link.html", person=who), FOREIGN)
    return _stored_or_refused(token)


def _stored_or_refused(token: str) -> ResponseReturnValue:
    answer: ResponseReturnValue = reset_password(token)
    return answer


def _mailed_to(person: User, token: str) -> bool:
    _expired, _invalid, sealed = check_and_get_token_status(
        token, "reset", current_app.config["SECURITY_RESET_PASSWORD_WITHIN"]
    )
    return verify_hash(sealed[1], person.email)
