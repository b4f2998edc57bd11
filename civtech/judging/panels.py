"""What judging adds to earlier pages."""

from flask import render_template

from civtech.accounts.models import User
from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.judging import queries
from civtech.judging.models import AssignmentState, Panel
from civtech.judging.steps import Step
from civtech.programmes.models import StageKind
from civtech.proposals.models import Proposal
from civtech.web.registries import panel


@panel("proposals.show", order=20)
def outcome(actor: User, proposal: Proposal) -> str | None:
    """For the team: being judged, or what was decided about its own proposal and what comes next."""
    if not actor.acts_for(proposal.organisation_id) or proposal.received is None:
        return None
    if not proposal.challenge.is_closed(clock.now()):
        return None
    outcomes = db.session.execute(queries.outcomes_of(proposal)).all()
    return render_template("judging/_outcome.html", proposal=proposal, outcomes=outcomes, kinds=StageKind)


@panel("proposals.of_challenge", order=10)
def way_to_the_panels(actor: User, challenge: Challenge) -> str | None:
    """For staff: where judging goes on. A link only, because the list of proposals keeps to few statements."""
    if not (actor.is_staff or actor.is_auditor) or not challenge.is_closed(clock.now()):
        return None
    return render_template("judging/_way.html", challenge=challenge)


@panel("challenges.show", order=60)
def steps(actor: User, challenge: Challenge) -> str | None:
    """For staff and auditors: which stage is being judged, and what comes next."""
    if not (actor.is_staff or actor.is_auditor) or not challenge.is_closed(clock.now()):
        return None
    overseen = db.session.scalar(
        queries.challenges_visible_to(actor).with_only_columns(Challenge.id).where(Challenge.id == challenge.id)
    )
    if overseen is None:
        return None
    rows = db.session.execute(queries.overview(actor).where(Panel.challenge_id == challenge.id))
    known = {row.stage_key: row for row in rows}
    stages = [(stage, known.get(stage.key)) for stage in challenge.round.stages if stage.criteria]
    current = next(
        ((stage, row) for stage, row in stages if row is None or Step.of(row) is not Step.DONE), (None, None)
    )
    return render_template(
        "judging/_steps.html",
        challenge=challenge,
        stages=stages,
        current=current[0],
        row=current[1],
        step=Step.of(current[1]) if current[1] else None,
        step_of=Step.of,
        may_run=actor.is_staff,
    )


@panel("home", order=30)
def own_judging(actor: User, _subject: object) -> str | None:
    """For judges: how far they are, with the way to their queue, also when nothing is open in it."""
    if not actor.is_authenticated:
        return None
    rows = db.session.execute(queries.queue(actor)).all()
    if not rows:
        return None
    asked = [row for row in rows if row.state is not AssignmentState.RECUSED and row.closed_at is None]
    done = sum(row.state is AssignmentState.LOCKED for row in asked)
    return render_template("judging/_home.html", done=done, total=len(asked))


@panel("accounts.account", order=30)
def way_to_the_judging(_actor: User, _person: object) -> str:
    """For everybody: the way to their queue. A link only: who sits on a panel is not asked on a page like this."""
    return render_template("judging/_account.html")
