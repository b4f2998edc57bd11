"""People, the organisations they act for, and the roles they hold in the programme."""

from civtech.accounts.models import (
    addresses,
    identity_guards,
    likeness,
    organisation_guards,
    people_guards,
    role_guards,
)
from civtech.accounts.models.address_change import AddressChange, Mailbox
from civtech.accounts.models.browser_session import BrowserSession
from civtech.accounts.models.external_identity import ExternalIdentity
from civtech.accounts.models.figures import CompanyFigures
from civtech.accounts.models.grant_state import GrantPhase, GrantState
from civtech.accounts.models.invitation import Invitation, InvitationState
from civtech.accounts.models.join_request import JoinRequest, JoinRequestState
from civtech.accounts.models.kinds import (
    CompanySize,
    IdentifierScheme,
    MemberRole,
    OrganisationKind,
    ProgrammeRole,
)
from civtech.accounts.models.organisation import Membership, Organisation
from civtech.accounts.models.passkey import Passkey
from civtech.accounts.models.person import User, confirmed_person
from civtech.accounts.models.role_grant import RoleGrant
from civtech.accounts.models.scope import EVERYWHERE, Reach, Scope, Scoped, ScopeKind
from civtech.accounts.models.sizes import Currency, Figures
from civtech.accounts.models.visitor import Visitor

__all__ = [
    "EVERYWHERE",
    "AddressChange",
    "BrowserSession",
    "CompanyFigures",
    "CompanySize",
    "Currency",
    "ExternalIdentity",
    "Figures",
    "GrantPhase",
    "GrantState",
    "IdentifierScheme",
    "Invitation",
    "InvitationState",
    "JoinRequest",
    "JoinRequestState",
    "Mailbox",
    "MemberRole",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Passkey",
    "ProgrammeRole",
    "Reach",
    "RoleGrant",
    "Scope",
    "ScopeKind",
    "Scoped",
    "User",
    "Visitor",
    "addresses",
    "confirmed_person",
    "identity_guards",
    "likeness",
    "organisation_guards",
    "people_guards",
    "role_guards",
]
