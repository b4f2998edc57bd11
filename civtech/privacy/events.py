"""Events of personal data."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.people.models import User
    from civtech.privacy.models import ErasureRequest, Hold, ProblemReport


class DueFacts(TypedDict):
    due_at: str


class ErasedRowsFacts(TypedDict):
    """The number of erased rows by kind."""

    rows: dict[str, int]


class ErasureFacts(ErasedRowsFacts):
    ground: str


class HoldFacts(TypedDict):
    """The person or organisation that the hold is on."""

    on: str


class HoldPlacedFacts(HoldFacts):
    ends_at: str


class DataExported(PlainEvent["User"]):
    label = N_("Personal data exported")
    public = False


class ErasureRequested(Event["ErasureRequest", DueFacts]):
    label = N_("Erasure requested")
    public = False


class ErasureTakenBack(PlainEvent["ErasureRequest"]):
    label = N_("Erasure request withdrawn")
    public = False


class PersonErased(Event["User", ErasureFacts]):
    """The facts give the number of erased rows by kind, and the ground."""

    label = N_("Personal data erased")
    tells_no_one = N_("We no longer have an address. The email about the request said when it would be done.")
    erases = True


class OldDataSwept(Event[None, ErasedRowsFacts]):
    """The facts give the number of erased rows by kind."""

    label = N_("Old data erased at the end of its retention period")
    tells_no_one = N_("It follows the published retention periods, and names no one.")
    erases = True


class HoldPlaced(Event["Hold", HoldPlacedFacts]):
    label = N_("Hold placed to prevent erasure")
    public = False


class HoldLifted(Event["Hold", HoldFacts]):
    label = N_("Hold lifted")
    public = False


class ProblemReported(PlainEvent["ProblemReport"]):
    label = N_("Accessibility problem reported")
    public = False


class ProblemDealtWith(PlainEvent["ProblemReport"]):
    label = N_("Accessibility problem dealt with")
    public = False
