"""Which step of the judging comes next for a panel."""

from enum import Enum
from typing import Any

from civtech.judging.models import DecisionState


class Step(Enum):
    """In the order in which they are taken."""

    SEAT = "seat"
    WAIT = "wait"
    ASSIGN = "assign"
    SCORE = "score"
    DECIDE = "decide"
    APPROVE = "approve"
    RELEASE = "release"
    DONE = "done"

    @classmethod
    def of(cls, overview: Any, *, candidates: int | None = None) -> "Step":
        """The next step for a row of `queries.overview`; `candidates` is how many there are, where that is known."""
        decided = {
            DecisionState.PROPOSED: cls.APPROVE,
            DecisionState.APPROVED: cls.RELEASE,
            DecisionState.RELEASED: cls.DONE,
        }
        if overview.decision_state is not None:
            return decided[overview.decision_state]
        if not overview.seats:
            return cls.SEAT
        if not overview.cards:
            return cls.WAIT if candidates == 0 else cls.ASSIGN
        return cls.SCORE if overview.open else cls.DECIDE
