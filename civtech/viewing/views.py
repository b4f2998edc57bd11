"""Starting and stopping to view a challenge as another role."""

from typing import cast

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.challenges.views.page import find_challenge
from civtech.core import clock
from civtech.core.text import N_
from civtech.people.models import BrowserSession
from civtech.people.sign_in.browser import this_session
from civtech.viewing import looking, policy
from civtech.viewing.forms import SHOWN, SeeAsForm
from civtech.viewing.models import LASTS, SeenRole, Viewing
from civtech.web.actor import person
from civtech.web.attempts import made
from civtech.web.gate import permit
from civtech.web.translation import gettext as _

bp = Blueprint("viewing", __name__)
blueprints = [bp]


@bp.route("/challenges/<slug>/viewing/new", methods=["GET", "POST"])
@permit(
    policy.see_as,
    find_challenge,
    act=N_("View a challenge as another role"),
    unbound="It changes what the person sees.",
)
def new(challenge: Challenge) -> ResponseReturnValue:
    form = SeeAsForm(challenge)
    here = cast("BrowserSession", this_session())

    def begin() -> Viewing:
        role = SeenRole(form.role.data)
        return Viewing.begin(session=here, challenge=challenge, role=role, by=person(), at=clock.now())

    if made(form, begin):
        return redirect(url_for("challenges.show", slug=challenge.slug))
    page = render_template("viewing/new.html", challenge=challenge, form=form, shown=SHOWN, minutes=minutes())
    return page, form.status


def minutes() -> int:
    """Return how long it lasts at most, in minutes."""
    return int(LASTS.total_seconds() // 60)


@bp.get("/viewing")
@permit(policy.stop, act=N_("Check which role you are viewing a challenge as"))
def status() -> ResponseReturnValue:
    if looking.this_viewing(clock.now()) is None:
        return redirect(url_for("people.home"))
    return render_template("viewing/status.html", elsewhere="elsewhere" in request.args)


@bp.post("/viewing/end")
@permit(policy.stop, act=N_("Stop viewing a challenge as another role"), unbound="It changes what the person sees.")
def end() -> ResponseReturnValue:
    at = clock.now()
    viewing = looking.this_viewing(at)
    if viewing is None:
        flash(_("You are viewing as yourself."), "success")
        return redirect(url_for("people.home"))
    viewing.end(by=person(), at=at)
    flash(_("You are viewing as yourself again."), "success")
    return redirect(url_for(".new", slug=viewing.challenge.slug))


def init(app: Flask) -> None:
    looking.init(app)
