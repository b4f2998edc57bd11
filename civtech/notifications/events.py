"""Events of emails that people need to know about; successful delivery is no event."""

from civtech.core.events import Event
from civtech.core.text import N_


class MailGivenUp(Event):
    label = N_("Email not delivered")


class MailRetried(Event):
    label = N_("Undelivered email queued again")
