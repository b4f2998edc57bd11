"""What judging adds to the pages of earlier packages."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import NamedRow, db
from civtech.core.text import N_, Text
from civtech.judging import policy, queries
from civtech.judging.steps import Step
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Stage, StageKind
from civtech.proposals.models import Proposal
from civtech.web.pagination import PAGE
from civtech.web.registries import Progress, panel, progress
from civtech.web.translation import gettext


@panel("proposals.show", "outcome", after="agreements")
def outcome(actor: User, proposal: Proposal) -> str | None:
    """For the team: the decisions about its own proposal, with the feedback."""
    if not actor.acts_for(proposal.organisation_id):
        return None
    outcomes = db.session.execute(queries.outcomes_of(proposal)).all()
    return render_template("judging/_outcome.html", outcomes=outcomes) if outcomes else None


@progress("proposals", "judging")
def released_outcomes(proposals: Sequence[Proposal], _at: datetime) -> dict[int, Progress]:
    """Which proposals go through and which do not, once that is released."""
    rows = db.session.execute(queries.released_about([proposal.id for proposal in proposals]))
    return {row.proposal_id: _outcome(row) for row in rows}


@progress("challenges", "judging")
def judged_so_far(challenges: Sequence[Challenge], _at: datetime) -> dict[int, Progress]:
    """Closed challenges: sealed, being judged, in a funded stage, or finished. It shows no more than was released."""
    stages = {challenge.id: challenge.round.stages for challenge in challenges}
    rows = db.session.execute(queries.courses_of(list(stages)))
    return {row.id: _course(row, stages[row.id]) for row in rows}


def _course(row: NamedRow, stages: Sequence[Stage]) -> Progress:
    if not row.answered:
        return Progress(Text(N_("Closed without proposals")), "grey", over=True)
    if not row.opened:
        return Progress(Text(N_("Closed, waiting to be opened")), "yellow")
    position = 1 if row.decided is None else row.decided + 1
    stage = next((each for each in stages if each.position == position), None)
    if stage is None or (row.decided is not None and row.reached != position):
        return Progress(Text(N_("Finished")), "blue", over=True)
    if stage.is_funded:
        return Progress(Text(N_("Funded: %(stage)s"), {"stage": stage.name}), "green")
    return Progress(Text(N_("Being judged: %(stage)s"), {"stage": stage.name}), "light-blue")


def _outcome(row: NamedRow) -> Progress:
    if not row.goes_on:
        return Progress(
            Text(N_("Not chosen")),
            "grey",
            over=True,
            title=gettext("Your proposal was not chosen"),
            text=gettext(
                "It was judged at “%(stage)s”. The feedback on its page is about your proposal only. Thank "
                "you for your work, which remains yours.",
                stage=row.stage,
            ),
        )
    if row.next_stage is None:
        return Progress(
            Text(N_("Successful")),
            "green",
            over=True,
            title=gettext("Your proposal was successful"),
            text=gettext("It passed the last stage of judging."),
        )
    return Progress(
        Text(N_("Goes through to %(stage)s"), {"stage": row.next_stage}),
        "green",
        title=gettext("Your proposal goes through to %(stage)s", stage=row.next_stage),
        text=gettext("Next, programme staff will draft the stage agreement and offer it to you.")
        if row.next_kind is StageKind.FUNDED
        else gettext("Programme staff will write to tell you when and how."),
    )


@panel("proposals.of_challenge", "judging")
def way_to_the_panels(actor: User, challenge: Challenge) -> str | None:
    """For staff: the way to the judging. Only a link, so that the list of proposals needs few statements."""
    if not actor.has_for(challenge, *policy.OVERSEE) or not challenge.is_closed(clock.now()):
        return None
    return render_template("judging/_way.html", challenge=challenge)


@panel("challenges.show", "judging", after="proposals")
def steps(actor: User, challenge: Challenge) -> str | None:
    """For staff, auditors and panel secretaries: which stage is being judged, and what comes next."""
    if not actor.has_for(challenge, *policy.OVERSEE, *policy.RUN) or not challenge.is_closed(clock.now()):
        return None
    seen_to = db.session.scalar(
        queries.judged_visible_to(actor).with_only_columns(Challenge.id).where(Challenge.id == challenge.id)
    )
    if seen_to is None:
        return None
    rows = db.session.execute(queries.overview_at(actor, challenge))
    row_of = {row.stage_key: row for row in rows}
    stages = [(stage, row_of.get(stage.key)) for stage in challenge.round.stages if stage.criteria]
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
        may_run=actor.has_for(challenge, *policy.RUN),
        may_convene=actor.is_staff_of(challenge),
        sees_scores=actor.has_for(challenge, *policy.OVERSEE),
    )


@panel("home", "judging", after="proposals")
def own_judging(actor: User, _subject: object) -> str | None:
    """For judges: their progress and a link to their queue, even if it is empty or complete."""
    if not actor.is_authenticated:
        return None
    own = db.session.execute(queries.own_progress(actor)).one()
    if not own.given and not own.seated:
        return None
    return render_template("judging/_home.html", given=own.given, done=own.done, total=own.asked)


@panel("home", "panels", after="judging")
def panels_in_care(actor: User, _subject: object) -> str | None:
    """For panel secretaries: the panels they look after that have no released decision, even without a task."""
    if not actor.reach(ProgrammeRole.SECRETARY):
        return None
    rows = db.session.execute(queries.in_care(actor, PAGE)).all()
    return render_template("judging/_in_care.html", rows=rows)


@panel("people.account", "judging", after="roles")
def way_to_the_judging(_actor: User, _person: object) -> str:
    """For everyone: a link to their queue. The account page does not query who is on a panel."""
    return render_template("judging/_account.html")
