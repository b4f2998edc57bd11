"""Challenges as something that a role can be granted for."""

from collections.abc import Sequence

from sqlalchemy import select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import db
from civtech.web.registries import scope

MOST = 500


def _names(references: Sequence[str]) -> dict[str, str]:
    challenges = select(Challenge.reference, Challenge.question).where(Challenge.reference.in_(references))
    return dict(db.session.execute(challenges).all())


def _choices() -> dict[str, str]:
    """The newest challenges that are not cancelled."""
    challenges = select(Challenge.reference, Challenge.question).where(Challenge.state != ChallengeState.CANCELLED)
    return dict(db.session.execute(challenges.order_by(Challenge.id.desc()).limit(MOST)).all())


scope("challenge", names=_names, choices=_choices)
