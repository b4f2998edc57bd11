"""Tasks that organisations give people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.organisations import queries
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.people.tasks import YOUR_ACCOUNT
from civtech.web.forms import translated
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, task


@task
def answer_the_invitation(actor: User, at: datetime) -> Iterator[Task]:
    """Invited people also find their invitation here, in case the email was lost."""
    for invitation in db.session.scalars(queries.invitations_for(actor, at)):
        yield Task(
            Text(N_("Accept or decline an invitation")),
            url_for("invitations.show", reference=invitation.reference),
            f"{invitation.organisation.name}: {translated(invitation.role.label)}",
            due=invitation.expires_at,
            group=YOUR_ACCOUNT,
        )


@task
def confirm_an_invitation(actor: User, at: datetime) -> Iterator[Task]:
    """Owners decide who acts for their organisation, even when programme staff invite."""
    if not actor.organisation_ids(MemberRole.OWNER):
        return
    for invitation in db.session.scalars(queries.invitations_to_confirm(actor, at).limit(PAGE)):
        organisation = invitation.organisation
        yield Task(
            Text(N_("Confirm or withdraw an invitation")),
            url_for("organisations.confirm", reference=organisation.reference, invitation=invitation.reference),
            f"{organisation.name}: {invitation.email}, {translated(invitation.role.label)}",
            due=invitation.expires_at,
            group=YOUR_ACCOUNT,
        )


@task
def answer_who_asks_to_join(actor: User, at: datetime) -> Iterator[Task]:
    """Owners decide who acts for their organisation."""
    if not actor.organisation_ids(MemberRole.OWNER):
        return
    for request in db.session.scalars(queries.join_requests_to_answer(actor, at).limit(PAGE)).unique():
        yield Task(
            Text(N_("Accept or decline a request to join")),
            url_for(
                "organisations.answer_request", reference=request.organisation.reference, request=request.reference
            ),
            translated(
                Text(
                    N_("%(person)s has asked to join %(organisation)s"),
                    {"person": request.person.name, "organisation": request.organisation.name},
                )
            ),
            due=request.expires_at,
            group=YOUR_ACCOUNT,
        )


@task
def say_how_big_it_is(actor: User, _at: datetime) -> Iterator[Task]:
    """For owners of a company with no figures and no declared size."""
    if not actor.organisation_ids(MemberRole.OWNER):
        return
    for company in db.session.scalars(queries.without_size(actor).limit(PAGE)):
        yield Task(
            Text(N_("Enter the company’s figures")),
            url_for("organisations.figures", reference=company.reference),
            company.name,
            group=YOUR_ACCOUNT,
        )
