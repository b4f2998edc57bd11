"""What the database refuses of proposals, and of their challenge once they are to be opened, whoever asks."""

from civtech.challenges.models.challenge import CLOSED_ALREADY
from civtech.core.guards import changed, guard
from civtech.core.text import N_

RECEIVED_ANEW = (
    "((OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission "
    "WHERE submission.proposal_id = NEW.id AND submission.received_at = NEW.submitted_at AND submission.number = "
    "(SELECT MAX(latest.number) FROM submission AS latest WHERE latest.proposal_id = NEW.id)))"
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
