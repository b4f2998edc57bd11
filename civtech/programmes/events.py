"""Events about rounds."""

from civtech.core.events import Event
from civtech.core.text import N_


class PathwayPublished(Event):
    label = N_("Pathway version published")


class RoundCreated(Event):
    label = N_("Round created")


class StageFiguresChanged(Event):
    label = N_("Stage figures changed")


class CriteriaChanged(Event):
    label = N_("Stage criteria changed")


class RoundOpened(Event):
    label = N_("Round opened, stages and criteria fixed")


class RoundFinished(Event):
    label = N_("Round closed")
