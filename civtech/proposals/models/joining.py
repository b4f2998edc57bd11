"""Joining a team. People on the other side of a challenge cannot join a team that answers it while it is under way."""

from sqlalchemy import exists, select

from civtech.challenges.models import Challenge, ChallengeState, tied
from civtech.challenges.models.involvement import KEEPS_FROM_ANSWERING
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.models import Organisation
from civtech.organisations.models.admission import before_admission
from civtech.people.models import User
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models.proposal import Proposal

NOT_IN_THIS_TEAM = N_(
    "%(person)s cannot join %(organisation)s at the moment. %(person)s works, or worked, on a challenge for "
    "its sponsor, the programme or a panel, and %(organisation)s may answer that challenge. They can join "
    "when the challenge is cancelled or its round is closed."
)


@before_admission
def refuse_the_other_side(person: User, organisation: Organisation) -> None:
    """Refuse a person who asks, runs, opens or judges a challenge that the organisation has a proposal for."""
    under_way = exists().where(
        Proposal.organisation_id == organisation.id,
        Challenge.id == Proposal.challenge_id,
        Round.id == Challenge.round_id,
        Challenge.state != ChallengeState.CANCELLED,
        Round.state != RoundState.FINISHED,
        tied(person.id, Proposal.challenge_id, *KEEPS_FROM_ANSWERING),
    )
    if db.session.scalar(select(under_way)):
        raise RuleViolation(NOT_IN_THIS_TEAM, person=person.name, organisation=organisation.name)
