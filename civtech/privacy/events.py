"""Events of personal data."""

from civtech.core.events import Event
from civtech.core.text import N_


class DataExported(Event):
    label = N_("Personal data exported")


class ErasureRequested(Event):
    label = N_("Erasure requested")


class ErasureTakenBack(Event):
    label = N_("Erasure request withdrawn")


class PersonErased(Event):
    """The facts give the number of erased rows by kind, and the ground."""

    label = N_("Personal data erased")


class OldDataSwept(Event):
    """The facts give the number of erased rows by kind."""

    label = N_("Old data erased at the end of its retention period")


class HoldPlaced(Event):
    label = N_("Hold placed to prevent erasure")


class HoldLifted(Event):
    label = N_("Hold lifted")


class ProblemReported(Event):
    label = N_("Accessibility problem reported")


class ProblemDealtWith(Event):
    label = N_("Accessibility problem dealt with")
