"""What the database refuses of proposals, and of their challenge once they are to be opened, whoever asks."""

from civtech.challenges.models.challenge import CLOSED_ALREADY
from civtech.challenges.models.guards import NO_END_IN_THE_PAST
from civtech.challenges.models.involvement import KEEPS_FROM_ANSWERING, among, tied_in_sql
from civtech.core.guards import changed, guard, written
from civtech.core.text import N_
from civtech.people.models.guards import HELD

RECEIVED_ANEW = (
    "((OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission "
    "WHERE submission.proposal_id = NEW.id AND submission.received_at = NEW.submitted_at AND submission.number = "
    "(SELECT MAX(latest.number) FROM submission AS latest WHERE latest.proposal_id = NEW.id)))"
)

NO_SIDES = N_("Someone who asks, runs, opens or judges a challenge, or did, cannot be in a team that answers it.")
TEAM_OF = (
    "EXISTS (SELECT 1 FROM membership JOIN involvement ON involvement.person_id = membership.user_id "  # noqa: S608
    f"WHERE {HELD} AND involvement.tie IN ({among(*KEEPS_FROM_ANSWERING)}) "
    "AND membership.organisation_id = {organisation} AND involvement.challenge_id = {challenge})"
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
    "membership_joins_no_other_side",
    table="membership",
    on="INSERT",
    condition=(
        "EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id "  # noqa: S608
        "JOIN round ON round.id = challenge.round_id "
        "JOIN involvement ON involvement.challenge_id = proposal.challenge_id "
        "WHERE proposal.organisation_id = NEW.organisation_id AND involvement.person_id = NEW.user_id "
        f"AND involvement.tie IN ({among(*KEEPS_FROM_ANSWERING)}) "
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
    "proposal_begins_as_a_draft",
    table="proposal",
    on="INSERT",
    condition="NEW.state <> 'draft'",
    message=N_("A proposal begins as a draft."),
)
guard(
    "proposal_stays_with_its_team",
    table="proposal",
    on="UPDATE",
    condition=changed("reference", "challenge_id", "organisation_id", "number", "started_at", "started_by_id"),
    message=N_("A proposal stays with the team that started it, and with its challenge."),
)
guard(
    "proposal_stands_as_it_was_received",
    table="proposal",
    on="UPDATE",
    condition=(
        "(NEW.state = 'draft' AND OLD.state <> 'draft') OR (NEW.state <> 'draft' AND (OLD.state = 'draft' "
        f"OR (OLD.state = 'withdrawn' AND NEW.state = 'submitted') OR {changed('title', 'summary', 'submitted_at')}) "
        f"AND NOT {RECEIVED_ANEW})"
    ),
    message=N_("A proposal stands as it was received, until another submission replaces it."),
)
guard(
    "proposal_is_fixed_once_opened",
    table="proposal",
    on="UPDATE",
    condition=(
        "EXISTS (SELECT 1 FROM opening WHERE opening.challenge_id = OLD.challenge_id AND opening.state = 'opened')"
    ),
    message=N_("The proposals of this challenge are opened: they stay as they are."),
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
