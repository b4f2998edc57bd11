"""Challenges that keep their round open."""

from datetime import datetime

from sqlalchemy import select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import Rows
from civtech.core.text import N_
from civtech.programmes.models import keeps_open

BEFORE_PUBLICATION = (ChallengeState.DRAFT, ChallengeState.PROPOSED, ChallengeState.APPROVED)
NAMED = (Challenge.round_id, Challenge.question, Challenge.slug)


@keeps_open(N_("Challenges that are not published: publish, cancel or move them"), page="challenges.show")
def not_published(_at: datetime) -> Rows:
    return select(*NAMED).where(Challenge.state.in_(BEFORE_PUBLICATION))


@keeps_open(N_("Challenges that are open or will open: wait until they close, or cancel them"), page="challenges.show")
def not_closed(at: datetime) -> Rows:
    published = Challenge.state == ChallengeState.PUBLISHED
    return select(*NAMED).where(published, Challenge.closes_at > at)
