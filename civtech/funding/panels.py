"""Panels that money adds to pages of earlier packages."""

from flask import render_template

from civtech.challenges.models import still_open
from civtech.core.db import db
from civtech.funding import policy, queries
from civtech.funding.models import ReleaseState, known_of_payee
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
    may_propose = not live and policy.propose(actor, milestone)
    return render_template(
        "funding/_milestone_panel.html",
        milestone=milestone,
        releases=releases,
        may_propose=may_propose,
        facts=list(payable(milestone, milestone.amount_pence, milestone.vat_pence)) if may_propose else [],
        known=still_open(known_of_payee(milestone, actor.id)) if may_propose else [],
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
    received = db.session.execute(queries.received_by(proposal)).one_or_none()
    if received is None:
        return None
    released, paid, vat, currency = received
    return render_template("funding/_team_panel.html", released=released, paid=paid, vat=vat, currency=currency)
