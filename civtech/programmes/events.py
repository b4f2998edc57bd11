"""Events about rounds."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.programmes.models import Pathway, Round, Stage


class RoundFacts(TypedDict):
    pathway: str
    currency: str
    payer_must_differ: bool


class VersionFacts(TypedDict):
    key: str
    number: int


class StageFacts(TypedDict):
    teams: int | None
    amount_pence: int | None
    currency: str
    vat: str
    weeks: int | None
    quorum: int
    pass_mark: int


class WeightFacts(TypedDict):
    weights: list[int]


class PathwayPublished(Event["Pathway", VersionFacts]):
    label = N_("Pathway version published")
    tells_no_one = N_("It changes no round. Staff choose a version when they create the next round.")


class RoundCreated(Event["Round", RoundFacts]):
    label = N_("Round created")
    tells_no_one = N_("It is in preparation and binds no one. Sponsors are told when it opens.")


class StageFiguresChanged(Event["Stage", StageFacts]):
    label = N_("Stage figures changed")


class CriteriaChanged(Event["Stage", WeightFacts]):
    label = N_("Stage criteria changed")


class RoundOpened(PlainEvent["Round"]):
    label = N_("Round opened, stages and criteria fixed")


class RoundFinished(PlainEvent["Round"]):
    label = N_("Round closed")
