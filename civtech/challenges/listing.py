"""The public list: open first by closing time, then opening soon, then closed. A cursor says where a page starts."""

import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select

from civtech.challenges.models import Challenge, ChallengePhase
from civtech.challenges.queries import answered_questions, in_a_row, is_in, is_public
from civtech.core.db import Columns
from civtech.core.statements import built_once
from civtech.programmes.models import Round

ORDER = (ChallengePhase.OPEN, ChallengePhase.SCHEDULED, ChallengePhase.CLOSED, ChallengePhase.CANCELLED)
SOONEST_FIRST = {ChallengePhase.OPEN: Challenge.closes_at, ChallengePhase.SCHEDULED: Challenge.opens_at}
CURSOR = re.compile(r"([a-z]{1,20})-(\d{1,17})-(\d{1,18})", re.ASCII)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@built_once
def listed(phase: ChallengePhase | None, round_reference: str, at: datetime) -> Select[Challenge, int]:
    """The public challenges with their numbers of answered questions; in one phase or round if these are given."""
    query = in_a_row(select(Challenge, answered_questions())).where(is_public())
    if phase:
        query = query.where(is_in(phase, at))
    if round_reference:
        query = query.where(Challenge.round.has(Round.reference == round_reference))
    return in_order(query, at)


@built_once
def first_listed(at: datetime, number: int) -> Select[Challenge, int]:
    """The first challenges of the list that are open or opening soon, with their numbers of answered questions."""
    not_over = or_(*(is_in(phase, at) for phase in SOONEST_FIRST))
    return in_order(in_a_row(select(Challenge, answered_questions())).where(not_over), at).limit(number)


@built_once
def open_now(at: datetime) -> Select[int, datetime | None]:
    """How many challenges are open, and when the next one closes."""
    return select(func.count(), func.min(Challenge.closes_at)).where(is_in(ChallengePhase.OPEN, at))


def in_order(challenges: Select[*Columns], at: datetime) -> Select[*Columns]:
    """`challenges` in the order of the list at `at`."""
    soonest = case(
        *((is_in(phase, at), moment) for phase, moment in SOONEST_FIRST.items()),
        else_=null(),
    )
    latest = case((or_(*(is_in(phase, at) for phase in SOONEST_FIRST)), null()), else_=Challenge.closes_at)
    rank = case(*((is_in(phase, at), number) for number, phase in enumerate(ORDER)), else_=len(ORDER))
    return challenges.order_by(rank, soonest, latest.desc(), Challenge.id)


def cursor_of(challenge: Challenge, at: datetime) -> str:
    """The cursor of `challenge`: where the next page starts, for its address."""
    phase = challenge.phase(at) or ChallengePhase.CANCELLED
    moment = challenge.opens_at if phase is ChallengePhase.SCHEDULED else challenge.closes_at
    return f"{phase.value}-{((moment or BEGINNING) - BEGINNING) // MICROSECOND}-{challenge.id}"


def after(cursor: str, at: datetime) -> ColumnElement[bool] | None:
    """Whether a challenge comes after `cursor` in the list, or None if it is not valid."""
    match = CURSOR.fullmatch(cursor)
    phases = {phase.value: phase for phase in ORDER}
    if not match or match[1] not in phases:
        return None
    phase, identity = phases[match[1]], int(match[3])
    try:
        moment = BEGINNING + int(match[2]) * MICROSECOND
    except OverflowError:
        return None
    column = SOONEST_FIRST.get(phase, Challenge.closes_at)
    beyond = column > moment if phase in SOONEST_FIRST else column < moment
    later = [is_in(following, at) for following in ORDER[ORDER.index(phase) + 1 :]]
    return or_(*later, and_(is_in(phase, at), or_(beyond, and_(column == moment, Challenge.id > identity))))
