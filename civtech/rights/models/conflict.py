"""Conflicts of interest beyond judging: no one acts on the rights or money of a team they have a stake in."""

from sqlalchemy import ColumnElement, select

from civtech.challenges.models import Tie, tied_to_proposal
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.db import db
from civtech.people.models import User
from civtech.proposals.models import Proposal

A_STAKE = (Tie.TEAM, Tie.RECUSED)


def stake(person: User) -> ColumnElement[bool]:
    """Whether `person` was ever in the team of a proposal, or declared a conflict of interest with it."""
    return tied_to_proposal(person.id, Proposal.id, *A_STAKE)


def has_stake(person: User, proposal: Proposal) -> bool:
    """Whether `person` has a stake in this one proposal."""
    return bool(db.session.scalar(select(tied_to_proposal(person.id, proposal.id, *A_STAKE))))


def stake_in_sql(person: str, proposal: str) -> str:
    """Write the same check as SQL for guards, from the ids of a person and a proposal."""
    return tied_in_sql(person, proposal, *A_STAKE, by="proposal_id")
