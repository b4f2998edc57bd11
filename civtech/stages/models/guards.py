"""What the database refuses to do to agreements, milestones and deliverables."""

from civtech.core.currency import takes_currency_of
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept
from civtech.core.text import N_
from civtech.organisations.models.numbering import number_checked_in_sql
from civtech.organisations.models.organisation import CAN_BE_PAID
from civtech.people.models.guards import acts_for
from civtech.rights.models.conflict import stake_in_sql
from civtech.rights.models.guards import company_of, sponsor_of
from civtech.stages.models.agreement import StageAgreement
from civtech.stages.models.conditions import ACCEPTED_BY_BOTH
from civtech.stages.models.deliverable import Deliverable
from civtech.stages.models.milestone import ACCEPTS, DELIVERS, STILL_TIME, Milestone
from civtech.stages.models.payee import NOT_A_PAYEE

STATEMENT = "SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id "
OF_THE_CHALLENGE = "SELECT challenge_id FROM proposal WHERE proposal.id = NEW.proposal_id"
CHOSEN = (
    "SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id "
    "JOIN panel ON panel.id = decision.panel_id JOIN stage AS judged ON judged.id = panel.stage_id "
    "JOIN stage AS following ON following.round_id = judged.round_id AND following.position = judged.position + 1 "
    "WHERE outcome.proposal_id = NEW.proposal_id AND following.id = NEW.stage_id AND following.kind = 'funded' "
    "AND decision.state = 'released' AND outcome.goes_on"
)
AGREEMENT = "EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = {row}.agreement_id AND {that})"
ACCEPTED_BY_A_SIDE = (
    "EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = {row}.statement_id "
    "AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))"
)
OFFERED = f"(stage_agreement.state <> 'draft' OR {ACCEPTED_BY_A_SIDE.format(row='stage_agreement')})"
PLANNED = ("number", "title", "success_criteria", "due_on", "amount_pence", "vat_per_cent", "vat_pence")
FIXED = N_("The agreement has been offered, so its milestones cannot change.")

guard(
    "agreement_is_for_a_chosen_team",
    table="stage_agreement",
    on="INSERT",
    condition=(
        f"NEW.state <> 'draft' OR NOT EXISTS ({CHOSEN}) OR NOT EXISTS ({STATEMENT} "
        "AND rights_statement.proposal_id = NEW.proposal_id AND rights_statement.stage_id = NEW.stage_id)"
    ),
    message=N_(
        "An agreement must start as a draft, with its own rights statement, for a team that a released "
        "decision has chosen."
    ),
)
guard(
    "agreement_waits_for_the_rights_statement",
    table="stage_agreement",
    on="UPDATE",
    condition=(
        f"NEW.state IN ('active', 'completed', 'stopped') AND NOT EXISTS ({STATEMENT} "
        "AND rights_statement.company_accepted_at <= NEW.activated_at "
        "AND rights_statement.body_accepted_at <= NEW.activated_at)"
    ),
    message=ACCEPTED_BY_BOTH,
)
guard(
    "agreement_is_offered_within_its_limits",
    table="stage_agreement",
    on="UPDATE",
    condition=(
        f"OLD.state = 'draft' AND NEW.state = 'offered' AND (NOT EXISTS ({STATEMENT} "  # noqa: S608
        "AND rights_statement.offered_at IS NOT NULL) OR NEW.amount_pence = 0 "
        "OR NEW.amount_pence <> (SELECT COALESCE(SUM(milestone.amount_pence), 0) FROM milestone "
        "WHERE milestone.agreement_id = NEW.id) "
        "OR NEW.vat_pence <> (SELECT COALESCE(SUM(milestone.vat_pence), 0) FROM milestone "
        "WHERE milestone.agreement_id = NEW.id) "
        "OR NOT EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.stage_id = NEW.stage_id "
        f"AND stage_budget.challenge_id = ({OF_THE_CHALLENGE}) AND NEW.amount_pence <= stage_budget.amount_pence) "
        "OR EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.amount_pence < NEW.amount_pence "
        "+ CASE WHEN stage.vat_basis = 'including' THEN NEW.vat_pence ELSE 0 END))"
    ),
    message=N_(
        "An offer must equal the total of its milestones. It cannot be more than the stage pays one team or "
        "the challenge has for the stage."
    ),
)
guard(
    "agreement_is_offered_to_a_company_with_a_number",
    table="stage_agreement",
    on="UPDATE",
    condition=(
        "OLD.state = 'draft' AND NEW.state = 'offered' AND NOT EXISTS (SELECT 1 FROM proposal "  # noqa: S608
        "JOIN organisation ON organisation.id = proposal.organisation_id WHERE proposal.id = NEW.proposal_id "
        f"AND {CAN_BE_PAID})"
    ),
    message=NOT_A_PAYEE,
)
guard(
    "organisation_keeps_its_number_while_it_is_paid",
    table="organisation",
    on="UPDATE",
    condition=(
        f"{number_checked_in_sql('OLD')} AND NOT {number_checked_in_sql('NEW')} "  # noqa: S608
        "AND EXISTS (SELECT 1 FROM stage_agreement "
        "JOIN proposal ON proposal.id = stage_agreement.proposal_id WHERE proposal.organisation_id = NEW.id "
        "AND stage_agreement.state NOT IN ('draft', 'lapsed'))"
    ),
    message=N_(
        "The company has an agreement, so it must keep a checked registration number. Programme staff can correct it."
    ),
)
guard(
    "agreement_is_not_taken_back_once_accepted",
    table="stage_agreement",
    on="UPDATE",
    condition=(
        f"OLD.state = 'offered' AND NEW.state = 'draft' AND EXISTS ({STATEMENT} "
        "AND rights_statement.offered_at IS NOT NULL)"
    ),
    message=N_("An offer can only be withdrawn together with its rights statement, before either side has accepted."),
)
guard(
    "milestone_is_not_added_once_offered",
    table="milestone",
    on="INSERT",
    condition=f"NEW.state <> 'planned' OR {AGREEMENT.format(row='NEW', that=OFFERED)}",
    message=FIXED,
)
guard(
    "milestone_is_not_dropped_once_offered",
    table="milestone",
    on="DELETE",
    condition=AGREEMENT.format(row="OLD", that=OFFERED),
    message=FIXED,
)
guard(
    "milestone_moves_in_force",
    table="milestone",
    on="UPDATE",
    condition=(
        "NEW.state <> 'planned' AND NOT " + AGREEMENT.format(row="NEW", that="stage_agreement.activated_at IS NOT NULL")
    ),
    message=N_("A milestone must be due, delivered and accepted in that order, while its agreement is in force."),
)
guard(
    "milestone_ends_after_its_date",
    table="milestone",
    on="UPDATE",
    condition="OLD.state <> 'undelivered' AND NEW.state = 'undelivered' AND NEW.due_on >= date(NEW.ended_at)",
    message=STILL_TIME,
)
AGREED = "SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id"
guard(
    "milestone_is_accepted_by_the_sponsor",
    table="milestone",
    on="UPDATE",
    condition=(
        "OLD.state <> 'accepted' AND NEW.state = 'accepted' AND (NOT EXISTS (SELECT 1 FROM deliverable "  # noqa: S608
        "WHERE deliverable.milestone_id = NEW.id AND deliverable.state = 'accepted' "
        "AND deliverable.decided_by_id = NEW.accepted_by_id AND deliverable.decided_at = NEW.accepted_at) OR NOT "
        + acts_for("NEW.accepted_by_id", sponsor_of(f"({AGREED})"), *ACCEPTS, at="NEW.accepted_at")
        + " OR "
        + stake_in_sql("NEW.accepted_by_id", f"({AGREED})")
        + ")"
    ),
    message=N_("Only someone at the public body with no stake in the team can accept evidence."),
)

