"""An organisation's registration number: checked by its form or by programme staff, or not checked."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import ColumnElement, ForeignKey, and_, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.blank import is_blank
from civtech.core.db import Identity, db, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.frozen import quoted
from civtech.core.text import N_, Text
from civtech.organisations.events import NumberAccepted
from civtech.organisations.models import identifiers
from civtech.organisations.models.kinds import REPEATING, IdentifierScheme
from civtech.organisations.models.naming import note_name

if TYPE_CHECKING:
    from civtech.organisations.models.organisation import Organisation
    from civtech.people.models.person import User

ONE_PER_NUMBER = f"identifier_scheme NOT IN ({quoted(REPEATING)})"
"""SQL: whether a number of this register means one organisation."""

Check = TypeVar("Check", bound="Callable[[Organisation], None]")

_checks: "list[Callable[[Organisation], None]]" = []


def before_another_number(check: Check) -> Check:
    """Call the function before an owner changes a number. It raises `RuleViolation` if someone else must do it."""
    _checks.append(check)
    return check


def refuse_another_number(organisation: "Organisation") -> None:
    """Raise `RuleViolation` if there is a reason why its owners cannot change the number on their own."""
    with db.session.no_autoflush:
        for check in _checks:
            check(organisation)


def number_checked_in_sql(row: str = "organisation") -> str:
    """SQL for guards: the same as `number_checked`."""
    by_form = quoted(scheme for scheme in IdentifierScheme if scheme.has_check)
    return (
        f"({row}.identifier_number IS NOT NULL AND ({row}.number_accepted_by_id IS NOT NULL "
        f"OR {row}.identifier_scheme IN ({by_form})))"
    )


class Numbered:
    """An organisation's registration number. The scheme is selected, never guessed from the number's shape."""

    if TYPE_CHECKING:
        __tablename__: str
        id: Mapped[Identity]
        reference: Mapped[str]

    identifier_scheme: Mapped[IdentifierScheme | None] = mapped_column(stored(IdentifierScheme))
    identifier_number: Mapped[str | None]
    number_accepted_because: Mapped[str | None]
    number_accepted_at: Mapped[datetime | None]
    number_accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    @hybrid_property
    def number_checked(self) -> bool:
        """Whether it has a number that passes its register's check, or that staff found in the register."""
        if self.identifier_scheme is None:
            return False
        return self.identifier_scheme.has_check or self.number_accepted_by_id is not None

    @number_checked.inplace.expression
    @classmethod
    def _number_checked(cls) -> ColumnElement[bool]:
        by_form = cls.identifier_scheme.in_([scheme for scheme in IdentifierScheme if scheme.has_check])
        return and_(cls.identifier_scheme.is_not(None), or_(by_form, cls.number_accepted_by_id.is_not(None)))

    @property
    def number_shown(self) -> Text | str:
        """The number as pages show it, which say so if no one has checked it. Empty if there is none."""
        if self.identifier_number is None:
            return ""
        if self.number_checked:
            return self.identifier_number
        return Text(N_("%(number)s (not checked)"), {"number": self.identifier_number})

    def accept_number(self, scheme: IdentifierScheme, number: str, *, because: str, by: "User", at: datetime) -> None:
        """Save a number because programme staff have seen it in the register: one without a check, or another one.

        Owners enter a number that passes its check themselves, unless the organisation already has an agreement.
        """
        plain = self._seen_by_staff(scheme, number)
        if is_blank(because):
            raise RuleViolation(N_("Enter why this number is correct."), field="because")
        person = by.id
        self._take(scheme, plain)
        self.number_accepted_because = because
        self.number_accepted_at = at
        self.number_accepted_by_id = person
        note_name(cast("Organisation", self), at=at)
        emit(NumberAccepted(subject=self, by=by, at=at, facts={"scheme": scheme.value}))

    def _seen_by_staff(self, scheme: IdentifierScheme, number: str) -> str:
        if self.identifier_number is not None and identifiers.passes(scheme, number):
            try:
                refuse_another_number(cast("Organisation", self))
            except RuleViolation:
                return identifiers.spelled(scheme, number)
        return identifiers.unchecked(scheme, number)

    def _take_number(self, scheme: IdentifierScheme | None, number: str | None) -> None:
        """Save a number that passes its check. One that staff accepted is kept as long as it is not changed."""
        if scheme is not None and (scheme, number) == (self.identifier_scheme, self.identifier_number):
            return
        self._take(scheme, identifiers.checked(scheme, number))
        self.number_accepted_because = self.number_accepted_at = self.number_accepted_by_id = None

    def _take(self, scheme: IdentifierScheme | None, number: str | None) -> None:
        self._refuse_known(scheme, number)
        self.identifier_scheme = scheme
        self.identifier_number = number

    def _refuse_known(self, scheme: IdentifierScheme | None, number: str | None) -> None:
        """Refuse a number that another organisation has, if it means one organisation. The database settles races."""
        if scheme is None or scheme.repeats:
            return
        kind = type(self)
        with db.session.no_autoflush:
            holder = db.session.scalar(
                select(kind.id).where(kind.identifier_scheme == scheme, kind.identifier_number == number)
            )
        if holder is not None and holder != self.id:
            raise RuleViolation(
                N_("There is already an organisation with this number. Ask its owner to invite you."),
                field="identifier_number",
            )
