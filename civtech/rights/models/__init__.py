"""The rights statement and the background IP that it lists."""

from civtech.rights.models import guards
from civtech.rights.models.accepting import accepted_terms, binds, brings_into_force, brought_into_force
from civtech.rights.models.background import BackgroundItem, BackgroundKind
from civtech.rights.models.conflict import has_stake, stake
from civtech.rights.models.statement import RightsStatement
from civtech.rights.models.terms import EQUITY, LICENCE, RightsState

__all__ = [
    "EQUITY",
    "LICENCE",
    "BackgroundItem",
    "BackgroundKind",
    "RightsState",
    "RightsStatement",
    "accepted_terms",
    "binds",
    "brings_into_force",
    "brought_into_force",
    "guards",
    "has_stake",
    "stake",
]
