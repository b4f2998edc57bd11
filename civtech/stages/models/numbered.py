"""Another registration number for an organisation with an agreement: only with someone else, whatever the code does."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.organisations.models import Organisation
from civtech.organisations.models.numbering import before_another_number
from civtech.proposals.models import Proposal
from civtech.stages.models.agreement import StageAgreement

BY_STAFF = N_(
    "This organisation has an agreement, so you cannot change its registration number. "
    "Ask programme staff to change it."
)


@before_another_number
def refuse_with_an_agreement(organisation: Organisation) -> None:
    """Refuse once an agreement was offered: it names the company by its number."""
    offered = (
        select(StageAgreement.id)
        .join(Proposal, Proposal.id == StageAgreement.proposal_id)
        .where(Proposal.organisation_id == organisation.id, StageAgreement.first_offered_at.is_not(None))
    )
    if db.session.scalar(offered.limit(1)) is not None:
        raise RuleViolation(BY_STAFF, field="identifier_number")


guard(
    "organisation_number_is_changed_by_staff_once_agreed",
    table="organisation",
    on="UPDATE OF identifier_number",
    condition=(
        "OLD.identifier_number IS NOT NULL AND OLD.kind <> 'individual' AND (NEW.identifier_number IS NULL "
        "OR NEW.identifier_number <> OLD.identifier_number) "
        "AND (NEW.number_accepted_by_id IS NULL OR NEW.number_accepted_at IS NULL "
        "OR (OLD.number_accepted_at IS NOT NULL AND NEW.number_accepted_at = OLD.number_accepted_at)) "
        "AND EXISTS (SELECT 1 FROM stage_agreement JOIN proposal ON proposal.id = stage_agreement.proposal_id "
        "WHERE proposal.organisation_id = NEW.id AND stage_agreement.first_offered_at IS NOT NULL)"
    ),
    message=BY_STAFF,
)
