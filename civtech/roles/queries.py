"""Grants of roles: which ones an actor may see, and the names of what they apply to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import joinedload

from civtech.core.statements import built_once
from civtech.people.models import ProgrammeRole, Scope, User
from civtech.roles.models import GrantState, RoleGrant
from civtech.web.registries import scope_names

PEOPLE = tuple(
    joinedload(who) for who in (RoleGrant.person, RoleGrant.asked_by, RoleGrant.decided_by, RoleGrant.ended_by)
)


@built_once
def visible_to(actor: User) -> Select[RoleGrant]:
    """The grants `actor` may see: their own once granted; the programme's administrators and auditors see all."""
    own = and_(RoleGrant.user_id == actor.id, RoleGrant.state.in_((GrantState.GRANTED, GrantState.ENDED)))
    sees_all = actor.has(ProgrammeRole.ADMINISTRATOR, ProgrammeRole.AUDITOR)
    grants = select(RoleGrant).options(*PEOPLE)
    return grants if sees_all else grants.where(own)


def current(at: datetime) -> ColumnElement[bool]:
    """Granted and not expired: in force now, or later."""
    return and_(RoleGrant.state == GrantState.GRANTED, _not_run_out(at))


def waiting(at: datetime) -> ColumnElement[bool]:
    """Asked for, and can still be approved."""
    return and_(RoleGrant.state == GrantState.WAITING, _not_run_out(at))


def over(at: datetime) -> ColumnElement[bool]:
    """Expired, ended, refused or withdrawn."""
    return or_(RoleGrant.state.not_in((GrantState.GRANTED, GrantState.WAITING)), RoleGrant.ends_at <= at)


def _not_run_out(at: datetime) -> ColumnElement[bool]:
    return or_(RoleGrant.ends_at.is_(None), RoleGrant.ends_at > at)


@built_once
def waiting_for(actor: User, at: datetime) -> Select[RoleGrant]:
    """Grants waiting for an administrator who could be `actor`, longest waiting first."""
    others = RoleGrant.asked_by_id != actor.id, RoleGrant.user_id != actor.id
    return visible_to(actor).where(waiting(at), *others).order_by(RoleGrant.asked_at, RoleGrant.id)


@built_once
def held_by(email: str, role: ProgrammeRole, scope: Scope, at: datetime) -> Select[RoleGrant]:
    """The grant that gives the person with this address this role in this scope, now or later."""
    return (
        select(RoleGrant)
        .join(RoleGrant.person)
        .where(
            User.email == email,
            RoleGrant.role == role,
            RoleGrant.scope_kind == scope.kind,
            RoleGrant.scope_reference == scope.reference,
            current(at),
        )
        .options(*PEOPLE)
        .order_by(RoleGrant.starts_at)
    )


def names_of(grants: Iterable[RoleGrant]) -> dict[str, str]:
    """The names of these grants' rounds and challenges, by reference."""
    references: dict[str, list[str]] = defaultdict(list)
    for grant in grants:
        if grant.scope_reference:
            references[grant.scope_kind.value].append(grant.scope_reference)
    return scope_names(references)
