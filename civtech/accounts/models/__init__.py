"""People, the organisations they act for, and the roles they hold in the programme."""

from civtech.accounts.models.kinds import (
    COMPANY_ROLES,
    PUBLIC_BODY_ROLES,
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
)
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.accounts.models.person import GrantedRole, ProgrammeRole, User
from civtech.accounts.models.visitor import Visitor

__all__ = [
    "COMPANY_ROLES",
    "PUBLIC_BODY_ROLES",
    "CompanySize",
    "GrantedRole",
    "IdentifierScheme",
    "MemberRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ProgrammeRole",
    "User",
    "Visitor",
]