DELIVERED_FOR = (
    "SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone "
    "ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id"
)
guard(
    "deliverable_is_of_the_company",
    table="deliverable",
    on="INSERT",
    condition=(
        "NEW.state <> 'delivered' OR NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement "  # noqa: S608
        "ON stage_agreement.id = milestone.agreement_id WHERE milestone.id = NEW.milestone_id "
        "AND milestone.state <> 'undelivered' AND stage_agreement.activated_at <= NEW.delivered_at) OR NOT "
        + acts_for(
            "NEW.delivered_by_id",
            company_of(f"({DELIVERED_FOR})"),
            *DELIVERS,
            at="NEW.delivered_at",
        )
    ),
    message=N_("Only the company can send evidence, and only while the agreement is in force."),
)
guard(
    "round_waits_for_its_agreements",
    table="round",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM stage_agreement "
        "JOIN proposal ON proposal.id = stage_agreement.proposal_id "
        "JOIN challenge ON challenge.id = proposal.challenge_id WHERE challenge.round_id = NEW.id "
        "AND stage_agreement.state IN ('draft', 'offered', 'active'))"
    ),
    message=N_("You cannot close this round yet. At least one agreement has not ended."),
)

guard(
    "round_waits_for_milestones_that_are_due",
    table="round",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM milestone "
        "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
        "JOIN stage ON stage.id = stage_agreement.stage_id "
        "WHERE stage.round_id = NEW.id AND milestone.state = 'due' "
        "AND stage_agreement.ended_at IS NOT NULL)"
    ),
    message=N_("You cannot close this round yet. At least one milestone is still due."),
)

takes_currency_of(StageAgreement, "stage")
takes_currency_of(Milestone, "agreement")
moves(StageAgreement, message=N_("An agreement is offered, comes into force and ends in that order."))
frozen(StageAgreement, message=N_("An offered agreement cannot be changed."))
frozen(
    StageAgreement,
    name="stage_agreement_is_fixed_once_accepted",
    after=ACCEPTED_BY_A_SIDE.format(row="OLD"),
    but=("activated_at", "ended_at"),
    message=N_("One side has accepted the rights statement, so the agreement cannot be changed."),
)
kept(
    "stage_agreement",
    N_("Only a draft agreement can be discarded. All others are kept."),
    once=f"OLD.state <> 'draft' OR {ACCEPTED_BY_A_SIDE.format(row='OLD')}",
)
begins(Milestone, message=N_("A milestone begins as planned."))
moves(Milestone, message=N_("A milestone becomes due, is delivered and is accepted in that order."))
frozen(
    Milestone,
    unless=dict.fromkeys(PLANNED, f"NOT {AGREEMENT.format(row='OLD', that=OFFERED)}"),
    message=FIXED,
)
begins(Deliverable, having=("link",), message=N_("Evidence is sent before it is accepted or returned."))
moves(Deliverable, message=N_("Evidence is accepted or returned once."))
frozen(Deliverable, message=N_("Evidence cannot be changed once it is sent. Someone decides on it once."))
kept("deliverable", N_("Evidence cannot be deleted."))
decides(StageAgreement)
decides(Milestone)
decides(Deliverable)
