"""How people are tied to a challenge by deciding on the money of its teams."""

from civtech.core.sql_views import part
from civtech.proposals.models.hints import OPENED, still_counts

PAID = (
    "FROM release JOIN milestone ON milestone.id = release.milestone_id "
    "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
)
for _act in ("proposed", "approved", "refused", "paid"):
    _person = f"release.{_act}_by_id"
    part(
        "involvement",
        f"SELECT {_person}, proposal.challenge_id, proposal.id, 'money' {PAID} "
        f"JOIN proposal ON proposal.id = stage_agreement.proposal_id WHERE {_person} IS NOT NULL",
    )
    part(
        "hint",
        f"SELECT {_person}, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, "  # noqa: S608
        "CAST(NULL AS BIGINT), 'money', 'money' FROM release CROSS JOIN milestone CROSS JOIN stage_agreement "
        "CROSS JOIN proposal AS worked CROSS JOIN proposal CROSS JOIN opening "
        "WHERE milestone.id = release.milestone_id AND stage_agreement.id = milestone.agreement_id "
        "AND worked.id = stage_agreement.proposal_id "
        f"AND proposal.organisation_id = worked.organisation_id AND {OPENED} "
        f"AND {_person} IS NOT NULL AND {still_counts(_person)}",
    )
