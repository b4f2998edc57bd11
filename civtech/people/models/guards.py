"""What guards ask about people: the roles they hold in the programme, and the organisations they act for."""

from civtech.core.guards import guard, written

HELD = "membership.until IS NULL"


def holds_role(person: str, *roles: str, at: str, within: str = "") -> str:
    """SQL: whether `person` holds one of these programme roles at the instant `at`, a column of the row being written.

    It has to be granted for the whole programme, or for one of `within`: SQL for a list of references.
    """
    quoted = ", ".join(f"'{role}'" for role in roles)
    there = "role_grant.scope_kind = 'programme'"
    if within:
        there = f"({there} OR role_grant.scope_reference IN ({within}))"
    return (
        f"EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = {person} "  # noqa: S608
        f"AND role_grant.role IN ({quoted}) AND {in_force_at(at)} AND {there})"
    )


def in_force_at(at: str, grant: str = "role_grant") -> str:
    """SQL: the same as `RoleGrant.is_in_force`. What has ended counts for nothing, whatever instant is written."""
    return (
        f"{grant}.state = 'granted' AND {grant}.decided_at <= {at} AND {grant}.starts_at <= {at} "
        f"AND ({grant}.ends_at IS NULL OR {grant}.ends_at > {at})"
    )


def only_by(*roles: str, table: str, person: str, at: str, within: str, name: str, message: str) -> None:
    """Let the column `person` of `table` name only holders of one of `roles`, whenever it is written later on.

    They hold it at the instant in the column `at`, for the whole programme or for one of `within`.
    """
    holds = holds_role(f"NEW.{person}", *roles, at=f"NEW.{at}", within=within)
    guard(name, table=table, on="UPDATE", condition=f"{written(person)} AND NOT {holds}", message=message)


def begun_by(*roles: str, table: str, person: str, at: str, within: str, name: str, message: str) -> None:
    """Let a row of `table` begin only by a holder of one of `roles`, named in the column `person`, as `only_by`."""
    holds = holds_role(f"NEW.{person}", *roles, at=f"NEW.{at}", within=within)
    guard(name, table=table, on="INSERT", condition=f"NOT {holds}", message=message)


def acts_for(person: str, organisation: str, *roles: str) -> str:
    """SQL: whether `person` acts for `organisation` now, in one of `roles` if any are given."""
    quoted = ", ".join(f"'{role}'" for role in roles)
    among = f" AND membership.role IN ({quoted})" if roles else ""
    return (
        f"EXISTS (SELECT 1 FROM membership WHERE membership.user_id = {person} "  # noqa: S608
        f"AND membership.organisation_id = ({organisation}) AND {HELD}{among})"
    )
