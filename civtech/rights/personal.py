"""Personal data in rights statements."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import case, select, update

from civtech.core.db import Rows
from civtech.core.personal import Engagement, acts, engagement, erased, exported, named, stays, touched
from civtech.core.text import N_
from civtech.people.models import User
from civtech.rights.models import RightsStatement

ACCEPTED = (RightsStatement.company_accepted_by_id, RightsStatement.body_accepted_by_id)


@exported("rights_statements", N_("Rights statements you accepted."), *ACCEPTED)
def rights_statements(person: User) -> Rows:
    return (
        select(
            RightsStatement.reference,
            RightsStatement.digest,
            RightsStatement.company_accepted_at,
            RightsStatement.body_accepted_at,
            case(
                (RightsStatement.company_accepted_by_id == person.id, RightsStatement.company_accepted_name),
                else_=RightsStatement.body_accepted_name,
            ).label("accepted_as"),
            *acts(person, *ACCEPTED),
        )
        .where(named(person, *ACCEPTED))
        .order_by(RightsStatement.id)
    )


@erased("names_of_who_accepted")
def forget_who_accepted(person: User, _at: datetime) -> int:
    """Remove the name under which they accepted. The reference of the person stays."""
    sides = (
        (RightsStatement.company_accepted_by_id, RightsStatement.company_accepted_name),
        (RightsStatement.body_accepted_by_id, RightsStatement.body_accepted_name),
    )
    return sum(
        touched(update(RightsStatement).where(by == person.id, name.is_not(None)).values({name.key: None}))
        for by, name in sides
    )


stays(
    *ACCEPTED,
    because=N_("An accepted rights statement is a contract. It names the people who accepted it by reference."),
)


@engagement("official")
def accepted_for_a_public_body() -> Iterator[Engagement]:
    accepted = RightsStatement.body_accepted_by_id
    yield select(accepted, RightsStatement.body_accepted_at).where(accepted.is_not(None))
