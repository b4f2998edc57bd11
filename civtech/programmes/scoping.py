"""Rounds as something that a role can be granted for."""

from collections.abc import Sequence

from sqlalchemy import select

from civtech.core.db import db
from civtech.programmes.models import Round
from civtech.web.registries import scope


def _names(references: Sequence[str]) -> dict[str, str]:
    rounds = select(Round.reference, Round.name).where(Round.reference.in_(references))
    return dict(db.session.execute(rounds).all())


def _choices() -> dict[str, str]:
    """Every round, the newest first."""
    rounds = select(Round.reference, Round.name).order_by(Round.created_at.desc(), Round.id.desc())
    return dict(db.session.execute(rounds).all())


scope("round", names=_names, choices=_choices)
