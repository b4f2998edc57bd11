"""Who may, of rounds and their stages."""

from civtech.accounts.models import User
from civtech.core.policy import policy
from civtech.programmes.models import Round, Stage


@policy
def see_rounds(actor: User) -> bool:
    """Programme staff and auditors."""
    return actor.is_staff or actor.is_auditor


@policy
def create_round(actor: User) -> bool:
    """Programme staff."""
    return actor.is_staff


@policy
def see_round(actor: User, _round: Round) -> bool:
    """Programme staff and auditors."""
    return actor.is_staff or actor.is_auditor


@policy
def change_stage(actor: User, _stage: Stage) -> bool:
    """Programme staff; until the round opens."""
    return actor.is_staff


@policy
def open_round(actor: User, _round: Round) -> bool:
    """Programme staff."""
    return actor.is_staff


@policy
def finish_round(actor: User, _round: Round) -> bool:
    """Programme staff."""
    return actor.is_staff
