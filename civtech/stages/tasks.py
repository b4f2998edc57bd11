"""Tasks that funded stages give people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.rights.models import stake
from civtech.stages import queries
from civtech.stages.models import MilestoneState
from civtech.stages.models.milestone import ACCEPTS, DELIVERS
from civtech.web.display import end_of, zone
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, task

STAGES = Text(N_("Stages"))


@task
def milestones_that_wait(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask the company to send evidence, and the public body to accept or return it."""
    if not actor.organisation_ids(*DELIVERS, *ACCEPTS):
        return
    for milestone in db.session.scalars(queries.waiting_for(actor).limit(PAGE)).unique():
        delivering = milestone.state is MilestoneState.DUE
        words = (
            N_("Send evidence for “%(title)s”") if delivering else N_("Accept or return the evidence for “%(title)s”")
        )
        yield Task(
            Text(words, {"title": milestone.title}),
            url_for("stages.milestone", reference=milestone.reference),
            f"{milestone.agreement.company.name}, {milestone.agreement.stage.name}",
            due=end_of(milestone.due_on) if delivering else None,
            group=STAGES,
        )


@task
def agreements_to_draw_up(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask staff to draft agreements for chosen teams, and to offer those they have drafted."""
    if not actor.reach(ProgrammeRole.STAFF):
        return
    in_care = queries.in_care_of(actor), ~stake(actor)
    for proposal, stage in db.session.execute(queries.awarded().where(*in_care).limit(PAGE)).unique():
        yield Task(
            Text(N_("Draft the agreement for %(company)s"), {"company": proposal.organisation.name}),
            url_for("stages.new_agreement", reference=proposal.reference, stage=stage.key),
            f"{stage.name}: {proposal.challenge.question}",
            group=STAGES,
        )
    for agreement in db.session.scalars(queries.to_finish().where(*in_care).limit(PAGE)).unique():
        yield Task(
            Text(N_("Finish and offer the agreement for %(company)s"), {"company": agreement.company.name}),
            url_for("stages.agreement", reference=agreement.reference),
            f"{agreement.stage.name}: {agreement.challenge.question}",
            group=STAGES,
        )


@task
def stages_to_end(actor: User, at: datetime) -> Iterator[Task]:
    """Ask staff to set up the panel once a stage's work is complete, and to complete agreements without a review."""
    if not actor.reach(ProgrammeRole.STAFF):
        return
    today = at.astimezone(zone()).date()
    for slug, question, key, name in db.session.execute(queries.gates_to_convene(actor, today).limit(PAGE)):
        yield Task(
            Text(N_("Set up the panel: %(stage)s"), {"stage": name}),
            url_for("judging.panel", slug=slug, stage_key=key),
            question,
            group=STAGES,
        )
    finished = queries.to_conclude().where(queries.in_care_of(actor), ~stake(actor))
    for agreement in db.session.scalars(finished.limit(PAGE)).unique():
        yield Task(
            Text(N_("Complete the agreement for %(company)s"), {"company": agreement.company.name}),
            url_for("stages.agreement", reference=agreement.reference),
            f"{agreement.stage.name}: {agreement.challenge.question}",
            group=STAGES,
        )
