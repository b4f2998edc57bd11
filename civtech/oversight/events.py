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
    tells_no_one = N_("The worker signs it every day, and a page shows each signature. Home says if one is missing.")


class RecordsBound(Event[None, RecordsFacts]):
    """An operator had records bound that the log did not account for, because a new version counts more of them."""

    label = N_("Records bound to the audit log after an upgrade")
    tells_no_one = N_("The operator who ran the command reads the result, and auditors find it in the log.")
    public = False
