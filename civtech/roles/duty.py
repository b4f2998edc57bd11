"""Programme roles require a second factor."""

from civtech.people.models import ProgrammeRole, User
from civtech.web.registries import duty


@duty
def holds_a_programme_role(actor: User) -> bool:
    """Whether the person holds a programme role, anywhere."""
    return bool(actor.reach(*ProgrammeRole))
