"""Why people are kept: as long as they sign in, hold a role, or somebody needs them as an owner."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import exists, func, select

from civtech.accounts.models import (
    BrowserSession,
    GrantState,
    MemberRole,
    Membership,
    Organisation,
    OrganisationKind,
    RoleGrant,
    User,
)
from civtech.accounts.models.term import has_not_run_out
from civtech.core.db import db
from civtech.core.personal import (
    Hindrance,
    Rows,
    engagement,
    hindrance,
)
from civtech.core.text import N_, Text


@hindrance
def holds_a_programme_role(person: User, at: datetime) -> Iterator[Hindrance]:
    for grant in person.granted_roles:
        if has_not_run_out(grant, at):
            yield Hindrance(
                Text(N_("You hold a role in the programme. Give it up first, or ask an administrator to end it.")),
                f"/roles/{grant.reference}",
            )


@hindrance
def is_needed_as_owner(person: User, _at: datetime) -> Iterator[Hindrance]:
    """Others of the organisation, and a public body in any case, need an owner."""
    for organisation in last_owned(person):
        others = exists().where(
            Membership.organisation_id == organisation.id, Membership.is_held(), Membership.user_id != person.id
        )
        if organisation.kind is OrganisationKind.PUBLIC_BODY or db.session.scalar(select(others)):
            yield Hindrance(
                Text(
                    N_("You are the last owner of %(organisation)s. Invite another owner first."),
                    {"organisation": organisation.name},
                ),
                f"/organisations/{organisation.reference}",
            )


def last_owned(person: User) -> list[Organisation]:
    """The organisations that have no owner but `person`."""
    owned = [held.organisation for held in person.memberships if held.role is MemberRole.OWNER]
    shared = set(
        db.session.scalars(
            select(Membership.organisation_id).where(
                Membership.organisation_id.in_([organisation.id for organisation in owned]),
                Membership.role == MemberRole.OWNER,
                Membership.is_held(),
                Membership.user_id != person.id,
            )
        )
    )
    return [organisation for organisation in owned if organisation.id not in shared]


@engagement("account")
def signed_in_last() -> Iterator[Rows]:
    yield (
        select(User.id, func.coalesce(func.max(BrowserSession.begun_at), User.registered_at))
        .outerjoin(BrowserSession, BrowserSession.user_id == User.id)
        .group_by(User.id)
    )


@engagement("official")
def is_trusted() -> Iterator[Rows]:
    over_at = func.coalesce(RoleGrant.ended_at, RoleGrant.ends_at)
    yield select(RoleGrant.user_id, over_at).where(RoleGrant.state.in_((GrantState.GRANTED, GrantState.ENDED)))
    yield (
        select(Membership.user_id, Membership.until)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.PUBLIC_BODY)
    )
