"""What happens to rights statements."""

from civtech.core.events import Event
from civtech.core.text import N_


class RightsStatementDrawnUp(Event):
    label = N_("A rights statement was drawn up")


class RightsStatementOffered(Event):
    label = N_("A rights statement was put to both sides")


class RightsStatementTakenBack(Event):
    label = N_("A rights statement was taken back before anybody accepted it")


class BackgroundItemListed(Event):
    label = N_("Background intellectual property was listed")


class BackgroundItemRemoved(Event):
    label = N_("Background intellectual property was taken off the list")


class RightsAcceptedByCompany(Event):
    label = N_("The company accepted the rights statement")


class RightsAcceptedByBody(Event):
    label = N_("The public body accepted the rights statement")


class RightsStatementAccepted(Event):
    label = N_("The rights statement is accepted by both sides")
