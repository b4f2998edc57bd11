"""Events of rights statements."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.facts import Json
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.rights.models import RightsStatement


class DigestFacts(TypedDict):
    digest: str


class AcceptanceFacts(DigestFacts):
    terms: str
    brings_into_force: dict[str, Json]


class DraftFacts(TypedDict):
    proposal: str
    stage: str


class RightsStatementDrawnUp(Event["RightsStatement", DraftFacts]):
    label = N_("Rights statement drafted")
    tells_no_one = N_("It is part of a draft agreement. Both sides are told when it is offered.")


class RightsStatementOffered(PlainEvent["RightsStatement"]):
    label = N_("Rights statement offered to both sides")
    tells_no_one = N_("Its stage agreement is offered at the same moment, and that email names both.")


class RightsStatementTakenBack(PlainEvent["RightsStatement"]):
    label = N_("Rights statement withdrawn before anyone accepted it")
    tells_no_one = N_("The offer of its stage agreement is withdrawn at the same moment, and that email names both.")


class BackgroundItemListed(PlainEvent["RightsStatement"]):
    label = N_("Background IP added")


class BackgroundItemRemoved(PlainEvent["RightsStatement"]):
    label = N_("Background IP removed")


class RightsAcceptedByCompany(Event["RightsStatement", AcceptanceFacts]):
    label = N_("Rights statement accepted by the company")


class RightsAcceptedByBody(Event["RightsStatement", AcceptanceFacts]):
    label = N_("Rights statement accepted by the public body")


class RightsStatementAccepted(Event["RightsStatement", DigestFacts]):
    label = N_("Rights statement accepted by both sides")
    tells_no_one = N_("Its stage agreement comes into force at the same moment, and that email names both.")
