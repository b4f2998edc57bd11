"""Tasks that funded stages give people."""

from datetime import datetime

from flask import url_for
from sqlalchemy import Select

from civtech.challenges.models import Challenge
from civtech.core.db import Columns, Rows
from civtech.core.text import N_, Text
from civtech.judging.tasks import A_STAGE, set_up_panel
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import stake
from civtech.stages import queries
from civtech.stages.models import Milestone, MilestoneState, StageAgreement
from civtech.stages.models.milestone import ACCEPTS, DELIVERS
from civtech.web.display import end_of, zone
from civtech.web.tasks import Column, Task, Waiting, brief, tasks_of

STAGES = Text(N_("Stages"))


def in_short(query: Select[*Columns], **columns: Column) -> Rows:
    """What tasks say of each row of a query about agreements: these columns, its stage, and the company as `about`."""
    columns = {"about": Organisation.name, "part": Stage.name} | columns
    return (
        query.join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Stage, Stage.id == StageAgreement.stage_id)
        .with_only_columns(*brief(**columns))
    )


def _that_wait(actor: User, _at: datetime) -> Rows | None:
    if not actor.organisation_ids(*DELIVERS, *ACCEPTS):
        return None
    return in_short(
        queries.waiting_for(actor),
        reference=Milestone.reference,
        name=Milestone.title,
        state=Milestone.state,
        day=Milestone.due_on,
    )


@tasks_of(_that_wait)
def milestones_that_wait(row: Waiting) -> Task:
    """Ask the company to send evidence, and the public body to accept or return it."""
    delivering = row.state == MilestoneState.DUE.value
    words = N_("Send evidence for “%(title)s”") if delivering else N_("Accept or return the evidence for “%(title)s”")
    return Task(
        Text(words, {"title": row.name}),
        url_for("stages.milestone", reference=row.reference),
        f"{row.about}, {row.part}",
        due=end_of(row.day) if delivering and row.day else None,
        group=STAGES,
    )


def _overdue(actor: User, at: datetime) -> Rows | None:
    if not (actor.organisation_ids(*ACCEPTS) or actor.reach(ProgrammeRole.STAFF)):
        return None
    return in_short(
        queries.overdue(actor, at.astimezone(zone()).date()),
        reference=Milestone.reference,
        name=Milestone.title,
        day=Milestone.due_on,
    )


@tasks_of(_overdue)
def milestones_overdue(row: Waiting) -> Task:
    """Tell the public body and staff that a company's evidence is overdue."""
    return Task(
        Text(N_("Ask %(company)s for the evidence for “%(title)s”"), {"company": row.about, "title": row.name}),
        url_for("stages.milestone", reference=row.reference),
        row.part,
        due=end_of(row.day) if row.day else None,
        group=STAGES,
    )


def _to_draw_up(actor: User, _at: datetime) -> Rows | None:
    query = queries.awarded().join(Proposal.challenge).join(Organisation, Organisation.id == Proposal.organisation_id)
    stage = queries.AWARDED_STAGE
    columns = brief(
        reference=Proposal.reference,
        other_reference=stage.key,
        name=Organisation.name,
        about=Challenge.question,
        part=stage.name,
    )
    return _in_care(actor, query.with_only_columns(*columns))


@tasks_of(_to_draw_up)
def agreements_to_draw_up(row: Waiting) -> Task:
    """Ask staff to draft agreements for chosen teams."""
    return Task(
        Text(N_("Draft the agreement for %(company)s"), {"company": row.name}),
        url_for("stages.new_agreement", reference=row.reference, stage=row.other_reference),
        f"{row.part}: {row.about}",
        group=STAGES,
    )


def _to_be_payable(actor: User, _at: datetime) -> Rows | None:
    if not actor.organisation_ids(MemberRole.OWNER):
        return None
    columns = brief(
        reference=Organisation.reference, name=Organisation.name, about=Proposal.title, state=Organisation.kind
    )
    return queries.to_be_payable(actor).where(Organisation.identifier_number.is_(None)).with_only_columns(*columns)


@tasks_of(_to_be_payable)
def numbers_before_an_agreement(row: Waiting) -> Task:
    """Ask the owner of a chosen team for what we need before we can offer an agreement."""
    alone = row.state == OrganisationKind.INDIVIDUAL.value
    words = (
        N_("Before we can offer you an agreement, change to a company with a registration number")
        if alone
        else N_("Before we can offer you an agreement, add the registration number of %(company)s")
    )
    endpoint = "organisations.become_company" if alone else "organisations.edit"
    return Task(Text(words, {"company": row.name}), url_for(endpoint, reference=row.reference), row.about, group=STAGES)


def _numbers_to_check(actor: User, _at: datetime) -> Rows | None:
    if not actor.is_staff:
        return None
    columns = brief(reference=Organisation.reference, name=Organisation.name, about=Proposal.title)
    return queries.numbers_to_check(actor).with_only_columns(*columns)


@tasks_of(_numbers_to_check)
def numbers_to_look_up(row: Waiting) -> Task:
    """Ask programme staff to look up the number of a chosen team that we cannot check."""
    return Task(
        Text(N_("Check the registration number of %(company)s in its register"), {"company": row.name}),
        url_for("organisations.number", reference=row.reference),
        row.about,
        group=STAGES,
    )


def _to_finish(actor: User, _at: datetime) -> Rows | None:
    return _in_care(actor, _agreements(queries.to_finish()))


@tasks_of(_to_finish)
def agreements_to_finish(row: Waiting) -> Task:
    """Ask staff to offer the agreements they have drafted."""
    return _about_agreement(N_("Finish and offer the agreement for %(company)s"), row)


def _to_convene(actor: User, at: datetime) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    return queries.gates_to_convene(actor, at.astimezone(zone()).date()).with_only_columns(*A_STAGE)


@tasks_of(_to_convene)
def stages_to_end(row: Waiting) -> Task:
    """Ask staff to set up the panel once a stage's work is complete."""
    return set_up_panel(row, STAGES)


def _to_conclude(actor: User, _at: datetime) -> Rows | None:
    return _in_care(actor, _agreements(queries.to_conclude()))


@tasks_of(_to_conclude)
def agreements_to_conclude(row: Waiting) -> Task:
    """Ask staff to complete agreements without a review at the end."""
    return _about_agreement(N_("Complete the agreement for %(company)s"), row)


def _agreements(query: Select[StageAgreement]) -> Rows:
    return in_short(
        query.join(Proposal.challenge),
        reference=StageAgreement.reference,
        name=Organisation.name,
        about=Challenge.question,
    )


def _in_care(actor: User, query: Rows) -> Rows | None:
    if not actor.reach(ProgrammeRole.STAFF):
        return None
    return query.where(queries.in_care_of(actor), ~stake(actor))


def _about_agreement(words: str, row: Waiting) -> Task:
    return Task(
        Text(words, {"company": row.name}),
        url_for("stages.agreement", reference=row.reference),
        f"{row.part}: {row.about}",
        group=STAGES,
    )
