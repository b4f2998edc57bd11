"""Who may see the outbox."""

from civtech.core.policy import policy
from civtech.notifications.models import OutboxMessage
from civtech.people.models import User


@policy
def read_outbox(actor: User) -> bool:
    """Programme staff with a role for the whole programme."""
    return actor.is_staff


@policy
def retry(actor: User, _message: OutboxMessage | None = None) -> bool:
    """Programme staff with a role for the whole programme."""
    return actor.is_staff
