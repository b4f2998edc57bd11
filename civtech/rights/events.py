"""Events of rights statements."""

from civtech.core.events import Event
from civtech.core.text import N_


class RightsStatementDrawnUp(Event):
    label = N_("Rights statement drafted")


class RightsStatementOffered(Event):
    label = N_("Rights statement offered to both sides")


class RightsStatementTakenBack(Event):
    label = N_("Rights statement withdrawn before anyone accepted it")


class BackgroundItemListed(Event):
    label = N_("Background IP added")


class BackgroundItemRemoved(Event):
    label = N_("Background IP removed")


class RightsAcceptedByCompany(Event):
    label = N_("Rights statement accepted by the company")


class RightsAcceptedByBody(Event):
    label = N_("Rights statement accepted by the public body")


class RightsStatementAccepted(Event):
    label = N_("Rights statement accepted by both sides")
