"""The company's own timeline: what has happened to its proposal and what happens next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.proposals.models import Proposal
from civtech.proposals.queries import to_open
from civtech.transparency import policy
from civtech.transparency.timeline import ahead, course_of, past
from civtech.transparency.views.register import bp
from civtech.web.actor import actor
from civtech.web.gate import permit


def find_proposal(reference: str) -> Proposal:
    """Return a proposal the actor may see, or raise `NotFound`."""
    return first_or_404(to_open(actor(), reference))


@bp.get("/proposals/<reference>/timeline")
@permit(policy.follow, find_proposal, act=N_("Follow a proposal on its timeline"))
def timeline(proposal: Proposal) -> ResponseReturnValue:
    course = course_of(proposal, clock.now())
    following = ahead(course)
    return render_template(
        "transparency/timeline.html", proposal=proposal, happened=past(course), following=following, ended=not following
    )
