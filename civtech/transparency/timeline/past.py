"""What has happened to a proposal."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.db import db
from civtech.proposals.models import ProposalState
from civtech.proposals.policy import read_draft
from civtech.stages.models import DeliverableState
from civtech.transparency.history import Happening, cancelled, in_time
from civtech.transparency.queries.course import deliverables_of, withdrawals_of
from civtech.transparency.timeline.course import Course
from civtech.web.display import money
from civtech.web.gate import can
from civtech.web.translation import gettext


def past(course: Course) -> list[Happening]:
    """Return what has happened, oldest first."""
    happenings = [*_submitting(course), *_judged(course), *_agreed(course), *_delivered(course), *_paid(course)]
    return in_time([happening for happening in happenings if happening.at is not None and happening.at <= course.at])


def _submitting(course: Course) -> Iterator[Happening]:
    proposal = course.proposal
    yield Happening(proposal.started_at, gettext("Proposal started"))
    for submission in proposal.submissions:
        first = submission.number == 1
        title = (
            gettext("Proposal submitted")
            if first
            else gettext("Proposal replaced by submission %(number)s", number=submission.number)
        )
        receipt = url_for("proposals.receipt", reference=proposal.reference, submission=submission.number)
        yield Happening(
            submission.received_at,
            title,
            gettext("Checksum %(start)s…", start=submission.digest[:16]),
            receipt if can(read_draft, proposal) else None,
        )
    for withdrawn_at in db.session.scalars(withdrawals_of(proposal)):
        yield Happening(withdrawn_at, gettext("Proposal withdrawn"))
    yield cancelled(proposal.challenge) or Happening(proposal.challenge.closes_at, gettext("Challenge closed"))
    if proposal.state is ProposalState.SUBMITTED:
        yield Happening(course.opened_at, gettext("Proposals opened by two people"))


def _judged(course: Course) -> Iterator[Happening]:
    for outcome in course.outcomes:
        verdict = (
            gettext("Your team goes through to the next stage.")
            if outcome.goes_on
            else gettext("Your team does not go through to the next stage.")
        )
        yield Happening(outcome.released_at, gettext("%(stage)s: outcome released", stage=outcome.stage), verdict)


def _agreed(course: Course) -> Iterator[Happening]:
    for agreement in course.agreements:
        page = url_for("stages.agreement", reference=agreement.reference)
        statement = url_for("rights.statement", reference=agreement.statement)
        yield Happening(agreement.offered_at, gettext("%(stage)s: agreement offered", stage=agreement.stage), url=page)
        yield Happening(
            agreement.company_accepted_at, gettext("Rights statement accepted by the company"), url=statement
        )
        yield Happening(
            agreement.body_accepted_at, gettext("Rights statement accepted by the public body"), url=statement
        )
        yield Happening(
            agreement.activated_at, gettext("%(stage)s: agreement in force", stage=agreement.stage), url=page
        )
        ended = gettext("%(stage)s: agreement ended", stage=agreement.stage)
        yield Happening(agreement.ended_at, ended, url=page, state=agreement.state)


def _delivered(course: Course) -> Iterator[Happening]:
    by_id = {milestone.id: milestone for milestone in course.milestones}
    for deliverable in db.session.execute(deliverables_of(course.proposal)):
        milestone = by_id[deliverable.milestone_id]
        page = url_for("stages.milestone", reference=milestone.reference)
        delivered = gettext("Evidence sent for milestone %(number)s", number=milestone.number)
        yield Happening(deliverable.delivered_at, delivered, milestone.title, page)
        if deliverable.decided_at:
            yield Happening(
                deliverable.decided_at, _said(deliverable.state, milestone.number), url=page, state=deliverable.state
            )


def _said(state: DeliverableState, number: int) -> str:
    if state is DeliverableState.ACCEPTED:
        return str(gettext("The sponsor accepted milestone %(number)s", number=number))
    return str(gettext("The sponsor returned the evidence for milestone %(number)s with a reason", number=number))


def _paid(course: Course) -> Iterator[Happening]:
    numbers = {milestone.id: milestone.number for milestone in course.milestones}
    for release in course.releases:
        about = {"amount": money(release.amount_pence, release.currency), "number": numbers[release.milestone_id]}
        yield Happening(release.approved_at, gettext("%(amount)s released for milestone %(number)s", **about))
        yield Happening(release.paid_at, gettext("%(amount)s paid for milestone %(number)s", **about))
