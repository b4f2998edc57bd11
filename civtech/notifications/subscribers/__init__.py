"""Which event is emailed to whom. The publisher knows nothing of it. No email contains anything confidential."""

from civtech.notifications.subscribers import (
    agreements,
    cancelling,
    challenges,
    invitations,
    joining,
    judging,
    organisations,
    proposals,
    questions,
    rights_checks,
    roles,
    rounds,
    sign_in,
    stages,
)

__all__ = [
    "agreements",
    "cancelling",
    "challenges",
    "invitations",
    "joining",
    "judging",
    "organisations",
    "proposals",
    "questions",
    "rights_checks",
    "roles",
    "rounds",
    "sign_in",
    "stages",
]
