"""One assignment: declare first, then score, then lock."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.forms.scorecard import CONFLICT, DeclarationForm, ScorecardForm
from civtech.judging.models import Assignment, AssignmentState
from civtech.judging.ranking import weighted
from civtech.judging.views.finders import bp, find_assignment
from civtech.programmes.scale import SCALE
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.get("/assignments/<reference>")
@permit(policy.judge, find_assignment, act=N_("View a proposal you were asked to judge, and your scorecard"))
def assignment(assignment: Assignment) -> ResponseReturnValue:
    if assignment.state is AssignmentState.ASSIGNED:
        return _declare_page(assignment, DeclarationForm(assignment))
    return _score_page(assignment, ScorecardForm.of(assignment))


def _declare_page(assignment: Assignment, form: DeclarationForm) -> str:
    return render_template("judging/declare.html", assignment=assignment, form=form)


def _score_page(assignment: Assignment, scorecard: ScorecardForm, conflict: DeclarationForm | None = None) -> str:
    given = {score.criterion_id: score.points for score in assignment.scores if score.points is not None}
    return render_template(
        "judging/scorecard.html",
        assignment=assignment,
        form=conflict or scorecard,
        scorecard=scorecard,
        conflict=conflict or DeclarationForm(assignment, formdata=None),
        received=db.session.scalars(queries.content_for(assignment, actor())).one_or_none(),
        scale=SCALE,
        total=weighted(assignment.panel.stage.criteria, given),
        scored=len(given),
        is_open=assignment.state is AssignmentState.CLEAR and assignment.panel.closed_at is None,
    )


@bp.post("/assignments/<reference>/declaration")
@permit(policy.judge, find_assignment, act=N_("Declare your interests before you judge"))
def declare(assignment: Assignment) -> ResponseReturnValue:
    form = DeclarationForm(assignment)

    def say() -> None:
        if form.interest.data == CONFLICT:
            assignment.declare_conflict(conflict=form.sentence.data, by=actor(), at=clock.now())
        else:
            assignment.declare_clear(by=actor(), at=clock.now())

    if done(form, say):
        return _declared(assignment)
    _refuse_unless_possible(assignment, "declare_conflict")
    if assignment.state is AssignmentState.ASSIGNED:
        return _declare_page(assignment, form), form.status
    return _score_page(assignment, ScorecardForm.of(assignment, formdata=None), form), form.status


def _declared(assignment: Assignment) -> ResponseReturnValue:
    if assignment.state is AssignmentState.RECUSED:
        flash(
            _("We’ve recorded your conflict of interest. You will not judge this proposal and cannot read it."),
            "success",
        )
        return redirect(url_for(".queue"))
    flash(_("You declared no conflict of interest. You can now read and score the proposal."), "success")
    return redirect(url_for(".assignment", reference=assignment.reference))


@bp.post("/assignments/<reference>/scores")
@permit(policy.judge, find_assignment, act=N_("Score a proposal"))
def save(assignment: Assignment) -> ResponseReturnValue:
    _refuse_unless_possible(assignment, "save")
    form = ScorecardForm.of(assignment)
    if not done(form, lambda: assignment.save(marks=form.marks(), by=actor(), at=clock.now())):
        _refuse_unless_possible(assignment, "save")
        return _score_page(assignment, form), form.status
    flash(_("Scores saved. You can continue now or come back later."), "success")
    if request.form.get("then") == "next":
        return redirect(_next_url(assignment))
    return redirect(url_for(".assignment", reference=assignment.reference))


@bp.post("/assignments/<reference>/lock")
@permit(policy.judge, find_assignment, act=N_("Lock your scorecard"))
def lock(assignment: Assignment) -> ResponseReturnValue:
    _refuse_unless_possible(assignment, "save")
    form = ScorecardForm.of(assignment, lock=True)

    def save_and_lock() -> None:
        assignment.save(marks=form.marks(), by=actor(), at=clock.now())
        assignment.lock(by=actor(), at=clock.now())

    if not done(form, save_and_lock):
        _refuse_unless_possible(assignment, "save")
        return _score_page(assignment, form), form.status
    flash(
        _(
            "Your scorecard for %(proposal)s is locked. It now counts in the ranking.",
            proposal=assignment.proposal.reference,
        ),
        "success",
    )
    return redirect(url_for(".queue"))


def _refuse_unless_possible(assignment: Assignment, verb: str) -> None:
    """Raise `WrongState` early if the form cannot be sent again. The page then shows the typed text to copy."""
    if refused := workflow.refusal(assignment, verb, clock.now()):
        raise refused


def _next_url(assignment: Assignment) -> str:
    """The next open assignment after this one, starting again after the last. The queue if there is none."""
    following = db.session.scalar(queries.following(actor(), assignment))
    return url_for(".queue") if following is None else url_for(".assignment", reference=following)
