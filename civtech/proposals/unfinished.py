"""Proposals that keep their round open."""

from datetime import datetime

from sqlalchemy import exists, select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import Rows
from civtech.core.text import N_
from civtech.programmes.models import keeps_open
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState


@keeps_open(N_("Proposals that are still sealed: open them"), page="proposals.opening")
def sealed(at: datetime) -> Rows:
    return select(Challenge.round_id, Challenge.question, Challenge.slug).where(
        Challenge.state == ChallengeState.PUBLISHED,
        Challenge.closes_at <= at,
        exists().where(Proposal.challenge_id == Challenge.id, Proposal.state == ProposalState.SUBMITTED),
        ~exists().where(Opening.challenge_id == Challenge.id, Opening.state == OpeningState.OPENED),
    )
