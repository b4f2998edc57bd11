"""Panels that money adds to pages of earlier packages."""

from flask import render_template

from civtech.core.db import db
from civtech.funding import policy, queries
from civtech.funding.models import ReleaseState
from civtech.funding.models.release import payable
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.rights.queries import oversees
from civtech.stages.models import Milestone, MilestoneState
from civtech.web.registries import panel


@panel("stages.milestone", "release")
def release_of_the_milestone(actor: User, milestone: Milestone) -> str | None:
    """Show what was released and paid for the milestone, and the button to propose a release."""
    if milestone.state is not MilestoneState.ACCEPTED:
        return None
    releases = db.session.scalars(queries.of_milestone(actor, milestone)).unique().all()
    live = any(release.state is not ReleaseState.REFUSED for release in releases)
    return render_template(
        "funding/_milestone_panel.html",
        milestone=milestone,
        releases=releases,
        facts=list(payable(milestone, milestone.amount_pence, milestone.vat_pence)),
        may_propose=not live and policy.propose(actor, milestone),
        waits_for_staff=not live,
    )


@panel("proposals.show", "money", after="outcome")
def money_of_the_team(actor: User, proposal: Proposal) -> str | None:
    """Show the team, the sponsor and those who oversee the programme what was released and paid so far."""
    if not (
        actor.acts_for(proposal.organisation_id)
        or actor.acts_for(proposal.challenge.sponsor_id)
        or oversees(actor, proposal.challenge)
    ):
        return None
    released, paid, vat = db.session.execute(queries.received_by(proposal)).one()
    if not released:
        return None
    return render_template("funding/_team_panel.html", released=released, paid=paid, vat=vat)
