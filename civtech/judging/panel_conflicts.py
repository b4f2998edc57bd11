"""What people who run a panel are shown of possible conflicts of interest on it."""

from civtech.challenges.models import Known
from civtech.core.db import Rows, db
from civtech.judging import policy, queries
from civtech.judging.judged_stage import ConvenedStage
from civtech.judging.models import Decision, DecisionState, known_about
from civtech.people.models import User


def doubtful_for(actor: User) -> Rows | None:
    """The query for panels that `actor` runs with something to decide on, or None if no one takes part in one."""
    taking_part = db.session.execute(queries.taking_part(actor)).all()
    if not taking_part:
        return None
    people, challenges, judges = zip(*taking_part, strict=True)
    judging = {person for person, is_judge in zip(people, judges, strict=True) if is_judge}
    return queries.doubtful(actor, sorted(set(people)), sorted(judging), sorted(set(challenges)))


def decision_seen(judged: ConvenedStage, actor: User) -> Decision | None:
    """The current decision of this panel, if there is one and `actor` can see it. A returned one does not count."""
    if not policy.see_ranking(actor, judged):
        return None
    last = db.session.scalars(queries.last_decision(judged.panel)).unique().one_or_none()
    return last if last is not None and last.state is not DecisionState.RETURNED else None


def known_on(judged: ConvenedStage, decision: Decision | None) -> list[Known]:
    """What we know about the judges, and about those who took this decision."""
    return known_about(judged.panel, *(decision.deciders if decision else ()))
