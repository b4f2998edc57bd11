"""What happens to mails that anybody has to know about; a delivered one is no event."""

from civtech.core.events import Event
from civtech.core.text import N_


class MailGivenUp(Event):
    label = N_("A mail could not be delivered and was given up")


class MailRetried(Event):
    label = N_("A mail that had been given up was queued again")
