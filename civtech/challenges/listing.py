"""The public list: open first by closing time, then opening soon, then closed. A cursor says where a page starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from civtech.challenges.models import Challenge, ChallengePhase
from civtech.challenges.queries import answered_questions, in_a_row, is_in
from civtech.core.db import Rows, UtcDateTime
from civtech.core.statements import built_once
from civtech.programmes.models import Round

ORDER = (ChallengePhase.OPEN, ChallengePhase.SCHEDULED, ChallengePhase.CLOSED, ChallengePhase.CANCELLED)
SOONEST_FIRST = (ChallengePhase.OPEN, ChallengePhase.SCHEDULED)
MOMENTS = dict.fromkeys(ORDER, Challenge.closes_at) | {ChallengePhase.SCHEDULED: Challenge.opens_at}
"""What each phase is ordered by."""
CURSOR = re.compile(r"([a-z]{1,20})-(\d{1,17})-(\d{1,18})", re.ASCII)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """A place in the list: that of the challenge with this id, which is in `phase` and opens or closes at `moment`."""

    phase: ChallengePhase
    moment: datetime
    challenge_id: int


@built_once
def listed(
    phase: ChallengePhase | None, round_reference: str, at: datetime, after: Place | None, number: int
) -> Select[Challenge, int]:
    """The first challenges of the public list after a place, with their numbers of answered questions.

    If a phase or a round is given, only those of that phase or round.
    """
    of_round = select(Round.id).where(Round.reference == round_reference).scalar_subquery()
    only = Challenge.round_id == of_round if round_reference else true()
    phases = (phase,) if phase else ORDER
    return _in_order({each: and_(only, _beyond(each, after)) for each in phases}, at, number)


@built_once
def first_listed(at: datetime, number: int) -> Select[Challenge, int]:
    """The first challenges of the list that are open or opening soon, with their numbers of answered questions."""
    return _in_order({phase: true() for phase in SOONEST_FIRST}, at, number)


def _in_order(
    wanted: Mapping[ChallengePhase, ColumnElement[bool]], at: datetime, number: int
) -> Select[Challenge, int]:
    """The first challenges of these phases that meet the condition given for each, in the order of the list.

    Each phase is read along its own index, and only as far as a page needs.
    """
    first = union_all(*(_of_phase(phase, where, at, number) for phase, where in wanted.items())).subquery()
    return (
        in_a_row(select(Challenge, answered_questions()))
        .join(first, first.c.id == Challenge.id)
        .order_by(first.c.rank, first.c.soonest, first.c.latest.desc(), Challenge.id)
        .limit(number)
    )


def _of_phase(phase: ChallengePhase, where: ColumnElement[bool], at: datetime, number: int) -> Rows:
    moment, never = MOMENTS[phase], cast(null(), UtcDateTime)
    soonest, latest = (moment, never) if phase in SOONEST_FIRST else (never, moment)
    of_phase = (
        select(
            Challenge.id,
            literal(ORDER.index(phase), Integer).label("rank"),
            soonest.label("soonest"),
            latest.label("latest"),
        )
        .where(is_in(phase, at), where)
        .order_by(moment if phase in SOONEST_FIRST else moment.desc(), Challenge.id)
        .limit(number)
        .subquery()
    )
    return select(*of_phase.c)


def _beyond(phase: ChallengePhase, after: Place | None) -> ColumnElement[bool]:
    """Whether a challenge in `phase` comes after a place."""
    if not after or ORDER.index(phase) > ORDER.index(after.phase):
        return true()
    if phase is not after.phase:
        return false()
    moment = MOMENTS[phase]
    return or_(
        moment > after.moment if phase in SOONEST_FIRST else moment < after.moment,
        and_(moment == after.moment, Challenge.id > after.challenge_id),
    )


@built_once
def open_now(at: datetime) -> Select[int, datetime | None]:
    """How many challenges are open, and when the next one closes."""
    return select(func.count(), func.min(Challenge.closes_at)).where(is_in(ChallengePhase.OPEN, at))


def cursor_of(challenge: Challenge, at: datetime) -> str:
    """The cursor of `challenge`: where the next page starts, for its address."""
    phase = challenge.phase(at) or ChallengePhase.CANCELLED
    moment: datetime | None = getattr(challenge, MOMENTS[phase].key)
    return f"{phase.value}-{((moment or BEGINNING) - BEGINNING) // MICROSECOND}-{challenge.id}"


def place_of(cursor: str) -> Place | None:
    """The place that a cursor names, or None if it is not valid."""
    match = CURSOR.fullmatch(cursor)
    phase = next((phase for phase in ORDER if match and phase.value == match[1]), None)
    if not match or not phase:
        return None
    try:
        return Place(phase, BEGINNING + int(match[2]) * MICROSECOND, int(match[3]))
    except OverflowError:
        return None
