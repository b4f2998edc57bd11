"""What a team finds on its home page: proposals to finish or submit, and the status of the latest ones."""

from collections.abc import Sequence
from datetime import datetime

from flask import g

from civtech.core.db import db
from civtech.organisations.acting import APPLICANTS, acting_for
from civtech.people.models import User
from civtech.proposals import queries
from civtech.proposals.models import Proposal, ProposalState
from civtech.web.pagination import PAGE

LATEST = 5


def _proposals(actor: User, at: datetime) -> Sequence[Proposal]:
    """All of them, read once for the tasks and the block that shows their status, which ask within a moment."""
    read: dict[tuple[int, datetime], Sequence[Proposal]] = g.setdefault("proposals_at_home", {})
    asked = actor.id, at.replace(second=0, microsecond=0)
    if asked not in read:
        acting = acting_for(actor, *APPLICANTS)
        read[asked] = db.session.scalars(queries.at_home(actor, acting, at, PAGE, LATEST)).unique().all()
    return read[asked]


def still_open(actor: User, at: datetime) -> list[Proposal]:
    """Those whose challenge is open and which are not withdrawn, the first to close first."""
    return [
        proposal
        for proposal in _proposals(actor, at)
        if proposal.state is not ProposalState.WITHDRAWN and proposal.challenge.is_open(at)
    ]


def latest(actor: User, at: datetime) -> list[Proposal]:
    """The latest submitted ones, of the company the person acts for now if they chose one."""
    acting = acting_for(actor, *APPLICANTS)
    submitted = [
        proposal
        for proposal in _proposals(actor, at)
        if proposal.submitted_at is not None
        and proposal.state is ProposalState.SUBMITTED
        and (acting is None or proposal.organisation_id == acting.id)
    ]
    return sorted(submitted, key=lambda proposal: (proposal.submitted_at, proposal.id), reverse=True)[:LATEST]
