"""A viewing with its challenge, and who is too close to a challenge to view it as another role."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from civtech.challenges import queries as challenges
from civtech.challenges.models import Challenge, Tie, tied
from civtech.core.statements import built_once
from civtech.people.models import User
from civtech.viewing.models import Viewing


def with_challenge(viewing: Viewing) -> Select[Viewing]:
    """The same viewing with its challenge, which the statement that finds the session does not load."""
    shown = joinedload(Viewing.challenge).options(*challenges.HEADING)
    return select(Viewing).where(Viewing.id == viewing.id).options(shown)


@built_once
def takes_part(person: User, challenge: Challenge) -> Select[bool]:
    """Whether `person` is, or ever was, in a team or on a panel of `challenge`."""
    return select(tied(person.id, challenge.id, Tie.TEAM, Tie.PANEL))
