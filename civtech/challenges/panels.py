"""What challenges add to the pages of earlier packages."""

from flask import render_template
from sqlalchemy import func, select

from civtech.challenges.models import Challenge, ChallengeState
from civtech.core.db import db
from civtech.people.models import User
from civtech.programmes.models import Round
from civtech.web.registries import panel
from civtech.web.translation import ngettext


@panel("programmes.completion", "challenges")
def what_is_in_it(_actor: User, round: Round) -> str:  # noqa: A002
    """For staff about to close a round: how its challenges ended."""
    states = select(Challenge.state, func.count()).where(Challenge.round_id == round.id).group_by(Challenge.state)
    counts = dict(db.session.execute(states).all())
    ran, cancelled = counts.get(ChallengeState.PUBLISHED, 0), counts.get(ChallengeState.CANCELLED, 0)
    lines = []
    if ran:
        lines.append(ngettext("%(num)s closed challenge", "%(num)s closed challenges", ran))
    if cancelled:
        lines.append(ngettext("%(num)s cancelled challenge", "%(num)s cancelled challenges", cancelled))
    return render_template("challenges/_completion_panel.html", lines=lines)
