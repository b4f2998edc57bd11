"""What comes into force with a rights statement, for the rights package to read."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from civtech.core.db import db
from civtech.core.facts import Fact
from civtech.rights.models import RightsStatement, brought_into_force
from civtech.stages.models.agreement import StageAgreement
from civtech.stages.models.bound import facts_of


@brought_into_force
def by_the_rights_statement(statement: RightsStatement) -> Iterator[Fact]:
    """Yield the facts of the agreement that comes into force with `statement`."""
    agreements = select(StageAgreement).where(StageAgreement.statement_id == statement.id)
    agreement = db.session.scalars(agreements.options(selectinload(StageAgreement.milestones))).unique().one_or_none()
    if agreement is not None:
        yield from facts_of(agreement)
