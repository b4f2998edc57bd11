"""Events about organisations and the people who act for them."""

from civtech.core.events import Event
from civtech.core.text import N_


class OrganisationCreated(Event):
    label = N_("Organisation created")


class OrganisationChanged(Event):
    label = N_("Organisation details changed")


class NumberAccepted(Event):
    label = N_("Registration number accepted by programme staff after failing its check")


class FiguresStated(Event):
    label = N_("Company figures for a year entered")


class BecameCompany(Event):
    label = N_("Person with an idea changed to a company")


class InvitationSent(Event):
    label = N_("Invitation to act for an organisation sent")


class InvitationProposed(Event):
    label = N_("Invitation to act for a public body proposed by programme staff")


class InvitationConfirmed(Event):
    label = N_("Invitation by programme staff confirmed")


class InvitationResent(Event):
    label = N_("Invitation sent again")


class InvitationRevoked(Event):
    label = N_("Invitation withdrawn")


class InvitationAccepted(Event):
    label = N_("Invitation accepted")


class InvitationDeclined(Event):
    label = N_("Invitation declined")


class JoinRequested(Event):
    label = N_("Request to join an organisation sent")


class JoinRequestAccepted(Event):
    label = N_("Request to join an organisation accepted")


class JoinRequestDeclined(Event):
    label = N_("Request to join an organisation declined")


class JoinRequestWithdrawn(Event):
    label = N_("Request to join an organisation withdrawn")


class JoinRequestLapsed(Event):
    label = N_("Expired request to join an organisation closed")


class MembershipGranted(Event):
    label = N_("Role in an organisation given")


class MembershipEnded(Event):
    label = N_("Role in an organisation ended")
