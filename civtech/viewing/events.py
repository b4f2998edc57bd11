"""Events of viewing a challenge as another role."""

from typing import TYPE_CHECKING, TypedDict

from civtech.core.events import Event
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.challenges.models import Challenge


class ViewedRoleFacts(TypedDict):
    role: str


class ViewingFacts(ViewedRoleFacts):
    until: str


class ViewingBegan(Event["Challenge", ViewingFacts]):
    """The subject is the challenge. `facts` give the role and the latest end."""

    label = N_("Viewing as another role started by programme staff")
    public = False
    tells_no_one = N_("Looking changes nothing, and shows no more than the person may see. The audit log keeps it.")


class ViewingEnded(Event["Challenge", ViewedRoleFacts]):
    """Selecting stop or signing out causes it. A viewing that runs out of time ends without an event."""

    label = N_("Viewing as another role stopped by programme staff")
    public = False
    tells_no_one = N_("Looking changes nothing, and shows no more than the person may see. The audit log keeps it.")
