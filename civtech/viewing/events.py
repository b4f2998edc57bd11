"""What is on record of seeing a challenge as another role."""

from civtech.core.events import Event
from civtech.core.text import N_


class ViewingBegan(Event):
    """The subject is the challenge; `facts` say the role, and until when it lasts at most."""

    label = N_("Viewing as another role started by programme staff")


class ViewingEnded(Event):
    """By pressing stop, or by signing out; after its time it ends without an act."""

    label = N_("Viewing as another role stopped by programme staff")
