"""Evidence: sent by the company, accepted or returned by the public body."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.core.workflow import possible
from civtech.stages import policy
from civtech.stages.forms import DeliveryForm, EvidenceForm, ReturnForm
from civtech.stages.models import DeliverableState, Milestone
from civtech.stages.views.blueprint import bp, find_milestone
from civtech.stages.views.milestones import page_of
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


def _back(milestone: Milestone) -> ResponseReturnValue:
    return redirect(url_for(".milestone", reference=milestone.reference))


def _returned(milestone: Milestone) -> dict[str, str | None]:
    """The evidence that was returned, so that the company can change it instead of writing it again."""
    last = milestone.latest
    return {"evidence": last.evidence, "link": last.link} if last and last.state is DeliverableState.RETURNED else {}


@bp.route("/milestones/<reference>/deliverables/new", methods=["GET", "POST"])
@permit(policy.deliver, find_milestone, act=N_("Send evidence for a milestone"))
def deliver(milestone: Milestone) -> ResponseReturnValue:
    form = DeliveryForm(milestone, data=_returned(milestone))
    if not form.is_submitted() and not possible(milestone, "deliver", clock.now()):
        return _back(milestone)

    def hand_in() -> None:
        milestone.deliver(evidence=form.evidence.data, link=form.link.data or None, by=actor(), at=clock.now())

    if done(form, hand_in):
        flash(_("Evidence sent. The public body will accept it, or return it with a reason."), "success")
        return _back(milestone)
    return render_template("stages/deliver.html", form=form, milestone=milestone), form.status


@bp.post("/milestones/<reference>/acceptance")
@permit(policy.judge_evidence, find_milestone, act=N_("Accept evidence from a team"))
def accept(milestone: Milestone) -> ResponseReturnValue:
    form = EvidenceForm(milestone)
    if done(form, lambda: milestone.accept(by=actor(), at=clock.now())):
        flash(_("Evidence accepted. Programme staff can now release the money."), "success")
        return _back(milestone)
    return page_of(milestone, form), form.status


@bp.route("/milestones/<reference>/return", methods=["GET", "POST"])
@permit(policy.judge_evidence, find_milestone, act=N_("Return evidence to the team"))
def send_back(milestone: Milestone) -> ResponseReturnValue:
    form = ReturnForm(milestone)
    if not form.is_submitted() and not possible(milestone, "send_back", clock.now()):
        return _back(milestone)
    if done(form, lambda: milestone.send_back(reason=form.reason.data, by=actor(), at=clock.now())):
        flash(_("Evidence returned. The company will see your reason and can send evidence again."), "success")
        return _back(milestone)
    return render_template("stages/return.html", form=form, milestone=milestone), form.status
