"""Who is too close to a challenge to view it as another role."""

from sqlalchemy import Select, select

from civtech.challenges.models import Challenge, Tie, tied
from civtech.people.models import User


def takes_part(person: User, challenge: Challenge) -> Select[bool]:
    """Whether `person` is, or ever was, in a team or on a panel of `challenge`."""
    return select(tied(person.id, challenge.id, Tie.TEAM, Tie.PANEL))
