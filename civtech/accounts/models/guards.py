"""What guards ask about people: the roles they hold in the programme, and the organisations they act for."""


def holds_role(person: str, *roles: str) -> str:
    """SQL: whether `person` holds one of these programme roles."""
    quoted = ", ".join(f"'{role}'" for role in roles)
    return (
        f"EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = {person} "  # noqa: S608
        f"AND granted_role.role IN ({quoted}))"
    )


def acts_for(person: str, organisation: str, *roles: str) -> str:
    """SQL: whether `person` is a member of `organisation`, in one of `roles` if any are given."""
    quoted = ", ".join(f"'{role}'" for role in roles)
    among = f" AND membership.role IN ({quoted})" if roles else ""
    return (
        f"EXISTS (SELECT 1 FROM membership WHERE membership.user_id = {person} "  # noqa: S608
        f"AND membership.organisation_id = ({organisation}){among})"
    )
