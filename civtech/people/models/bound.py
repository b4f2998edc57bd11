"""What acts on one's own account bind, fact by fact."""

from collections.abc import Iterator

from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.people.models.address_change import AddressChange
from civtech.people.models.passkey import Passkey


def addressed(change: AddressChange) -> Iterator[Fact]:
    """Yield what a change of address binds: the address that counts now, and the one that takes its place."""
    yield Fact("address_before", Text(N_("Current email address")), change.address_before)
    yield Fact("address", Text(N_("New email address")), change.address)


def removed(passkey: Passkey) -> Iterator[Fact]:
    """Yield which passkey stops working."""
    yield Fact("name", Text(N_("Passkey")), passkey.name)
    yield Fact("added_at", Text(N_("Added")), passkey.added_at.date())
