"""Events of viewing a challenge as another role."""

from civtech.core.events import Event
from civtech.core.text import N_


class ViewingBegan(Event):
    """The subject is the challenge. `facts` give the role and the latest end."""

    label = N_("Viewing as another role started by programme staff")


class ViewingEnded(Event):
    """Selecting stop or signing out causes it. A viewing that runs out of time ends without an event."""

    label = N_("Viewing as another role stopped by programme staff")
