"""What a decision about a programme role binds, fact by fact."""

from collections.abc import Iterator

from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.roles.models.role_grant import RoleGrant


def granted(grant: RoleGrant, scope: str, *, reason: bool) -> Iterator[Fact]:
    """Yield who gets, or loses, which role for what and until when. `scope` is the name of what it applies to.

    Only people who look after roles see the `reason`.
    """
    yield Fact("person", Text(N_("Person")), grant.person.name)
    yield Fact("email", Text(N_("Email address")), grant.person.email)
    yield Fact("role", Text(N_("Role")), Text(grant.role.label.message))
    applies = Text(grant.scope_kind.label.message)
    if scope:
        applies = Text(N_("%(kind)s: %(name)s"), {"kind": applies, "name": scope})
    yield Fact("scope", Text(N_("Applies to")), applies)
    yield Fact("starts_at", Text(N_("From")), grant.starts_at)
    yield Fact("ends_at", Text(N_("Until")), grant.ends_at or Text(N_("Someone ends it")))
    if reason:
        yield Fact("reason", Text(N_("Reason")), grant.reason)
