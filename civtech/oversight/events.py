"""Events of the audit log itself."""

from typing import TypedDict

from civtech.core.events import Event
from civtech.core.text import N_


class SignedFacts(TypedDict):
    """The last entry that the signature covers, and the key."""

    sequence: int
    key: str


class RecordsFacts(TypedDict):
    """How many records of each kind."""

    records: dict[str, int]


class LogSigned(Event[None, SignedFacts]):
    label = N_("Audit log signed")
    tells_no_one = N_("It is a record that the service makes of itself. Auditors read it in the audit log.")


class RecordsBound(Event[None, RecordsFacts]):
    """An operator had records bound that the log did not account for, because a new version counts more of them."""

    label = N_("Records bound to the audit log after an upgrade")
    tells_no_one = N_("It is a record that the service makes of itself. Auditors read it in the audit log.")
    public = False
