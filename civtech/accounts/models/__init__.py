"""People, the organisations they act for, and the roles they hold in the programme."""

from civtech.accounts.models import addresses, likeness, organisation_guards, people_guards
from civtech.accounts.models.browser_session import BrowserSession
from civtech.accounts.models.figures import CompanyFigures
from civtech.accounts.models.invitation import Invitation, InvitationState
from civtech.accounts.models.join_request import JoinRequest, JoinRequestState
from civtech.accounts.models.kinds import (
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
)
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.accounts.models.person import GrantedRole, ProgrammeRole, User
from civtech.accounts.models.sizes import Currency, Figures
from civtech.accounts.models.visitor import Visitor

__all__ = [
    "BrowserSession",
    "CompanyFigures",
    "CompanySize",
    "Currency",
    "Figures",
    "GrantedRole",
    "IdentifierScheme",
    "Invitation",
    "InvitationState",
    "JoinRequest",
    "JoinRequestState",
    "MemberRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ProgrammeRole",
    "User",
    "Visitor",
    "addresses",
    "likeness",
    "organisation_guards",
    "people_guards",
]
