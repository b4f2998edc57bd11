"""What acceptance of a rights statement binds: its own terms, and anything later packages add."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from civtech.core.facts import Fact, digest_of
from civtech.core.text import N_, Text
from civtech.rights.models.terms import EQUITY, LICENCE

if TYPE_CHECKING:
    from civtech.rights.models.background import BackgroundItem
    from civtech.rights.models.statement import RightsStatement

Bound = Callable[["RightsStatement"], Iterable[Fact]]

_bound: list[Bound] = []


def brought_into_force(function: Bound) -> Bound:
    """Register a function `(statement)` of a later package: it yields the facts that acceptance also brings into force.

    Both sides accept these facts too. They must not change between the offer and the second acceptance.
    """
    _bound.append(function)
    return function


def brings_into_force(statement: "RightsStatement") -> list[Fact]:
    """Return what acceptance brings into force: the amount, dates and milestones of the agreement."""
    return [fact for function in _bound for fact in function(statement)]


def own_terms(statement: "RightsStatement") -> list[Fact]:
    """Return the terms of the statement itself, as its page shows them."""
    name, registered = statement.company_name, statement.company_number
    company = Text(N_("%(name)s (%(number)s)"), {"name": name, "number": registered}) if registered else name
    items = [
        Fact(
            f"background_{item.id}",
            Text(N_("Background IP %(number)s"), {"number": number}),
            Text(
                N_("%(kind)s: %(title)s, owned by %(owner)s"),
                {"kind": Text(item.kind.label.message), "title": item.title, "owner": item.owner},
            ),
        )
        for number, item in enumerate(statement.background, start=1)
    ]
    return [
        Fact("company", Text(N_("Company")), company),
        Fact("public_body", Text(N_("Public body")), statement.public_body_name),
        *items,
        *(
            Fact(f"licence_{term}", Text(label), getattr(statement, f"licence_{term}"))
            for term, label in LICENCE.items()
        ),
        *(Fact(name, Text(label), getattr(statement, name)) for name, label in EQUITY.items()),
    ]


def listed(item: "BackgroundItem") -> list[Fact]:
    """Return what removing an item of background IP takes off the list."""
    return [
        Fact("kind", Text(N_("Type")), Text(item.kind.label.message)),
        Fact("title", Text(N_("Name")), item.title),
        Fact("owner", Text(N_("Owner")), item.owner),
    ]


def binds(statement: "RightsStatement") -> list[Fact]:
    """Return everything that acceptance binds, in the order of the page."""
    return [*own_terms(statement), *brings_into_force(statement)]


def accepted_terms(statement: "RightsStatement") -> str:
    """Return the SHA-256 of everything that acceptance binds: the statement's digest and what it brings into force."""
    return digest_of(brings_into_force(statement), over=statement.compute_digest())
