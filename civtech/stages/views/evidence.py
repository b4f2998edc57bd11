"""Evidence: handed in by the company, accepted or returned by the public body."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock
from civtech.core.errors import LostRace, RuleViolation, WrongState
from civtech.core.workflow import possible
from civtech.stages import policy
from civtech.stages.forms import AcceptanceForm, DeliveryForm, ReturnForm
from civtech.stages.models import Milestone
from civtech.stages.views.blueprint import bp, find_milestone
from civtech.web.actor import actor
from civtech.web.gate import permit

CONFLICTS = (WrongState, LostRace)


def _back(milestone: Milestone) -> ResponseReturnValue:
    return redirect(url_for(".milestone", reference=milestone.reference))


@bp.route("/milestones/<reference>/deliverables/new", methods=["GET", "POST"])
@permit(policy.deliver, find_milestone)
def deliver(milestone: Milestone) -> ResponseReturnValue:
    form = DeliveryForm()
    if form.validate_on_submit():
        try:
            milestone.deliver(evidence=form.evidence.data, link=form.link.data or None, by=actor(), at=clock.now())
        except CONFLICTS:
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("Delivered. The public body is asked to accept it."), "success")
            return _back(milestone)
    elif not form.is_submitted() and not possible(milestone, "deliver", clock.now()):
        return _back(milestone)
    return render_template("stages/deliver.html", form=form, milestone=milestone), 422 if form.errors else 200


@bp.post("/milestones/<reference>/acceptance")
@permit(policy.judge_evidence, find_milestone)
def accept(milestone: Milestone) -> ResponseReturnValue:
    AcceptanceForm().check(milestone)
    milestone.accept(by=actor(), at=clock.now())
    flash(_("Accepted. Programme staff can release the money now."), "success")
    return _back(milestone)


@bp.route("/milestones/<reference>/return", methods=["GET", "POST"])
@permit(policy.judge_evidence, find_milestone)
def send_back(milestone: Milestone) -> ResponseReturnValue:
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            milestone.send_back(reason=form.reason.data, by=actor(), at=clock.now())
        except CONFLICTS:
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("Returned. The company reads your reason and can deliver again."), "success")
            return _back(milestone)
    elif not form.is_submitted() and not possible(milestone, "send_back", clock.now()):
        return _back(milestone)
    return render_template("stages/return.html", form=form, milestone=milestone), 422 if form.errors else 200
