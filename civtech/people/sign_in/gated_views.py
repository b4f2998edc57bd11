"""Flask-Security's views behind our gate: who may use them, how often, and with no redirects to other sites."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, abort, flash, g, redirect, request, session, url_for

from civtech.core import clock
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.text import N_
from civtech.people import policy
from civtech.people.events import SignedOut
from civtech.people.sign_in import confirming, pages, resetting
from civtech.people.sign_in.browser import forget_session
from civtech.people.sign_in.limits import limited
from civtech.people.sign_in.next_page import is_own_path
from civtech.web.actor import actor
from civtech.web.equal_times import answer_not_before
from civtech.web.errors import record
from civtech.web.gate import permit, public
from civtech.web.headers import NEVER_STORED
from civtech.web.translation import gettext as _

View = Callable[..., Any]

OPEN = {
    "login": (N_("Sign in"), N_("This is where people sign in.")),
    "logout": (N_("Sign out"), N_("Ends your own session, if you have one.")),
    "register": (N_("Create an account"), N_("This is where people create an account.")),
    "forgot_password": (
        N_("Ask for a link to reset your password"),
        N_("For people who cannot sign in. It says the same for every email address."),
    ),
    "reset_password": (N_("Reset your password"), N_("Opens only with the secret link from an email.")),
    "send_confirmation": (
        N_("Ask for a new link to confirm your email address"),
        N_("For people who cannot sign in yet. It says the same for every email address."),
    ),
    "confirm_email": (N_("Confirm your email address"), N_("Opens only with the secret link from an email.")),
    "two_factor_token_validation": (
        N_("Enter the code from your authenticator app"),
        N_("The second step of signing in. It refuses anyone who has not completed the first step."),
    ),
    "two_factor_rescue": (
        N_("Read what to do without your authenticator app"),
        N_("Explains what to do without your authenticator app."),
    ),
    "tf_select": (
        N_("Choose which second factor to use"),
        N_("The second step of signing in. It refuses anyone who has not completed the first step."),
    ),
    "mf_recovery": (
        N_("Sign in with a recovery code"),
        N_("The second step of signing in. It refuses anyone who has not completed the first step."),
    ),
}
FOR_THE_SIGNED_IN = {
    "verify": (N_("Enter your password again"), policy.use_account),
    "change_password": (N_("Change your password"), policy.use_account),
    "two_factor_setup": (N_("Set up or turn off your authenticator app"), policy.change_sign_in),
    "two_factor_setup_validate": (N_("Enter the first code from a new authenticator app"), policy.change_sign_in),
    "mf_recovery_codes": (N_("View and replace your recovery codes"), policy.change_sign_in),
}
OWN_ACCOUNT = "It acts on the person’s own account or session, with what they type."
ANSWERED_BY_US: dict[str, View] = {
    "confirm_email": confirming.confirm_address,
    "register": confirming.register,
    "reset_password": resetting.choose_password,
    "two_factor_rescue": pages.without_code,
    "two_factor_setup_validate": pages.finish_second_factor,
}
SECOND_STEP = frozenset({"two_factor_token_validation", "tf_select", "mf_recovery"})
SAME_TIME_FOR_ALL = frozenset({"login", "register", "forgot_password", "send_confirmation"})
SECONDS_AT_LEAST = 0.3


def _leads_away() -> bool:
    given = [*request.args.getlist("next"), *request.form.getlist("next")]
    return any(address and not is_own_path(address) for address in given)


def _checked(view: View) -> View:
    """`view` for form posts only, with no redirects to other sites and with failed attempts recorded."""

    @wraps(view)
    def checked(**values: Any) -> object:
        if request.is_json:
            abort(415)
        if _leads_away():
            if request.method != "GET":
                abort(400)
            return redirect(url_for(request.endpoint or "", **values))
        answer = view(**values)
        if "failed_sign_in" in g:
            record(RuleViolation(N_("Sign-in failed."), recorded=g.pop("failed_sign_in")))
        return answer

    return checked


def _not_signed_in_yet(view: View) -> View:
    """`view` for people still signing in; Flask-Security would sign out anyone else who opens it."""

    @wraps(view)
    def signing_in(**values: object) -> object:
        return redirect(url_for("people.home")) if actor().is_authenticated else view(**values)

    return signing_in


def _signing_out(view: View) -> View:
    """`view` with an event, leaving nothing in the session but the confirmation."""

    @wraps(view)
    def signing_out(**values: object) -> object:
        who = actor()
        if who.is_authenticated:
            forget_session(clock.now())
            emit(SignedOut(subject=who, by=who, at=clock.now()))
        answer = view(**values)
        session.clear()
        if who.is_authenticated:
            flash(_("You are signed out."), "success")
        return answer

    return signing_out


def _take_as_long(answer: Response) -> Response:
    """Make answers for known and unknown addresses take equally long."""
    name = (request.endpoint or "").removeprefix("security.")
    if request.method == "POST" and name in SAME_TIME_FOR_ALL and "came_in" in g:
        answer_not_before(g.came_in + SECONDS_AT_LEAST)
    return answer


def _never_stored(answer: Response) -> Response:
    """Keep pages about accounts out of caches: they contain a session's form, or the secret from an email."""
    if (request.endpoint or "").startswith("security."):
        answer.headers["Cache-Control"] = NEVER_STORED
    return answer


def _look_at_the_clock() -> None:
    g.came_in = time.monotonic()


def init(app: Flask) -> None:
    """Guard every Flask-Security view. The application does not start if one is not listed here."""
    for endpoint in [name for name in app.view_functions if name.startswith("security.")]:
        name = endpoint.removeprefix("security.")
        view = ANSWERED_BY_US.get(name, app.view_functions[endpoint])
        if name == "logout":
            view = _signing_out(view)
        if name in SECOND_STEP:
            view = _not_signed_in_yet(view)
        view = limited(name, _checked(view))
        if name in OPEN:
            act, because = OPEN[name]
            app.view_functions[endpoint] = public(because, act=act, unbound=OWN_ACCOUNT)(view)
        elif name in FOR_THE_SIGNED_IN:
            act, rule = FOR_THE_SIGNED_IN[name]
            app.view_functions[endpoint] = permit(rule, act=act, unbound=OWN_ACCOUNT)(view)
    app.after_request(_never_stored)
    if not app.testing:
        app.before_request(_look_at_the_clock)
        app.after_request(_take_as_long)
