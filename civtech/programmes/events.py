"""What happens to rounds."""

from civtech.core.events import Event
from civtech.core.text import N_


class PathwayPublished(Event):
    label = N_("A version of a pathway was published")


class RoundCreated(Event):
    label = N_("A round was created")


class StageFiguresChanged(Event):
    label = N_("The figures of a stage were changed")


class CriteriaChanged(Event):
    label = N_("The criteria of a stage were changed")


class RoundOpened(Event):
    label = N_("A round was opened; its stages and criteria are fixed from now on")


class RoundFinished(Event):
    label = N_("A round was closed")
