"""What the database refuses of decisions and outcomes, whoever asks."""

from civtech.challenges.models.guards import scopes_of
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.guards import changed, differs, guard, only_moves
from civtech.core.text import N_
from civtech.judging.models.assignment import ANOTHER_CHALLENGE
from civtech.judging.models.conflict import KEEPS_FROM_DECIDING
from civtech.judging.models.panel import OF_THE_PANEL
from civtech.people.models.guards import begun_by, only_by

SCOPES = scopes_of(OF_THE_PANEL)
FIXED = N_("The decision is approved: its outcomes are fixed.")

APPROVED = (
    "EXISTS (SELECT 1 FROM decision WHERE decision.id = {row}.decision_id "
    "AND decision.state IN ('approved', 'released'))"
)

for _on, _row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
    guard(
        f"outcome_is_fixed_once_approved_on_{_on.lower()}",
        table="outcome",
        on=_on,
        condition=APPROVED.format(row=_row),
        message=FIXED,
    )
guard(
    "outcome_stays_in_its_challenge",
    table="outcome",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM decision JOIN panel ON panel.id = decision.panel_id "
        "JOIN proposal ON proposal.challenge_id = panel.challenge_id "
        "WHERE decision.id = NEW.decision_id AND proposal.id = NEW.proposal_id)"
    ),
    message=ANOTHER_CHALLENGE,
)
guard(
    "decision_stays_as_approved",
    table="decision",
    on="UPDATE",
    condition=(
        "OLD.state IN ('released', 'returned') OR (OLD.state = 'approved' AND (NEW.state <> 'released' "
        "OR NEW.approved_by_id <> OLD.approved_by_id OR NEW.proposed_by_id <> OLD.proposed_by_id "
        "OR NEW.reason <> OLD.reason OR NEW.panel_id <> OLD.panel_id))"
    ),
    message=N_("A decision stays as it was approved or returned."),
)
guard(
    "decision_begins_proposed",
    table="decision",
    on="INSERT",
    condition="NEW.state <> 'proposed' OR NEW.approved_at IS NOT NULL OR NEW.message IS NOT NULL",
    message=N_("A decision is proposed first."),
)
guard(
    "decision_takes_every_step",
    table="decision",
    on="UPDATE OF state",
    condition="OLD.state = 'proposed' AND " + only_moves(("proposed", "approved"), ("proposed", "returned")),
    message=N_("A decision is proposed, approved and released in this order."),
)
guard(
    "decision_keeps_what_was_proposed",
    table="decision",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'panel_id', 'reason', 'proposed_at', 'proposed_by_id')} OR {differs('departure')}"
    ),
    message=N_("A decision stays as it was proposed: whoever does not agree returns it."),
)
guard(
    "decision_keeps_who_approved_it",
    table="decision",
    on="UPDATE",
    condition=(
        f"(OLD.state = 'approved' AND ({differs('approved_at', 'approved_by_id', 'message')})) "
        "OR (NEW.approved_at IS NULL) <> (NEW.approved_by_id IS NULL) "
        "OR (NEW.state IN ('approved', 'released') AND NEW.message IS NOT NULL)"
    ),
    message=N_("Who approved a decision, and when, stays written."),
)
begun_by(
    "staff",
    table="decision",
    person="proposed_by_id",
    at="proposed_at",
    within=SCOPES,
    name="decision_is_proposed_by_staff",
    message=N_("Only programme staff propose a decision."),
)
only_by(
    "staff",
    table="decision",
    person="approved_by_id",
    at="approved_at",
    within=SCOPES,
    name="decision_is_approved_by_staff",
    message=N_("Only programme staff approve a decision."),
)
guard(
    "decision_is_kept",
    table="decision",
    on="DELETE",
    condition="1 = 1",
    message=N_("A decision is kept."),
)

for _name, _on, _person in (
    ("proposer", "INSERT", "NEW.proposed_by_id"),
    ("approver", "UPDATE OF approved_by_id", "NEW.approved_by_id"),
):
    guard(
        f"decision_{_name}_has_no_conflict",
        table="decision",
        on=_on,
        condition=tied_in_sql(_person, OF_THE_PANEL, *KEEPS_FROM_DECIDING),
        message=N_("Somebody with a conflict of interest cannot decide."),
    )
guard(
    "round_waits_for_its_decisions",
    table="round",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM assignment "
        "JOIN panel ON panel.id = assignment.panel_id JOIN challenge ON challenge.id = panel.challenge_id "
        "WHERE challenge.round_id = NEW.id AND NOT EXISTS (SELECT 1 FROM decision "
        "WHERE decision.panel_id = panel.id AND decision.state = 'released'))"
    ),
    message=N_("A panel of this round has not decided: the round cannot be closed."),
)
