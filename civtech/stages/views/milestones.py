"""The milestone's page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.stages import policy
from civtech.stages.models import Milestone
from civtech.stages.views.blueprint import bp, find_milestone
from civtech.web.gate import permit


@bp.get("/milestones/<reference>")
@permit(policy.read_milestone, find_milestone)
def milestone(milestone: Milestone) -> ResponseReturnValue:
    return render_template("stages/milestone.html", milestone=milestone, policy=policy)
