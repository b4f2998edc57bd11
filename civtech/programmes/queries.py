"""Who may see which rounds, and which pathways one may choose from."""

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import defer, joinedload

from civtech.accounts.models import ProgrammeRole, Reach, ScopeKind, User
from civtech.programmes.models import Pathway, Round, RoundState, Stage


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


def taking_challenges() -> Select[Round]:
    """The rounds a sponsor may draft a challenge for: in preparation or open, the newest first."""
    return (
        select(Round)
        .where(Round.state.in_([RoundState.PREPARED, RoundState.OPEN]))
        .options(joinedload(Round.pathway).options(defer(Pathway.definition)))
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
