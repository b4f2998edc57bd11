"""Who may view a challenge as another role."""

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.policy import Proof, asks, policy
from civtech.people.models import User
from civtech.viewing import queries


@policy
def see_as(actor: User, challenge: Challenge) -> bool:
    """Programme staff who were never in a team or on a panel for the challenge."""
    return actor.is_staff_of(challenge) and not db.session.scalar(queries.takes_part(actor, challenge))


@asks(Proof.OWN)
@policy
def stop(_actor: User) -> bool:
    """Anyone who is signed in, for a view they started."""
    return True
