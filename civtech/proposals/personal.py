"""The personal data in proposals, and the drafts that we erase with a team's last member."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import aliased

from civtech.challenges.models import Challenge
from civtech.core.db import Rows, db
from civtech.core.facts import Fact
from civtech.core.personal import Engagement, acts, ends_with_them, engagement, erased, exported, named, stays, touched
from civtech.core.text import N_, Text
from civtech.organisations.models import Membership
from civtech.people.models import User
from civtech.proposals.models import Opening, Proposal, ProposalState, Section, Submission
from civtech.proposals.models.parts import DRAFT, HEAD

OPENED = (Opening.requested_by_id, Opening.confirmed_by_id)


@exported("proposals", N_("Proposals you started, as they are in your team’s working copy."), Proposal.started_by_id)
def proposals(person: User) -> Rows:
    return (
        select(
            Proposal.reference,
            Challenge.reference.label("challenge"),
            Proposal.state,
            *(getattr(Proposal, DRAFT + part.key).label(part.key) for part in HEAD),
            Proposal.started_at,
            Proposal.submitted_at,
            Proposal.withdrawn_at,
        )
        .join(Challenge, Challenge.id == Proposal.challenge_id)
        .where(Proposal.started_by_id == person.id)
        .order_by(Proposal.id)
    )


@exported("sections", N_("Proposal sections that you were the last person to change."), Section.written_by_id)
def sections(person: User) -> Rows:
    return (
        select(
            Proposal.reference.label("proposal"),
            Section.key.label("section"),
            Section.body.label("words"),
            Section.written_at,
        )
        .join(Proposal, Proposal.id == Section.proposal_id)
        .where(Section.written_by_id == person.id)
        .order_by(Section.id)
    )


@exported("submissions", N_("Proposals you submitted, exactly as we received them."), Submission.submitted_by_id)
def submissions(person: User) -> Rows:
    return (
        select(
            Proposal.reference.label("proposal"),
            Submission.number,
            Submission.received_at,
            Submission.digest,
            Submission.content,
        )
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Submission.submitted_by_id == person.id)
        .order_by(Submission.id)
    )


@exported("openings", N_("Openings of sealed proposals that you requested or confirmed."), *OPENED)
def openings(person: User) -> Rows:
    return (
        select(
            Opening.reference,
            Challenge.reference.label("challenge"),
            Opening.requested_at,
            Opening.opened_at,
            *acts(person, *OPENED),
        )
        .join(Challenge, Challenge.id == Opening.challenge_id)
        .where(named(person, *OPENED))
        .order_by(Opening.id)
    )


stays(
    Proposal.started_by_id,
    because=N_(
        "The proposal belongs to the team. When no one is left in the team, an unsubmitted draft is erased completely."
    ),
)
stays(Section.written_by_id, because=N_("The text belongs to the team."))
stays(Submission.submitted_by_id, because=N_("What we received is never changed (Directive 2014/24 Annex IV)."))
stays(*OPENED, because=N_("Two named people open proposals (Directive 2014/24 Annex IV)."))


@engagement("official")
def opened_proposals() -> Iterator[Engagement]:
    yield select(Opening.requested_by_id, Opening.requested_at)
    yield select(Opening.confirmed_by_id, Opening.opened_at).where(Opening.confirmed_by_id.is_not(None))


@ends_with_them
def drafts_that_go(person_ids: Collection[int]) -> Iterator[tuple[int, Fact]]:
    """Yield how many drafts are deleted, because no one else acts for their organisation."""
    other = aliased(Membership)
    not_alone = exists().where(
        other.organisation_id == Proposal.organisation_id, other.until.is_(None), other.user_id != Membership.user_id
    )
    received = exists().where(Submission.proposal_id == Proposal.id)
    drafts = (
        select(Membership.user_id, func.count(Proposal.id.distinct()).label("number"))
        .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
        .where(
            Membership.user_id.in_(person_ids),
            Membership.is_held(),
            Proposal.state == ProposalState.DRAFT,
            ~received,
            ~not_alone,
        )
        .group_by(Membership.user_id)
    )
    for row in db.session.execute(drafts):
        yield row.user_id, Fact("drafts", Text(N_("Drafts that are deleted")), row.number)


@erased("drafts", order=60)
def remove_drafts_without_a_team(_person: User, _at: datetime) -> int:
    """Remove drafts that were never submitted once no one acts for their organisation."""
    left = exists().where(Membership.organisation_id == Proposal.organisation_id, Membership.is_held())
    received = exists().where(Submission.proposal_id == Proposal.id)
    drafts = db.session.scalars(
        select(Proposal.id).where(Proposal.state == ProposalState.DRAFT, ~received, ~left)
    ).all()
    touched(delete(Section).where(Section.proposal_id.in_(drafts)))
    return touched(delete(Proposal).where(Proposal.id.in_(drafts)))
