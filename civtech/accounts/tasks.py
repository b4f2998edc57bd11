"""What accounts themselves ask of people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.accounts import grants, policy, queries
from civtech.accounts.models import MemberRole, ProgrammeRole, User
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.web.forms import translated
from civtech.web.pagination import PAGE
from civtech.web.registries import Task, has_duty, task

ROLES = Text(N_("Roles"))
YOUR_ACCOUNT = Text(N_("Your account"))
WHY = {
    ProgrammeRole.STAFF: N_("Your role opens proposals and releases money. A code from your phone protects it."),
    ProgrammeRole.FINANCE: N_("Your role moves money. A code from your phone protects it."),
    ProgrammeRole.SECRETARY: N_("Your role gives proposals to judges. A code from your phone protects it."),
    ProgrammeRole.AUDITOR: N_("Your role reads what is not public. A code from your phone protects it."),
    ProgrammeRole.ADMINISTRATOR: N_("Your role is one of trust. A code from your phone protects it."),
    ProgrammeRole.JUDGE: N_("Your role reads what companies wrote in confidence. A code from your phone protects it."),
}

FOR_EVERYBODY_ELSE = N_("What you do here binds others. More than a password protects it.")


@task
def answer_the_invitation(actor: User, at: datetime) -> Iterator[Task]:
    """Whoever was invited finds it here too, in case the mail got lost."""
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
    """Owners decide who acts for their organisation, also when programme staff invite."""
    if not actor.organisation_ids(MemberRole.OWNER):
        return
    for invitation in db.session.scalars(queries.invitations_to_confirm(actor, at).limit(PAGE)):
        organisation = invitation.organisation
        yield Task(
            Text(N_("Confirm an invitation, or take it back")),
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
            Text(N_("Let somebody in, or decline")),
            url_for(
                "organisations.answer_request", reference=request.organisation.reference, request=request.reference
            ),
            translated(
                Text(
                    N_("%(person)s asks to join %(organisation)s"),
                    {"person": request.person.name, "organisation": request.organisation.name},
                )
            ),
            due=request.expires_at,
            group=YOUR_ACCOUNT,
        )


@task
def say_how_big_it_is(actor: User, _at: datetime) -> Iterator[Task]:
    """Owners of a company that has stated no figures and declared no size."""
    if not actor.organisation_ids(MemberRole.OWNER):
        return
    for company in db.session.scalars(queries.without_size(actor).limit(PAGE)):
        yield Task(
            Text(N_("Say how big the company is")),
            url_for("organisations.figures", reference=company.reference),
            company.name,
            group=YOUR_ACCOUNT,
        )


@task
def protect_the_account(actor: User, _at: datetime) -> Iterator[Task]:
    """Whoever may do much is asked for a second factor before it stops them."""
    if has_duty(actor) and not actor.has_second_factor:
        yield Task(
            Text(N_("Set up a second factor")),
            url_for("accounts.protect"),
            translated(_why(actor)),
            group=YOUR_ACCOUNT,
        )


@task
def second_administrator(actor: User, at: datetime) -> Iterator[Task]:
    """A role that one administrator asked for waits for another."""
    if not policy.ask_for_role(actor):
        return
    for grant in db.session.scalars(grants.waiting_for(actor, at).limit(PAGE)).unique():
        yield Task(
            Text(N_("Approve or refuse a role for %(person)s"), {"person": grant.person.name}),
            url_for("roles.show", reference=grant.reference),
            translated(grant.role.label),
            due=grant.ends_at,
            group=ROLES,
        )


def _why(actor: User) -> Text:
    """Why the role needs it; of several, the one that can do most."""
    return Text(next((why for role, why in WHY.items() if actor.reach(role)), FOR_EVERYBODY_ELSE))
