"""Panels on which someone may have a conflict of interest that no one has decided on."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from civtech.challenges.models import ABOUT_JUDGES, ABOUT_STAFF, Challenge, ChallengeState, ConsideredHint, Hint
from civtech.challenges.models.hint import hint
from civtech.challenges.queries import is_within
from civtech.core.db import Rows
from civtech.core.statements import built_once
from civtech.judging.models import Decision, DecisionState, Panel, Seat
from civtech.judging.queries.panels import organised_by, sits_on
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Round, RoundState, Stage

BINDING = ("person_id", "challenge_id", "organisation_id", "through_id", "hint")


def _waiting(
    person_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], *hints: Hint
) -> ColumnElement[bool]:
    """Whether there is a hint about the person and the panel's challenge that no one has decided on."""
    rows = hint.alias()
    considered = exists().where(*(getattr(ConsideredHint, key) == rows.c[key] for key in BINDING))
    return exists().where(
        rows.c.person_id == person_id,
        rows.c.challenge_id == Panel.challenge_id,
        rows.c.hint.in_([str(each) for each in hints]),
        ~considered,
    )


@built_once
def doubtful(actor: User) -> Rows:
    """The panels that `actor` runs and does not sit on, with something to decide about a judge, or who decided."""
    seat, decision = aliased(Seat), aliased(Decision)
    judges = exists().where(seat.panel_id == Panel.id, _waiting(seat.judge_id, *ABOUT_JUDGES))
    people = or_(_waiting(decision.proposed_by_id, *ABOUT_STAFF), _waiting(decision.approved_by_id, *ABOUT_STAFF))
    deciders = exists().where(decision.panel_id == Panel.id, decision.state != DecisionState.RETURNED, people)
    runs = is_within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.SECRETARY), Panel.challenge_id)
    decides = is_within(actor.reach(ProgrammeRole.STAFF), Panel.challenge_id)
    return (
        select(Challenge.slug, Challenge.question, Stage.key, Stage.name, Panel.id)
        .select_from(Panel)
        .join(Panel.challenge)
        .join(Panel.stage)
        .join(Round, Round.id == Challenge.round_id)
        .where(
            Challenge.state == ChallengeState.PUBLISHED,
            Round.state != RoundState.FINISHED,
            runs,
            organised_by(actor, Panel.challenge_id),
            ~sits_on(actor, Panel.id),
            or_(judges, and_(decides, deciders)),
        )
        .order_by(Panel.id)
    )
