"""The status of a granted role: what people decided, and what time has changed."""

from civtech.core.state import State
from civtech.core.text import N_


class GrantState(State):
    """What people decided."""

    WAITING = "waiting", N_("Waiting for approval by another administrator"), "yellow"
    GRANTED = "granted", N_("Granted"), "green"
    REFUSED = "refused", N_("Refused"), "red"
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "grey"
    ENDED = "ended", N_("Ended"), "grey"


class GrantPhase(State):
    """The state at an instant: a grant starts and expires on its dates, without any action."""

    WAITING = "waiting", N_("Waiting for approval by another administrator"), "yellow"
    COMING = "coming", N_("Granted, not started yet"), "light-blue"
    IN_FORCE = "in force", N_("In force"), "green"
    RUN_OUT = "run out", N_("Expired"), "grey"
    REFUSED = "refused", N_("Refused"), "red"
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "grey"
    ENDED = "ended", N_("Ended"), "grey"
