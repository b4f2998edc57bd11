"""What the histories of panels and challenges show of the judging, and to whom. Saved scores are shown to no one."""

from sqlalchemy import select

from civtech.core.histories import Audience, Instant, Subject, Typed, message_of, shown
from civtech.judging.events import (
    ConflictDeclared,
    DecisionApproved,
    DecisionProposed,
    DecisionReturned,
    JudgeSeated,
    NoConflictDeclared,
    OutcomesReleased,
    PanelConvened,
    PanelRescheduled,
    ProposalAssigned,
    ScorecardLocked,
)
from civtech.judging.models import Decision

ORGANISERS = (Audience.PANEL, Audience.PROGRAMME)

shown(
    PanelConvened,
    PanelRescheduled,
    JudgeSeated,
    ProposalAssigned,
    NoConflictDeclared,
    ConflictDeclared,
    ScorecardLocked,
    by=Audience.PANEL,
    to=ORGANISERS,
    named_to=ORGANISERS,
)
shown(DecisionProposed, DecisionReturned, DecisionApproved, by=Audience.PROGRAMME, to=[Audience.PROGRAMME])
shown(OutcomesReleased, by=Audience.PROGRAMME, to=[Audience.ANYONE])


@message_of(DecisionReturned)
def why_it_was_returned(subject: Subject, _at: Instant) -> Typed:
    return select(Decision.message).where(Decision.reference == subject).scalar_subquery()
