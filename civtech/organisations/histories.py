"""What the history of an organisation shows its members. Only its owners see who was invited or asked to join."""

from civtech.core.histories import Audience, shown
from civtech.organisations.events import (
    BecameCompany,
    FiguresStated,
    InvitationAccepted,
    InvitationConfirmed,
    InvitationDeclined,
    InvitationProposed,
    InvitationResent,
    InvitationRevoked,
    InvitationSent,
    JoinRequestAccepted,
    JoinRequestDeclined,
    JoinRequested,
    JoinRequestLapsed,
    JoinRequestWithdrawn,
    MembershipEnded,
    MembershipGranted,
    NumberAccepted,
    OrganisationChanged,
    OrganisationCreated,
)

shown(
    OrganisationCreated,
    OrganisationChanged,
    FiguresStated,
    BecameCompany,
    MembershipGranted,
    MembershipEnded,
    by=None,
    to=[Audience.MEMBERS],
    named_to=[Audience.MEMBERS],
)
shown(
    InvitationSent,
    InvitationConfirmed,
    InvitationResent,
    InvitationRevoked,
    InvitationAccepted,
    InvitationDeclined,
    JoinRequested,
    JoinRequestAccepted,
    JoinRequestDeclined,
    JoinRequestWithdrawn,
    JoinRequestLapsed,
    by=None,
    to=[Audience.OWNERS],
    named_to=[Audience.OWNERS],
)
shown(NumberAccepted, InvitationProposed, by=Audience.PROGRAMME, to=[Audience.OWNERS])
