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


class ChangedFacts(TypedDict):
    """Which details changed. `was` and `now` hold the public ones, and nothing about a person with an idea."""

    fields: list[str]
    was: dict[str, str]
    now: dict[str, str]


class OrganisationCreated(Event["Organisation", KindFacts]):
    label = N_("Organisation created")
    tells_no_one = N_(
        "The person who created it knows, and no one else acts for it yet. Their invitations are emailed."
    )


class OrganisationChanged(Event["Organisation", ChangedFacts]):
    label = N_("Organisation details changed")


class NumberAccepted(Event["Numbered", SchemeFacts]):
    label = N_("Registration number checked and accepted by programme staff")


class FiguresStated(Event["Organisation", YearFacts]):
    label = N_("Company figures for a year entered")


class BecameCompany(PlainEvent["Organisation"]):
    label = N_("Person with an idea changed to a company")


class InvitationSent(Event["Invitation", RoleFacts]):
    label = N_("Invitation to act for an organisation sent")
    public = False


class InvitationProposed(Event["Invitation", RoleFacts]):
    label = N_("Invitation to act for a public body proposed by programme staff")
    public = False


class InvitationConfirmed(Event["Invitation", RoleFacts]):
    label = N_("Invitation by programme staff confirmed")
    public = False


class InvitationResent(Event["Invitation", RoleFacts]):
    label = N_("Invitation sent again")
    public = False


class InvitationRevoked(Event["Invitation", RoleFacts]):
    label = N_("Invitation withdrawn")
    public = False


class InvitationAccepted(Event["Invitation", RoleFacts]):
    label = N_("Invitation accepted")
    public = False


class InvitationDeclined(Event["Invitation", RoleFacts]):
    label = N_("Invitation declined")
    public = False


class JoinRequested(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation sent")
    public = False


class JoinRequestAccepted(Event["JoinRequest", RoleFacts]):
    label = N_("Request to join an organisation accepted")
    public = False


class JoinRequestDeclined(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation declined")
    public = False


class JoinRequestWithdrawn(Event["JoinRequest", OrganisationFacts]):
    label = N_("Request to join an organisation withdrawn")
    public = False


class JoinRequestLapsed(Event["JoinRequest", OrganisationFacts]):
    label = N_("Expired request to join an organisation closed")
    public = False
    tells_no_one = N_("The person asks again at the same moment, and the owners are told about the new request.")


class MembershipGranted(Event["Organisation", MembershipFacts]):
    label = N_("Role in an organisation given")
    public = False
    tells_no_one = N_("The answer to the invitation or request that gave the role is emailed to everyone concerned.")


class MembershipEnded(Event["Organisation", MembershipFacts]):
    label = N_("Role in an organisation ended")
    public = False
