"""Tasks about judging, for judges and for the staff who run it."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.judging import policy, queries
from civtech.judging.models import AssignmentState, Decision, DecisionState
from civtech.judging.steps import Step
from civtech.people.models import User
from civtech.web.registries import Task, task

JUDGING = Text(N_("Judging"))


@task
def for_judges(actor: User, _at: datetime) -> Iterator[Task]:
    """Interests to declare and proposals to score."""
    if not actor.is_authenticated:
        return
    titles = {
        AssignmentState.ASSIGNED: (
            N_("Declare your interests for a proposal"),
            N_("Declare your interests for %(count)s proposals"),
        ),
        AssignmentState.CLEAR: (N_("Score a proposal"), N_("Score %(count)s proposals")),
    }
    for row in db.session.execute(queries.work_of(actor)):
        yield Task(
            title=Text(titles[row.state][row.proposals > 1], {"count": row.proposals}),
            url=url_for("judging.queue"),
            about=f"{row.question} · {row.stage}",
            due=row.due_at,
            group=JUDGING,
        )


@task
def for_staff(actor: User, at: datetime) -> Iterator[Task]:
    """Panels to set up and fill, late judges, and decisions to propose, approve and release."""
    if not actor.reach(*policy.RUN):
        return
    for row in db.session.execute(queries.to_convene(actor)):
        yield Task(
            title=Text(N_("Set up the panel: %(stage)s"), {"stage": row.stage}),
            url=url_for("judging.panel", slug=row.slug, stage_key=row.stage_key),
            about=row.question,
            group=JUDGING,
        )
    unreleased = Decision.state.is_distinct_from(DecisionState.RELEASED)
    going_on = Challenge.state == ChallengeState.PUBLISHED
    for row in db.session.execute(queries.overview(actor).where(unreleased, going_on)):
        here = {"slug": row.slug, "stage_key": row.stage_key}
        decision = url_for("judging.decision", reference=row.decision or "")
        waiting: dict[Step, tuple[str, str]] = {}
        apart = policy.stands_apart(actor, sits=row.sits)
        if apart and (row.of_staff or row.of_secretary):
            waiting[Step.SEAT] = N_("Add judges to the panel"), url_for("judging.judges", **here)
            waiting[Step.ASSIGN] = N_("Assign proposals to judges"), url_for("judging.assignments", **here)
        if apart and row.of_staff:
            waiting[Step.DECIDE] = (
                N_("Scoring is complete: propose the decision"),
                url_for("judging.ranking", **here),
            )
        if row.of_staff and policy.stands_apart(actor, sits=row.sits, proposed_by_id=row.proposed_by_id):
            waiting[Step.APPROVE] = N_("Approve a decision or send it back"), decision
        if row.of_staff and not row.still_scores:
            waiting[Step.RELEASE] = N_("Tell the teams the outcome"), decision
        if (row.of_staff or row.of_secretary) and row.due_at is not None and row.due_at < at:
            waiting[Step.SCORE] = (
                N_("%(count)s judges are late with scorecards")
                if row.busy > 1
                else N_("A judge is late with scorecards"),
                url_for("judging.panel", **here),
            )
        step = Step.of(row)
        if step in waiting:
            title, url = waiting[step]
            yield Task(
                title=Text(title, {"count": row.busy}),
                url=url,
                about=f"{row.question} · {row.stage}",
                due=row.due_at if step is Step.SCORE else None,
                group=JUDGING,
            )
