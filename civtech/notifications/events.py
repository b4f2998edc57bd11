"""Events of emails that people need to know about; successful delivery is no event."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.notifications.models import OutboxMessage


class MailFacts(TypedDict):
    template: str


class GivenUpFacts(MailFacts):
    attempts: int


class MailGivenUp(Event["OutboxMessage", GivenUpFacts]):
    label = N_("Email not delivered")
    public = False
    tells_no_one = N_("Another email could fail too. Home shows staff the emails that were not delivered.")


class MailRetried(Event["OutboxMessage", MailFacts]):
    label = N_("Undelivered email queued again")
    public = False
    tells_no_one = N_("The email itself is sent again. No one has to do anything.")
