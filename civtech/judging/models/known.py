"""What we know about the people who judge and decide, and deciding on it after they took part."""

from collections.abc import Sequence
from datetime import datetime

from civtech.challenges.models import ABOUT_JUDGES, ABOUT_STAFF, Known, consider, known
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.judging.models.panel import Panel
from civtech.people.models import User


def known_about(panel: Panel, *deciding: int) -> list[Known]:
    """What we know about the judges of a panel, and about the people with the ids `deciding`, in one statement."""
    judges = {seat.judge_id for seat in panel.seats}
    found = known([*judges, *deciding], panel.challenge_id, ABOUT_JUDGES)
    return [each for each in found if each.row.person_id in judges or each.hint in ABOUT_STAFF]


def settle(panel: Panel, about: Sequence[Known], *, because: str, by: User, at: datetime) -> None:
    """Decide that someone on the panel, or who decided, can take part. No one decides that about themselves."""
    if any(each.row.person_id == by.id for each in about):
        raise RuleViolation(N_("This is about you, so someone else must decide."))
    consider(about, panel.challenge, because=because, by=by, at=at)
