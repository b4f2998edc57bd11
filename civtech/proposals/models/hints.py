"""Signs that someone who judges or decides is close to a team. Only about teams whose proposals have been opened."""

from civtech.challenges.models import Tie
from civtech.challenges.models.hint import SAME_DOMAIN
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.sql_views import part
from civtech.organisations.models import related

OPENED = "opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND proposal.state = 'submitted'"
"""SQL: whether a submitted proposal was opened. Before that, a hint would say who has answered.

All these joins are CROSS JOINs, for SQLite: it then begins with the person, and not with each of thousands of teams.
"""

MINE = "mine.id = acting_for.organisation_id AND mine.kind <> 'public_body'"
"""SQL: whether `mine` is a company or person that someone acts, or acted, for."""


def still_counts(person: str) -> str:
    """SQL: whether the person was neither recused from the proposal nor in its team. Other rules know of both."""
    return f"NOT {tied_in_sql(person, 'proposal.id', Tie.RECUSED, Tie.TEAM, by='proposal_id')}"


part(
    "hint",
    "SELECT one.id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, other.id, "  # noqa: S608
    "'email', one.domain "
    "FROM person AS one CROSS JOIN person AS other CROSS JOIN acting_for CROSS JOIN proposal CROSS JOIN opening "
    f"WHERE {SAME_DOMAIN} AND acting_for.person_id = other.id "
    "AND proposal.organisation_id = acting_for.organisation_id "
    "AND (acting_for.until IS NULL OR acting_for.until >= proposal.started_at) "
    f"AND {OPENED} AND {still_counts('one.id')}",
)
part(
    "hint",
    "SELECT acting_for.person_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, "  # noqa: S608
    "CAST(NULL AS BIGINT), 'member', 'member' FROM acting_for CROSS JOIN proposal CROSS JOIN opening "
    "WHERE proposal.organisation_id = acting_for.organisation_id "
    f"AND {OPENED} AND {still_counts('acting_for.person_id')}",
)
for _hint, _related, _basis in (
    ("number", related.same_number_in_sql("mine", "other"), "mine.number_key"),
    ("name", related.like_names_in_sql("mine", "other"), related.names_in_sql("mine", "other")),
):
    part(
        "hint",
        "SELECT acting_for.person_id, proposal.challenge_id, other.id, mine.id, "  # noqa: S608
        f"CAST(NULL AS BIGINT), '{_hint}', {_basis} FROM acting_for CROSS JOIN organisation AS mine "
        "CROSS JOIN organisation AS other CROSS JOIN proposal CROSS JOIN opening "
        f"WHERE {MINE} AND other.id <> mine.id AND {_related} "
        f"AND proposal.organisation_id = other.id AND {OPENED} AND {still_counts('acting_for.person_id')}",
    )
part(
    "hint",
    "SELECT acting_for.person_id, proposal.challenge_id, proposal.organisation_id, mine.id, shared.person_id, "  # noqa: S608
    "'people', 'people' FROM acting_for CROSS JOIN organisation AS mine CROSS JOIN acting_for AS shared "
    "CROSS JOIN acting_for AS theirs CROSS JOIN proposal CROSS JOIN opening "
    f"WHERE {MINE} AND shared.organisation_id = mine.id AND shared.person_id <> acting_for.person_id "
    "AND theirs.person_id = shared.person_id AND theirs.organisation_id <> mine.id "
    "AND shared.until IS NULL AND theirs.until IS NULL "
    f"AND proposal.organisation_id = theirs.organisation_id AND {OPENED} AND {still_counts('acting_for.person_id')}",
)
