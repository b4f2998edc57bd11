"""The panel of a stage: convene it, say when it is due, seat judges, follow them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.forms.panel import ConveneForm, DueForm, SeatForm
from civtech.judging.models import Panel, Seat
from civtech.judging.place import ConvenedPlace, Place
from civtech.judging.steps import Step
from civtech.judging.views.finders import PLACE, bp, find_convened, find_place
from civtech.judging.workload import workloads
from civtech.people.models import confirmed_person
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.gate import can, permit

KNOWN = "judged-before"
MOST_KNOWN = 500


def url_of(endpoint: str, place: Place) -> str:
    """The address of one of the pages of a place."""
    return url_for(endpoint, slug=place.challenge.slug, stage_key=place.stage.key)


@bp.get(PLACE)
@permit(policy.see_panel, find_place)
def panel(place: Place) -> ResponseReturnValue:
    if not isinstance(place, ConvenedPlace):
        may_convene = can(policy.convene_panel, place) and place.challenge.ended_because is None
        return render_template("judging/convene.html", place=place, form=ConveneForm(), may_convene=may_convene)
    overview = db.session.execute(queries.overview(actor()).where(Panel.id == place.panel.id)).one()
    candidates = db.session.scalar(queries.candidate_count(place.panel)) or 0
    return render_template(
        "judging/panel.html",
        place=place,
        panel=place.panel,
        workloads=workloads(place.panel, clock.now()),
        overview=overview,
        step=Step.of(overview),
        candidates=candidates,
        may_run=can(policy.run_panel, place) and place.challenge.ended_because is None,
        sees_scores=can(policy.see_ranking, place),
    )


@bp.post(PLACE)
@permit(policy.convene_panel, find_place)
def convene(place: Place) -> ResponseReturnValue:
    if isinstance(place, ConvenedPlace):
        raise WrongState(N_("The panel has been convened already."))
    form = ConveneForm()

    def call_together() -> None:
        Panel.convene(challenge=place.challenge, stage=place.stage, by=actor(), at=clock.now(), due_at=form.due_at.data)

    if done(form, call_together):
        flash(_("The panel is convened. Put judges on it."), "success")
        return redirect(url_of(".judges", place))
    return render_template("judging/convene.html", place=place, form=form, may_convene=True), form.status


@bp.route(f"{PLACE}/due-date", methods=["GET", "POST"])
@permit(policy.run_panel, find_convened)
def due_date(place: ConvenedPlace) -> ResponseReturnValue:
    form = DueForm(data={"due_at": place.panel.due_at})
    if done(form, lambda: place.panel.reschedule(due_at=form.due_at.data, by=actor(), at=clock.now())):
        flash(_("The judges see the new time in their queue."), "success")
        return redirect(url_of(".panel", place))
    return render_template("judging/due_date.html", place=place, form=form), form.status


@bp.route(f"{PLACE}/judges", methods=["GET", "POST"])
@permit(policy.run_panel, find_convened)
def judges(place: ConvenedPlace) -> ResponseReturnValue:
    form = SeatForm()

    def seat() -> Seat:
        return place.panel.seat(confirmed_person(form.email.data), by=actor(), at=clock.now())

    if seated := made(form, seat):
        flash(_("%(judge)s is on the panel.", judge=seated.judge.name), "success")
        return redirect(url_of(".judges", place))
    known = db.session.execute(queries.could_judge(place.panel, actor(), clock.now()).limit(MOST_KNOWN)).all()
    if known:
        form.offer(KNOWN)
    page = render_template(
        "judging/judges.html",
        place=place,
        form=form,
        workloads=workloads(place.panel, clock.now()),
        known=known,
        datalist=KNOWN,
        from_the_pool=not can(policy.convene_panel, place),
    )
    return page, form.status
