"""Refusals. The web layer turns each into a page that keeps what the user typed."""

from typing import TYPE_CHECKING

from civtech.core.text import Text

if TYPE_CHECKING:
    from civtech.core.events import Event


class RuleViolation(Exception):
    """A domain rule forbids this; the message says what to do about it (422).

    `field` is the name of the form field it belongs to, if any. `recorded` is an event that goes in the audit log
    although everything else is rolled back: an attempt that must stay detectable (Directive 2014/24 Annex IV (g)).
    """

    status = 422

    def __init__(
        self, message: str, *, field: str | None = None, recorded: "Event | None" = None, **parameters: object
    ) -> None:
        self.text = Text(message, parameters)
        self.field = field
        self.recorded = recorded
        super().__init__(str(self.text))


class WrongState(RuleViolation):
    """The current state of the object does not allow this (409)."""

    status = 409


class LostRace(RuleViolation):
    """Someone else changed the object between reading and writing (409)."""

    status = 409


class NotFound(Exception):
    """It does not exist, or this actor may not see it: both get the same answer (404)."""
