"""What people who run a panel are shown of possible conflicts of interest on it."""

from civtech.challenges.models import Known
from civtech.core.db import db
from civtech.judging import policy, queries
from civtech.judging.judged_stage import ConvenedStage
from civtech.judging.models import DecisionState, known_about
from civtech.people.models import User


def known_on(judged: ConvenedStage, actor: User) -> list[Known]:
    """What we know about the judges, and about who decided if `actor` can see the decision."""
    people: set[int] = set()
    if policy.see_ranking(actor, judged):
        last = db.session.scalars(queries.last_decision(judged.panel)).unique().one_or_none()
        people = last.deciders if last is not None and last.state is not DecisionState.RETURNED else set()
    return known_about(judged.panel, *people)
