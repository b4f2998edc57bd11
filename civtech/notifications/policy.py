"""Who may look into the outbox."""

from civtech.accounts.models import User
from civtech.core.policy import policy
from civtech.notifications.models import OutboxMessage


@policy
def read_outbox(actor: User) -> bool:
    """Programme staff of the whole programme."""
    return actor.is_staff


@policy
def retry(actor: User, _message: OutboxMessage | None = None) -> bool:
    """Programme staff of the whole programme."""
    return actor.is_staff
