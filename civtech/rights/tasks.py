"""Tasks that rights statements give people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.rights import queries
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, task

RIGHTS = Text(N_("Rights"))


@task
def statements_to_accept(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask the officers of each side that has not accepted yet."""
    if not actor.organisation_ids(MemberRole.OWNER, MemberRole.APPROVER):
        return
    for statement in db.session.scalars(queries.waiting_for(actor).limit(PAGE)).unique():
        for_company = actor.acts_for(statement.proposal.organisation_id) and not statement.company_accepted_at
        if not for_company and actor.id == statement.company_accepted_by_id:
            continue
        yield Task(
            Text(
                N_("Accept the rights statement for %(organisation)s"),
                {"organisation": statement.company_name if for_company else statement.public_body_name},
            ),
            url_for("rights.statement", reference=statement.reference),
            f"{statement.stage.name}: {statement.challenge.question}",
            group=RIGHTS,
        )
