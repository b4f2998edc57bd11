"""Which event is mailed to whom. The publisher knows neither; nothing confidential goes into a mail."""

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
