"""Mails to both sides of a stage agreement, about its rights, its evidence and its money."""

from collections import defaultdict
from typing import Any

from civtech.accounts.models import MemberRole
from civtech.core.db import db
from civtech.core.events import Event, subscribe
from civtech.funding.events import ReleaseApproved, ReleasePaid
from civtech.funding.models import Release
from civtech.notifications import queries
from civtech.notifications.outbox import queue
from civtech.notifications.recipients import members, team
from civtech.stages.events import (
    AgreementActivated,
    AgreementOffered,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableSubmitted,
)
from civtech.stages.models import Milestone, StageAgreement

ACCEPTORS = (MemberRole.OWNER, MemberRole.APPROVER, MemberRole.ACCEPTOR)


def _of_agreement(agreement: StageAgreement) -> dict[str, Any]:
    return {
        "reference": agreement.reference,
        "question": agreement.challenge.question,
        "stage": agreement.stage.name,
        "link": ("stages.agreement", {"reference": agreement.reference}),
    }


@subscribe(AgreementOffered)
def ask_for_acceptance(event: Event) -> None:
    """To everybody who may bind the company or the public body."""
    agreement: StageAgreement = event.subject
    sides = {side.id: side for side in (agreement.company, agreement.public_body)}
    people: dict[int, list[int]] = defaultdict(list)
    for side_id, person_id in db.session.execute(queries.officers(list(sides))):
        people[side_id].append(person_id)
    for side_id, side in sides.items():
        facts = _of_agreement(agreement) | {
            "reference": agreement.statement.reference,
            "organisation": side.name,
            "link": ("rights.statement", {"reference": agreement.statement.reference}),
        }
        queue("rights_statement_waiting", people[side_id], facts, at=event.at)


@subscribe(AgreementActivated)
def say_work_may_begin(event: Event) -> None:
    """To the company's team."""
    agreement: StageAgreement = event.subject
    facts = _of_agreement(agreement) | {"organisation": agreement.company.name}
    queue("agreement_in_force", team(agreement.proposal), facts, at=event.at)


def _of_milestone(milestone: Milestone) -> dict[str, Any]:
    return _of_agreement(milestone.agreement) | {
        "reference": milestone.reference,
        "number": milestone.number,
        "link": ("stages.milestone", {"reference": milestone.reference}),
    }


@subscribe(DeliverableSubmitted)
def ask_to_look_at_evidence(event: Event) -> None:
    """To the sponsor's people who may accept."""
    milestone: Milestone = event.subject
    sponsor = milestone.agreement.public_body
    facts = _of_milestone(milestone) | {"organisation": sponsor.name, "company": milestone.agreement.company.name}
    queue("deliverable_submitted", members(sponsor.id, *ACCEPTORS), facts, at=event.at)


@subscribe(DeliverableAccepted, DeliverableReturned)
def tell_what_the_sponsor_said(event: Event) -> None:
    """To the company's team; the reason of a return stands on the page."""
    milestone: Milestone = event.subject
    accepted = isinstance(event, DeliverableAccepted)
    facts = _of_milestone(milestone) | {
        "organisation": milestone.agreement.company.name,
        "sponsor": milestone.agreement.public_body.name,
    }
    template = "deliverable_accepted" if accepted else "deliverable_returned"
    queue(template, team(milestone.agreement.proposal), facts, at=event.at)


@subscribe(ReleaseApproved, ReleasePaid)
def tell_about_money(event: Event) -> None:
    """To the company's team: that it is released, that it is paid. The amount stands on the page."""
    release: Release = event.subject
    facts = _of_milestone(release.milestone) | {"organisation": release.milestone.agreement.company.name}
    template = "release_approved" if isinstance(event, ReleaseApproved) else "release_paid"
    queue(template, team(release.milestone.agreement.proposal), facts, at=event.at)
