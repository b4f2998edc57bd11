"""Who takes part, as far as it is public."""

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy.orm import aliased

from civtech.organisations.models import CompanySize, Organisation, OrganisationKind
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
    name = func.coalesce(func.nullif(organisation.trading_name, ""), organisation.legal_name)
    return case((organisation.kind == OrganisationKind.INDIVIDUAL, None), else_=name)
