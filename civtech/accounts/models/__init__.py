"""People, the organisations they act for, and the roles they hold in the programme."""

from civtech.accounts.models import addresses, identity_guards, people_guards
from civtech.accounts.models.browser_session import BrowserSession
from civtech.accounts.models.external_identity import ExternalIdentity
from civtech.accounts.models.invitation import Invitation, InvitationState
from civtech.accounts.models.kinds import (
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
)
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.accounts.models.person import GrantedRole, ProgrammeRole, User
from civtech.accounts.models.visitor import Visitor

__all__ = [
    "BrowserSession",
    "CompanySize",
    "ExternalIdentity",
    "GrantedRole",
    "IdentifierScheme",
    "Invitation",
    "InvitationState",
    "MemberRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ProgrammeRole",
    "User",
    "Visitor",
    "addresses",
    "identity_guards",
    "people_guards",
]
