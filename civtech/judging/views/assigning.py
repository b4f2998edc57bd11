"""Assigning proposals to judges: every proposal to every judge at once, or a selection."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.forms.panel import EVERYONE, AssignForm
from civtech.judging.judged_stage import ConvenedStage
from civtech.judging.models import NOT_ONESELF, Assigned, AssignmentState, assign
from civtech.judging.models.bound import assigned
from civtech.judging.views.finders import FIELDS_OF_PROPOSALS, PANEL_URL, bp, find_convened
from civtech.judging.views.panels import url_of
from civtech.proposals.models import Proposal
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.forms import Form, SeenForm
from civtech.web.gate import permit
from civtech.web.pagination import Page, paged
from civtech.web.sizes import at_most_fields
from civtech.web.translation import gettext as _
from civtech.web.translation import ngettext


@bp.route(f"{PANEL_URL}/assignments", methods=["GET", "POST"])
@permit(
    policy.run_panel,
    find_convened,
    act=N_("Assign proposals to judges"),
    unbound="The person selects what they assign.",
)
@at_most_fields(FIELDS_OF_PROPOSALS)
def assignments(judged: ConvenedStage) -> ResponseReturnValue:
    judges = [seat.judge for seat in judged.panel.seats]
    page = _candidates(judged)
    form = AssignForm(judges, page.rows)

    def give() -> Assigned:
        chosen = [judge for judge in judges if form.judge.data in {EVERYONE, judge.reference}]
        ticked = [proposal for proposal in page.rows if proposal.reference in form.proposal.data]
        return assign(judged.panel, judges=chosen, proposals=ticked, by=actor(), at=clock.now())

    if result := made(form, give):
        return _told(judged, result)
    return _page(judged, form)


def _page(judged: ConvenedStage, form: Form) -> ResponseReturnValue:
    """The proposals and their judges. `form` has the errors, if that is why we show the page again."""
    judges = [seat.judge for seat in judged.panel.seats]
    page = _candidates(judged)
    total = db.session.scalar(queries.candidate_count(judged.panel)) or 0
    given: dict[int, dict[int, AssignmentState]] = {}
    for proposal_id, judge_id, state in db.session.execute(
        queries.given(judged.panel, [proposal.id for proposal in page.rows])
    ):
        given.setdefault(proposal_id, {})[judge_id] = state
    return (
        render_template(
            "judging/assignments.html",
            judged=judged,
            panel=judged.panel,
            judges=judges,
            form=form,
            choosing=form if isinstance(form, AssignForm) else AssignForm(judges, page.rows, formdata=None),
            facts=list(assigned(judged.panel, total)),
            page=page,
            given=given,
            total=total,
            made=db.session.scalar(queries.assignment_count(judged.panel)) or 0,
        ),
        form.status,
    )


def _candidates(judged: ConvenedStage) -> Page[Proposal]:
    return paged(queries.candidates(judged.panel), Proposal.id, size=100, newest_first=False)


@bp.post(f"{PANEL_URL}/assignments/all")
@permit(policy.run_panel, find_convened, act=N_("Assign every proposal to every judge"))
def assign_all(judged: ConvenedStage) -> ResponseReturnValue:
    proposals = db.session.scalars(queries.candidates(judged.panel)).unique().all()
    panel, judges = judged.panel, [seat.judge for seat in judged.panel.seats]
    form = SeenForm(panel, lambda: assigned(panel, len(proposals)))
    result = made(form, lambda: assign(panel, judges=judges, proposals=proposals, by=actor(), at=clock.now()))
    return _told(judged, result) if result else _page(judged, form)


def _told(judged: ConvenedStage, result: Assigned) -> ResponseReturnValue:
    """Tell the person what was assigned."""
    if result.made:
        flash(
            ngettext(
                "One assignment made. The judge can now declare their interests.",
                "%(num)s assignments made. The judges can now declare their interests.",
                result.made,
            ),
            "success",
        )
    elif not result.left_to_others and not result.to_consider:
        flash(_("There is nothing left to assign."))
    if result.left_to_others:
        flash(_(NOT_ONESELF), "warning")
    if result.left_out:
        names = ", ".join(judge.name for judge in result.left_out)
        flash(
            _(
                "No proposals were assigned to these judges because they are, or were, in a team with a "
                "proposal: %(names)s.",
                names=names,
            ),
            "warning",
        )
    if result.to_consider:
        names = ", ".join(judge.name for judge in result.to_consider)
        flash(
            _(
                "These judges may have a conflict of interest, so some proposals were not assigned to them: "
                "%(names)s. Decide on it first.",
                names=names,
            ),
            "warning",
        )
        return redirect(url_of(".panel", judged))
    return redirect(url_of(".assignments", judged))
