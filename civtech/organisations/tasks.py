"""Tasks that organisations give people."""

from datetime import datetime

from flask import url_for

from civtech.core.db import Rows
from civtech.core.text import N_, Text
from civtech.organisations import queries
from civtech.organisations.models import Invitation, JoinRequest, MemberRole, Organisation
from civtech.people.models import User
from civtech.people.tasks import YOUR_ACCOUNT
from civtech.web.forms import translated
from civtech.web.tasks import Task, Waiting, brief, tasks_of
from civtech.web.translation import gettext


def _invited(actor: User, at: datetime) -> Rows | None:
    if not actor.is_authenticated:
        return None
    columns = brief(
        reference=Invitation.reference, name=Organisation.name, state=Invitation.role, due=Invitation.expires_at
    )
    return queries.invitations_for(actor, at).join(Invitation.organisation).with_only_columns(*columns)


@tasks_of(_invited)
def answer_the_invitation(row: Waiting) -> Task:
    """Invited people also find their invitation here, in case the email was lost."""
    return Task(
        Text(N_("Accept or decline an invitation")),
        url_for("invitations.show", reference=row.reference),
        f"{row.name}: {_role(row)}",
        due=row.due,
        group=YOUR_ACCOUNT,
    )


def _to_confirm(actor: User, at: datetime) -> Rows | None:
    if not actor.organisation_ids(MemberRole.OWNER):
        return None
    columns = brief(
        reference=Organisation.reference,
        other_reference=Invitation.reference,
        name=Organisation.name,
        about=Invitation.email,
        state=Invitation.role,
        due=Invitation.expires_at,
    )
    return queries.invitations_to_confirm(actor, at).join(Invitation.organisation).with_only_columns(*columns)


@tasks_of(_to_confirm)
def confirm_an_invitation(row: Waiting) -> Task:
    """Owners decide who acts for their organisation, even when programme staff invite."""
    return Task(
        Text(N_("Confirm or withdraw an invitation")),
        url_for("organisations.confirm", reference=row.reference, invitation=row.other_reference),
        f"{row.name}: {row.about}, {_role(row)}",
        due=row.due,
        group=YOUR_ACCOUNT,
    )


def _role(row: Waiting) -> str:
    return translated(MemberRole(row.state).label)


def _to_join(actor: User, at: datetime) -> Rows | None:
    if not actor.organisation_ids(MemberRole.OWNER):
        return None
    columns = brief(
        reference=Organisation.reference,
        other_reference=JoinRequest.reference,
        name=Organisation.name,
        about=User.name,
        due=JoinRequest.expires_at,
    )
    waiting = queries.join_requests_to_answer(actor, at)
    return waiting.join(JoinRequest.organisation).join(JoinRequest.person).with_only_columns(*columns)


@tasks_of(_to_join)
def answer_who_asks_to_join(row: Waiting) -> Task:
    """Owners decide who acts for their organisation."""
    return Task(
        Text(N_("Accept or decline a request to join")),
        url_for("organisations.answer_request", reference=row.reference, request=row.other_reference),
        gettext("%(person)s has asked to join %(organisation)s", person=row.about, organisation=row.name),
        due=row.due,
        group=YOUR_ACCOUNT,
    )


def _without_size(actor: User, _at: datetime) -> Rows | None:
    if not actor.organisation_ids(MemberRole.OWNER):
        return None
    return queries.without_size(actor).with_only_columns(
        *brief(reference=Organisation.reference, name=Organisation.name)
    )


@tasks_of(_without_size)
def say_how_big_it_is(row: Waiting) -> Task:
    """For owners of a company with no figures and no declared size."""
    return Task(
        Text(N_("Enter the company’s figures")),
        url_for("organisations.figures", reference=row.reference),
        row.name,
        group=YOUR_ACCOUNT,
    )
