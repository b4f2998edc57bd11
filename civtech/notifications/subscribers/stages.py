"""Emails to both sides of a stage agreement and to finance, about rights, evidence and money."""

from collections import defaultdict
from collections.abc import Iterator

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event, subscribe
from civtech.funding import policy
from civtech.funding.events import ReleaseApproved, ReleaseFacts, ReleasePaid, ReleaseProposed
from civtech.funding.models import Release
from civtech.notifications import queries
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import members, others, team, who_may
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole
from civtech.rights.models import brings_into_force
from civtech.stages.events import (
    AgreementActivated,
    AgreementDiscarded,
    AgreementOffered,
    AgreementTakenBack,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableSubmitted,
    NumberFacts,
)
from civtech.stages.models import Milestone, StageAgreement
from civtech.stages.models.milestone import ACCEPTS


def _of_agreement(agreement: StageAgreement) -> dict[str, object]:
    return {
        "reference": agreement.reference,
        "question": agreement.challenge.question,
        "stage": agreement.stage.name,
        "link": ("stages.agreement", {"reference": agreement.reference}),
    }


@subscribe(AgreementOffered)
def ask_for_acceptance(event: AgreementOffered) -> None:
    """Email everyone who may bind the company or the public body, with the amount, the dates and the milestones."""
    agreement = event.subject
    binding = brings_into_force(agreement.statement)
    bound = [fact.packed() for fact in binding if not isinstance(fact.value, str)]
    for side, people in _officers(agreement):
        facts = _of_agreement(agreement) | {
            "reference": agreement.statement.reference,
            "organisation": side.name,
            "bound": bound,
            "link": ("rights.statement", {"reference": agreement.statement.reference}),
        }
        queue("rights_statement_waiting", people, facts, at=event.at)


def _officers(agreement: StageAgreement) -> Iterator[tuple[Organisation, list[int]]]:
    """Yield both sides, each with the ids of the people who may bind it."""
    sides = {side.id: side for side in (agreement.company, agreement.public_body)}
    people: dict[int, list[int]] = defaultdict(list)
    for side_id, person_id in db.session.execute(queries.officers(list(sides))):
        people[side_id].append(person_id)
    for side_id, side in sides.items():
        yield side, people[side_id]


@subscribe(AgreementTakenBack, AgreementDiscarded)
def say_there_is_nothing_to_accept(event: Event[StageAgreement, AnyFacts]) -> None:
    """Email the people who were asked to accept it. A draft that was never offered is known to no one, so no email."""
    agreement = event.subject
    if agreement.first_offered_at is None:
        return
    template = "offer_taken_back" if isinstance(event, AgreementTakenBack) else "agreement_discarded"
    for side, people in _officers(agreement):
        facts = _of_agreement(agreement) | {
            "organisation": side.name,
            "link": ("challenges.show", {"slug": agreement.challenge.slug}),
        }
        queue(template, people, facts, at=event.at)


@subscribe(AgreementActivated)
def say_work_may_begin(event: AgreementActivated) -> None:
    """Email the company's team."""
    agreement = event.subject
    facts = _of_agreement(agreement) | {"organisation": agreement.company.name}
    queue("agreement_in_force", team(agreement.proposal), facts, at=event.at)


def _of_milestone(milestone: Milestone) -> dict[str, object]:
    return _of_agreement(milestone.agreement) | {
        "reference": milestone.reference,
        "number": milestone.number,
        "link": ("stages.milestone", {"reference": milestone.reference}),
    }


@subscribe(DeliverableSubmitted)
def ask_to_look_at_evidence(event: DeliverableSubmitted) -> None:
    """Email the sponsor's people who may accept evidence."""
    milestone = event.subject
    sponsor = milestone.agreement.public_body
    facts = _of_milestone(milestone) | {"organisation": sponsor.name, "company": milestone.agreement.company.name}
    queue("deliverable_submitted", members(sponsor.id, *ACCEPTS), facts, at=event.at)


@subscribe(DeliverableAccepted, DeliverableReturned)
def tell_what_the_sponsor_said(event: Event[Milestone, NumberFacts]) -> None:
    """Email the company's team. If the evidence was returned, the reason is on the page."""
    milestone = event.subject
    accepted = isinstance(event, DeliverableAccepted)
    facts = _of_milestone(milestone) | {
        "organisation": milestone.agreement.company.name,
        "sponsor": milestone.agreement.public_body.name,
    }
    template = "deliverable_accepted" if accepted else "deliverable_returned"
    queue(template, team(milestone.agreement.proposal), facts, at=event.at)


@subscribe(ReleaseApproved, ReleasePaid)
def tell_about_money(event: Event[Release, ReleaseFacts]) -> None:
    """Email the company's team that money is released or paid. The amount is on the page."""
    release = event.subject
    facts = _of_milestone(release.milestone) | {"organisation": release.milestone.agreement.company.name}
    template = "release_approved" if isinstance(event, ReleaseApproved) else "release_paid"
    queue(template, team(release.milestone.agreement.proposal), facts, at=event.at)


def _of_release(release: Release) -> dict[str, object]:
    return _of_milestone(release.milestone) | {
        "reference": release.reference,
        "link": ("funding.release", {"reference": release.reference}),
    }


@subscribe(ReleaseProposed)
def ask_for_the_second_person(event: ReleaseProposed) -> None:
    """Email the staff and finance approvers who may decide on it."""
    release = event.subject
    people = who_may(policy.decide, release, ProgrammeRole.STAFF, ProgrammeRole.FINANCE)
    queue("release_to_approve", people, _of_release(release), at=event.at)


@subscribe(ReleaseApproved)
def ask_to_pay(event: ReleaseApproved) -> None:
    """Email the finance approvers who may pay it, but not the person who just approved it."""
    release = event.subject
    people = others(who_may(policy.pay, release, ProgrammeRole.FINANCE), event)
    queue("release_to_pay", people, _of_release(release), at=event.at)
