"""Admitting people to an organisation. Later packages add their own objections."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from civtech.core.db import db

if TYPE_CHECKING:
    from civtech.organisations.models.organisation import Organisation
    from civtech.people.models.person import User

Check = TypeVar("Check", bound="Callable[[User, Organisation], None]")

_checks: "list[Callable[[User, Organisation], None]]" = []


def before_admission(check: Check) -> Check:
    """Call the function before a person joins an organisation. It raises `RuleViolation` if they may not."""
    _checks.append(check)
    return check


def refuse_admission(person: "User", organisation: "Organisation") -> None:
    """Raise `RuleViolation` if there is a reason why `person` may not join `organisation`."""
    with db.session.no_autoflush:
        for check in _checks:
            check(person, organisation)
