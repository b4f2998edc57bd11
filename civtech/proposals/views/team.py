"""What a team sees of its proposals: the list, the task list, and withdrawing."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.proposals import policy, queries
from civtech.proposals.models import Opening, Proposal
from civtech.proposals.views.finding import bp, find_proposal
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.pagination import paged
from civtech.web.transaction import received_at


def _openings(proposals: Sequence[Proposal]) -> dict[int, Opening]:
    """The opening of each proposal's challenge, by the challenge's id."""
    challenges = {proposal.challenge_id for proposal in proposals}
    return {opening.challenge_id: opening for opening in db.session.scalars(queries.openings_of(challenges))}


@bp.get("/proposals")
@permit(policy.follow)
def mine() -> ResponseReturnValue:
    page = paged(queries.of_teams(actor()), Proposal.id)
    return render_template("proposals/mine.html", page=page, openings=_openings(page.rows))


@bp.get("/proposals/<reference>")
@permit(policy.read, find_proposal)
def show(proposal: Proposal) -> ResponseReturnValue:
    if not can(policy.read_draft, proposal):
        return render_template(
            "proposals/read.html",
            proposal=proposal,
            submission=proposal.received,
            sees_list=can(policy.see_received, proposal.challenge),
        )
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        opening=_openings([proposal]).get(proposal.challenge_id),
        missing=proposal.missing(),
        may_write=can(policy.write, proposal) and workflow.possible(proposal, "write", clock.now()),
        may_submit=can(policy.submit, proposal) and workflow.possible(proposal, "submit", clock.now()),
        may_withdraw=can(policy.submit, proposal) and workflow.possible(proposal, "withdraw", clock.now()),
    )


@bp.get("/proposals/<reference>/withdrawal")
@permit(policy.submit, find_proposal)
def withdrawal(proposal: Proposal) -> ResponseReturnValue:
    possible = workflow.possible(proposal, "withdraw", clock.now())
    return render_template("proposals/withdrawal.html", proposal=proposal, possible=possible)


@bp.post("/proposals/<reference>/withdrawal")
@permit(policy.submit, find_proposal)
def withdraw(proposal: Proposal) -> ResponseReturnValue:
    queries.hold(proposal.challenge)
    proposal.withdraw(by=actor(), at=received_at())
    flash(_("Your proposal is withdrawn. Nobody outside your team has read it."), "success")
    return redirect(url_for(".show", reference=proposal.reference))
