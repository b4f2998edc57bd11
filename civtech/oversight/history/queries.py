"""The audit entries about one thing and what belongs to it, newest first, each with name and message."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Select, case, null, or_, select, union_all

from civtech.challenges.events import ChallengeCancelled
from civtech.challenges.models import Challenge, Question, RightsCheck
from civtech.core.db import Rows
from civtech.core.events import AnyEvent
from civtech.core.histories import MESSAGES
from civtech.core.statements import built_once
from civtech.funding.models import Release
from civtech.judging.events import OutcomesReleased
from civtech.judging.models import Assignment, Decision, Panel
from civtech.judging.queries.panels import still_scores
from civtech.organisations.models import Invitation, JoinRequest, Organisation
from civtech.oversight.models import AuditEntry
from civtech.oversight.queries import is_unnamed
from civtech.people.models import User
from civtech.proposals.models import Opening, Proposal
from civtech.rights.models import RightsStatement
from civtech.stages.models import Milestone, StageAgreement

Numbers: TypeAlias = Iterator[Select[int]]
Thing = TypeVar("Thing")
Find: TypeAlias = Callable[[User, Thing, Sequence[str] | None, int | None, int], Rows]


def history(numbers: Callable[[User, Thing], Numbers]) -> Find[Thing]:
    """Make the query of a history from a function `(reader, thing)` that yields selects of the numbers of its entries.

    It takes the names of the events to select (None: all), the number that they come before, and how many.
    """

    def find(reader: User, thing: Thing, events: Sequence[str] | None, before: int | None, most: int) -> Rows:
        return _entries(reader, events, before, most, *numbers(reader, thing))

    find.__name__, find.__doc__ = numbers.__name__, numbers.__doc__
    return built_once(find)


@history
def of_challenge(_reader: User, challenge: Challenge) -> Numbers:
    """Select what happened to a challenge, its questions, checks of rights, opening and outcomes."""
    yield _numbers(AuditEntry.subject == challenge.reference)
    yield _about(select(Question.reference).where(Question.challenge_id == challenge.id))
    yield _about(select(RightsCheck.reference).where(RightsCheck.challenge_id == challenge.id))
    yield _about(select(Opening.reference).where(Opening.challenge_id == challenge.id))
    yield _about(_decisions_of(challenge.id), OutcomesReleased)


@history
def of_proposal(_reader: User, proposal: Proposal) -> Numbers:
    """Select what happened to a proposal: its opening and outcomes, and its team’s agreements, work and money."""
    agreements = select(StageAgreement.id).where(StageAgreement.proposal_id == proposal.id)
    milestones = select(Milestone.id).where(Milestone.agreement_id.in_(agreements))
    challenge_id = proposal.challenge_id
    yield _numbers(AuditEntry.subject == proposal.reference)
    yield _about(select(Challenge.reference).where(Challenge.id == challenge_id), ChallengeCancelled)
    yield _about(select(Opening.reference).where(Opening.challenge_id == challenge_id))
    yield _about(_decisions_of(challenge_id), OutcomesReleased)
    yield _about(select(StageAgreement.reference).where(StageAgreement.proposal_id == proposal.id))
    yield _about(select(RightsStatement.reference).where(RightsStatement.proposal_id == proposal.id))
    yield _about(select(Milestone.reference).where(Milestone.agreement_id.in_(agreements)))
    yield _about(select(Release.reference).where(Release.milestone_id.in_(milestones)))


@history
def of_agreement(_reader: User, agreement: StageAgreement) -> Numbers:
    """Select what happened to an agreement, its rights statement, its milestones and their money."""
    milestones = select(Milestone.id).where(Milestone.agreement_id == agreement.id)
    yield _numbers(AuditEntry.subject == agreement.reference)
    yield _about(select(RightsStatement.reference).where(RightsStatement.id == agreement.statement_id))
    yield _about(select(Milestone.reference).where(Milestone.agreement_id == agreement.id))
    yield _about(select(Release.reference).where(Release.milestone_id.in_(milestones)))


@history
def of_release(_reader: User, release: Release) -> Numbers:
    """Select what happened to a release, and to the milestone that it pays for."""
    yield _numbers(AuditEntry.subject == release.reference)
    yield _about(select(Milestone.reference).where(Milestone.id == release.milestone_id))


@history
def of_statement(_reader: User, statement: RightsStatement) -> Numbers:
    """Select what happened to a rights statement."""
    yield _numbers(AuditEntry.subject == statement.reference)


@history
def of_panel(reader: User, panel: Panel) -> Numbers:
    """Select what happened on a panel: its judges, their assignments and, once `reader` has scored, its decisions."""
    yield _numbers(AuditEntry.subject == panel.reference)
    yield _about(select(Assignment.reference).where(Assignment.panel_id == panel.id))
    yield _about(
        select(Decision.reference).join(Decision.panel).where(Panel.id == panel.id, ~still_scores(reader, Panel.id))
    )


@history
def of_organisation(_reader: User, organisation: Organisation) -> Numbers:
    """Select what happened to an organisation, and to who acts for it."""
    yield _numbers(AuditEntry.subject == organisation.reference)
    yield _about(select(Invitation.reference).where(Invitation.organisation_id == organisation.id))
    yield _about(select(JoinRequest.reference).where(JoinRequest.organisation_id == organisation.id))


def _decisions_of(challenge_id: int) -> Select[str]:
    return select(Decision.reference).join(Decision.panel).where(Panel.challenge_id == challenge_id)


def _about(references: Select[str], *only: type[AnyEvent]) -> Select[int]:
    """Select the numbers of the entries about these things, by the index on subjects."""
    numbers = _numbers(AuditEntry.subject.in_(references))
    return numbers.where(AuditEntry.event.in_([event.__name__ for event in only])) if only else numbers


def _numbers(about: ColumnElement[bool]) -> Select[int]:
    return select(AuditEntry.sequence).where(about)


def _entries(reader: User, events: Sequence[str] | None, before: int | None, most: int, *about: Select[int]) -> Rows:
    """Select these entries, or those among them that `reader` may see, with everything a line shows."""
    unnamed = is_unnamed(reader)
    numbers: CompoundSelect[int] = union_all(*about)
    query: Rows = (
        select(
            AuditEntry.sequence,
            AuditEntry.at,
            AuditEntry.event,
            AuditEntry.subject_kind,
            AuditEntry.subject,
            AuditEntry.facts,
            unnamed.label("unnamed"),
            case((~unnamed, AuditEntry.actor)).label("actor"),
            case((~unnamed, User.name)).label("name"),
            _message().label("message"),
        )
        .outerjoin(User, User.reference == AuditEntry.actor)
        .where(AuditEntry.sequence.in_(numbers))
        .order_by(AuditEntry.sequence.desc())
        .limit(most)
    )
    if events is not None:
        query = query.where(or_(AuditEntry.event.in_(events), AuditEntry.actor == reader.reference))
    return query if before is None else query.where(AuditEntry.sequence < before)


def _message() -> ColumnElement[str | None]:
    """What was typed with an event, from the row that keeps it."""
    kinds = [(AuditEntry.event == event, find(AuditEntry.subject, AuditEntry.at)) for event, find in MESSAGES.items()]
    return case(*kinds, else_=null())
