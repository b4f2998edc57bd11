"""The panel of a stage: set it up, say when scorecards are due, add judges, follow their progress."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges.models import ABOUT_JUDGES, known
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.forms.panel import ConveneForm, RescheduleForm, SeatForm
from civtech.judging.judged_stage import ConvenedStage, JudgedStage
from civtech.judging.models import Panel, Seat
from civtech.judging.panel_conflicts import decision_seen, known_on
from civtech.judging.steps import Step
from civtech.judging.views.finders import PANEL_URL, bp, find_convened, find_judged_stage
from civtech.judging.workload import workloads
from civtech.people.models import confirmed_person
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.gate import can, permit
from civtech.web.translation import gettext as _

KNOWN = "judged-before"
MOST_KNOWN = 500


def url_of(endpoint: str, judged: JudgedStage) -> str:
    """The address of one of the pages of a judged stage."""
    return url_for(endpoint, slug=judged.challenge.slug, stage_key=judged.stage.key)


@bp.get(PANEL_URL)
@permit(policy.see_panel, find_judged_stage, act=N_("View a panel and its judges’ progress"))
def panel(judged: JudgedStage) -> ResponseReturnValue:
    if not isinstance(judged, ConvenedStage):
        may_convene = can(policy.convene_panel, judged) and judged.challenge.ended_because is None
        return render_template("judging/convene.html", judged=judged, form=ConveneForm(), may_convene=may_convene)
    overview = db.session.execute(queries.overview_of(actor(), judged.panel)).one()
    candidates = db.session.scalar(queries.candidate_count(judged.panel)) or 0
    return render_template(
        "judging/panel.html",
        judged=judged,
        panel=judged.panel,
        workloads=workloads(judged.panel, clock.now()),
        overview=overview,
        step=Step.of(overview),
        candidates=candidates,
        known=known_on(judged, decision_seen(judged, actor())),
        may_run=can(policy.run_panel, judged) and judged.challenge.ended_because is None,
        sees_scores=can(policy.see_ranking, judged),
    )


@bp.post(PANEL_URL)
@permit(policy.convene_panel, find_judged_stage, act=N_("Set up a panel"), unbound="It sets up an empty panel.")
def convene(judged: JudgedStage) -> ResponseReturnValue:
    if isinstance(judged, ConvenedStage):
        raise WrongState(N_("The panel is already set up."))
    form = ConveneForm()

    def call_together() -> None:
        Panel.convene(
            challenge=judged.challenge, stage=judged.stage, by=actor(), at=clock.now(), due_at=form.due_at.data
        )

    if done(form, call_together):
        flash(_("Panel set up. Now add judges to it."), "success")
        return redirect(url_of(".judges", judged))
    return render_template("judging/convene.html", judged=judged, form=form, may_convene=True), form.status


@bp.route(f"{PANEL_URL}/due-date", methods=["GET", "POST"])
@permit(policy.run_panel, find_convened, act=N_("Change when scorecards are due"))
def due_date(judged: ConvenedStage) -> ResponseReturnValue:
    form = RescheduleForm(judged.panel, data={"due_at": judged.panel.due_at})
    if done(form, lambda: judged.panel.reschedule(due_at=form.due_at.data, by=actor(), at=clock.now())):
        flash(_("Due date changed. Judges will see it in their judging queue."), "success")
        return redirect(url_of(".panel", judged))
    return render_template("judging/due_date.html", judged=judged, form=form), form.status


@bp.route(f"{PANEL_URL}/judges", methods=["GET", "POST"])
@permit(policy.run_panel, find_convened, act=N_("Add judges to a panel"), unbound="The person types whom they add.")
def judges(judged: ConvenedStage) -> ResponseReturnValue:
    form = SeatForm()

    def seat() -> Seat:
        judge = confirmed_person(form.email.data)
        judged.panel.refuse_judge(judge, by=actor())
        form.tell(known([judge.id], judged.challenge.id, ABOUT_JUDGES))
        return judged.panel.seat(judge, by=actor(), at=clock.now(), because=form.reason)

    if seated := made(form, seat):
        flash(
            _(
                "%(judge)s is now on the panel. They can judge when proposals are assigned to them.",
                judge=seated.judge.name,
            ),
            "success",
        )
        return redirect(url_of(".judges", judged))
    people = db.session.execute(queries.could_judge(judged.panel, actor(), clock.now()).limit(MOST_KNOWN)).all()
    if people:
        form.offer(KNOWN)
    page = render_template(
        "judging/judges.html",
        judged=judged,
        form=form,
        workloads=workloads(judged.panel, clock.now()),
        people=people,
        datalist=KNOWN,
        from_the_pool=not can(policy.convene_panel, judged),
    )
    return page, form.status
