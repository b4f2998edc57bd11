"""Where you are signed in, and signing out other browsers."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.people import policy, queries
from civtech.people.models import BrowserSession
from civtech.people.sign_in.browser import SESSION_ID
from civtech.people.views.account import bp
from civtech.web.actor import actor
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


def find_session(reference: str) -> BrowserSession:
    """A session of the actor's own."""
    return first_or_404(queries.sessions(actor(), clock.now()).where(BrowserSession.reference == reference))


@bp.get("/account/sessions")
@permit(policy.use_account, act=N_("View where you are signed in"))
def sessions() -> ResponseReturnValue:
    live = db.session.scalars(queries.sessions(actor(), clock.now())).all()
    here = next((each for each in live if each.has_secret(session.get(SESSION_ID))), None)
    return render_template("people/sessions.html", here=here, elsewhere=[each for each in live if each is not here])


@bp.post("/account/sessions/<reference>/end")
@permit(
    policy.end_session,
    find_session,
    act=N_("Sign out of one other browser"),
    unbound="It signs the person’s own browser out.",
)
def end_session(live: BrowserSession) -> ResponseReturnValue:
    live.end(of=actor(), by=actor(), at=clock.now())
    flash(_("That browser is now signed out."), "success")
    return redirect(url_for("people.sessions"))


@bp.post("/account/sessions/end")
@permit(policy.use_account, act=N_("Sign out everywhere else"), unbound="It signs the person’s own browsers out.")
def end_other_sessions() -> ResponseReturnValue:
    who, at = actor(), clock.now()
    for live in db.session.scalars(queries.sessions(who, at)).all():
        if not live.has_secret(session.get(SESSION_ID)):
            live.end(of=who, by=who, at=at)
    flash(_("You are now signed out everywhere else."), "success")
    return redirect(url_for("people.sessions"))
