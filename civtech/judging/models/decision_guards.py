"""What the database refuses of decisions and outcomes, whoever asks."""

from civtech.core.guards import guard
from civtech.core.text import N_

FIXED = N_("The decision is approved: its outcomes are fixed.")

APPROVED = (
    "EXISTS (SELECT 1 FROM decision WHERE decision.id = {row}.decision_id "
    "AND decision.state IN ('approved', 'released'))"
)
CONFLICTED = (
    "(EXISTS (SELECT 1 FROM panel JOIN proposal ON proposal.challenge_id = panel.challenge_id "
    "JOIN membership ON membership.organisation_id = proposal.organisation_id "
    "WHERE panel.id = NEW.panel_id AND proposal.state = 'submitted' AND membership.user_id = {person}) OR "
    "EXISTS (SELECT 1 FROM panel JOIN panel AS judged ON judged.challenge_id = panel.challenge_id "
    "JOIN assignment ON assignment.panel_id = judged.id "
    "WHERE panel.id = NEW.panel_id AND assignment.state = 'recused' AND assignment.judge_id = {person}))"
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
    message=N_("This proposal answers another challenge."),
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
        condition=CONFLICTED.format(person=_person),
        message=N_("Somebody with a conflict of interest cannot decide."),
    )
