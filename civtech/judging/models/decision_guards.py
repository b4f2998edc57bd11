"""What the database refuses for decisions and outcomes, whatever the code does."""

from civtech.challenges.models.guards import scopes_of
from civtech.challenges.models.hint import ABOUT_STAFF, CONSIDER_FIRST, open_in_sql
from civtech.challenges.models.involvement import tied_in_sql
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept
from civtech.core.text import N_
from civtech.judging.models.assignment import ANOTHER_CHALLENGE
from civtech.judging.models.conflict import KEEPS_FROM_DECIDING
from civtech.judging.models.decision import Decision
from civtech.judging.models.outcome import Outcome
from civtech.judging.models.panel import OF_THE_PANEL
from civtech.people.models.guards import begun_by, only_by

SCOPES = scopes_of(OF_THE_PANEL)
FIXED = N_("The decision is approved. You can no longer change its outcomes.")

APPROVED = (
    "EXISTS (SELECT 1 FROM decision WHERE decision.id = {row}.decision_id "
    "AND decision.state IN ('approved', 'released'))"
)

for _on, _row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
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
begun_by(
    "staff",
    table="decision",
    person="proposed_by_id",
    at="proposed_at",
    within=SCOPES,
    name="decision_is_proposed_by_staff",
    message=N_("Only programme staff can propose a decision."),
)
only_by(
    "staff",
    table="decision",
    person="approved_by_id",
    at="approved_at",
    within=SCOPES,
    name="decision_is_approved_by_staff",
    message=N_("Only programme staff can approve a decision."),
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
        message=N_("Someone with a conflict of interest cannot propose or approve a decision."),
    )
    guard(
        f"decision_{_name}_follows_a_look_at_conflicts",
        table="decision",
        on=_on,
        condition=open_in_sql(_person, OF_THE_PANEL, *ABOUT_STAFF),
        message=CONSIDER_FIRST,
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
    message=N_("You cannot close the round yet. One of its panels has not released a decision."),
)
begins(Decision, having=("departure",), message=N_("A decision must be proposed first."))
moves(Decision, message=N_("A decision is proposed, approved and released in that order."))
frozen(Decision, message=N_("A decision cannot be changed. Someone who does not agree can send it back."))
frozen(Outcome, message=N_("The outcomes of a decision cannot be changed."))
kept("decision", N_("Decisions are kept."))
kept("outcome", N_("The outcomes of a decision are kept."))
decides(Decision)
decides(Outcome, of=Outcome.decision_id)
