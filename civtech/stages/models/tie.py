"""How people are tied to a challenge by deciding on the evidence of its teams."""

from civtech.core.sql_views import part
from civtech.proposals.models.hints import OPENED, still_counts

DECIDED = (
    "FROM deliverable JOIN milestone ON milestone.id = deliverable.milestone_id "
    "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
)
part(
    "involvement",
    "SELECT deliverable.decided_by_id, proposal.challenge_id, proposal.id, 'evidence' "
    f"{DECIDED} JOIN proposal ON proposal.id = stage_agreement.proposal_id WHERE deliverable.decided_by_id IS NOT NULL",
)
part(
    "hint",
    "SELECT deliverable.decided_by_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, "  # noqa: S608
    "CAST(NULL AS BIGINT), 'evidence', 'evidence' FROM deliverable CROSS JOIN milestone CROSS JOIN stage_agreement "
    "CROSS JOIN proposal AS worked CROSS JOIN proposal CROSS JOIN opening "
    "WHERE milestone.id = deliverable.milestone_id AND stage_agreement.id = milestone.agreement_id "
    "AND worked.id = stage_agreement.proposal_id "
    f"AND proposal.organisation_id = worked.organisation_id AND {OPENED} "
    f"AND deliverable.decided_by_id IS NOT NULL AND {still_counts('deliverable.decided_by_id')}",
)
