"""Programme roles and owning a company ask for a second factor."""

from civtech.accounts.models import User
from civtech.web.registries import duty


@duty
def has_much_to_lose(actor: User) -> bool:
    """Whether the person holds a programme role or owns a company."""
    return actor.owes_second_factor
