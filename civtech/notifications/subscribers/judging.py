"""Emails to judges, to the approvers of a decision, and to all its teams when it is released."""

from collections import defaultdict

from civtech.core.db import db
from civtech.core.events import subscribe
from civtech.judging import policy
from civtech.judging.events import DecisionProposed, OutcomesReleased, ProposalAssigned
from civtech.notifications import queries
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import who_may
from civtech.notifications.subscribers.proposals import of_proposal
from civtech.people.models import ProgrammeRole


@subscribe(OutcomesReleased)
def say_there_is_an_outcome(event: OutcomesReleased) -> None:
    """Email every team of the decision at the same moment. The outcome itself is only on their page."""
    decision = event.subject
    proposals = {outcome.proposal_id: outcome.proposal for outcome in decision.outcomes}
    people: dict[int, list[int]] = defaultdict(list)
    for proposal_id, person_id in db.session.execute(queries.teams(list(proposals))):
        people[proposal_id].append(person_id)
    for proposal_id, proposal in proposals.items():
        facts = of_proposal(proposal) | {"stage": decision.panel.stage.name}
        queue("outcome_released", people[proposal_id], facts, at=event.at)


@subscribe(ProposalAssigned)
def ask_to_judge(event: ProposalAssigned) -> None:
    """Email the judge once, however many proposals are assigned. It names no applicant before the declaration."""
    assignment = event.subject
    panel = assignment.panel
    facts: dict[str, object] = {
        "reference": panel.reference,
        "question": panel.challenge.question,
        "stage": panel.stage.name,
        "due_at": panel.due_at,
        "link": ("judging.queue", {}),
    }
    queue("assignment_made", [assignment.judge.id], facts, at=event.at, once=panel.reference)


@subscribe(DecisionProposed)
def ask_for_the_second_person(event: DecisionProposed) -> None:
    """Email the staff who may approve it. What it says is only on its page."""
    decision = event.subject
    facts: dict[str, object] = {
        "reference": decision.reference,
        "question": decision.panel.challenge.question,
        "stage": decision.panel.stage.name,
        "link": ("judging.decision", {"reference": decision.reference}),
    }
    people = who_may(policy.settle_decision, decision, ProgrammeRole.STAFF)
    queue("decision_to_approve", people, facts, at=event.at)
