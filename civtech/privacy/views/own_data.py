"""Your own data: download it, or ask us to erase it."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, personal
from civtech.core.errors import NotFound
from civtech.core.text import N_
from civtech.privacy import export, policy
from civtech.privacy.forms import ErasureForm
from civtech.privacy.models import WAITING_TIME, ErasureRequest
from civtech.privacy.models.bound import asked_for, taken_back
from civtech.privacy.models.request import waiting_of
from civtech.privacy.views.blueprint import bp
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.display import day
from civtech.web.forms import SeenForm
from civtech.web.gate import permit
from civtech.web.limits import at_most
from civtech.web.translation import gettext as _


@bp.get("/account/data")
@permit(policy.use_own_data, act=N_("View what you can do with your data"))
def own_data() -> ResponseReturnValue:
    return _page()


def _page(refused: SeenForm | None = None) -> str:
    """What people can do with their data. `refused` is a form with errors, if that is why we show it again."""
    return render_template(
        "privacy/own_data.html",
        form=refused,
        waiting=waiting_of(actor()),
        taken_back=taken_back,
        parts=personal.PARTS.values(),
    )


@bp.post("/account/data/archive")
@permit(policy.use_own_data, act=N_("Download your data"), unbound="It reads what is held about the person.")
@at_most("10/hour")
def download() -> ResponseReturnValue:
    who, at = actor(), clock.now()
    answer = Response(export.archive(who, by=who, at=at), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{who.reference}-{at:%Y-%m-%d}.zip"'
    return answer


@bp.route("/account/erasure", methods=["GET", "POST"])
@permit(policy.use_own_data, act=N_("Ask us to erase your data"))
def erasure() -> ResponseReturnValue:
    who, at = actor(), clock.now()
    form = ErasureForm(who, lambda: asked_for(who, at))
    if request := made(form, lambda: ErasureRequest.ask(by=who, at=at)):
        flash(
            _("We’ll erase your data after %(day)s. You can withdraw your request until then.", day=day(request.due_at))
        )
        return redirect(url_for(".own_data"))
    page = render_template(
        "privacy/erasure.html",
        form=form,
        waiting=waiting_of(who),
        hindrances=personal.hindrances(who, at),
        days=WAITING_TIME.days,
    )
    return page, form.status


@bp.post("/account/erasure/withdrawal")
@permit(policy.use_own_data, act=N_("Withdraw an erasure request"))
def take_back() -> ResponseReturnValue:
    waiting = waiting_of(actor())
    if waiting is None:
        raise NotFound
    form = SeenForm(waiting, lambda: taken_back(waiting))
    if not done(form, lambda: waiting.take_back(by=actor(), at=clock.now())):
        return _page(form), form.status
    flash(_("Request withdrawn. We will not erase your data."), "success")
    return redirect(url_for(".own_data"))
