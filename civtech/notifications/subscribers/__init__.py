"""Which event is emailed to whom. The publisher knows nothing of it. No email contains anything confidential."""

from civtech.notifications.subscribers import (
    accounts,
    cancelling,
    challenges,
    judging,
    proposals,
    roles,
    rounds,
    sign_in,
    stages,
)

__all__ = ["accounts", "cancelling", "challenges", "judging", "proposals", "roles", "rounds", "sign_in", "stages"]
