"""Tasks about judging, for judges and for the staff who run it."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import func

from civtech.challenges.models import Challenge
from civtech.core.db import Rows, db
from civtech.core.text import N_, Text
from civtech.judging import policy, queries
from civtech.judging.models import Assignment, AssignmentState, Panel
from civtech.judging.panel_conflicts import doubtful_for
from civtech.judging.steps import Step
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.web.pagination import PAGE
from civtech.web.tasks import Task, Waiting, brief, counted, task, tasks_of

JUDGING = Text(N_("Judging"))


A_STAGE = brief(reference=Challenge.slug, other_reference=Stage.key, about=Challenge.question, part=Stage.name)
"""What `set_up_panel` reads of a stage of a challenge."""

TITLES = {
    AssignmentState.ASSIGNED.value: (
        N_("Declare your interests for a proposal"),
        N_("Declare your interests for %(count)s proposals"),
    ),
    AssignmentState.CLEAR.value: (N_("Score a proposal"), N_("Score %(count)s proposals")),
}


def _to_judge(actor: User, _at: datetime) -> Rows | None:
    if not actor.is_authenticated:
        return None
    columns = brief(
        about=Challenge.question, part=Stage.name, state=Assignment.state, due=Panel.due_at, number=func.count()
    )
    return queries.work_of(actor).with_only_columns(*columns)


@tasks_of(_to_judge)
def for_judges(row: Waiting) -> Task:
    """Interests to declare and proposals to score."""
    return Task(
        counted(*TITLES[row.state], row),
        url_for("judging.queue"),
        f"{row.about} · {row.part}",
        due=row.due,
        group=JUDGING,
    )


def set_up_panel(row: Waiting, group: Text) -> Task:
    """The task to set up the panel of a stage."""
    return Task(
        Text(N_("Set up the panel: %(stage)s"), {"stage": row.part}),
        url_for("judging.panel", slug=row.reference, stage_key=row.other_reference),
        row.about,
        group=group,
    )


def _to_convene(actor: User, _at: datetime) -> Rows | None:
    if not actor.reach(*policy.RUN):
        return None
    return queries.to_convene(actor).with_only_columns(*A_STAGE)


@tasks_of(_to_convene)
def panels_to_set_up(row: Waiting) -> Task:
    """Stages that need a panel."""
    return set_up_panel(row, JUDGING)


@task
def possible_conflicts(actor: User, _at: datetime) -> Iterator[Task]:
    """Panels and decisions with a possible conflict of interest, even if it is found after the decision."""
    doubtful = doubtful_for(actor) if actor.reach(*policy.RUN) else None
    for row in db.session.execute(doubtful.limit(PAGE)) if doubtful is not None else ():
        yield Task(
            Text(N_("Look at a possible conflict of interest: %(stage)s"), {"stage": row.name}),
            url_for("judging.panel", slug=row.slug, stage_key=row.key),
            row.question,
            group=JUDGING,
        )


@task
def for_staff(actor: User, at: datetime) -> Iterator[Task]:
    """Panels to fill, late judges, and decisions to propose, approve and release."""
    if not actor.reach(*policy.RUN):
        return
    for row in db.session.execute(queries.to_run(actor, at, PAGE)):
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
