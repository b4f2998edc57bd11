"""Who is affected by the end of a challenge, and why: each person once, with every reason that applies."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import CompoundSelect, Select, case, literal, select, union

from civtech.challenges import policy
from civtech.challenges.models import Challenge, Question, QuestionState
from civtech.core.db import db
from civtech.judging.models import Panel, Seat
from civtech.notifications.queries import SPONSOR
from civtech.notifications.recipients import who_may
from civtech.organisations.models import Membership
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal, ProposalState


def _reasons(challenge: Challenge) -> CompoundSelect[tuple[int, str]]:
    """Select (person, reason) as of now: teams, people who asked, judges, and people who act for the sponsor."""
    submitted = Proposal.state == ProposalState.SUBMITTED
    unanswered = Question.state == QuestionState.ASKED
    parts: list[Select[int, str]] = [
        select(Membership.user_id, case((submitted, "submitted"), else_="draft").label("why"))
        .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
        .where(Proposal.challenge_id == challenge.id, Membership.is_held()),
        select(Question.asker_id, case((unanswered, "unanswered"), else_="asked").label("why")).where(
            Question.challenge_id == challenge.id
        ),
        select(Seat.judge_id, literal("judge").label("why"))
        .join(Panel, Panel.id == Seat.panel_id)
        .where(Panel.challenge_id == challenge.id),
        select(Membership.user_id, literal("sponsor").label("why")).where(
            Membership.organisation_id == challenge.sponsor_id, Membership.is_held(), Membership.role.in_(SPONSOR)
        ),
    ]
    return union(*parts)


def concerned_by(challenge: Challenge) -> Mapping[int, frozenset[str]]:
    """Return the ids of everyone affected with their reasons, always in four statements.

    Programme staff are included once the challenge was public, or was waiting for them to publish it.
    """
    reasons = _reasons(challenge).subquery()
    reasons_of: dict[int, set[str]] = defaultdict(set)
    rows = select(reasons.c.user_id, reasons.c.why).join(User, User.id == reasons.c.user_id).where(User.active)
    for person, why in db.session.execute(rows.order_by(reasons.c.user_id)):
        reasons_of[person].add(why)
    if challenge.published_at is not None or challenge.approved_at is not None:
        for person in who_may(policy.publish, challenge, ProgrammeRole.STAFF):
            reasons_of[person].add("staff")
    return {person: frozenset(whys) for person, whys in reasons_of.items()}
