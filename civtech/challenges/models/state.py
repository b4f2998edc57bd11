"""The status of a challenge: what people decided, and what follows from the clock."""

from civtech.core.state import State
from civtech.core.text import N_


class ChallengeState(State):
    """What people decided. Whether it is open follows from the clock; see `ChallengePhase`."""

    DRAFT = "draft", N_("Draft"), "grey"
    PROPOSED = "proposed", N_("Waiting for approval by the sponsor"), "yellow"
    APPROVED = "approved", N_("Approved by the sponsor"), "light-blue"
    PUBLISHED = "published", N_("Published"), "green"
    CANCELLED = "cancelled", N_("Cancelled"), "red"


class ChallengePhase(State):
    """The status of a published challenge at an instant."""

    SCHEDULED = "scheduled", N_("Opening soon"), "light-blue"
    OPEN = "open", N_("Open"), "green"
    CLOSED = "closed", N_("Closed"), "grey"
    CANCELLED = "cancelled", N_("Cancelled"), "red"
