"""Who may see which rounds, and which pathways one may choose from."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import defer, joinedload

from civtech.core.db import db
from civtech.people.models import ProgrammeRole, Reach, ScopeKind, User
from civtech.programmes.models import Pathway, Round, RoundState, Stage

LONG_AGO = timedelta(days=2 * 365)
"""A round that opened before that is not offered for new challenges, although nobody has closed it."""


def hold(round: Round) -> None:  # noqa: A002
    """Read the round's state again and keep it until the commit: no challenge comes into it meanwhile."""
    db.session.refresh(round, ["state", "opened_at", "finished_at", "version"], with_for_update=True)


def within(reach: Reach) -> ColumnElement[bool]:
    """That a round lies where somebody holds a role: the whole programme's, or its own."""
    return true() if reach.everywhere else Round.reference.in_(reach.of(ScopeKind.ROUND))


def reaches_rounds(reach: Reach) -> bool:
    """Whether there may be a round within it: somebody with a role for one challenge only finds none."""
    return reach.everywhere or bool(reach.of(ScopeKind.ROUND))


def visible_to(actor: User) -> Select[Round]:
    """The rounds `actor` may see as such: staff and auditors theirs. Everybody sees the stages with a challenge."""
    rounds = select(Round).options(joinedload(Round.pathway).options(defer(Pathway.definition)))
    return rounds.where(within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.AUDITOR)))


def stages_visible_to(actor: User) -> Select[Stage]:
    """The stages of the rounds `actor` may see."""
    return select(Stage).join(Stage.round).where(Round.id.in_(visible_to(actor).with_only_columns(Round.id)))


def current_pathways() -> Select[Pathway]:
    """The newest version of each pathway, by name."""
    newest = select(Pathway.key, func.max(Pathway.number).label("number")).group_by(Pathway.key).subquery()
    return (
        select(Pathway)
        .join(newest, and_(newest.c.key == Pathway.key, newest.c.number == Pathway.number))
        .order_by(Pathway.name, Pathway.id)
    )


def taking_challenges(at: datetime) -> Select[Round]:
    """The rounds that take drafts: in preparation or open, and not of long ago; the newest first."""
    return (
        select(Round)
        .where(
            Round.state.in_([RoundState.PREPARED, RoundState.OPEN]),
            func.coalesce(Round.opened_at, Round.created_at) > at - LONG_AGO,
        )
        .options(joinedload(Round.pathway).options(defer(Pathway.definition)))
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
