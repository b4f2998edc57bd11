"""Owning a company requires a second factor."""

from civtech.organisations.models import MemberRole, OrganisationKind
from civtech.people.models import User
from civtech.web.registries import duty


@duty
def owns_a_company(actor: User) -> bool:
    """Whether the person owns a company."""
    return any(
        held.role is MemberRole.OWNER and held.organisation.kind is OrganisationKind.COMPANY
        for held in actor.memberships
    )
