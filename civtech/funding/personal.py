"""Personal data about money: who moved it, by reference."""

from collections.abc import Iterator

from sqlalchemy import select

from civtech.core.db import Rows
from civtech.core.personal import Engagement, acts, engagement, exported, named, stays
from civtech.core.text import N_
from civtech.funding.models import Release, Transfer
from civtech.people.models import User

RELEASED = (Release.proposed_by_id, Release.approved_by_id, Release.refused_by_id, Release.paid_by_id)


@exported("releases", N_("Releases you proposed, approved, refused or marked as paid."), *RELEASED)
def releases(person: User) -> Rows:
    return (
        select(
            Release.reference,
            Release.state,
            Release.amount_pence,
            Release.currency,
            Release.proposed_at,
            Release.approved_at,
            Release.refused_at,
            Release.paid_at,
            *acts(person, *RELEASED),
        )
        .where(named(person, *RELEASED))
        .order_by(Release.id)
    )


@exported("transfers", N_("Money transfers that your actions caused."), Transfer.moved_by_id)
def transfers(person: User) -> Rows:
    return (
        select(Transfer.kind, Transfer.amount_pence, Transfer.currency, Transfer.moved_at)
        .where(Transfer.moved_by_id == person.id)
        .order_by(Transfer.id)
    )


stays(
    *RELEASED,
    Transfer.moved_by_id,
    because=N_("We must keep a record of who moved public money. It names people by reference only."),
)


@engagement("official")
def moved_money() -> Iterator[Engagement]:
    for person, at in (
        (Release.proposed_by_id, Release.proposed_at),
        (Release.approved_by_id, Release.approved_at),
        (Release.refused_by_id, Release.refused_at),
        (Release.paid_by_id, Release.paid_at),
    ):
        yield select(person, at).where(person.is_not(None))
