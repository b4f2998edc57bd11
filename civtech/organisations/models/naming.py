"""What an organisation was called on each day, so that what it was awarded keeps the name and number of that day."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, SQLColumnExpression, func, select
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model, db, relationship, stored
from civtech.core.deciding import decides
from civtech.core.guards import append_only
from civtech.core.text import N_
from civtech.organisations.events import ChangedFacts
from civtech.organisations.models.kinds import IdentifierScheme, OrganisationKind

if TYPE_CHECKING:
    from civtech.organisations.models.organisation import Organisation

NAMED = ("legal_name", "trading_name", "identifier_scheme", "identifier_number")
PUBLIC = ("legal_name", "trading_name", "identifier_number")


class OrganisationName(Model):
    """The names and the number of a company or public body from `since`. A person with an idea has none here."""

    __tablename__ = "organisation_name"
    __table_args__ = (Index("ix_organisation_name_organisation_id_since", "organisation_id", "since"),)

    id: Mapped[Identity]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    since: Mapped[datetime]
    legal_name: Mapped[str]
    trading_name: Mapped[str | None]
    identifier_scheme: Mapped[IdentifierScheme | None] = mapped_column(stored(IdentifierScheme))
    identifier_number: Mapped[str | None]

    organisation: Mapped["Organisation"] = relationship()


Details = dict[str, str | None]


def details_of(organisation: "Organisation") -> Details:
    """Return the details that can change, as the audit log compares them."""
    scheme = organisation.identifier_scheme
    return {
        "legal_name": organisation.legal_name,
        "trading_name": organisation.trading_name,
        "identifier_scheme": scheme.value if scheme else None,
        "identifier_number": organisation.identifier_number,
        "about": organisation.about,
    }


def changed(organisation: "Organisation", was: Details) -> ChangedFacts:
    """Return what differs from `was`. What people wrote about themselves is only named."""
    now = details_of(organisation)
    fields = [name for name, value in now.items() if (value or "") != (was[name] or "")]
    shown = [] if organisation.kind is OrganisationKind.INDIVIDUAL else [name for name in fields if name in PUBLIC]
    return {
        "fields": fields,
        "was": {name: was[name] or "" for name in shown},
        "now": {name: now[name] or "" for name in shown},
    }


def note_name(organisation: "Organisation", *, at: datetime) -> None:
    """Write down what it is called from now on, unless it is a person."""
    if organisation.kind is not OrganisationKind.INDIVIDUAL:
        names = {name: getattr(organisation, name) for name in NAMED}
        db.session.add(OrganisationName(organisation=organisation, since=at, **names))


def known_as(
    organisation_id: SQLColumnExpression[int], at: SQLColumnExpression[datetime | None]
) -> SQLColumnExpression[str | None]:
    """The name that people knew at `at`, for the database. None if nothing was written down by then."""
    name = func.coalesce(func.nullif(OrganisationName.trading_name, ""), OrganisationName.legal_name)
    return (
        select(name)
        .where(OrganisationName.organisation_id == organisation_id, OrganisationName.since <= at)
        .order_by(OrganisationName.since.desc(), OrganisationName.id.desc())
        .limit(1)
        .scalar_subquery()
    )


class Names:
    """What some organisations were called over time, read with one statement, or none without organisations."""

    def __init__(self, organisation_ids: Iterable[int]) -> None:
        ids = sorted(set(organisation_ids))
        found = (
            select(OrganisationName)
            .where(OrganisationName.organisation_id.in_(ids))
            .order_by(OrganisationName.since, OrganisationName.id)
        )
        self._names = list(db.session.scalars(found)) if ids else []

    def then(self, organisation: "Organisation", at: datetime | None) -> str:
        """The name that people knew at `at`. The present one without a date, or if nothing was written down."""
        known = self._on(organisation, at)
        return known.trading_name or known.legal_name if known else organisation.name

    def legal(self, organisation: "Organisation", at: datetime | None) -> str:
        """The legal name at `at`."""
        known = self._on(organisation, at)
        return known.legal_name if known else organisation.legal_name

    def _on(self, organisation: "Organisation", at: datetime | None) -> OrganisationName | None:
        if at is None:
            return None
        known = [each for each in self._names if each.organisation_id == organisation.id and each.since <= at]
        return known[-1] if known else None


append_only("organisation_name", N_("What an organisation was called on a day cannot be changed."))
decides(OrganisationName, of=OrganisationName.organisation_id)
