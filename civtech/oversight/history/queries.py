"""The audit entries about one thing and what belongs to it, newest first, each with name and message."""

from collections.abc import Sequence

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


@built_once
def of_challenge(
    reader: User, challenge: Challenge, events: Sequence[str] | None, before: int | None, most: int
) -> Rows:
    """Select what happened to a challenge, its questions, checks of rights, opening and outcomes."""
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == challenge.reference),
        _about(select(Question.reference).where(Question.challenge_id == challenge.id)),
        _about(select(RightsCheck.reference).where(RightsCheck.challenge_id == challenge.id)),
        _about(select(Opening.reference).where(Opening.challenge_id == challenge.id)),
        _about(_decisions_of(challenge.id), OutcomesReleased),
    )


@built_once
def of_proposal(reader: User, proposal: Proposal, events: Sequence[str] | None, before: int | None, most: int) -> Rows:
    """Select what happened to a proposal: its opening and outcomes, and its team’s agreements, work and money."""
    agreements = select(StageAgreement.id).where(StageAgreement.proposal_id == proposal.id)
    milestones = select(Milestone.id).where(Milestone.agreement_id.in_(agreements))
    challenge_id = proposal.challenge_id
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == proposal.reference),
        _about(select(Challenge.reference).where(Challenge.id == challenge_id), ChallengeCancelled),
        _about(select(Opening.reference).where(Opening.challenge_id == challenge_id)),
        _about(_decisions_of(challenge_id), OutcomesReleased),
        _about(select(StageAgreement.reference).where(StageAgreement.proposal_id == proposal.id)),
        _about(select(RightsStatement.reference).where(RightsStatement.proposal_id == proposal.id)),
        _about(select(Milestone.reference).where(Milestone.agreement_id.in_(agreements))),
        _about(select(Release.reference).where(Release.milestone_id.in_(milestones))),
    )


@built_once
def of_agreement(
    reader: User, agreement: StageAgreement, events: Sequence[str] | None, before: int | None, most: int
) -> Rows:
    """Select what happened to an agreement, its rights statement, its milestones and their money."""
    milestones = select(Milestone.id).where(Milestone.agreement_id == agreement.id)
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == agreement.reference),
        _about(select(RightsStatement.reference).where(RightsStatement.id == agreement.statement_id)),
        _about(select(Milestone.reference).where(Milestone.agreement_id == agreement.id)),
        _about(select(Release.reference).where(Release.milestone_id.in_(milestones))),
    )


@built_once
def of_release(reader: User, release: Release, events: Sequence[str] | None, before: int | None, most: int) -> Rows:
    """Select what happened to a release, and to the milestone that it pays for."""
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == release.reference),
        _about(select(Milestone.reference).where(Milestone.id == release.milestone_id)),
    )


@built_once
def of_statement(
    reader: User, statement: RightsStatement, events: Sequence[str] | None, before: int | None, most: int
) -> Rows:
    """Select what happened to a rights statement."""
    return _entries(reader, events, before, most, _numbers(AuditEntry.subject == statement.reference))


@built_once
def of_panel(reader: User, panel: Panel, events: Sequence[str] | None, before: int | None, most: int) -> Rows:
    """Select what happened on a panel: its judges, their assignments and, once `reader` has scored, its decisions."""
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == panel.reference),
        _about(select(Assignment.reference).where(Assignment.panel_id == panel.id)),
        _about(
            select(Decision.reference).join(Decision.panel).where(Panel.id == panel.id, ~still_scores(reader, Panel.id))
        ),
    )


@built_once
def of_organisation(
    reader: User, organisation: Organisation, events: Sequence[str] | None, before: int | None, most: int
) -> Rows:
    """Select what happened to an organisation, and to who acts for it."""
    return _entries(
        reader,
        events,
        before,
        most,
        _numbers(AuditEntry.subject == organisation.reference),
        _about(select(Invitation.reference).where(Invitation.organisation_id == organisation.id)),
        _about(select(JoinRequest.reference).where(JoinRequest.organisation_id == organisation.id)),
    )


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
