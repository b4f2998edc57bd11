"""What the database refuses for proposals and, once they are to be opened, for their challenge."""

from civtech.challenges.models.challenge import CLOSED_ALREADY
from civtech.challenges.models.guards import NO_END_IN_THE_PAST
from civtech.challenges.models.involvement import KEEPS_FROM_ANSWERING, tied_in_sql
from civtech.core.deciding import decides, decides_nothing
from civtech.core.frozen import begins, frozen, moves, quoted
from civtech.core.guards import guard, written
from civtech.core.text import N_
from civtech.people.models.guards import ACTING, acts_for
from civtech.proposals.models.proposal import Proposal
from civtech.proposals.models.section import Section

RECEIVED_AGAIN = (
    "((OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission "
    "WHERE submission.proposal_id = NEW.id AND submission.received_at = NEW.submitted_at AND submission.number = "
    "(SELECT MAX(latest.number) FROM submission AS latest WHERE latest.proposal_id = NEW.id)))"
)

NO_SIDES = N_(
    "Someone who works, or worked, on a challenge for its sponsor, the programme or a panel cannot be in a "
    "team that answers it."
)
TEAM_OF = (
    "EXISTS (SELECT 1 FROM acting_for JOIN involvement ON involvement.person_id = acting_for.person_id "  # noqa: S608
    f"WHERE {ACTING} AND involvement.tie IN ({quoted(KEEPS_FROM_ANSWERING)}) "
    "AND acting_for.organisation_id = {organisation} AND involvement.challenge_id = {challenge})"
)
PROPOSED = "(SELECT proposal.{column} FROM proposal WHERE proposal.id = NEW.proposal_id)"

guard(
    "proposal_is_started_by_no_other_side",
    table="proposal",
    on="INSERT",
    condition=(
        f"{tied_in_sql('NEW.started_by_id', 'NEW.challenge_id', *KEEPS_FROM_ANSWERING)} OR "
        + TEAM_OF.format(organisation="NEW.organisation_id", challenge="NEW.challenge_id")
    ),
    message=NO_SIDES,
)
guard(
    "submission_is_sent_by_no_other_side",
    table="submission",
    on="INSERT",
    condition=(
        tied_in_sql("NEW.submitted_by_id", PROPOSED.format(column="challenge_id"), *KEEPS_FROM_ANSWERING)
        + " OR "
        + TEAM_OF.format(
            organisation=PROPOSED.format(column="organisation_id"), challenge=PROPOSED.format(column="challenge_id")
        )
    ),
    message=NO_SIDES,
)
guard(
    "submission_is_sent_by_the_team",
    table="submission",
    on="INSERT",
    condition="NOT "
    + acts_for(
        "NEW.submitted_by_id",
        PROPOSED.format(column="organisation_id").strip("()"),
        "owner",
        "editor",
        at="NEW.received_at",
    ),
    message=N_("Only owners and editors of the team can submit its proposal."),
)
guard(
    "membership_joins_no_other_side",
    table="membership",
    on="INSERT",
    condition=(
        "EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id "  # noqa: S608
        "JOIN round ON round.id = challenge.round_id "
        "JOIN involvement ON involvement.challenge_id = proposal.challenge_id "
        "WHERE proposal.organisation_id = NEW.organisation_id AND involvement.person_id = NEW.user_id "
        f"AND involvement.tie IN ({quoted(KEEPS_FROM_ANSWERING)}) "
        "AND challenge.state <> 'cancelled' AND round.state <> 'finished')"
    ),
    message=NO_SIDES,
)
guard(
    "membership_of_a_team_does_not_end_in_the_past",
    table="membership",
    on="UPDATE",
    condition=(
        f"{written('until')} AND EXISTS (SELECT 1 FROM proposal "  # noqa: S608
        "WHERE proposal.organisation_id = NEW.organisation_id AND proposal.started_at > NEW.until)"
    ),
    message=NO_END_IN_THE_PAST,
)
guard(
    "proposal_is_fixed_once_opened",
    table="proposal",
    on="UPDATE",
    condition=(
        "EXISTS (SELECT 1 FROM opening WHERE opening.challenge_id = OLD.challenge_id AND opening.state = 'opened')"
    ),
    message=N_("The proposals for this challenge have been opened. They can no longer be changed."),
)
guard(
    "challenge_is_not_cancelled_once_closed",
    table="challenge",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND "
        "EXISTS (SELECT 1 FROM opening WHERE opening.challenge_id = OLD.id)"
    ),
    message=CLOSED_ALREADY,
)
begins(Proposal, message=N_("A proposal must start as a draft."))
moves(
    Proposal,
    provided={"submit": RECEIVED_AGAIN},
    message=N_("A proposal is submitted with what was received, or withdrawn."),
)
frozen(
    Proposal,
    provided={"submit": RECEIVED_AGAIN},
    unless=dict.fromkeys(("title", "summary"), "OLD.state = 'draft' AND NEW.state = 'draft'"),
    message=N_("What was received cannot be changed. Another submission can replace it."),
)
decides(Proposal, but=dict.fromkeys(("draft_title", "draft_summary"), "A draft decides nothing until it is submitted."))
decides_nothing(Section, because="A draft decides nothing until it is submitted.")
