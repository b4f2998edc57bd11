"""What guards ask about people: their programme roles, and the organisations they act for.

They query two database views, `held_role` and `acting_for`, defined by the packages that own the roles. Those packages
can change their tables without changing any guard.
"""

from civtech.core.frozen import quoted
from civtech.core.guards import guard, written
from civtech.core.state import State

ACTING = "acting_for.until IS NULL"
"""SQL: the role has not ended. An ended role never counts, whatever instant a row claims."""


def holds_role(person: str, *roles: State | str, at: str, within: str = "") -> str:
    """SQL: whether `person` holds one of these programme roles at the instant `at`, a column of the row being written.

    The role must be for the whole programme, or for one of `within`: SQL for a list of references.
    """
    there = "held_role.scope_kind = 'programme'"
    if within:
        there = f"({there} OR held_role.scope_reference IN ({within}))"
    return (
        f"EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = {person} "  # noqa: S608
        f"AND held_role.role IN ({quoted(roles)}) AND {in_force_at(at)} AND {there})"
    )


def in_force_at(at: str, role: str = "held_role") -> str:
    """SQL: the same as `RoleGrant.is_in_force`. An ended role never counts, whatever instant a row claims."""
    return f"{role}.ended_at IS NULL AND {role}.since <= {at} AND ({role}.until IS NULL OR {role}.until > {at})"


def only_by(*roles: State | str, table: str, person: str, at: str, within: str, name: str, message: str) -> None:
    """Require updates of the column `person` of `table` to name a holder of one of `roles`.

    They must hold it at the instant in the column `at`, for the whole programme or for one of `within`.
    """
    holds = holds_role(f"NEW.{person}", *roles, at=f"NEW.{at}", within=within)
    guard(name, table=table, on="UPDATE", condition=f"{written(person)} AND NOT {holds}", message=message)


def begun_by(*roles: State | str, table: str, person: str, at: str, within: str, name: str, message: str) -> None:
    """Require new rows of `table` to name a holder of one of `roles` in the column `person`, like `only_by`."""
    holds = holds_role(f"NEW.{person}", *roles, at=f"NEW.{at}", within=within)
    guard(name, table=table, on="INSERT", condition=f"NOT {holds}", message=message)


def acts_for(person: str, organisation: str, *roles: State | str, at: str) -> str:
    """SQL: whether `person` acts for `organisation` at the instant `at`, in one of `roles` if any are given."""
    among = f" AND acting_for.role IN ({quoted(roles)})" if roles else ""
    return (
        f"EXISTS (SELECT 1 FROM acting_for WHERE acting_for.person_id = {person} "  # noqa: S608
        f"AND acting_for.organisation_id = ({organisation}) AND {ACTING} AND acting_for.since <= {at}{among})"
    )
