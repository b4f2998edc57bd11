"""The answers of Flask-Security's pages, and the few pages that we answer ourselves."""

import hashlib
import hmac
from typing import Any

from flask import current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.proxies import _security as security
from flask_security.signals import tf_profile_changed
from flask_security.utils import check_and_get_token_status, get_message
from werkzeug.wrappers import Response

from civtech.people.models import User
from civtech.people.sign_in import confirming, resetting
from civtech.people.sign_in.browser import confirm_session, timed_out
from civtech.people.sign_in.forms import AnsweredByMail, AuthenticatorCodeForm, SignInForm
from civtech.people.sign_in.next_page import goal, worth_keeping
from civtech.web import unsent
from civtech.web.actor import actor
from civtech.web.addresses import absolute
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _

FORMS = {
    "security/login_user.html": "login_user_form",
    "security/register_user.html": "register_user_form",
    "security/forgot_password.html": "forgot_password_form",
    "security/reset_password.html": "reset_password_form",
    "security/change_password.html": "change_password_form",
    "security/send_confirmation.html": "send_confirmation_form",
    "security/verify.html": "verify_form",
    "security/two_factor_setup.html": "two_factor_verify_code_form",
    "security/two_factor_verify_code.html": "two_factor_verify_code_form",
    "security/mf_recovery.html": "mf_recovery_form",
    "security/mf_recovery_codes.html": "mf_recovery_codes_form",
}
CONFIRMING = "security/send_confirmation.html"
SETTING_UP = "security/two_factor_setup.html"
ANSWERED_BY_MAIL = frozenset({"security/forgot_password.html", CONFIRMING})


def render(template: str, **context: Any) -> Any:
    """An email as text, or a page: 422 if the input is refused, a redirect if the answer goes by email."""
    if template.endswith(".txt"):
        if context.get("confirmation_link"):
            context["confirmation_link"] = confirming.link_for(context["user"])
        if context.get("reset_link"):
            context["reset_link"] = resetting.link_for(context["user"])
        links = {name: absolute(str(value)) for name, value in context.items() if name.endswith("_link") and value}
        return render_template(
            template,
            address=current_app.config["PUBLIC_ADDRESS"],
            reset_page=absolute(url_for("security.forgot_password")),
            goal=goal(),
            **context | links,
        )
    form = context[FORMS[template]]
    if template == SETTING_UP and context.get("state_token"):
        session[SETTING_UP] = _digest(context["state_token"])
    if request.method == "GET" and "recovery_codes" in context:
        context["recovery_codes"] = []  # only shown once, when they are created
    sent = request.method == "POST"
    if isinstance(form, AnsweredByMail) and sent:
        form.say_what_is_unreadable()
    if sent and template in ANSWERED_BY_MAIL and not form.errors:
        session.pop(confirming.AWAITED, None)
        if template == CONFIRMING:
            confirming.await_mail(form.email.data)
        return redirect(url_for("people.check_mail"))
    if isinstance(form, SignInForm) and form.errors:
        form.say_what_is_missing()
        if form.user_authenticated:
            form.form_errors = [_why_not_yet(form)]
    return make_response(
        render_template(template, form=form, goal=goal(), **context), 422 if sent and form.errors else 200
    )


def _why_not_yet(form: SignInForm) -> str:
    """The clear reason, for people who knew the password."""
    return str(get_message("CONFIRMATION_REQUIRED" if form.requires_confirmation else "DISABLED_ACCOUNT")[0])


def ask_to_sign_in(*_args: object, **_kwargs: object) -> Response:
    """Send a visitor to sign in and back afterwards. If their session has timed out, keep what they typed."""
    person = timed_out()
    if person is not None:
        flash(_("We signed you out because you were inactive for a while."), "info")
        if is_write():
            unsent.keep(person.reference)
            flash(_("We kept what you typed. Sign in and you will find it in the form."), "info")
    return redirect(url_for("security.login", next=worth_keeping(unsent.page_of_form())))


def without_code() -> ResponseReturnValue:
    """What to do without your authenticator app."""
    return render_template("security/without_code.html")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def finish_second_factor(token: str) -> ResponseReturnValue:
    """Turn the second factor on once its first code is correct. After a wrong code, ask again for the same setup key.

    The token contains a setup key but no name, so it is only valid in the session it was made in.
    """
    expired, invalid, state = check_and_get_token_status(
        token, "tf_setup", current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    )
    begun_here = hmac.compare_digest(session.get(SETTING_UP, ""), _digest(token))
    if expired or invalid or not state or not begun_here:
        flash(*get_message("TWO_FACTOR_SETUP_EXPIRED", within=_("30 minutes")))
        return redirect(url_for("security.two_factor_setup"))
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    person: User = actor()
    form = AuthenticatorCodeForm()
    form.user, form.is_setup = current_user, True
    form.primary_method, form.tf_totp_secret = state["method"], state["totp_secret"]
    if form.validate_on_submit():
        security.datastore.tf_set(person, state["method"], state["totp_secret"])
        tf_profile_changed.send(app, user=person, method=state["method"])
        confirm_session(person, with_second_factor=True)
        flash(*get_message("TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL"))
        return redirect(url_for("security.mf_recovery_codes"))
    shown = security.totp_factory.fetch_setup_values(state["totp_secret"], person)
    answer: ResponseReturnValue = render(
        SETTING_UP,
        two_factor_verify_code_form=form,
        state_token=token,
        chosen_method=state["method"],
        authr_qrcode=shown["image"],
        authr_key=shown["key"],
    )
    return answer
