"""Accounts, transfers, and the release of a milestone's money."""

from civtech.funding.models import guards, pairs, tie
from civtech.funding.models.ledger_account import AccountKind, LedgerAccount
from civtech.funding.models.owed import Owed
from civtech.funding.models.release import Release, ReleaseState, known_of_payee
from civtech.funding.models.transfer import Transfer, TransferKind

__all__ = [
    "AccountKind",
    "LedgerAccount",
    "Owed",
    "Release",
    "ReleaseState",
    "Transfer",
    "TransferKind",
    "guards",
    "known_of_payee",
    "pairs",
    "tie",
]
