"""Who takes part, as far as it is public."""

from datetime import datetime

from sqlalchemy import ColumnElement, Label, SQLColumnExpression, case, func, or_
from sqlalchemy.orm import aliased

from civtech.organisations.models import CompanySize, Organisation, OrganisationKind
from civtech.organisations.models.naming import known_as
from civtech.stages.models import StageAgreement

SME = tuple(size for size in CompanySize if size.is_sme)

Company = aliased(Organisation, name="company")
Sponsor = aliased(Organisation, name="sponsor")


def in_force() -> ColumnElement[bool]:
    """Whether an agreement came into force. From then on, the funded team is public."""
    return StageAgreement.activated_at.is_not(None)


def is_small() -> ColumnElement[bool]:
    """Whether money goes to a small or medium-sized company, or to a person with an idea."""
    return or_(Company.size.in_(SME), Company.kind == OrganisationKind.INDIVIDUAL)


def public_name(organisation: type[Organisation]) -> ColumnElement[str | None]:
    """The name people know. None for a person with an idea, whose name is not public."""
    return case((organisation.kind == OrganisationKind.INDIVIDUAL, None), else_=_name_now(organisation))


def _name_now(organisation: type[Organisation]) -> ColumnElement[str]:
    return func.coalesce(func.nullif(organisation.trading_name, ""), organisation.legal_name)


def name_then(
    organisation: type[Organisation], at: SQLColumnExpression[datetime | None], label: str
) -> tuple[Label[str | None], Label[str | None]]:
    """Two columns: the public name on the day of an award, and under `…_now` the present one if it is another."""
    now = _name_now(organisation)
    then = func.coalesce(known_as(organisation.id, at), now)
    is_person = organisation.kind == OrganisationKind.INDIVIDUAL
    return (
        case((is_person, None), else_=then).label(label),
        case((is_person, None), (then != now, now)).label(f"{label}_now"),
    )
