"""When proposals can change: from the instant their challenge opens, up to but not including the instant it closes."""

from datetime import datetime
from typing import TYPE_CHECKING

from civtech.core.guards import guard
from civtech.core.state import State
from civtech.core.text import N_
from civtech.core.workflow import condition
from civtech.proposals.events import LateSubmissionRefused

if TYPE_CHECKING:
    from civtech.proposals.models.proposal import Proposal

ONE_WINDOW = (
    "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' "
    "AND challenge.opens_at <= NEW.{instant} AND NEW.{instant} < challenge.closes_at)"
)


class ProposalState(State):
    DRAFT = "draft", N_("Draft"), "grey"
    SUBMITTED = "submitted", N_("Submitted"), "blue"
    WITHDRAWN = "withdrawn", N_("Withdrawn"), "orange"


@condition(N_("The challenge is not open. You cannot change or withdraw proposals now."))
def before_the_deadline(proposal: "Proposal", at: datetime) -> bool:
    return proposal.challenge.is_open(at)


@condition(
    N_("The challenge is not open, so we did not accept your proposal. Everything you wrote is saved here."),
    records=LateSubmissionRefused,
)
def received_in_time(proposal: "Proposal", at: datetime) -> bool:
    return proposal.challenge.is_open(at)


guard(
    "submission_keeps_the_deadline",
    table="submission",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id "
        "WHERE proposal.id = NEW.proposal_id AND challenge.state = 'published' "
        "AND challenge.opens_at <= NEW.received_at AND NEW.received_at < challenge.closes_at)"
    ),
    message=N_("The challenge is not open, so we received nothing."),
)
for _instant in ("submitted_at", "withdrawn_at"):
    guard(
        f"proposal_{_instant}_keeps_the_deadline",
        table="proposal",
        on=f"UPDATE OF {_instant}",
        condition=(
            f"NEW.{_instant} IS NOT NULL AND (OLD.{_instant} IS NULL OR NEW.{_instant} <> OLD.{_instant}) AND "
            + ONE_WINDOW.format(instant=_instant)
        ),
        message=N_("The challenge is not open, so its proposals cannot be changed."),
    )
