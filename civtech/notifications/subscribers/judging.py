"""Emails to judges, to the staff who run panels and decide, and to teams and sponsor when a decision is released."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_, Text
from civtech.judging import policy
from civtech.judging.events import (
    ConflictDeclared,
    DecisionApproved,
    DecisionProposed,
    DecisionReturned,
    JudgeSeated,
    OutcomesReleased,
    PanelRescheduled,
    ProposalAssigned,
)
from civtech.judging.models import Decision, Panel
from civtech.notifications import queries
from civtech.notifications.naming import (
    IN_FULL,
    Facts,
    Line,
    Link,
    of_decision,
    of_panel,
    of_proposal,
    typed,
    unpaid,
    until,
)
from civtech.notifications.queries import SPONSOR
from civtech.notifications.recipients import members, still_here, who_may
from civtech.notifications.telling import tells, tells_each
from civtech.notifications.unasked import Missing
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole
from civtech.proposals.models import Proposal
from civtech.stages.models import StageAgreement

OfDecision: TypeAlias = Event[Decision, AnyFacts]

QUEUE: Link = ("judging.queue", {})


def the_seated_judge(event: JudgeSeated) -> Iterable[int]:
    """The judge who was added."""
    return [seat.judge.id for seat in event.subject.seats if seat.judge.reference == event.facts["judge"]]


def judges_with_work(event: PanelRescheduled) -> Iterable[int]:
    """Judges on the panel."""
    return still_here(*(seat.judge_id for seat in event.subject.seats))


def the_judge(event: ProposalAssigned) -> Iterable[int]:
    """The judge, once for all proposals assigned at the same moment."""
    return [event.subject.judge.id]


def panel_runners(event: ConflictDeclared) -> Iterator[int]:
    """Programme staff and panel secretaries who run the panel."""
    return who_may(policy.run_panel, event.subject.panel, ProgrammeRole.STAFF, ProgrammeRole.SECRETARY)


def settlers(event: OfDecision) -> Iterator[int]:
    """Programme staff who may approve the decision."""
    return who_may(policy.settle_decision, event.subject, ProgrammeRole.STAFF)


def the_proposer(event: OfDecision) -> Iterable[int]:
    """The member of staff who proposed the decision."""
    return still_here(event.subject.proposed_by_id)


def each_team(event: OutcomesReleased) -> Iterator[tuple[tuple[Proposal, StageAgreement | None], list[int]]]:
    """Owners and editors of every team, at the same moment. The outcome itself is only on their page."""
    proposals = {outcome.proposal_id: outcome.proposal for outcome in event.subject.outcomes}
    agreements = {agreement.proposal_id: agreement for agreement in _ended(event)}
    people: dict[int, list[int]] = defaultdict(list)
    for proposal_id, person in db.session.execute(queries.teams(list(proposals))):
        people[proposal_id].append(person)
    for proposal_id, proposal in proposals.items():
        yield (proposal, agreements.get(proposal_id)), people[proposal_id]


def sponsors_people(event: OutcomesReleased) -> Iterator[int]:
    """Owners, authors, approvers and acceptors of the sponsor."""
    return members(event.subject.panel.challenge.sponsor_id, *SPONSOR, MemberRole.ACCEPTOR)


def _ended(event: OutcomesReleased) -> Iterator[StageAgreement]:
    """The agreements that were offered for the stage and have ended with it."""
    proposals = [outcome.proposal_id for outcome in event.subject.outcomes]
    yield from db.session.scalars(queries.ended_agreements(event.subject.panel.stage_id, proposals)).unique()


def judges_of_the_panel(event: OutcomesReleased) -> Iterable[int]:
    """Judges on the panel."""
    return db.session.scalars(queries.judges(event.subject.panel_id)).all()


def panel_of(event: ProposalAssigned) -> str:
    return event.subject.panel.reference


def no_settler(event: OfDecision) -> Missing:
    return Missing.in_the_programme(event.subject.reference)


def no_runner(event: ConflictDeclared) -> Missing:
    return Missing.in_the_programme(event.subject.panel.reference)


def _due(panel: Panel) -> Line:
    return until(panel.due_at)


@tells(JudgeSeated, to=the_seated_judge, words="judge_seated")
def seated(event: JudgeSeated) -> Facts:
    return of_panel(event.subject, _due(event.subject), link=QUEUE)


@tells(PanelRescheduled, to=judges_with_work, words="panel_rescheduled")
def rescheduled(event: PanelRescheduled) -> Facts:
    return of_panel(event.subject, _due(event.subject), link=QUEUE)


@tells(ProposalAssigned, to=the_judge, words="assignment_made", once=panel_of)
def assigned(event: ProposalAssigned) -> Facts:
    panel = event.subject.panel
    return of_panel(panel, _due(panel), link=QUEUE) | {"due_at": panel.due_at}


@tells(ConflictDeclared, to=panel_runners, words="judge_recused", without=no_runner)
def recused(event: ConflictDeclared) -> Facts:
    assignment = event.subject
    panel = assignment.panel
    page: Link = ("judging.panel", {"slug": panel.challenge.slug, "stage_key": panel.stage.key})
    return of_panel(panel, (N_("Proposal"), assignment.proposal.reference), link=page)


@tells(DecisionProposed, to=settlers, words="decision_to_approve", without=no_settler)
def to_approve(event: DecisionProposed) -> Facts:
    return of_decision(event.subject)


@tells(DecisionReturned, to=the_proposer, words="decision_returned")
def returned(event: DecisionReturned) -> Facts:
    return of_decision(event.subject) | typed(event.subject.message)


@tells(DecisionApproved, to=the_proposer, words="decision_approved")
def approved(event: DecisionApproved) -> Facts:
    return of_decision(event.subject)


@tells_each(OutcomesReleased, to=each_team, words="outcome_released")
def released(event: OutcomesReleased, told: tuple[Proposal, StageAgreement | None]) -> Facts:
    proposal, agreement = told
    stage = event.subject.panel.stage
    lines: list[Line] = [(N_("Stage"), stage.name)]
    if agreement:
        lines += [(N_("Agreement that has ended"), agreement.reference), *unpaid(agreement)]
    return of_proposal(proposal, *lines) | {"stage": stage.name}


@tells(OutcomesReleased, to=sponsors_people, words="decision_released")
def released_to_the_sponsor(event: OutcomesReleased) -> Facts:
    panel = event.subject.panel
    lines: list[Line] = []
    for agreement in _ended(event):
        name = Text(IN_FULL, {"name": agreement.company.name, "reference": agreement.reference})
        lines += [(N_("Agreement that has ended"), name), *unpaid(agreement)]
    return of_panel(panel, *lines, link=("challenges.show", {"slug": panel.challenge.slug})) | {
        "reference": event.subject.reference,
        "side": "sponsor",
        "organisation": panel.challenge.sponsor.name,
    }


@tells(OutcomesReleased, to=judges_of_the_panel, words="decision_released")
def released_to_the_judges(event: OutcomesReleased) -> Facts:
    panel = event.subject.panel
    return of_panel(panel, link=("challenges.show", {"slug": panel.challenge.slug})) | {
        "reference": event.subject.reference,
        "side": "judge",
        "organisation": panel.challenge.sponsor.name,
    }
