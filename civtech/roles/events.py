"""Events about people's roles in the programme."""

from civtech.core.events import Event
from civtech.core.text import N_


class ProgrammeRoleGranted(Event):
    label = N_("Programme role granted")


class ProgrammeRoleAskedFor(Event):
    label = N_("Programme role requested")


class ProgrammeRoleRefused(Event):
    label = N_("Programme role refused")


class ProgrammeRoleTakenBack(Event):
    label = N_("Request for a programme role withdrawn")


class ProgrammeRoleEnded(Event):
    label = N_("Programme role ended")
