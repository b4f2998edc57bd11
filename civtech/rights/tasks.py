"""Tasks that rights statements give people."""

from datetime import datetime

from flask import url_for
from sqlalchemy import and_, case, or_

from civtech.challenges.models import Challenge
from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights import queries
from civtech.rights.models import RightsStatement
from civtech.web.tasks import Task, Waiting, brief, tasks_of

RIGHTS = Text(N_("Rights"))


def _to_accept(actor: User, _at: datetime) -> Rows | None:
    if not actor.organisation_ids(MemberRole.OWNER, MemberRole.APPROVER):
        return None
    for_company = and_(
        Proposal.organisation_id.in_(actor.organisation_ids()), RightsStatement.company_accepted_at.is_(None)
    )
    columns = brief(
        reference=RightsStatement.reference,
        name=case((for_company, RightsStatement.company_name), else_=RightsStatement.public_body_name),
        about=Challenge.question,
        part=Stage.name,
    )
    by_another = RightsStatement.company_accepted_by_id.is_distinct_from(actor.id)
    waiting = queries.waiting_for(actor).join(Stage, Stage.id == RightsStatement.stage_id)
    return waiting.where(or_(for_company, by_another)).with_only_columns(*columns)


@tasks_of(_to_accept)
def statements_to_accept(row: Waiting) -> Task:
    """Ask the officers of each side that has not accepted yet."""
    return Task(
        Text(N_("Accept the rights statement for %(organisation)s"), {"organisation": row.name}),
        url_for("rights.statement", reference=row.reference),
        f"{row.part}: {row.about}",
        group=RIGHTS,
    )
