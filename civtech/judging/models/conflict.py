"""Conflicts of interest of the people who run the judging. The rule is about persons, whatever their roles."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from civtech.challenges.models import Tie, has_tie, tied
from civtech.core.sql_views import part
from civtech.people.models import User
from civtech.proposals.models.hints import OPENED, still_counts

KEEPS_FROM_DECIDING = (Tie.TEAM, Tie.RECUSED)

part(
    "involvement",
    "SELECT seat.judge_id, panel.challenge_id, CAST(NULL AS BIGINT), 'panel' FROM seat "
    "JOIN panel ON panel.id = seat.panel_id",
)
for _person in ("proposed", "approved"):
    part(
        "involvement",
        f"SELECT decision.{_person}_by_id, panel.challenge_id, CAST(NULL AS BIGINT), 'decision' FROM decision "  # noqa: S608
        f"JOIN panel ON panel.id = decision.panel_id WHERE decision.{_person}_by_id IS NOT NULL",
    )
part(
    "involvement",
    "SELECT assignment.judge_id, panel.challenge_id, assignment.proposal_id, 'recused' FROM assignment "
    "JOIN panel ON panel.id = assignment.panel_id WHERE assignment.state = 'recused'",
)
part(
    "hint",
    "SELECT assignment.judge_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, "  # noqa: S608
    "CAST(NULL AS BIGINT), 'declared', assignment.reference FROM assignment "
    "CROSS JOIN proposal AS before CROSS JOIN proposal CROSS JOIN opening "
    "WHERE before.id = assignment.proposal_id AND proposal.organisation_id = before.organisation_id "
    f"AND proposal.challenge_id <> before.challenge_id AND {OPENED} "
    f"AND assignment.state = 'recused' AND {still_counts('assignment.judge_id')}",
)


def conflicted(person: User, challenge_id: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """Whether `person` was ever in a team with a proposal for the challenge, or was recused from judging one."""
    return tied(person.id, challenge_id, *KEEPS_FROM_DECIDING)


def has_conflict(person: User, challenge_id: int) -> bool:
    """The same, asked of the database."""
    return has_tie(person, challenge_id, *KEEPS_FROM_DECIDING)
