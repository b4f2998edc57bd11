"""People, the organisations they act for, and the roles they hold in the programme."""

from civtech.accounts.models import addresses, people_guards
from civtech.accounts.models.address_change import AddressChange, Mailbox
from civtech.accounts.models.browser_session import BrowserSession
from civtech.accounts.models.invitation import Invitation, InvitationState
from civtech.accounts.models.kinds import (
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
)
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.accounts.models.passkey import Passkey
from civtech.accounts.models.person import GrantedRole, ProgrammeRole, User
from civtech.accounts.models.visitor import Visitor

__all__ = [
    "AddressChange",
    "BrowserSession",
    "CompanySize",
    "GrantedRole",
    "IdentifierScheme",
    "Invitation",
    "InvitationState",
    "Mailbox",
    "MemberRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Passkey",
    "ProgrammeRole",
    "User",
    "Visitor",
    "addresses",
    "people_guards",
]
