"""Who can see which proposals. Before the opening only the team; after it, others can read the submission."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Bundle, joinedload, selectinload

from civtech.challenges import queries as challenges
from civtech.challenges.models import Challenge, ChallengeState, Tie, tied
from civtech.challenges.queries import is_within
from civtech.core import statements
from civtech.core.db import NamedRow, db
from civtech.core.statements import built_once
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Round
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState, Section

Reader = Callable[[User], ColumnElement[bool]]

READERS: list[Reader] = []
BARRED: list[Reader] = []
HEADING = (joinedload(Proposal.challenge).options(*challenges.HEADING), joinedload(Proposal.organisation))
"""What rules and headings read of a proposal: its challenge and its team's organisation."""

IN_LIST = (
    joinedload(Proposal.challenge).joinedload(Challenge.round).joinedload(Round.pathway),
    joinedload(Proposal.opening),
    selectinload(Proposal.sections).immediateload(Section.proposal),
    selectinload(Proposal.submissions),
)
"""What a team’s list also needs, to say how far each proposal is: pathway, opening, sections and submissions."""

IN_FULL = (*IN_LIST, joinedload(Proposal.challenge).joinedload(Challenge.round).selectinload(Round.stages))
"""What the pages for writing and reading one proposal also need: all that, and the stages."""


def reader(condition: Reader) -> Reader:
    """Let a later package say who else can read: a function `(actor)` that returns a condition on `Proposal`.

    It can add readers but not change what they read or when. Unopened, draft and withdrawn proposals stay with their
    team, and no one reads a rival's.
    """
    READERS.append(condition)
    statements.forget()
    return condition


def barred(condition: Reader) -> Reader:
    """Let a later package say who cannot read, whatever their roles: a recused judge who acts for the sponsor."""
    BARRED.append(condition)
    statements.forget()
    return condition


@reader
def _programme(actor: User) -> ColumnElement[bool]:
    return is_within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.AUDITOR), Proposal.challenge_id)


@reader
def _sponsor(actor: User) -> ColumnElement[bool]:
    asked = select(Challenge.id).where(Challenge.sponsor_id.in_(actor.organisation_ids()))
    return Proposal.challenge_id.in_(asked)


def is_opened() -> ColumnElement[bool]:
    """Whether the proposal was submitted, not withdrawn, and two people have opened the challenge's proposals."""
    opened = exists().where(Opening.challenge_id == Proposal.challenge_id, Opening.state == OpeningState.OPENED)
    return and_(Proposal.state == ProposalState.SUBMITTED, opened)


def own(actor: User) -> ColumnElement[bool]:
    """Whether it is a proposal by a team that `actor` belongs to."""
    return Proposal.organisation_id.in_(actor.organisation_ids())


def readable_by(actor: User) -> ColumnElement[bool]:
    """Whether `actor` can read a proposal at all. People who were ever in a team cannot read its rivals' proposals."""
    invited = or_(*(condition(actor) for condition in READERS))
    kept_out = or_(false(), *(condition(actor) for condition in BARRED))
    return or_(own(actor), and_(is_opened(), ~tied(actor.id, Proposal.challenge_id, Tie.TEAM), ~kept_out, invited))


@built_once
def visible_to(actor: User) -> Select[Proposal]:
    """The proposals `actor` can read: those of their own teams, and opened ones that their role covers."""
    return select(Proposal).where(readable_by(actor)).options(*HEADING)


@built_once
def to_open(actor: User, reference: str) -> Select[Proposal]:
    """The proposal with this reference, if `actor` can read it, with what its own pages need."""
    return visible_to(actor).where(Proposal.reference == reference).options(*IN_FULL)


def is_readable(actor: User, proposal: Proposal) -> bool:
    """Whether `actor` can read this proposal. For links on later pages that more people can see."""
    return db.session.scalar(select(Proposal.id).where(Proposal.id == proposal.id, readable_by(actor))) is not None


@built_once
def of_teams(actor: User, only: Organisation | None = None) -> Select[Proposal]:
    """The proposals of the teams `actor` belongs to, or of one of them."""
    proposals = select(Proposal).where(own(actor)).options(*HEADING, *IN_LIST)
    return proposals if only is None else proposals.where(Proposal.organisation_id == only.id)


@built_once
def at_home(actor: User, only: Organisation | None, at: datetime, most_open: int, latest: int) -> Select[Proposal]:
    """The proposals that concern `actor` now: the open ones that close first, and the latest submitted by `only`."""
    still_open = (
        select(Proposal.id)
        .join(Proposal.challenge)
        .where(
            own(actor),
            Proposal.state != ProposalState.WITHDRAWN,
            Challenge.state == ChallengeState.PUBLISHED,
            Challenge.opens_at <= at,
            Challenge.closes_at > at,
        )
        .order_by(Challenge.closes_at, Proposal.id)
        .limit(most_open)
    )
    submitted = select(Proposal.id).where(own(actor), Proposal.state == ProposalState.SUBMITTED)
    if only is not None:
        submitted = submitted.where(Proposal.organisation_id == only.id)
    newest = submitted.order_by(Proposal.submitted_at.desc(), Proposal.id.desc()).limit(latest)
    return (
        of_teams(actor)
        .join(Proposal.challenge)
        .where(or_(Proposal.id.in_(still_open), Proposal.id.in_(newest)))
        .order_by(Challenge.closes_at, Proposal.id)
    )


@built_once
def known_to_team(actor: User, challenge: Challenge) -> Select[NamedRow]:
    """The answers to `challenge` by the teams `actor` belongs to, as rows of a short list."""
    row: Bundle[NamedRow] = Bundle("row", Proposal.id, Proposal.reference, Proposal.draft_title, Proposal.state)
    return select(row).where(Proposal.challenge_id == challenge.id, own(actor)).order_by(Proposal.id)


@built_once
def exists_at_all(reference: str) -> Select[bool]:
    """Whether a proposal has this reference. For the log of refused attempts, never for a page."""
    return select(exists().where(Proposal.reference == reference))
