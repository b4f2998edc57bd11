"""Which step of the judging comes next for a panel."""

from civtech.core.db import NamedRow
from civtech.core.state import Kind
from civtech.judging.models import DecisionState


class Step(Kind):
    """The steps in order."""

    SEAT = "seat"
    WAIT = "wait"
    ASSIGN = "assign"
    SCORE = "score"
    DECIDE = "decide"
    APPROVE = "approve"
    RELEASE = "release"
    DONE = "done"

    @classmethod
    def of(cls, overview: NamedRow) -> "Step":
        """The next step for a row of an overview in `queries.work`."""
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
            return cls.ASSIGN if overview.entered else cls.WAIT
        return cls.SCORE if overview.open else cls.DECIDE
