"""A company's figures for a year, from which its size is worked out."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, Pence, db, one_of, relationship, stored
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.text import N_
from civtech.organisations.events import FiguresStated
from civtech.organisations.models.kinds import OrganisationKind
from civtech.organisations.models.organisation import Organisation
from civtech.organisations.models.sizes import Currency, Figures, Finding, eu_size, uk_size

if TYPE_CHECKING:
    from civtech.people.models.person import User

ONLY_COMPANIES = N_("You can only enter figures for a company.")

FIRST_YEAR = 1990
MOST_PEOPLE = 10_000_000
LARGEST_AMOUNT = 10**15


class CompanyFigures(Model):
    """A company's figures for one year. Entering a year again replaces its figures. Amounts are pence or cents."""

    __tablename__ = "company_figures"
    __table_args__ = (
        one_of("currency", Currency),
        UniqueConstraint("organisation_id", "year"),
        CheckConstraint(f"headcount BETWEEN 0 AND {MOST_PEOPLE}", name="headcount_makes_sense"),
        CheckConstraint(f"turnover BETWEEN 0 AND {LARGEST_AMOUNT}", name="turnover_makes_sense"),
        CheckConstraint(f"balance_sheet BETWEEN 0 AND {LARGEST_AMOUNT}", name="balance_sheet_makes_sense"),
        CheckConstraint(f"year BETWEEN {FIRST_YEAR} AND 9999", name="year_has_four_digits"),
    )

    id: Mapped[Identity]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    headcount: Mapped[int]
    turnover: Mapped[Pence]
    balance_sheet: Mapped[Pence]
    currency: Mapped[Currency] = mapped_column(stored(Currency))
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stated_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()

    @classmethod
    def state(
        cls, organisation: Organisation, figures: Figures, *, year: int, by: "User", at: datetime
    ) -> "CompanyFigures":
        """Enter the figures for a year. The latest known year decides the company's size."""
        if organisation.kind is not OrganisationKind.COMPANY:
            raise RuleViolation(ONLY_COMPANIES)
        if year > at.year:
            raise RuleViolation(
                N_("This year has not started yet. Enter the year in which your last accounts end."), field="year"
            )
        stated = cls._of_year(organisation, year)
        stated.headcount = figures.headcount
        stated.turnover = figures.turnover
        stated.balance_sheet = figures.balance_sheet
        stated.currency = figures.currency
        stated.stated_by_id = by.id
        stated.stated_at = at
        db.session.add(stated)
        latest = db.session.scalar(select(func.max(cls.year)).where(cls.organisation_id == organisation.id))
        if latest is None or year >= latest:
            organisation.size = stated.by_uk_definition.size
        emit(FiguresStated(subject=organisation, by=by, at=at, facts={"year": year}))
        return stated

    @classmethod
    def _of_year(cls, organisation: Organisation, year: int) -> "CompanyFigures":
        db.session.flush()
        stated = db.session.scalar(select(cls).where(cls.organisation_id == organisation.id, cls.year == year))
        return stated or cls(organisation=organisation, year=year)

    @property
    def figures(self) -> Figures:
        return Figures(self.headcount, self.turnover, self.balance_sheet, self.currency)

    @property
    def by_uk_definition(self) -> Finding:
        return uk_size(self.figures)

    @property
    def by_eu_definition(self) -> Finding:
        return eu_size(self.figures)
