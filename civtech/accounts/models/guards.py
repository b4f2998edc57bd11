"""What guards ask about people: the roles they hold in the programme, and the organisations they act for."""

from civtech.core.guards import guard, written


def holds_role(person: str, *roles: str) -> str:
    """SQL: whether `person` holds one of these programme roles."""
    quoted = ", ".join(f"'{role}'" for role in roles)
    return (
        f"EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = {person} "  # noqa: S608
        f"AND granted_role.role IN ({quoted}))"
    )


def only_by(*roles: str, table: str, person: str, name: str, message: str) -> None:
    """Let the column `person` of `table` name only holders of one of `roles`, whenever it is written later on."""
    condition = f"{written(person)} AND NOT {holds_role(f'NEW.{person}', *roles)}"
    guard(name, table=table, on="UPDATE", condition=condition, message=message)


def begun_by(*roles: str, table: str, person: str, name: str, message: str) -> None:
    """Let a row of `table` begin only by a holder of one of `roles`, named in the column `person`."""
    guard(name, table=table, on="INSERT", condition=f"NOT {holds_role(f'NEW.{person}', *roles)}", message=message)


def acts_for(person: str, organisation: str, *roles: str) -> str:
    """SQL: whether `person` is a member of `organisation`, in one of `roles` if any are given."""
    quoted = ", ".join(f"'{role}'" for role in roles)
    among = f" AND membership.role IN ({quoted})" if roles else ""
    return (
        f"EXISTS (SELECT 1 FROM membership WHERE membership.user_id = {person} "  # noqa: S608
        f"AND membership.organisation_id = ({organisation}){among})"
    )
