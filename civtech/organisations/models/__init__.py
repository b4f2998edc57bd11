"""Organisations, and the people who act for them."""

from civtech.organisations.models import likeness, membership_guards, organisation_guards
from civtech.organisations.models.figures import CompanyFigures
from civtech.organisations.models.invitation import Invitation, InvitationState
from civtech.organisations.models.join_request import JoinRequest, JoinRequestState
from civtech.organisations.models.kinds import CompanySize, IdentifierScheme, MemberRole, OrganisationKind
from civtech.organisations.models.naming import Names, OrganisationName
from civtech.organisations.models.organisation import Membership, Organisation
from civtech.organisations.models.sizes import Currency, Figures

__all__ = [
    "CompanyFigures",
    "CompanySize",
    "Currency",
    "Figures",
    "IdentifierScheme",
    "Invitation",
    "InvitationState",
    "JoinRequest",
    "JoinRequestState",
    "MemberRole",
    "Membership",
    "Names",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "likeness",
    "membership_guards",
    "organisation_guards",
]
