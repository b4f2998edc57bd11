"""Tasks that roles give administrators."""

from datetime import datetime

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.roles import policy, queries
from civtech.roles.models import RoleGrant
from civtech.web.forms import translated
from civtech.web.tasks import Task, Waiting, brief, tasks_of

ROLES = Text(N_("Roles"))


def _to_approve(actor: User, at: datetime) -> Rows | None:
    if not policy.ask_for_role(actor):
        return None
    columns = brief(reference=RoleGrant.reference, name=User.name, state=RoleGrant.role, due=RoleGrant.ends_at)
    return queries.waiting_for(actor, at).join(User, User.id == RoleGrant.user_id).with_only_columns(*columns)


@tasks_of(_to_approve)
def second_administrator(row: Waiting) -> Task:
    """A role that one administrator asked for is waiting for another to approve it."""
    return Task(
        Text(N_("Approve or refuse a role for %(person)s"), {"person": row.name}),
        url_for("roles.show", reference=row.reference),
        translated(ProgrammeRole(row.state).label),
        due=row.due,
        group=ROLES,
    )
