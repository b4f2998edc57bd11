"""Who may do what with rounds and their stages."""

from civtech.core.policy import policy
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import queries
from civtech.programmes.models import Round, Stage

OVERSEE = (ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)


@policy
def see_rounds(actor: User) -> bool:
    """Programme staff and auditors."""
    return queries.reaches_rounds(actor.reach(*OVERSEE))


@policy
def create_round(actor: User) -> bool:
    """Programme staff with a role for the whole programme."""
    return actor.is_staff


@policy
def see_round(actor: User, seen: Round) -> bool:
    """Programme staff and auditors."""
    return actor.has_for(seen, *OVERSEE)


@policy
def change_stage(actor: User, stage: Stage) -> bool:
    """Programme staff, until the round opens."""
    return actor.is_staff_of(stage.round)


@policy
def open_round(actor: User, prepared: Round) -> bool:
    """Programme staff."""
    return actor.is_staff_of(prepared)


@policy
def finish_round(actor: User, opened: Round) -> bool:
    """Programme staff."""
    return actor.is_staff_of(opened)
