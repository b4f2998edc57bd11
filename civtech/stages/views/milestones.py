"""The page of a milestone."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.core.text import N_
from civtech.stages import policy
from civtech.stages.forms import EvidenceForm
from civtech.stages.models import Milestone
from civtech.stages.models.bound import due
from civtech.stages.views.blueprint import bp, find_milestone
from civtech.web.forms import Form
from civtech.web.gate import permit


@bp.get("/milestones/<reference>")
@permit(policy.read_milestone, find_milestone, act=N_("View a milestone and its evidence"))
def milestone(milestone: Milestone) -> ResponseReturnValue:
    return page_of(milestone)


def page_of(milestone: Milestone, form: Form | None = None) -> str:
    """Show the milestone; `form` is a refused form to show again with its errors."""
    seen = EvidenceForm(milestone, formdata=None).seen.data
    return render_template("stages/milestone.html", milestone=milestone, form=form, seen=seen, due=due, policy=policy)
