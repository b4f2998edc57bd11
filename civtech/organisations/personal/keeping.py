"""Why we keep people: while they act for a public body, or an organisation needs them as its owner."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import exists, select

from civtech.core.db import db
from civtech.core.personal import Engagement, Hindrance, engagement, hindrance
from civtech.core.text import N_, Text
from civtech.organisations.models import MemberRole, Membership, Organisation, OrganisationKind
from civtech.people.models import User


@hindrance
def is_needed_as_owner(person: User, _at: datetime) -> Iterator[Hindrance]:
    """An organisation with other people, and any public body, needs an owner."""
    for organisation in last_owned(person):
        others = exists().where(
            Membership.organisation_id == organisation.id, Membership.is_held(), Membership.user_id != person.id
        )
        if organisation.kind is OrganisationKind.PUBLIC_BODY or db.session.scalar(select(others)):
            yield Hindrance(
                Text(
                    N_("You are the only owner of %(organisation)s. Invite another owner first."),
                    {"organisation": organisation.name},
                ),
                f"/organisations/{organisation.reference}",
            )


def last_owned(person: User) -> list[Organisation]:
    """The organisations whose only owner is `person`."""
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


@engagement("official")
def acts_for_a_public_body() -> Iterator[Engagement]:
    yield (
        select(Membership.user_id, Membership.until)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.kind == OrganisationKind.PUBLIC_BODY)
    )
