"""Events about organisations and the people who act for them."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.organisations.models import Invitation, JoinRequest, Organisation
    from civtech.organisations.models.numbering import Numbered


class OrganisationFacts(TypedDict):
    organisation: str


class RoleFacts(OrganisationFacts):
    role: str


class KindFacts(TypedDict):
    kind: str


class MembershipFacts(TypedDict):
    person: str
    role: str


class SchemeFacts(TypedDict):
    scheme: str


class YearFacts(TypedDict):
    year: int


class OrganisationCreated(Event["Organisation", KindFacts]):
    label = N_("Organisation created")


class OrganisationChanged(PlainEvent["Organisation"]):
    label = N_("Organisation details changed")


class NumberAccepted(Event["Numbered", SchemeFacts]):
    label = N_("Registration number accepted by programme staff after failing its check")


class FiguresStated(Event["Organisation", YearFacts]):
    label = N_("Company figures for a year entered")


class BecameCompany(PlainEvent["Organisation"]):
    label = N_("Person with an idea changed to a company")


class InvitationSent(Event["Invitation", RoleFacts]):
    label = N_("Invitation to act for an organisation sent")


class InvitationProposed(Event["Invitation", RoleFacts]):
    label = N_("Invitation to act for a public body proposed by programme staff")


class InvitationConfirmed(Event["Invitation", RoleFacts]):
    label = N_("Invitation by programme staff confirmed")


class InvitationResent(Event["Invitation", RoleFacts]):
    label = N_("Invitation sent again")


class InvitationRevoked(Event["Invitation", RoleFacts]):
    label = N_("Invitation withdrawn")


class InvitationAccepted(Event["Invitation", RoleFacts]):
    label = N_("Invitation accepted")


class InvitationDeclined(Event["Invitation", RoleFacts]):
    label = N_("Invitation declined")


class JoinRequested(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation sent")


class JoinRequestAccepted(Event["JoinRequest", RoleFacts]):
    label = N_("Request to join an organisation accepted")


class JoinRequestDeclined(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation declined")


class JoinRequestWithdrawn(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation withdrawn")


class JoinRequestLapsed(Event["JoinRequest", OrganisationFacts]):
    label = N_("Expired request to join an organisation closed")


class MembershipGranted(Event["Organisation", MembershipFacts]):
    label = N_("Role in an organisation given")


class MembershipEnded(Event["Organisation", MembershipFacts]):
    label = N_("Role in an organisation ended")
