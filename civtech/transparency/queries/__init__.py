"""What the public may know: published challenges, agreements in force, moved money, accepted statements.

It is the same for everyone, signed in or not. Nothing sealed, unreleased or personal is ever selected here.
"""

from civtech.transparency.queries.challenges import (
    agreements,
    agreements_of,
    latest_agreements,
    opened_at,
    register,
    released_outcomes,
)
from civtech.transparency.queries.money import money, released
from civtech.transparency.queries.parties import in_force, is_small, public_name
from civtech.transparency.queries.statements import equity, is_accepted, latest_statement, statements

__all__ = [
    "agreements",
    "agreements_of",
    "equity",
    "in_force",
    "is_accepted",
    "is_small",
    "latest_agreements",
    "latest_statement",
    "money",
    "opened_at",
    "public_name",
    "register",
    "released",
    "released_outcomes",
    "statements",
]
