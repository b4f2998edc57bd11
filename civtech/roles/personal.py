"""What we hold about people with a role in the programme, why, and what goes when a person is erased."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import case, func, select, update

from civtech.core.db import Rows, db
from civtech.core.personal import (
    Engagement,
    Hindrance,
    acts,
    engagement,
    erased,
    exported,
    hindrance,
    named,
    stays,
    touched,
)
from civtech.core.text import N_, Text
from civtech.people.models import User
from civtech.roles.models import GrantState, RoleGrant
from civtech.roles.models.term import has_not_run_out

stays(
    RoleGrant.user_id,
    RoleGrant.asked_by_id,
    RoleGrant.decided_by_id,
    RoleGrant.ended_by_id,
    because=N_("The audit needs a record of who was given which role, and by whom."),
)


@erased("programme_roles")
def forget_why_they_were_trusted(person: User, _at: datetime) -> int:
    """Delete what administrators wrote about the person. The record of their roles stays."""
    db.session.flush()
    own_grants = RoleGrant.user_id == person.id
    refused = touched(update(RoleGrant).where(own_grants, RoleGrant.message.is_not(None)).values(message=""))
    return refused + touched(update(RoleGrant).where(own_grants, RoleGrant.reason != "").values(reason=""))


@exported(
    "programme_roles",
    N_(
        "Your roles in the programme, past and present. Also other people’s roles that you asked for, decided or ended."
    ),
    RoleGrant.user_id,
    RoleGrant.asked_by_id,
    RoleGrant.decided_by_id,
    RoleGrant.ended_by_id,
)
def programme_roles(person: User) -> Rows:
    who = (RoleGrant.user_id, RoleGrant.asked_by_id, RoleGrant.decided_by_id, RoleGrant.ended_by_id)
    return (
        select(
            RoleGrant.reference,
            RoleGrant.role,
            RoleGrant.scope_kind,
            RoleGrant.scope_reference,
            RoleGrant.state,
            RoleGrant.starts_at,
            RoleGrant.ends_at,
            case((RoleGrant.user_id == person.id, RoleGrant.reason)).label("reason"),
            case((RoleGrant.user_id == person.id, RoleGrant.message)).label("refused_because"),
            *acts(person, *who),
        )
        .where(named(person, *who))
        .order_by(RoleGrant.id)
    )


@hindrance
def holds_a_programme_role(person: User, at: datetime) -> Iterator[Hindrance]:
    for grant in person.granted_roles:
        if has_not_run_out(grant, at):
            yield Hindrance(
                Text(N_("You have a role in the programme. Give it up first, or ask an administrator to end it.")),
                f"/roles/{grant.reference}",
            )


@engagement("official")
def is_trusted() -> Iterator[Engagement]:
    over_at = func.coalesce(RoleGrant.ended_at, RoleGrant.ends_at)
    yield select(RoleGrant.user_id, over_at).where(RoleGrant.state.in_((GrantState.GRANTED, GrantState.ENDED)))
