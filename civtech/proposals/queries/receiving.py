"""What a challenge has received: that proposals exist, their opening, and the opened proposals."""

from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Bundle, aliased, joinedload

from civtech.challenges import queries as challenges
from civtech.challenges.models import Challenge, ChallengeState, Tie, tied
from civtech.challenges.queries import within
from civtech.core.db import NamedRow
from civtech.core.statements import built_once
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole, User
from civtech.programmes.models import Round, RoundState
from civtech.proposals.models import Opening, OpeningState, Proposal, ProposalState
from civtech.proposals.queries.reading import is_opened, readable_by

WHO_OPENED = (joinedload(Opening.requested_by), joinedload(Opening.confirmed_by))


@built_once
def published(slug: str) -> Select[Challenge]:
    """The published challenge at this address, which everyone can see."""
    return (
        select(Challenge)
        .where(Challenge.slug == slug, Challenge.published_at.is_not(None))
        .options(*challenges.HEADING, joinedload(Challenge.round).joinedload(Round.pathway))
    )


@built_once
def sealed(challenge: Challenge) -> Select[NamedRow]:
    """The submitted proposals while sealed: reference and instant, nothing else."""
    return select(Bundle("sealed", Proposal.id, Proposal.reference, Proposal.submitted_at)).where(
        Proposal.challenge_id == challenge.id, Proposal.state == ProposalState.SUBMITTED
    )


@built_once
def unsealed(challenge: Challenge, actor: User) -> Select[NamedRow]:
    """The opened proposals of `challenge` that `actor` can read, as rows of a list."""
    name = Organisation.name.label("organisation")
    return (
        select(Bundle("row", Proposal.id, Proposal.reference, Proposal.submitted_at, Proposal.title, name))
        .join(Proposal.organisation)
        .where(Proposal.challenge_id == challenge.id, is_opened(), readable_by(actor))
    )


@built_once
def submitted_count(challenge: Challenge) -> Select[int]:
    """The number of proposals that were submitted and not withdrawn."""
    return select(func.count(Proposal.id)).where(
        Proposal.challenge_id == challenge.id, Proposal.state == ProposalState.SUBMITTED
    )


@built_once
def begun_so_far(challenge: Challenge) -> Select[int, int]:
    """The number of proposals that are submitted, and of those that are not: drafts and withdrawn ones."""
    submitted = Proposal.state == ProposalState.SUBMITTED
    return select(func.count().filter(submitted), func.count().filter(~submitted)).where(
        Proposal.challenge_id == challenge.id
    )


@built_once
def opening_of(challenge: Challenge) -> Select[Opening]:
    """The opening of the challenge's proposals, requested or done."""
    return select(Opening).where(Opening.challenge_id == challenge.id).options(*WHO_OPENED)


@built_once
def received_so_far(challenge: Challenge) -> Select[int, Opening | None]:
    """One row: the number of submitted proposals, and the opening if there is one."""
    return (
        select(submitted_count(challenge).scalar_subquery(), Opening)
        .select_from(Challenge)
        .outerjoin(Opening, Opening.challenge_id == Challenge.id)
        .where(Challenge.id == challenge.id)
        .options(*WHO_OPENED)
    )


@built_once
def waiting_for_opening(actor: User, at: datetime) -> Select[Challenge, int | None]:
    """Closed challenges with proposals that `actor` could open, and the id of an opening someone else requested."""
    closed = aliased(Challenge)
    sealed_ones = select(closed.id).where(
        closed.round_id.in_(select(Round.id).where(Round.state == RoundState.OPEN)),
        closed.state == ChallengeState.PUBLISHED,
        closed.closes_at <= at,
        exists().where(Proposal.challenge_id == closed.id, Proposal.state == ProposalState.SUBMITTED),
        ~exists().where(Opening.challenge_id == closed.id, Opening.state == OpeningState.OPENED),
    )
    return (
        select(Challenge, Opening.id)
        .outerjoin(Opening, Opening.challenge_id == Challenge.id)
        .where(
            Challenge.id.in_(sealed_ones),
            within(actor.reach(ProgrammeRole.STAFF)),
            ~tied(actor.id, Challenge.id, Tie.TEAM),
            or_(
                Opening.id.is_(None),
                and_(Opening.state == OpeningState.REQUESTED, Opening.requested_by_id != actor.id),
            ),
        )
        .order_by(Challenge.closes_at, Challenge.id)
        .options(*challenges.HEADING)
    )
