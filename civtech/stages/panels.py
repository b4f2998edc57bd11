"""Panels that funded stages add to pages of earlier packages."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template, url_for
from markupsafe import Markup

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.judging.models import Assignment, AssignmentState, Panel, chosen_for
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.rights.queries import oversees
from civtech.stages import policy, queries
from civtech.stages.policy import Award
from civtech.stages.progress import agreement_progress
from civtech.web.registries import Progress, panel, progress


@panel("proposals.show", "agreements")
def agreements_of_the_team(actor: User, proposal: Proposal) -> str | None:
    """Show the team's agreements, what is due and what happens next."""
    agreements = db.session.scalars(queries.of_proposal(actor, proposal)).unique().all()
    return render_template("stages/_team_panel.html", agreements=agreements) if agreements else None


@panel("proposals.show", "payee", after="outcome")
def needed_before_an_agreement(actor: User, proposal: Proposal) -> str | None:
    """Tell a chosen team what we need before we can offer it an agreement."""
    company = proposal.organisation
    if company.can_be_paid or not actor.acts_for(company):
        return None
    chosen = queries.to_be_payable(actor).where(Proposal.id == proposal.id)
    if db.session.execute(chosen).unique().first() is None:
        return None
    return render_template("stages/_payee_panel.html", company=company)


@progress("proposals", "work", after="judging")
def work_of_the_teams(proposals: Sequence[Proposal], _at: datetime) -> dict[int, Progress]:
    """Show the progress of teams whose agreement is offered, in force or completed, until the end-of-stage decision."""
    rows = db.session.execute(queries.under_way([proposal.id for proposal in proposals])).unique()
    return {agreement.proposal_id: agreement_progress(agreement, judged=judged) for agreement, judged in rows}


@progress("challenges", "work", after="judging")
def finished_work(challenges: Sequence[Challenge], _at: datetime) -> dict[int, Progress]:
    """Show challenges as finished once their last stage is completed."""
    finished = db.session.scalars(queries.finished_among([challenge.id for challenge in challenges]))
    return {challenge_id: Progress(Text(N_("Finished")), "blue", over=True) for challenge_id in finished}


@panel("challenges.show", "agreements", after="judging")
def agreements_of_the_challenge(actor: User, challenge: Challenge) -> str | None:
    """Show agreements, and teams without one, to those who oversee the programme and to the public body."""
    if not actor.is_authenticated or not (oversees(actor, challenge) or actor.acts_for(challenge.sponsor_id)):
        return None
    agreements = db.session.scalars(queries.of_challenge(actor, challenge)).unique().all()
    awards = db.session.execute(queries.awarded().where(Proposal.challenge_id == challenge.id)).unique().all()
    if not agreements and not awards:
        return None
    waiting = [
        {
            "company": proposal.organisation.name,
            "stage": stage.name,
            "url": url_for("stages.new_agreement", reference=proposal.reference, stage=stage.key)
            if policy.draw_up(actor, Award(proposal, stage))
            else None,
        }
        for proposal, stage in awards
    ]
    return render_template("stages/_challenge_panel.html", agreements=agreements, awards=waiting)


@panel("judging.assignment", "work")
def work_to_judge(actor: User, assignment: Assignment) -> str | None:
    """Show judges with no conflict of interest the milestones and evidence of the stage they judge."""
    cleared = assignment.state in {AssignmentState.CLEAR, AssignmentState.LOCKED}
    if not cleared or assignment.judge_id != actor.id or not assignment.panel.stage.is_funded:
        return None
    return _work(assignment.proposal_id, assignment.panel.stage_id)


@panel("judging.panel", "work")
def work_of_all(actor: User, judged: Panel) -> Markup | None:
    """Show those who oversee the programme the milestones and evidence of every team that is judged."""
    if not oversees(actor, judged.challenge) or not judged.stage.is_funded:
        return None
    candidates = db.session.scalars(chosen_for(judged.stage, judged.challenge)).unique()
    blocks = [_work(candidate.id, judged.stage_id) for candidate in candidates]
    return Markup("").join(Markup(block) for block in blocks if block) or None  # noqa: S704


def _work(proposal_id: int, stage_id: int) -> str | None:
    agreement = db.session.scalars(queries.judged_work(proposal_id, stage_id)).unique().one_or_none()
    return render_template("stages/_gate_panel.html", agreement=agreement) if agreement else None
