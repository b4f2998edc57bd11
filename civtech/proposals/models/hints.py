"""Signs that someone who judges or decides is close to a team. Only about teams whose proposals have been opened."""

from civtech.challenges.models import Tie
from civtech.challenges.models.hint import SAME_DOMAIN, TELLING
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.sql_views import part

OPENED = (
    "JOIN opening ON opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' "
    "AND proposal.state = 'submitted'"
)
"""SQL: joins the opening of a submitted proposal. Before it, a hint would say who has answered."""


def still_counts(person: str) -> str:
    """SQL: whether the person was neither recused from the proposal nor in its team. Other rules know of both."""
    return f"NOT {tied_in_sql(person, 'proposal.id', Tie.RECUSED, Tie.TEAM, by='proposal_id')}"


part(
    "hint",
    "SELECT one.id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, other.id, 'email' "  # noqa: S608
    f"FROM person AS one JOIN {SAME_DOMAIN} JOIN acting_for ON acting_for.person_id = other.id "
    "JOIN proposal ON proposal.organisation_id = acting_for.organisation_id "
    f"AND (acting_for.until IS NULL OR acting_for.until >= proposal.started_at) {OPENED} "
    f"WHERE {TELLING} AND {still_counts('one.id')}",
)
part(
    "hint",
    "SELECT acting_for.person_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, "  # noqa: S608
    "CAST(NULL AS BIGINT), 'member' FROM acting_for "
    f"JOIN proposal ON proposal.organisation_id = acting_for.organisation_id {OPENED} "
    f"WHERE {still_counts('acting_for.person_id')}",
)
part(
    "hint",
    "SELECT acting_for.person_id, proposal.challenge_id, proposal.organisation_id, acting_for.organisation_id, "  # noqa: S608
    "related_organisation.person_id, related_organisation.hint FROM acting_for "
    "JOIN organisation AS mine ON mine.id = acting_for.organisation_id AND mine.kind <> 'public_body' "
    "JOIN related_organisation ON related_organisation.organisation_id = mine.id "
    "AND (related_organisation.person_id IS NULL OR related_organisation.person_id <> acting_for.person_id) "
    f"JOIN proposal ON proposal.organisation_id = related_organisation.other_id {OPENED} "
    f"WHERE {still_counts('acting_for.person_id')}",
)
