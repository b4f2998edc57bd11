"""Who may see the audit log."""

from civtech.core.policy import policy
from civtech.oversight.queries import Shown
from civtech.people.models import User


@policy
def read_audit_log(actor: User, _entry: Shown | None = None) -> bool:
    """Programme staff and auditors with a role for the whole programme."""
    return actor.is_auditor or actor.is_staff
