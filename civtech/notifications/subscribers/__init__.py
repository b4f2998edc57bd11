"""Which event is emailed to whom. The publisher knows nothing of it. No email contains anything confidential."""

from civtech.notifications.subscribers import (
    cancelling,
    challenges,
    judging,
    organisations,
    proposals,
    rights_checks,
    roles,
    rounds,
    sign_in,
    stages,
)

__all__ = [
    "cancelling",
    "challenges",
    "judging",
    "organisations",
    "proposals",
    "rights_checks",
    "roles",
    "rounds",
    "sign_in",
    "stages",
]
