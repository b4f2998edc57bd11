"""What happens around people's data."""

from civtech.core.events import Event
from civtech.core.text import N_


class DataExported(Event):
    label = N_("A person’s data were exported")


class ErasureRequested(Event):
    label = N_("A person asked for erasure")


class ErasureTakenBack(Event):
    label = N_("A request for erasure was taken back")


class PersonErased(Event):
    """The facts count what went, by kind, and say on which ground."""

    label = N_("A person was erased")


class OldDataSwept(Event):
    """The facts count what went, by kind."""

    label = N_("What was kept for its time was forgotten")


class HoldPlaced(Event):
    label = N_("A hold was placed: nothing of it is erased")


class HoldLifted(Event):
    label = N_("A hold was lifted")


class ProblemReported(Event):
    label = N_("A problem with accessibility was reported")


class ProblemDealtWith(Event):
    label = N_("A problem with accessibility was dealt with")
