"""What people who run a panel are shown of possible conflicts of interest on it."""

from civtech.challenges.models import Known
from civtech.core.db import db
from civtech.judging import policy, queries
from civtech.judging.judged_stage import ConvenedStage
from civtech.judging.models import Decision, DecisionState, known_about
from civtech.people.models import User


def decision_seen(judged: ConvenedStage, actor: User) -> Decision | None:
    """The decision that stands on this panel, if there is one and `actor` can see it."""
    if not policy.see_ranking(actor, judged):
        return None
    last = db.session.scalars(queries.last_decision(judged.panel)).unique().one_or_none()
    return last if last is not None and last.state is not DecisionState.RETURNED else None


def known_on(judged: ConvenedStage, decision: Decision | None) -> list[Known]:
    """What we know about the judges, and about those who took this decision."""
    return known_about(judged.panel, *(decision.deciders if decision else ()))
