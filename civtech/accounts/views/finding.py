"""Finding the person who is to act for an organisation."""

from civtech.accounts import queries
from civtech.accounts.models import User
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_


def find_member(email: str) -> User:
    """The person with this confirmed address."""
    person = db.session.scalars(queries.person_by_email(email)).unique().first()
    if person is None or not person.active or person.confirmed_at is None:
        raise RuleViolation(
            N_("Nobody has a confirmed account with this address. Once they have one, add them here."),
            field="email",
        )
    return person
