"""Personal data in rights statements."""

from collections.abc import Iterator

from sqlalchemy import select

from civtech.core.db import Rows
from civtech.core.personal import Engagement, acts, engagement, exported, named, stays
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
            *acts(person, *ACCEPTED),
        )
        .where(named(person, *ACCEPTED))
        .order_by(RightsStatement.id)
    )


stays(
    *ACCEPTED,
    because=N_("An accepted rights statement is a contract. It names the people who accepted it by reference."),
)


@engagement("official")
def accepted_for_a_public_body() -> Iterator[Engagement]:
    accepted = RightsStatement.body_accepted_by_id
    yield select(accepted, RightsStatement.body_accepted_at).where(accepted.is_not(None))
