"""What happens to the roles that people have in the programme."""

from civtech.core.events import Event
from civtech.core.text import N_


class ProgrammeRoleGranted(Event):
    label = N_("A programme role was granted")


class ProgrammeRoleAskedFor(Event):
    label = N_("A programme role was asked for")


class ProgrammeRoleRefused(Event):
    label = N_("A programme role was refused")


class ProgrammeRoleTakenBack(Event):
    label = N_("The request for a programme role was taken back")


class ProgrammeRoleEnded(Event):
    label = N_("A programme role was ended")
