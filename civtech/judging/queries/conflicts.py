"""Panels on which someone may have a conflict of interest that no one has decided on."""

from collections.abc import Iterator, Sequence

from sqlalchemy import CTE, ColumnElement, CompoundSelect, and_, exists, literal, or_, select, union
from sqlalchemy.orm import aliased

from civtech.challenges.models import ABOUT_JUDGES, ABOUT_STAFF, Challenge, ChallengeState, ConsideredHint
from civtech.challenges.models.hint import KEY, hint
from civtech.challenges.queries import is_within
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Decision, DecisionState, Panel, Seat
from civtech.judging.queries.panels import organised_by, sits_on
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Round, RoundState, Stage


def _open_hints(people: Sequence[int], judges: Sequence[int], challenges: Sequence[int]) -> CTE:
    """The hints about `people` and `challenges` that no one has decided on, and what counts for `judges` only.

    It names both, because the database would otherwise look up the hints about everyone, and about all that the people
    ever decided.
    """
    rows = hint.alias()
    considered = exists().where(*(getattr(ConsideredHint, key) == rows.c[key] for key in KEY))
    found = select(rows.c.person_id, rows.c.challenge_id, rows.c.hint).distinct()
    counts = or_(rows.c.hint.in_(ABOUT_STAFF), rows.c.person_id.in_(judges))
    about = (rows.c.person_id.in_(people), counts, rows.c.challenge_id.in_(challenges))
    return found.where(*about, ~considered).cte("open_hint")


def _run_by(actor: User) -> Iterator[ColumnElement[bool]]:
    """The panels that `actor` runs and does not sit on, in rounds that are not closed."""
    yield Challenge.state == ChallengeState.PUBLISHED
    yield Round.state != RoundState.FINISHED
    yield is_within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.SECRETARY), Panel.challenge_id)
    yield organised_by(actor, Panel.challenge_id)
    yield ~sits_on(actor, Panel.id)


@built_once
def taking_part(actor: User) -> CompoundSelect[int, int, bool]:
    """Everyone who judges or decided on the panels that `actor` runs, the challenge, and whether they judge."""
    on = [
        (Seat.judge_id, Seat.panel_id),
        (Decision.proposed_by_id, Decision.panel_id),
        (Decision.approved_by_id, Decision.panel_id),
    ]
    return union(
        *(
            select(person_id, Panel.challenge_id, literal(person_id is Seat.judge_id))
            .join(Panel, Panel.id == panel_id)
            .join(Panel.challenge)
            .join(Round, Round.id == Challenge.round_id)
            .where(person_id.is_not(None), *_run_by(actor))
            for person_id, panel_id in on
        )
    )


@built_once
def doubtful(actor: User, people: Sequence[int], judges: Sequence[int], challenges: Sequence[int]) -> Rows:
    """The panels that `actor` runs, with something to decide about one of `people` who judges, or who decided.

    The people, the judges among them and the challenges are those that `taking_part` finds.
    """
    about = _open_hints(people, judges, challenges)
    here, deciders = aliased(Panel), (Decision.proposed_by_id, Decision.approved_by_id)
    seated = (
        select(here.id)
        .join(Seat, Seat.panel_id == here.id)
        .join(about, and_(about.c.person_id == Seat.judge_id, about.c.challenge_id == here.challenge_id))
        .where(about.c.hint.in_(ABOUT_JUDGES))
    )
    decided = (
        select(here.id)
        .join(Decision, Decision.panel_id == here.id)
        .join(about, and_(about.c.person_id.in_(deciders), about.c.challenge_id == here.challenge_id))
        .where(about.c.hint.in_(ABOUT_STAFF), Decision.state != DecisionState.RETURNED)
    )
    decides = is_within(actor.reach(ProgrammeRole.STAFF), Panel.challenge_id)
    return (
        select(Challenge.slug, Challenge.question, Stage.key, Stage.name, Panel.id)
        .select_from(Panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .join(Round, Round.id == Challenge.round_id)
        .where(*_run_by(actor), or_(Panel.id.in_(seated), and_(decides, Panel.id.in_(decided))))
        .order_by(Panel.id)
    )
