"""Which challenges and questions a person can see."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, defer, joinedload, selectinload

from civtech.challenges.models import (
    PARTS,
    Challenge,
    ChallengePhase,
    ChallengeState,
    Question,
    QuestionState,
    RightsCheck,
    RightsCheckKind,
    RightsCheckState,
    StageBudget,
    Tie,
    tied,
)
from civtech.core.db import Columns, db
from civtech.core.statements import built_once
from civtech.core.windows import turns
from civtech.people.models import ProgrammeRole, Reach, ScopeKind, User
from civtech.programmes import queries as programmes
from civtech.programmes.models import Round, RoundState, Stage, is_unfinished

HEADING = (joinedload(Challenge.round), joinedload(Challenge.sponsor))
"""What rules and headings read of a challenge: its round and its public body."""

WITH_EXCEPTION = joinedload(Challenge.rights_check)
"""What staff recorded about its rights, so that a page can show an exception to the rights rule."""

HELD = (
    "state",
    "round_id",
    "opens_at",
    "questions_close_at",
    "closes_at",
    "message",
    "cancelled_at",
    "cancelled_by_id",
    "cancelled_for",
    "version",
)


def hold(challenge: Challenge, *, alone: bool = False) -> None:
    """Read the challenge's state and dates again and lock them until the commit, so that no one cancels it meanwhile.

    People who submit, ask or answer can share this lock. An opening or a cancellation takes it `alone`. SQLite locks
    the whole database already.
    """
    db.session.refresh(challenge, HELD, with_for_update={"read": not alone})


def is_public() -> ColumnElement[bool]:
    """Whether it was ever published: open or not, or cancelled since."""
    return Challenge.published_at.is_not(None)


def within(reach: Reach) -> ColumnElement[bool]:
    """Whether a challenge is within the reach of someone's roles: for the whole programme, its round, or itself."""
    if reach.everywhere:
        return true()
    in_reach: list[ColumnElement[bool]] = []
    if rounds := reach.of(ScopeKind.ROUND):
        in_reach.append(Challenge.round_id.in_(select(Round.id).where(Round.reference.in_(rounds))))
    if challenges := reach.of(ScopeKind.CHALLENGE):
        in_reach.append(Challenge.reference.in_(challenges))
    return or_(false(), *in_reach)


