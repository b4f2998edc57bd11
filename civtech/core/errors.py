"""What can be refused, and how. The web turns each into a page that keeps what was typed."""

from typing import TYPE_CHECKING, Any

from civtech.core.text import Text

if TYPE_CHECKING:
    from civtech.core.events import Event


class RuleViolation(Exception):
    """A rule of the field forbids this; the message says what to do about it (422).

    `field` names the form field it belongs to, if one. `recorded` is an event that is written to the audit
    log although everything else is rolled back: an attempt that must stay detectable (Directive 2014/24 Annex IV (g)).
    """

    status = 422

    def __init__(
        self, message: str, *, field: str | None = None, recorded: "Event | None" = None, **parameters: Any
    ) -> None:
        self.text = Text(message, parameters)
        self.field = field
        self.recorded = recorded
        super().__init__(str(self.text))


class WrongState(RuleViolation):
    """The thing is not, or no longer, in a state that allows this (409)."""

    status = 409


class LostRace(RuleViolation):
    """Somebody else changed the thing between reading and writing (409)."""

    status = 409


class NotFound(Exception):
    """It does not exist, or this actor may not see it: the two look the same (404)."""
