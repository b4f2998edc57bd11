"""Who may see which challenges and questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import defer, joinedload, raiseload, selectinload

from civtech.accounts.models import OrganisationKind, User
from civtech.challenges.models import Challenge, ChallengePhase, ChallengeState, Question, QuestionState, StageBudget
from civtech.programmes.models import Pathway, Round, RoundState, Stage


def is_public() -> ColumnElement[bool]:
    """Published, open or not, or cancelled after it was published."""
    return Challenge.published_at.is_not(None)


def _sees_all(actor: User) -> bool:
    return actor.is_staff or actor.is_auditor


def visible_to(actor: User) -> Select[Challenge]:
    """The challenges `actor` may see: what is public; their own as sponsor in any state; staff and auditors see all."""
    if _sees_all(actor):
        return select(Challenge)
    return select(Challenge).where(or_(is_public(), Challenge.sponsor_id.in_(actor.organisation_ids())))


def managed_by(actor: User) -> Select[Challenge]:
    """The challenges `actor` works on: their own as sponsor; staff and auditors all. The newest first."""
    bodies = [body.id for body in actor.organisations(OrganisationKind.PUBLIC_BODY)]
    mine = true() if _sees_all(actor) else Challenge.sponsor_id.in_(bodies)
    return select(Challenge).where(mine)


def to_read(challenges: Select[Challenge]) -> Select[Challenge]:
    """`challenges` with all that a challenge's page shows, in a constant number of statements."""
    return challenges.options(
        joinedload(Challenge.round).options(
            joinedload(Round.pathway).options(defer(Pathway.definition)),
            joinedload(Round.stages).options(selectinload(Stage.criteria)),
        ),
        selectinload(Challenge.budgets).lazyload(StageBudget.stage),
    )


def in_a_row(challenges: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """`challenges` with no more than a list shows."""
    return challenges.options(
        joinedload(Challenge.round).options(
            joinedload(Round.pathway).options(defer(Pathway.definition)),
            selectinload(Round.stages).raiseload(Stage.criteria),
        ),
        raiseload(Challenge.budgets),
        *(defer(words) for words in (Challenge.need, Challenge.outcomes, Challenge.constraints, Challenge.adoption)),
    )


def is_in(phase: ChallengePhase, at: datetime) -> ColumnElement[bool]:
    """The same as `Challenge.phase(at) is phase`, for the database."""
    published = Challenge.state == ChallengeState.PUBLISHED
    return {
        ChallengePhase.SCHEDULED: and_(published, Challenge.opens_at > at),
        ChallengePhase.OPEN: and_(published, Challenge.opens_at <= at, Challenge.closes_at > at),
        ChallengePhase.CLOSED: and_(published, Challenge.closes_at <= at),
        ChallengePhase.CANCELLED: and_(Challenge.state == ChallengeState.CANCELLED, is_public()),
    }[phase]


def questions_visible_to(actor: User) -> Select[Question]:
    """The questions `actor` may see: answered ones of public challenges, their own, and all on their own challenges."""
    if _sees_all(actor):
        return select(Question)
    shown = [and_(Question.state == QuestionState.ANSWERED, is_public())]
    if actor.is_authenticated:
        bodies = [body.id for body in actor.organisations(OrganisationKind.PUBLIC_BODY)]
        shown += [Question.asker_id == actor.id, Challenge.sponsor_id.in_(bodies)]
    return select(Question).join(Question.challenge).where(or_(*shown))


def answered_questions() -> ColumnElement[int]:
    """How many questions about a challenge were answered, as a column beside it."""
    return (
        select(func.count(Question.id))
        .where(Question.challenge_id == Challenge.id, Question.state == QuestionState.ANSWERED)
        .correlate(Challenge)
        .scalar_subquery()
    )


def waiting_questions() -> ColumnElement[int]:
    """How many questions about a challenge wait for an answer, as a column beside it."""
    return (
        select(func.count(Question.id))
        .where(Question.challenge_id == Challenge.id, Question.state == QuestionState.ASKED)
        .correlate(Challenge)
        .scalar_subquery()
    )


def rounds_with_public_challenges() -> Select[str, str]:
    """Reference and name of each round that has a public challenge, the newest first."""
    return (
        select(Round.reference, Round.name)
        .where(
            Round.state != RoundState.PREPARED,
            select(Challenge.id).where(Challenge.round_id == Round.id, is_public()).exists(),
        )
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