def is_within(reach: Reach, challenge_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The same for the challenge whose id is in a column."""
    if reach.everywhere or not reach:
        return true() if reach else false()
    return challenge_id.in_(select(Challenge.id).where(within(reach)))


def _overseen(actor: User) -> ColumnElement[bool]:
    return within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.AUDITOR))


@built_once
def visible_to(actor: User) -> Select[Challenge]:
    """The challenges `actor` can see: public ones, and in any state those of their organisation or programme role."""
    of_own_bodies = Challenge.sponsor_id.in_(actor.organisation_ids())
    return select(Challenge).where(or_(_overseen(actor), is_public(), of_own_bodies))


@built_once
def to_open(actor: User, slug: str) -> Select[Challenge]:
    """The challenge at this address, if `actor` can see it, with all that its page shows."""
    return to_read(visible_to(actor)).where(Challenge.slug == slug)


@built_once
def managed_by(actor: User) -> Select[Challenge]:
    """The challenges `actor` works on: those of their public body, and those they oversee as staff or auditor."""
    return select(Challenge).where(or_(_overseen(actor), Challenge.sponsor_id.in_(actor.organisation_ids())))


def to_read(challenges: Select[Challenge]) -> Select[Challenge]:
    """`challenges` with all that a challenge's page shows, in a constant number of statements."""
    return challenges.options(
        joinedload(Challenge.round).options(*programmes.HEADING, joinedload(Round.stages).selectinload(Stage.criteria)),
        joinedload(Challenge.sponsor),
        WITH_EXCEPTION,
        selectinload(Challenge.budgets).joinedload(StageBudget.stage),
    )


def in_a_row(challenges: Select[*Columns]) -> Select[*Columns]:
    """`challenges` with no more than a list shows."""
    return challenges.options(
        joinedload(Challenge.round).options(*programmes.HEADING, selectinload(Round.stages)),
        joinedload(Challenge.sponsor),
        WITH_EXCEPTION,
        *(defer(getattr(Challenge, part.key)) for part in PARTS if not part.in_heading),
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


turns(Challenge.opens_at, Challenge.questions_close_at, Challenge.closes_at)


@built_once
def questions_visible_to(actor: User) -> Select[Question]:
    """The questions `actor` can see: answered ones that are public, their own, and all about challenges they run."""
    shown = [_overseen(actor), and_(Question.state == QuestionState.ANSWERED, is_public())]
    if actor.is_authenticated:
        shown += [Question.asker_id == actor.id, Challenge.sponsor_id.in_(actor.organisation_ids())]
    return (
        select(Question)
        .join(Question.challenge)
        .where(or_(*shown))
        .options(contains_eager(Question.challenge).options(*HEADING))
    )


@built_once
def questions_of(actor: User, challenge: Challenge) -> Select[Question]:
    """The questions about one challenge that `actor` can see, the latest answer first."""
    visible = questions_visible_to(actor).where(Question.challenge_id == challenge.id)
    return visible.order_by(Question.answered_at.desc(), Question.asked_at, Question.id)


def answered_questions() -> ColumnElement[int]:
    """The number of answered questions about a challenge, as a column of its query."""
    return (
        select(func.count(Question.id))
        .where(Question.challenge_id == Challenge.id, Question.state == QuestionState.ANSWERED)
        .correlate(Challenge)
        .scalar_subquery()
    )


def waiting_questions() -> ColumnElement[int]:
    """The number of questions about a challenge that are waiting for an answer, as a column of its query."""
    return (
        select(func.count(Question.id))
        .where(Question.challenge_id == Challenge.id, Question.state == QuestionState.ASKED)
        .correlate(Challenge)
        .scalar_subquery()
    )


@built_once
def waiting_questions_of(challenge: Challenge) -> Select[int]:
    """The number of questions about `challenge` that are waiting for an answer."""
    return select(func.count(Question.id)).where(
        Question.challenge_id == challenge.id, Question.state == QuestionState.ASKED
    )


def is_exception() -> ColumnElement[bool]:
    """Whether a check of rights is an approved exception to the rights rule."""
    return and_(RightsCheck.kind == RightsCheckKind.EXCEPTION, RightsCheck.state == RightsCheckState.APPROVED)


def exception_of(challenge: Challenge) -> Select[str, str]:
    """Select what moves, and to whom, by the approved exception to the rights rule, if the challenge has one."""
    return select(RightsCheck.what, RightsCheck.to_whom).where(
        RightsCheck.challenge_id == challenge.id,
        RightsCheck.text_digest == challenge.text_digest,
        is_exception(),
    )


@built_once
def rights_checks_visible_to(actor: User) -> Select[RightsCheck]:
    """The checks of rights in challenges that `actor` oversees."""
    return (
        select(RightsCheck)
        .join(RightsCheck.challenge)
        .where(_overseen(actor))
        .options(contains_eager(RightsCheck.challenge).options(*HEADING, WITH_EXCEPTION))
    )


_WHO_CHECKED = (
    joinedload(RightsCheck.recorded_by),
    joinedload(RightsCheck.approved_by),
    joinedload(RightsCheck.refused_by),
    joinedload(RightsCheck.withdrawn_by),
)


@built_once
def rights_checks_of(challenge: Challenge) -> Select[RightsCheck]:
    """Every check of the rights in `challenge`, the latest first."""
    checks = select(RightsCheck).where(RightsCheck.challenge_id == challenge.id).options(*_WHO_CHECKED)
    return checks.order_by(RightsCheck.recorded_at.desc(), RightsCheck.id.desc())


def _in_review(actor: User) -> ColumnElement[bool]:
    """Whether `actor`, as staff, may check the rights in a challenge now."""
    in_review = Challenge.state.in_((ChallengeState.PROPOSED, ChallengeState.APPROVED))
    in_reach = within(actor.reach(ProgrammeRole.STAFF))
    return and_(in_review, in_reach, ~tied(actor.id, Challenge.id, Tie.SPONSOR))


@built_once
def rights_to_check(actor: User) -> Select[Challenge]:
    """The challenges with phrases about IP or equity that no one has recorded a check of."""
    return (
        select(Challenge)
        .where(Challenge.phrases_found > 0, _in_review(actor), ~Challenge.rights_check.has())
        .order_by(Challenge.proposed_at, Challenge.id)
    )


@built_once
def rights_checks_to_answer(actor: User) -> Select[RightsCheck]:
    """The checks of rights that another member of staff recorded and `actor` can approve or refuse."""
    return (
        select(RightsCheck)
        .join(RightsCheck.challenge)
        .where(
            or_(RightsCheck.kind == RightsCheckKind.EXCEPTION, Challenge.strong_phrases > 0),
            RightsCheck.state == RightsCheckState.RECORDED,
            RightsCheck.text_digest == Challenge.text_digest,
            RightsCheck.recorded_by_id != actor.id,
            _in_review(actor),
        )
        .order_by(RightsCheck.recorded_at, RightsCheck.id)
    )


@built_once
def rounds_that_ended(at: datetime) -> Select[Round]:
    """Open rounds in which a challenge ran until it closed and nothing is still open, the oldest first."""
    ran = exists().where(
        Challenge.round_id == Round.id, Challenge.state == ChallengeState.PUBLISHED, Challenge.closes_at <= at
    )
    return (
        select(Round)
        .where(Round.state == RoundState.OPEN, ran, ~is_unfinished(Round.id, at))
        .options(*programmes.HEADING)
        .order_by(Round.opened_at, Round.id)
    )


@built_once
def that_sponsor(bodies: Sequence[int]) -> Select[int]:
    """Which of these public bodies have ever had a challenge."""
    return select(Challenge.sponsor_id).where(Challenge.sponsor_id.in_(bodies)).distinct()


@built_once
def rounds_with_public_challenges() -> Select[str, str]:
    """Reference and name of each round with a public challenge, the newest first."""
    return (
        select(Round.reference, Round.name)
        .where(
            Round.state != RoundState.PREPARED,
            select(Challenge.id).where(Challenge.round_id == Round.id, is_public()).exists(),
        )
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
