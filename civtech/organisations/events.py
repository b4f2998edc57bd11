"""What happens to organisations and the people who act for them."""

from civtech.core.events import Event
from civtech.core.text import N_


class OrganisationCreated(Event):
    label = N_("An organisation was created")


class OrganisationChanged(Event):
    label = N_("An organisation’s details were changed")


class NumberAccepted(Event):
    label = N_("Programme staff accepted a number that its check refuses")


class FiguresStated(Event):
    label = N_("A company stated its figures of a year")


class BecameCompany(Event):
    label = N_("A person with an idea turned into a company")


class InvitationSent(Event):
    label = N_("Somebody was invited to act for an organisation")


class InvitationProposed(Event):
    label = N_("Programme staff proposed to invite a person to act for a public body")


class InvitationConfirmed(Event):
    label = N_("An invitation by programme staff was confirmed")


class InvitationResent(Event):
    label = N_("An invitation was sent again")


class InvitationRevoked(Event):
    label = N_("An invitation was taken back")


class InvitationAccepted(Event):
    label = N_("An invitation was accepted")


class InvitationDeclined(Event):
    label = N_("An invitation was declined")


class JoinRequested(Event):
    label = N_("Somebody asked to join an organisation")


class JoinRequestAccepted(Event):
    label = N_("Somebody who asked was taken into an organisation")


class JoinRequestDeclined(Event):
    label = N_("A request to join an organisation was declined")


class JoinRequestWithdrawn(Event):
    label = N_("Somebody took back their request to join an organisation")


class JoinRequestLapsed(Event):
    label = N_("A request to join an organisation had run out unanswered when its person asked again")


class MembershipGranted(Event):
    label = N_("A person joined an organisation")


class MembershipEnded(Event):
    label = N_("A person left an organisation, or gave up a role in it")
