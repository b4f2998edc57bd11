"""The page of a milestone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.stages import policy
from civtech.stages.forms import DropForm, EvidenceForm
from civtech.stages.models import Milestone
from civtech.stages.models.bound import due
from civtech.stages.views.blueprint import bp, find_milestone
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import Form
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.get("/milestones/<reference>")
@permit(policy.read_milestone, find_milestone, act=N_("View a milestone and its evidence"))
def milestone(milestone: Milestone) -> ResponseReturnValue:
    return page_of(milestone)


@bp.post("/milestones/<reference>/end")
@permit(policy.change_milestone, find_milestone, act=N_("End a milestone that was not delivered by its date"))
def give_up(milestone: Milestone) -> ResponseReturnValue:
    form = DropForm(milestone)
    if not done(form, lambda: milestone.give_up(by=actor(), at=clock.now())):
        return page_of(milestone, form), form.status
    flash(_("Milestone ended. Its money went back to the challenge’s budget."), "success")
    return redirect(url_for(".milestone", reference=milestone.reference))


def page_of(milestone: Milestone, form: Form | None = None) -> str:
    """Show the milestone; `form` is a refused form to show again with its errors."""
    seen = EvidenceForm(milestone, formdata=None).seen.data
    return render_template("stages/milestone.html", milestone=milestone, form=form, seen=seen, due=due, policy=policy)
