"""How a granted role stands: what people decided, and what time made of it."""

from civtech.core.state import State
from civtech.core.text import N_


class GrantState(State):
    """What people decided."""

    WAITING = "waiting", N_("Waits for a second administrator"), "yellow"
    GRANTED = "granted", N_("Granted"), "green"
    REFUSED = "refused", N_("Refused"), "red"
    WITHDRAWN = "withdrawn", N_("Taken back"), "grey"
    ENDED = "ended", N_("Ended"), "grey"


class GrantPhase(State):
    """The same at an instant: a grant begins and runs out by itself."""

    WAITING = "waiting", N_("Waits for a second administrator"), "yellow"
    COMING = "coming", N_("Granted, not begun"), "light-blue"
    IN_FORCE = "in force", N_("In force"), "green"
    RUN_OUT = "run out", N_("Run out"), "grey"
    REFUSED = "refused", N_("Refused"), "red"
    WITHDRAWN = "withdrawn", N_("Taken back"), "grey"
    ENDED = "ended", N_("Ended"), "grey"
