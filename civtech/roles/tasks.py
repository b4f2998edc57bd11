"""Tasks that roles give administrators."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.roles import policy, queries
from civtech.web.forms import translated
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, task

ROLES = Text(N_("Roles"))


@task
def second_administrator(actor: User, at: datetime) -> Iterator[Task]:
    """A role that one administrator asked for is waiting for another to approve it."""
    if not policy.ask_for_role(actor):
        return
    for grant in db.session.scalars(queries.waiting_for(actor, at).limit(PAGE)).unique():
        yield Task(
            Text(N_("Approve or refuse a role for %(person)s"), {"person": grant.person.name}),
            url_for("roles.show", reference=grant.reference),
            translated(grant.role.label),
            due=grant.ends_at,
            group=ROLES,
        )
