"""Which rounds a person can see, and which pathways they can choose from."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from civtech.core.db import db
from civtech.core.statements import built_once
from civtech.people.models import ProgrammeRole, Reach, ScopeKind, User
from civtech.programmes.models import Pathway, Round, RoundState, Stage

HEADING = (joinedload(Round.pathway).defer(Pathway.definition),)
"""What lists of rounds also read: the pathway of each round, without its definition."""

STAGES = selectinload(Round.stages).selectinload(Stage.criteria)
"""A round's stages, in order, with their criteria."""

LONG_AGO = timedelta(days=2 * 365)
"""A round that opened longer ago is not offered for new challenges, even if no one has closed it."""


def hold(round: Round) -> None:  # noqa: A002
    """Read the round's state again and lock it until the commit, so that no challenge joins it in the meantime."""
    db.session.refresh(round, ["state", "opened_at", "finished_at", "version"], with_for_update=True)


def within(reach: Reach) -> ColumnElement[bool]:
    """Whether a round is within the reach of someone's roles: those for the whole programme, or for that round."""
    return true() if reach.everywhere else Round.reference.in_(reach.of(ScopeKind.ROUND))


def reaches_rounds(reach: Reach) -> bool:
    """Whether any round can be within this reach. A role for one challenge reaches none."""
    return reach.everywhere or bool(reach.of(ScopeKind.ROUND))


@built_once
def visible_to(actor: User) -> Select[Round]:
    """The rounds `actor` can see: staff and auditors see theirs. Everyone sees the stages of a challenge."""
    rounds = select(Round).options(*HEADING)
    return rounds.where(within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)))


@built_once
def stages_visible_to(actor: User) -> Select[Stage]:
    """The stages of the rounds `actor` can see."""
    return (
        select(Stage)
        .join(Stage.round)
        .where(Round.id.in_(visible_to(actor).with_only_columns(Round.id)))
        .options(contains_eager(Stage.round).options(*HEADING, STAGES), selectinload(Stage.criteria))
    )


@built_once
def current_pathways() -> Select[Pathway]:
    """The newest version of each pathway, by name."""
    newest = select(Pathway.key, func.max(Pathway.number).label("number")).group_by(Pathway.key).subquery()
    return (
        select(Pathway)
        .join(newest, and_(newest.c.key == Pathway.key, newest.c.number == Pathway.number))
        .order_by(Pathway.name, Pathway.id)
    )


@built_once
def taking_challenges(at: datetime) -> Select[Round]:
    """The rounds that take drafts: recent ones in preparation or open, the newest first."""
    return (
        select(Round)
        .where(
            Round.state.in_([RoundState.PREPARED, RoundState.OPEN]),
            func.coalesce(Round.opened_at, Round.created_at) > at - LONG_AGO,
        )
        .options(*HEADING, STAGES)
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
