"""A thousand of everything: the world of the access table with copies of its rows, and what to look at there."""

import sqlite3
from collections.abc import Iterable, Iterator

from tests.access.addresses import Address
from tests.access.world import Guide
from tests.support.copies import Copies

ROLES = (
    "visitor",
    "owner",
    "head",
    "judge",
    "staff",
    "steward",
    "finance",
    "auditor",
    "administrator",
)
"""Those who look at it: one of each kind whose pages differ."""
HOLDERS = ("owner", "stranger")
"""Those with long lists in their own account."""
ACCOUNT = "/account"
LONG = frozenset(
    {
        "open",
        "judged",
        "while it is judged",
        "released",
        "in force",
        "of an agreement in force",
        "accepted",
        "proposed",
        "sponsor",
        "company",
        "submitted, before the deadline",
        "opened",
        "granted",
    }
)
"""The states of the things with a thousand of something."""
OF_COMPANY = "id = (SELECT organisation_id FROM proposal WHERE reference = ?)"
ASKED = "id = (SELECT person_id FROM join_request WHERE reference = ?)"


def crowd(connection: sqlite3.Connection, guide: Guide) -> None:
    """Copy the rows of the world until there are a thousand of each kind, on all lists and around some things."""
    copies, things = Copies(connection), guide.things
    for state in ("waiting for approval", "open", "closed", "judged"):
        copies.make(170, "challenge", "slug = ?", things["challenge"][state]["slug"])
    for state, times in (("draft", 170), ("open, answered", 170), ("funded", 30)):
        copies.make(times, "challenge", "slug = ?", guide.marks[f"challenge {state}"])
    copies.make(1000, "organisation", OF_COMPANY, guide.marks["proposal funded"], without=("membership",))
    for table, state, times in (
        ("question", "waiting", 500),
        ("question", "answered", 500),
        ("milestone", "due", 350),
        ("milestone", "delivered", 350),
        ("milestone", "accepted", 350),
        ("invitation", "to somebody else", 1000),
        ("invitation", "of the sponsor", 500),
        ("invitation", "of the sponsor, by staff", 500),
        ("organisation", "another body", 1000),
        ("round", "prepared", 500),
        ("round", "finished", 500),
    ):
        copies.make(times, table, "reference = ?", things[table][state]["reference"])
    for state in ("waiting", "granted"):
        copies.make(500, "role_grant", "reference = ?", things["grant"][state]["reference"])
    _people(copies, guide)
    draft = things["proposal"]["submitted, before the deadline"]["reference"]
    copies.make(1000, "submission", "proposal_id = (SELECT id FROM proposal WHERE reference = ?)", draft)
    for table in ("hold", "problem_report", "passkey", "external_identity", "background_item", "company_figures"):
        copies.make(1000, table)
    copies.make(500, "outbox_message", "id IN (SELECT min(id) FROM outbox_message GROUP BY state)")
    copies.make(500, "audit_entry", "sequence <= 2")
    connection.commit()


def _people(copies: Copies, guide: Guide) -> None:
    """Judges in the pool, members, people who ask to join or to be erased, and sessions."""
    in_pool, members = guide.marks["person in the pool of judges"], guide.things["membership"]
    copies.make(1000, "person", "email = ?", in_pool, also=("role_grant",))
    copies.make(1000, "person", "reference = ?", members["author of the sponsor"]["person"], also=("membership",))
    for values in guide.things["request to join"].values():
        copies.make(1000, "person", ASKED, values["request"], also=("join_request",))
    copies.make(500, "person", "id IN (SELECT person_id FROM erasure_request)", also=("erasure_request",))
    owner = guide.cookies["owner"]["_user_id"]
    copies.make(1000, "browser_session", "user_id = (SELECT id FROM person WHERE fs_uniquifier = ?)", owner)


def long(addresses: Iterable[Address]) -> Iterator[Address]:
    """The pages to look at, of each route those about things with a thousand of something."""
    pages = [address for address in addresses if address.method == "GET"]
    of_long_things = {address.rule for address in pages if address.state in LONG}
    seen = set[str]()
    for address in pages:
        if address.state in LONG or (address.rule not in of_long_things and address.rule not in seen):
            seen.add(address.rule)
            yield address


def lists(addresses: Iterable[Address]) -> set[str]:
    """The routes whose pages show rows that depend on who looks: those without a thing or a form."""
    addresses = list(addresses)
    forms = {address.rule for address in addresses if address.method == "POST"}
    return {address.rule for address in addresses if not address.state and address.rule not in forms}
