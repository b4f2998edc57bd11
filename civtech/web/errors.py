"""Error pages: they say what happened and what to do next, and keep what was typed."""

from flask import Flask, current_app, g, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from civtech.core import guards
from civtech.core.db import abandon, unit_of_work, wait_at_most
from civtech.core.errors import LostRace, NotFound, RuleViolation
from civtech.core.events import emit
from civtech.core.text import N_
from civtech.web import typed
from civtech.web.actor import restore
from civtech.web.addresses import page_with_the_button
from civtech.web.forms import translated
from civtech.web.idempotency import AlreadySent
from civtech.web.logs import log, request_id

PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
ALREADY_SENT = "already_sent"
CHANGED_MEANWHILE = N_(
    "Someone changed this while you had the page open. What you sent was not saved. Check what changed, then try again."
)


REFUSALS = (RuleViolation, StaleDataError, IntegrityError, DataError)
TOO_LARGE = 413
BY_BUTTON_ONLY, SEE_OTHER = 405, 303
WITH_PERSON = frozenset({403, 404})
"""Pages that keep the header of the person who is signed in. Every other one must work when nothing else does."""
RETRY_AFTER = 30  # seconds


def show(status: int, message: str | None = None, page: str | None = None) -> ResponseReturnValue:
    """The page for `status` or `page`, with what was typed so that no one has to type it again."""
    page = page or str(status if status in PAGES else 400)
    given_back = typed.GivenBack([], complete=True) if status == TOO_LARGE else typed.given_back()
    shown = [(name.replace("_", " ").capitalize(), value) for name, value in given_back.words]
    return render_template(
        f"errors/{page}.html",
        message=message,
        back=None,
        typed=shown,
        typed_is_complete=given_back.complete,
        with_person=status in WITH_PERSON and _person_is_known(),
    ), status


def _person_is_known() -> bool:
    """Whether this request has read who is signed in, so that the header of their pages needs nothing more."""
    return "_login_user" in g and bool(g._login_user.is_authenticated)


def as_refusal(error: Exception) -> RuleViolation:
    """The refusal to show for an error, including one raised by the database."""
    if isinstance(error, RuleViolation):
        return error
    if isinstance(error, DataError):
        return RuleViolation(N_("We cannot save something you sent. Check what you typed and try again."))
    if isinstance(error, IntegrityError):
        log.warning("database_refused", request_id=request_id(), constraint=str(error.orig).split("\n", 1)[0])
    return LostRace(guards.message_in(error) or CHANGED_MEANWHILE)


def undone(error: Exception) -> RuleViolation:
    """Roll back, record the attempt if it must be known, and return the refusal to show."""
    refusal = as_refusal(error)
    abandon()
    record(refusal)
    restore()
    return refusal


def record(violation: RuleViolation) -> None:
    """Record a refused attempt in its own transaction, if it must be known."""
    if violation.recorded is None:
        return
    happened = violation.recorded
    with unit_of_work():
        emit(happened)


def database_away(error: OperationalError) -> ResponseReturnValue:
    """The page that asks to try again later. Neither the page nor anything after it may query the database."""
    wait_at_most(0.0)
    abandon()
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    log.error("database_unavailable", request_id=request_id(), error=str(error.orig).split("\n", 1)[0])
    answer = make_response(show(503))
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def init(app: Flask) -> None:
    @app.errorhandler(NotFound)
    def not_found(_error: NotFound) -> ResponseReturnValue:
        abandon()
        restore()
        return show(404)

    @app.errorhandler(RuleViolation)
    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    @app.errorhandler(DataError)
    def refused(error: Exception) -> ResponseReturnValue:
        try:
            refusal = undone(error)
        except OperationalError as away:
            return database_away(away)
        return show(
            refusal.status, translated(refusal.text), ALREADY_SENT if isinstance(refusal, AlreadySent) else None
        )

    app.register_error_handler(OperationalError, database_away)

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        return show(400, translated(_STALE))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        cause = getattr(error, "original_exception", None)
        if isinstance(cause, OperationalError):  # raised after the view, where Flask calls no other handler
            return database_away(cause)
        if error.code == BY_BUTTON_ONLY and (page := page_with_the_button()) is not None:
            return redirect(page, SEE_OTHER)
        if error.response is not None or error.code is None or error.code < 400:
            return error
        text = getattr(error, "text", None)
        return show(error.code, translated(text) if text is not None else None)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> ResponseReturnValue:
        if app.config["TESTING"] or app.debug:
            raise error
        abandon()
        log.error("failed", request_id=request_id(), exc_info=error)
        restore()
        return show(500)


_STALE = N_(
    "This page was open for too long, or belongs to another session. Go back, reload the page and send it again."
)
