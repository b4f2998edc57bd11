"""Whom a challenge concerns so nearly that they may not look over anybody's shoulder there."""

from sqlalchemy import Select, select

from civtech.challenges.models import Challenge, Tie, tied
from civtech.people.models import User


def takes_part(person: User, challenge: Challenge) -> Select[bool]:
    """Whether `person` belongs to a team or a panel of `challenge`, or ever did."""
    return select(tied(person.id, challenge.id, Tie.TEAM, Tie.PANEL))
