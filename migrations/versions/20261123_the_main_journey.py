"""the main journey

Revision ID: 0001
Revises: 
Create Date: 2026-11-23 15:28:42.718465+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='pathway_never_changes',
        table='pathway',
        on='UPDATE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='pathway_never_goes',
        table='pathway',
        on='DELETE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='stage_is_fixed_once_the_round_opens_insert',
        table='stage',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state <> 'prepared')",
        message='The round is open: its figures are fixed.',
    ),
    Guard(
        name='criterion_is_fixed_once_the_round_opens_insert',
        table='criterion',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = NEW.stage_id AND round.state <> 'prepared')",
        message='The round is open: its criteria are fixed.',
    ),
    Guard(
        name='stage_is_fixed_once_the_round_opens_update',
        table='stage',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM round WHERE round.id = OLD.round_id AND round.state <> 'prepared')",
        message='The round is open: its figures are fixed.',
    ),
    Guard(
        name='criterion_is_fixed_once_the_round_opens_update',
        table='criterion',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = OLD.stage_id AND round.state <> 'prepared')",
        message='The round is open: its criteria are fixed.',
    ),
    Guard(
        name='stage_is_fixed_once_the_round_opens_delete',
        table='stage',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM round WHERE round.id = OLD.round_id AND round.state <> 'prepared')",
        message='The round is open: its figures are fixed.',
    ),
    Guard(
        name='criterion_is_fixed_once_the_round_opens_delete',
        table='criterion',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = OLD.stage_id AND round.state <> 'prepared')",
        message='The round is open: its criteria are fixed.',
    ),
    Guard(
        name='round_never_goes_back',
        table='round',
        on='UPDATE OF state',
        condition="(OLD.state <> 'prepared' AND NEW.state = 'prepared') OR (OLD.state = 'finished' AND NEW.state <> 'finished')",
        message='A round that was opened stays open until it is finished; its figures are fixed.',
    ),
    Guard(
        name='stage_budget_is_fixed_once_published_insert',
        table='stage_budget',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state IN ('published', 'cancelled'))",
        message='The challenge is published: its budget is fixed.',
    ),
    Guard(
        name='stage_budget_is_fixed_once_published_update',
        table='stage_budget',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM challenge WHERE challenge.id = OLD.challenge_id AND challenge.state IN ('published', 'cancelled'))",
        message='The challenge is published: its budget is fixed.',
    ),
    Guard(
        name='stage_budget_is_fixed_once_published_delete',
        table='stage_budget',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM challenge WHERE challenge.id = OLD.challenge_id AND challenge.state IN ('published', 'cancelled'))",
        message='The challenge is published: its budget is fixed.',
    ),
    Guard(
        name='challenge_is_fixed_once_published',
        table='challenge',
        on='UPDATE OF question, summary, need, outcomes, constraints, adoption, round_id, sponsor_id, opens_at, questions_close_at, closes_at, published_at',
        condition='OLD.published_at IS NOT NULL',
        message='The challenge is published: its words and its dates are fixed.',
    ),
    Guard(
        name='answer_is_fixed_once_given',
        table='question',
        on='UPDATE OF text, answer, state, challenge_id, answered_at',
        condition="OLD.state = 'answered'",
        message='This question was answered for everybody: question and answer stay as they are.',
    ),
    Guard(
        name='opening_waits_for_the_deadline',
        table='opening',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND challenge.closes_at <= NEW.requested_at)",
        message='Proposals stay sealed until the deadline has passed.',
    ),
    Guard(
        name='opening_keeps_what_was_requested',
        table='opening',
        on='UPDATE',
        condition="OLD.state = 'opened' OR NEW.challenge_id <> OLD.challenge_id OR NEW.requested_by_id <> OLD.requested_by_id OR NEW.requested_at <> OLD.requested_at",
        message='What two people opened stays opened, and who asked for it stays written.',
    ),
    Guard(
        name='opening_never_goes',
        table='opening',
        on='DELETE',
        condition='1 = 1',
        message='What two people opened stays opened, and who asked for it stays written.',
    ),
    Guard(
        name='submission_comes_before_the_opening',
        table='submission',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id WHERE proposal.id = NEW.proposal_id AND opening.state = 'opened')",
        message='The proposals of this challenge are opened: nothing more is received.',
    ),
    Guard(
        name='submission_never_changes',
        table='submission',
        on='UPDATE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='submission_never_goes',
        table='submission',
        on='DELETE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='submission_keeps_the_deadline',
        table='submission',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id WHERE proposal.id = NEW.proposal_id AND challenge.state = 'published' AND challenge.opens_at <= NEW.received_at AND NEW.received_at < challenge.closes_at)",
        message='The challenge is not open: nothing was received.',
    ),
    Guard(
        name='proposal_submitted_at_keeps_the_deadline',
        table='proposal',
        on='UPDATE OF submitted_at',
        condition="NEW.submitted_at IS NOT NULL AND (OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND challenge.opens_at <= NEW.submitted_at AND NEW.submitted_at < challenge.closes_at)",
        message='The challenge is not open: its proposals stay as they are.',
    ),
    Guard(
        name='proposal_withdrawn_at_keeps_the_deadline',
        table='proposal',
        on='UPDATE OF withdrawn_at',
        condition="NEW.withdrawn_at IS NOT NULL AND (OLD.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at) AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND challenge.opens_at <= NEW.withdrawn_at AND NEW.withdrawn_at < challenge.closes_at)",
        message='The challenge is not open: its proposals stay as they are.',
    ),
    Guard(
        name='assignment_is_final',
        table='assignment',
        on='UPDATE',
        condition="OLD.state IN ('locked', 'recused')",
        message='The scorecard is locked or the judge is recused: that stays as it is.',
    ),
    Guard(
        name='assignment_is_kept_once_declared',
        table='assignment',
        on='DELETE',
        condition="OLD.state <> 'assigned'",
        message='A declaration is kept.',
    ),
    Guard(
        name='assignment_is_locked_complete',
        table='assignment',
        on='UPDATE',
        condition="NEW.state = 'locked' AND EXISTS (SELECT 1 FROM panel JOIN criterion ON criterion.stage_id = panel.stage_id WHERE panel.id = NEW.panel_id AND NOT EXISTS (SELECT 1 FROM score WHERE score.assignment_id = NEW.id AND score.criterion_id = criterion.id AND score.points IS NOT NULL AND length(trim(score.reason)) > 0))",
        message='Every criterion needs points and a reason before the scorecard is locked.',
    ),
    Guard(
        name='assignment_is_not_born_locked',
        table='assignment',
        on='INSERT',
        condition="NEW.state = 'locked'",
        message='Every criterion needs points and a reason before the scorecard is locked.',
    ),
    Guard(
        name='assignment_is_closed_by_the_decision_on_insert',
        table='assignment',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM panel WHERE panel.id = NEW.panel_id AND panel.closed_at IS NOT NULL)',
        message='The decision of this panel has been proposed: nothing can change while it stands.',
    ),
    Guard(
        name='assignment_is_closed_by_the_decision_on_update',
        table='assignment',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM panel WHERE panel.id = OLD.panel_id AND panel.closed_at IS NOT NULL)',
        message='The decision of this panel has been proposed: nothing can change while it stands.',
    ),
    Guard(
        name='assignment_waits_for_the_opening',
        table='assignment',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id JOIN panel ON panel.challenge_id = proposal.challenge_id WHERE proposal.id = NEW.proposal_id AND panel.id = NEW.panel_id AND proposal.state = 'submitted' AND opening.state = 'opened')",
        message='The proposals of this challenge have not been opened.',
    ),
    Guard(
        name='assignment_is_for_who_went_on',
        table='assignment',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM panel JOIN stage ON stage.id = panel.stage_id WHERE panel.id = NEW.panel_id AND stage.position > 1 AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id JOIN panel AS earlier ON earlier.id = decision.panel_id JOIN stage AS previous ON previous.id = earlier.stage_id WHERE outcome.proposal_id = NEW.proposal_id AND outcome.goes_on AND decision.state = 'released' AND previous.round_id = stage.round_id AND previous.position = stage.position - 1))",
        message='This proposal did not go on to this stage.',
    ),
    Guard(
        name='assignment_keeps_out_the_applicants',
        table='assignment',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM proposal JOIN proposal AS rival ON rival.challenge_id = proposal.challenge_id JOIN membership ON membership.organisation_id = rival.organisation_id WHERE proposal.id = NEW.proposal_id AND rival.state = 'submitted' AND membership.user_id = NEW.judge_id)",
        message='Somebody who belongs to a team that answered this challenge cannot judge it.',
    ),
    Guard(
        name='outcome_is_fixed_once_approved_on_insert',
        table='outcome',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM decision WHERE decision.id = NEW.decision_id AND decision.state IN ('approved', 'released'))",
        message='The decision is approved: its outcomes are fixed.',
    ),
    Guard(
        name='outcome_is_fixed_once_approved_on_update',
        table='outcome',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM decision WHERE decision.id = OLD.decision_id AND decision.state IN ('approved', 'released'))",
        message='The decision is approved: its outcomes are fixed.',
    ),
    Guard(
        name='outcome_is_fixed_once_approved_on_delete',
        table='outcome',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM decision WHERE decision.id = OLD.decision_id AND decision.state IN ('approved', 'released'))",
        message='The decision is approved: its outcomes are fixed.',
    ),
    Guard(
        name='outcome_stays_in_its_challenge',
        table='outcome',
        on='INSERT',
        condition='NOT EXISTS (SELECT 1 FROM decision JOIN panel ON panel.id = decision.panel_id JOIN proposal ON proposal.challenge_id = panel.challenge_id WHERE decision.id = NEW.decision_id AND proposal.id = NEW.proposal_id)',
        message='This proposal answers another challenge.',
    ),
    Guard(
        name='decision_stays_as_approved',
        table='decision',
        on='UPDATE',
        condition="OLD.state IN ('released', 'returned') OR (OLD.state = 'approved' AND (NEW.state <> 'released' OR NEW.approved_by_id <> OLD.approved_by_id OR NEW.proposed_by_id <> OLD.proposed_by_id OR NEW.reason <> OLD.reason OR NEW.panel_id <> OLD.panel_id))",
        message='A decision stays as it was approved or returned.',
    ),
    Guard(
        name='decision_is_kept',
        table='decision',
        on='DELETE',
        condition='1 = 1',
        message='A decision is kept.',
    ),
    Guard(
        name='decision_proposer_has_no_conflict',
        table='decision',
        on='INSERT',
        condition="(EXISTS (SELECT 1 FROM panel JOIN proposal ON proposal.challenge_id = panel.challenge_id JOIN membership ON membership.organisation_id = proposal.organisation_id WHERE panel.id = NEW.panel_id AND proposal.state = 'submitted' AND membership.user_id = NEW.proposed_by_id) OR EXISTS (SELECT 1 FROM panel JOIN panel AS judged ON judged.challenge_id = panel.challenge_id JOIN assignment ON assignment.panel_id = judged.id WHERE panel.id = NEW.panel_id AND assignment.state = 'recused' AND assignment.judge_id = NEW.proposed_by_id))",
        message='Somebody with a conflict of interest cannot decide.',
    ),
    Guard(
        name='decision_approver_has_no_conflict',
        table='decision',
        on='UPDATE OF approved_by_id',
        condition="(EXISTS (SELECT 1 FROM panel JOIN proposal ON proposal.challenge_id = panel.challenge_id JOIN membership ON membership.organisation_id = proposal.organisation_id WHERE panel.id = NEW.panel_id AND proposal.state = 'submitted' AND membership.user_id = NEW.approved_by_id) OR EXISTS (SELECT 1 FROM panel JOIN panel AS judged ON judged.challenge_id = panel.challenge_id JOIN assignment ON assignment.panel_id = judged.id WHERE panel.id = NEW.panel_id AND assignment.state = 'recused' AND assignment.judge_id = NEW.approved_by_id))",
        message='Somebody with a conflict of interest cannot decide.',
    ),
    Guard(
        name='score_needs_an_open_scorecard_on_insert',
        table='score',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = NEW.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL)",
        message='The scorecard is not open: it was locked, or the decision has been proposed.',
    ),
    Guard(
        name='score_needs_an_open_scorecard_on_update',
        table='score',
        on='UPDATE',
        condition="(NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = OLD.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL) OR NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = NEW.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL))",
        message='The scorecard is not open: it was locked, or the decision has been proposed.',
    ),
    Guard(
        name='score_needs_an_open_scorecard_on_delete',
        table='score',
        on='DELETE',
        condition="NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = OLD.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL)",
        message='The scorecard is not open: it was locked, or the decision has been proposed.',
    ),
    Guard(
        name='rights_statement_begins_unaccepted',
        table='rights_statement',
        on='INSERT',
        condition='NEW.company_accepted_at IS NOT NULL OR NEW.body_accepted_at IS NOT NULL',
        message='A rights statement is accepted after it was drawn up.',
    ),
    Guard(
        name='rights_statement_is_immutable_once_accepted',
        table='rights_statement',
        on='UPDATE',
        condition='OLD.company_accepted_at IS NOT NULL AND OLD.body_accepted_at IS NOT NULL',
        message='The rights statement is accepted by both sides and can no longer change.',
    ),
    Guard(
        name='rights_statement_keeps_its_terms',
        table='rights_statement',
        on='UPDATE',
        condition="(NEW.reference <> OLD.reference OR NEW.number <> OLD.number OR NEW.proposal_id <> OLD.proposal_id OR NEW.stage_id <> OLD.stage_id OR NEW.drawn_up_at <> OLD.drawn_up_at) OR (OLD.offered_at IS NOT NULL AND NEW.offered_at IS NOT NULL AND (NEW.offered_at <> OLD.offered_at OR COALESCE(NEW.company_number, '') <> COALESCE(OLD.company_number, '') OR NEW.company_name <> OLD.company_name OR NEW.public_body_name <> OLD.public_body_name OR NEW.foreground_owner <> OLD.foreground_owner OR NEW.licence_scope <> OLD.licence_scope OR NEW.licence_field <> OLD.licence_field OR NEW.licence_territory <> OLD.licence_territory OR NEW.licence_term <> OLD.licence_term OR NEW.licence_exclusive <> OLD.licence_exclusive OR NEW.licence_royalty <> OLD.licence_royalty OR NEW.licence_sublicence <> OLD.licence_sublicence OR NEW.public_stake <> OLD.public_stake OR NEW.options <> OLD.options OR NEW.convertibles <> OLD.convertibles OR NEW.loans <> OLD.loans OR NEW.royalty_share <> OLD.royalty_share OR NEW.board_seat <> OLD.board_seat))",
        message='The rights statement was put to both sides: its terms are fixed.',
    ),
    Guard(
        name='rights_acceptance_stands_for_company',
        table='rights_statement',
        on='UPDATE',
        condition='OLD.company_accepted_at IS NOT NULL AND (NEW.company_accepted_at IS NULL OR NEW.company_accepted_at <> OLD.company_accepted_at OR NEW.company_accepted_by_id <> OLD.company_accepted_by_id)',
        message='An acceptance of the rights statement is not taken back or moved.',
    ),
    Guard(
        name='rights_acceptance_stands_for_body',
        table='rights_statement',
        on='UPDATE',
        condition='OLD.body_accepted_at IS NOT NULL AND (NEW.body_accepted_at IS NULL OR NEW.body_accepted_at <> OLD.body_accepted_at OR NEW.body_accepted_by_id <> OLD.body_accepted_by_id)',
        message='An acceptance of the rights statement is not taken back or moved.',
    ),
    Guard(
        name='rights_are_accepted_by_an_officer_of_the_company',
        table='rights_statement',
        on='UPDATE',
        condition="OLD.company_accepted_by_id IS NULL AND NEW.company_accepted_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.company_accepted_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND membership.role IN ('owner'))",
        message='Only an owner of the company can accept for it.',
    ),
    Guard(
        name='rights_are_accepted_by_an_officer_of_the_body',
        table='rights_statement',
        on='UPDATE',
        condition="OLD.body_accepted_by_id IS NULL AND NEW.body_accepted_by_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.body_accepted_by_id AND membership.organisation_id = (SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = NEW.proposal_id) AND membership.role IN ('owner', 'approver')) OR (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.body_accepted_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id)) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.body_accepted_by_id AND assignment.proposal_id = NEW.proposal_id AND assignment.state = 'recused')))",
        message='Only an owner or approver of the public body, who has no stake in the team, can accept for it.',
    ),
    Guard(
        name='rights_statement_never_goes',
        table='rights_statement',
        on='DELETE',
        condition='1 = 1',
        message='A rights statement is kept.',
    ),
    Guard(
        name='background_is_fixed_on_insert',
        table='background_item',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        message='The rights statement has been accepted: its list of background is fixed.',
    ),
    Guard(
        name='background_is_fixed_on_update',
        table='background_item',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL)) OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        message='The rights statement has been accepted: its list of background is fixed.',
    ),
    Guard(
        name='background_is_fixed_on_delete',
        table='background_item',
        on='DELETE',
        condition='EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        message='The rights statement has been accepted: its list of background is fixed.',
    ),
    Guard(
        name='agreement_is_for_a_chosen_team',
        table='stage_agreement',
        on='INSERT',
        condition="NEW.state <> 'draft' OR NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id JOIN panel ON panel.id = decision.panel_id JOIN stage AS judged ON judged.id = panel.stage_id JOIN stage AS following ON following.round_id = judged.round_id AND following.position = judged.position + 1 WHERE outcome.proposal_id = NEW.proposal_id AND following.id = NEW.stage_id AND following.kind = 'funded' AND decision.state = 'released' AND outcome.goes_on) OR NOT EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id  AND rights_statement.proposal_id = NEW.proposal_id AND rights_statement.stage_id = NEW.stage_id)",
        message='An agreement begins as a draft, for a team that a released decision chose, with its own statement.',
    ),
    Guard(
        name='agreement_waits_for_the_rights_statement',
        table='stage_agreement',
        on='UPDATE',
        condition="NEW.state IN ('active', 'completed', 'stopped') AND NOT EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id  AND rights_statement.company_accepted_at <= NEW.activated_at AND rights_statement.body_accepted_at <= NEW.activated_at)",
        message='The rights statement has to be accepted by both sides first.',
    ),
    Guard(
        name='agreement_is_offered_within_its_limits',
        table='stage_agreement',
        on='UPDATE',
        condition="OLD.state = 'draft' AND NEW.state = 'offered' AND (NOT EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id  AND rights_statement.offered_at IS NOT NULL) OR NEW.amount_pence = 0 OR NEW.amount_pence <> (SELECT COALESCE(SUM(milestone.amount_pence), 0) FROM milestone WHERE milestone.agreement_id = NEW.id) OR NEW.vat_pence <> (SELECT COALESCE(SUM(milestone.vat_pence), 0) FROM milestone WHERE milestone.agreement_id = NEW.id) OR NOT EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.stage_id = NEW.stage_id AND stage_budget.challenge_id = (SELECT challenge_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND NEW.amount_pence <= stage_budget.amount_pence) OR EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.amount_pence < NEW.amount_pence + CASE WHEN stage.vat_basis = 'including' THEN NEW.vat_pence ELSE 0 END))",
        message='An offer is the sum of its milestones, within what the stage pays and the challenge has for it.',
    ),
    Guard(
        name='agreement_moves_forward',
        table='stage_agreement',
        on='UPDATE',
        condition="NEW.state <> OLD.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'offered') OR (OLD.state = 'offered' AND NEW.state = 'draft') OR (OLD.state = 'draft' AND NEW.state = 'lapsed') OR (OLD.state = 'offered' AND NEW.state = 'lapsed') OR (OLD.state = 'offered' AND NEW.state = 'active') OR (OLD.state = 'active' AND NEW.state = 'completed') OR (OLD.state = 'active' AND NEW.state = 'stopped'))",
        message='An agreement does not go back.',
    ),
    Guard(
        name='agreement_is_fixed_once_offered',
        table='stage_agreement',
        on='UPDATE',
        condition="(NEW.proposal_id <> OLD.proposal_id OR NEW.stage_id <> OLD.stage_id OR NEW.statement_id <> OLD.statement_id OR NEW.reference <> OLD.reference OR NEW.drafted_at <> OLD.drafted_at) OR (OLD.state <> 'draft' AND (NEW.amount_pence <> OLD.amount_pence OR NEW.vat_pence <> OLD.vat_pence OR NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on)) OR (NEW.activated_at <> OLD.activated_at) OR (NEW.ended_at <> OLD.ended_at) OR (NEW.state <> 'draft' AND NEW.offered_at <> OLD.offered_at)",
        message='The agreement has been offered: its figures and dates are fixed.',
    ),
    Guard(
        name='agreement_never_goes',
        table='stage_agreement',
        on='DELETE',
        condition='1 = 1',
        message='Agreements are kept.',
    ),
    Guard(
        name='milestone_is_not_added_once_offered',
        table='milestone',
        on='INSERT',
        condition="NEW.state <> 'planned' OR EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id AND stage_agreement.state <> 'draft')",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_is_not_dropped_once_offered',
        table='milestone',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = OLD.agreement_id AND stage_agreement.state <> 'draft')",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_is_fixed_once_offered',
        table='milestone',
        on='UPDATE',
        condition="(NEW.agreement_id <> OLD.agreement_id OR NEW.reference <> OLD.reference) OR (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = OLD.agreement_id AND stage_agreement.state <> 'draft') AND (NEW.number <> OLD.number OR NEW.title <> OLD.title OR NEW.success_criteria <> OLD.success_criteria OR NEW.due_on <> OLD.due_on OR NEW.amount_pence <> OLD.amount_pence OR NEW.vat_per_cent <> OLD.vat_per_cent OR NEW.vat_pence <> OLD.vat_pence))",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_moves_in_force',
        table='milestone',
        on='UPDATE',
        condition="(NEW.state <> 'planned' AND NOT EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id AND stage_agreement.activated_at IS NOT NULL)) OR (NEW.state <> OLD.state AND NOT ((OLD.state = 'planned' AND NEW.state = 'due') OR (OLD.state = 'due' AND NEW.state = 'delivered') OR (OLD.state = 'delivered' AND NEW.state = 'due') OR (OLD.state = 'delivered' AND NEW.state = 'accepted') OR (OLD.state = 'due' AND NEW.state = 'undelivered'))) OR (OLD.state = 'accepted' AND (NEW.accepted_at <> OLD.accepted_at OR NEW.accepted_by_id <> OLD.accepted_by_id))",
        message='A milestone is due, delivered and accepted in this order, under an agreement in force.',
    ),
    Guard(
        name='milestone_is_accepted_by_the_sponsor',
        table='milestone',
        on='UPDATE',
        condition="OLD.state <> 'accepted' AND NEW.state = 'accepted' AND (NOT EXISTS (SELECT 1 FROM deliverable WHERE deliverable.milestone_id = NEW.id AND deliverable.state = 'accepted' AND deliverable.decided_by_id = NEW.accepted_by_id AND deliverable.decided_at = NEW.accepted_at) OR NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.accepted_by_id AND membership.organisation_id = (SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id)) AND membership.role IN ('owner', 'acceptor', 'approver')) OR (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.accepted_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id))) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.accepted_by_id AND assignment.proposal_id = (SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id) AND assignment.state = 'recused')))",
        message='Evidence is accepted by somebody of the public body who has no stake in the team.',
    ),
    Guard(
        name='deliverable_is_of_the_company',
        table='deliverable',
        on='INSERT',
        condition="NEW.state <> 'delivered' OR NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id WHERE milestone.id = NEW.milestone_id AND stage_agreement.state = 'active' AND stage_agreement.activated_at <= NEW.delivered_at) OR NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.delivered_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND membership.role IN ('owner', 'editor'))",
        message='Evidence is handed in by the company, under an agreement in force.',
    ),
    Guard(
        name='deliverable_is_decided_once',
        table='deliverable',
        on='UPDATE',
        condition="OLD.state <> 'delivered' OR COALESCE(NEW.link, '') <> COALESCE(OLD.link, '') OR NEW.milestone_id <> OLD.milestone_id OR NEW.number <> OLD.number OR NEW.reference <> OLD.reference OR NEW.evidence <> OLD.evidence OR NEW.delivered_at <> OLD.delivered_at OR NEW.delivered_by_id <> OLD.delivered_by_id",
        message='Evidence stays as it was handed in, and is decided on once.',
    ),
    Guard(
        name='deliverable_never_goes',
        table='deliverable',
        on='DELETE',
        condition='1 = 1',
        message='Evidence is kept.',
    ),
    Guard(
        name='transfer_never_changes',
        table='transfer',
        on='UPDATE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='transfer_never_goes',
        table='transfer',
        on='DELETE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='account_begins_empty',
        table='account',
        on='INSERT',
        condition='NEW.balance_pence <> 0',
        message='An account begins empty.',
    ),
    Guard(
        name='account_is_what_was_transferred',
        table='account',
        on='UPDATE',
        condition='NEW.kind <> OLD.kind OR NEW.challenge_id <> OLD.challenge_id OR NEW.stage_id <> OLD.stage_id OR COALESCE(NEW.milestone_id, 0) <> COALESCE(OLD.milestone_id, 0) OR NEW.balance_pence <> (SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM transfer WHERE transfer.credit_id = NEW.id) - (SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM transfer WHERE transfer.debit_id = NEW.id)',
        message='A balance is what the transfers add up to.',
    ),
    Guard(
        name='account_never_goes',
        table='account',
        on='DELETE',
        condition='1 = 1',
        message='Accounts are kept.',
    ),
    Guard(
        name='transfer_keeps_to_the_route',
        table='transfer',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM account AS debit JOIN account AS credit ON credit.id = NEW.credit_id WHERE debit.id = NEW.debit_id AND debit.challenge_id = credit.challenge_id AND debit.stage_id = credit.stage_id AND ((NEW.kind = 'budget' AND debit.kind = 'source' AND credit.kind = 'budget') OR (NEW.kind = 'commitment' AND debit.kind = 'budget' AND credit.kind = 'committed') OR (NEW.kind = 'release' AND debit.kind = 'committed' AND credit.kind = 'released' AND debit.milestone_id = credit.milestone_id) OR (NEW.kind = 'payment' AND debit.kind = 'released' AND credit.kind = 'paid' AND debit.milestone_id = credit.milestone_id) OR (NEW.kind = 'return' AND debit.kind = 'committed' AND credit.kind = 'budget') OR (NEW.kind = 'withdrawal' AND debit.kind = 'budget' AND credit.kind = 'source')))",
        message='Money goes from the budget to committed, released and paid, and nowhere else.',
    ),
    Guard(
        name='transfer_finds_enough',
        table='transfer',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM account WHERE account.id = NEW.debit_id AND (account.kind = 'source' OR account.balance_pence >= NEW.amount_pence))",
        message='There is not enough money left for this.',
    ),
    Guard(
        name='transfer_waits_for_the_rights_statement',
        table='transfer',
        on='INSERT',
        condition="NEW.kind IN ('commitment', 'release', 'payment') AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON milestone.id = account.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.credit_id AND rights_statement.company_accepted_at <= NEW.moved_at AND rights_statement.body_accepted_at <= NEW.moved_at)",
        message='No money moves before both sides have accepted the rights statement.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_budget',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'budget' AND NOT EXISTS (SELECT 1 FROM account JOIN stage_budget ON stage_budget.challenge_id = account.challenge_id AND stage_budget.stage_id = account.stage_id JOIN challenge ON challenge.id = account.challenge_id WHERE account.id = NEW.credit_id AND stage_budget.amount_pence = NEW.amount_pence AND challenge.state = 'published')",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_commitment',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'commitment' AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON milestone.id = account.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.credit_id AND stage_agreement.state = 'active' AND milestone.amount_pence = NEW.amount_pence AND stage_agreement.activated_at = NEW.moved_at)",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_release',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'release' AND NOT EXISTS (SELECT 1 FROM release JOIN account ON account.milestone_id = release.milestone_id WHERE account.id = NEW.credit_id AND release.state = 'approved' AND release.amount_pence = NEW.amount_pence AND release.approved_by_id = NEW.moved_by_id AND release.approved_at = NEW.moved_at)",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_payment',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM release JOIN account ON account.milestone_id = release.milestone_id WHERE account.id = NEW.credit_id AND release.state = 'paid' AND release.amount_pence = NEW.amount_pence AND release.paid_by_id = NEW.moved_by_id AND release.paid_at = NEW.moved_at)",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_return',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'return' AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON milestone.id = account.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.debit_id AND milestone.state = 'undelivered')",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='transfer_follows_a_decision_on_withdrawal',
        table='transfer',
        on='INSERT',
        condition="NEW.kind = 'withdrawal' AND NOT EXISTS (SELECT 1 FROM account JOIN challenge ON challenge.id = account.challenge_id WHERE account.id = NEW.debit_id AND challenge.state = 'cancelled')",
        message='Money moves only as it was decided: this amount, by this person, at this instant.',
    ),
    Guard(
        name='release_waits_for_the_rights_statement_on_insert',
        table='release',
        on='INSERT',
        condition="NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND rights_statement.company_accepted_at <= NEW.proposed_at AND rights_statement.body_accepted_at <= NEW.proposed_at)",
        message='No money moves before both sides have accepted the rights statement.',
    ),
    Guard(
        name='release_keeps_to_its_milestone_on_insert',
        table='release',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND milestone.state = 'accepted' AND NEW.amount_pence <= milestone.amount_pence AND NEW.vat_pence <= milestone.vat_pence AND milestone.accepted_at <= NEW.proposed_at)",
        message='A release is at most its accepted milestone.',
    ),
    Guard(
        name='release_is_kept_apart_from_acceptance_on_insert',
        table='release',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND milestone.accepted_by_id IN (NEW.proposed_by_id, COALESCE(NEW.approved_by_id, 0), COALESCE(NEW.refused_by_id, 0), COALESCE(NEW.paid_by_id, 0)))',
        message='Who accepted the evidence neither proposes nor approves the release.',
    ),
    Guard(
        name='release_waits_for_the_rights_statement_on_update',
        table='release',
        on='UPDATE',
        condition="NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND rights_statement.company_accepted_at <= NEW.proposed_at AND rights_statement.body_accepted_at <= NEW.proposed_at)",
        message='No money moves before both sides have accepted the rights statement.',
    ),
    Guard(
        name='release_keeps_to_its_milestone_on_update',
        table='release',
        on='UPDATE',
        condition="NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND milestone.state = 'accepted' AND NEW.amount_pence <= milestone.amount_pence AND NEW.vat_pence <= milestone.vat_pence AND milestone.accepted_at <= NEW.proposed_at)",
        message='A release is at most its accepted milestone.',
    ),
    Guard(
        name='release_is_kept_apart_from_acceptance_on_update',
        table='release',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND milestone.accepted_by_id IN (NEW.proposed_by_id, COALESCE(NEW.approved_by_id, 0), COALESCE(NEW.refused_by_id, 0), COALESCE(NEW.paid_by_id, 0)))',
        message='Who accepted the evidence neither proposes nor approves the release.',
    ),
    Guard(
        name='release_begins_proposed',
        table='release',
        on='INSERT',
        condition="NEW.state <> 'proposed'",
        message='A release is proposed first.',
    ),
    Guard(
        name='release_is_proposed_without_conflict',
        table='release',
        on='INSERT',
        condition="(EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.proposed_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id))) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.proposed_by_id AND assignment.proposal_id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND assignment.state = 'recused'))",
        message='Nobody acts on a release where they have a conflict of interest.',
    ),
    Guard(
        name='release_is_decided_without_conflict',
        table='release',
        on='UPDATE',
        condition="(OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL AND (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.approved_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id))) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.approved_by_id AND assignment.proposal_id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND assignment.state = 'recused'))) OR (OLD.refused_by_id IS NULL AND NEW.refused_by_id IS NOT NULL AND (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.refused_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id))) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.refused_by_id AND assignment.proposal_id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND assignment.state = 'recused'))) OR (OLD.paid_by_id IS NULL AND NEW.paid_by_id IS NOT NULL AND (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.paid_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id))) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.judge_id = NEW.paid_by_id AND assignment.proposal_id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND assignment.state = 'recused')))",
        message='Nobody acts on a release where they have a conflict of interest.',
    ),
    Guard(
        name='release_moves_forward',
        table='release',
        on='UPDATE',
        condition="NEW.state <> OLD.state AND NOT ((OLD.state = 'proposed' AND NEW.state = 'approved') OR (OLD.state = 'proposed' AND NEW.state = 'refused') OR (OLD.state = 'approved' AND NEW.state = 'paid'))",
        message='A release does not go back.',
    ),
    Guard(
        name='release_is_fixed',
        table='release',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.milestone_id <> OLD.milestone_id OR NEW.amount_pence <> OLD.amount_pence OR NEW.vat_pence <> OLD.vat_pence OR NEW.proposed_at <> OLD.proposed_at OR NEW.proposed_by_id <> OLD.proposed_by_id OR (OLD.state IN ('approved', 'paid') AND (NEW.approved_at <> OLD.approved_at OR NEW.approved_by_id <> OLD.approved_by_id)) OR (OLD.state = 'paid' AND (NEW.paid_at <> OLD.paid_at OR NEW.paid_by_id <> OLD.paid_by_id OR NEW.bank_reference <> OLD.bank_reference)) OR (OLD.state = 'refused' AND (NEW.refused_at <> OLD.refused_at OR NEW.refused_by_id <> OLD.refused_by_id OR NEW.reason <> OLD.reason))",
        message='The figures of a release are fixed, and so is who decided.',
    ),
    Guard(
        name='release_never_goes',
        table='release',
        on='DELETE',
        condition='1 = 1',
        message='Releases are kept.',
    ),
    Guard(
        name='audit_entry_never_changes',
        table='audit_entry',
        on='UPDATE',
        condition='1 = 1',
        message='Audit entries can be added to, but not changed or deleted.',
    ),
    Guard(
        name='audit_entry_never_goes',
        table='audit_entry',
        on='DELETE',
        condition='1 = 1',
        message='Audit entries can be added to, but not changed or deleted.',
    ),
    Guard(
        name='audit_head_never_goes',
        table='audit_head',
        on='DELETE',
        condition='1 = 1',
        message='The audit log keeps its head.',
    ),
    Guard(
        name='audit_head_only_grows',
        table='audit_head',
        on='UPDATE',
        condition='NEW.sequence <= OLD.sequence',
        message='The audit log only grows.',
    ),
)


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=True),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('actor', sa.String(), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('request', sa.String(), nullable=True),
    sa.Column('previous', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.CheckConstraint('(subject_kind IS NULL) = (subject IS NULL)', name=op.f('ck_audit_entry_subject_has_its_kind')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entry_hash'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_actor', ['actor', 'sequence'], unique=False)
        batch_op.create_index('ix_audit_entry_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_entry_event', ['event', 'sequence'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject', 'sequence'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_there_is_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('public_body', 'company', 'individual', name='organisationkind', native_enum=False, length=40), nullable=False),
    sa.Column('legal_name', sa.String(), nullable=False),
    sa.Column('trading_name', sa.String(), nullable=True),
    sa.Column('identifier_scheme', sa.Enum('GB-COH', 'GB-SC', 'GB-CHC', 'GB-PPON', name='identifierscheme', native_enum=False, length=40), nullable=True),
    sa.Column('identifier_number', sa.String(), nullable=True),
    sa.Column('size', sa.Enum('micro', 'small', 'medium', 'large', name='companysize', native_enum=False, length=40), nullable=True),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("identifier_scheme IN ('GB-COH', 'GB-SC', 'GB-CHC', 'GB-PPON')", name=op.f('ck_organisation_identifier_scheme_is_known')),
    sa.CheckConstraint("kind <> 'public_body' OR size IS NULL", name=op.f('ck_organisation_size_is_for_companies')),
    sa.CheckConstraint("kind IN ('public_body', 'company', 'individual')", name=op.f('ck_organisation_kind_is_known')),
    sa.CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name=op.f('ck_organisation_size_is_known')),
    sa.CheckConstraint('(identifier_scheme IS NULL) = (identifier_number IS NULL)', name=op.f('ck_organisation_identifier_has_its_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('identifier_scheme', 'identifier_number', name=op.f('uq_organisation_identifier_scheme_identifier_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_organisation_reference'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index('ix_organisation_kind_legal_name', ['kind', 'legal_name'], unique=False)

    op.create_table('pathway',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway')),
    sa.UniqueConstraint('key', 'number', name=op.f('uq_pathway_key_number'))
    )
    op.create_table('person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('password', sa.String(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tf_primary_method', sa.String(), nullable=True),
    sa.Column('tf_totp_secret', sa.String(), nullable=True),
    sa.Column('tf_last_counter', sa.Integer(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_person_fs_uniquifier')),
    sa.UniqueConstraint('reference', name=op.f('uq_person_reference'))
    )
    op.create_table('used_key',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('location', sa.String(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_used_key')),
    sa.UniqueConstraint('key', name=op.f('uq_used_key_key'))
    )
    op.create_table('granted_role',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('staff', 'finance', 'auditor', 'administrator', name='programmerole', native_enum=False, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('staff', 'finance', 'auditor', 'administrator')", name=op.f('ck_granted_role_role_is_known')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_granted_role_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_granted_role')),
    sa.UniqueConstraint('user_id', 'role', name=op.f('uq_granted_role_user_id_role'))
    )
    with op.batch_alter_table('granted_role', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_granted_role_user_id'), ['user_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor', name='memberrole', native_enum=False, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')", name=op.f('ck_membership_role_is_known')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_membership_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('user_id', 'organisation_id', 'role', name=op.f('uq_membership_user_id_organisation_id_role'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)

    op.create_table('outbox_message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('recipient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('body', sa.String(), nullable=True),
    sa.Column('state', sa.Enum('queued', 'sent', 'dead', name='messagestate', native_enum=False, length=40), nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_outbox_message_sent_at_once_sent')),
    sa.CheckConstraint("(template = 'account') = (subject IS NOT NULL)", name=op.f('ck_outbox_message_subject_if_ready_made')),
    sa.CheckConstraint("body IS NULL OR (template = 'account' AND state <> 'sent')", name=op.f('ck_outbox_message_body_until_sent')),
    sa.CheckConstraint("state <> 'dead' OR failure IS NOT NULL", name=op.f('ck_outbox_message_failure_if_dead')),
    sa.CheckConstraint("state IN ('queued', 'sent', 'dead')", name=op.f('ck_outbox_message_state_is_known')),
    sa.CheckConstraint('(recipient_id IS NULL) <> (address IS NULL)', name=op.f('ck_outbox_message_goes_to_a_person_or_an_address')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_outbox_message_attempts_are_counted')),
    sa.ForeignKeyConstraint(['recipient_id'], ['person.id'], name=op.f('fk_outbox_message_recipient_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_message_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_outbox_message_reference'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_message_recipient_id'), ['recipient_id'], unique=False)
        batch_op.create_index('ix_outbox_message_state_due_at', ['state', 'due_at'], unique=False)

    op.create_table('round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('pathway_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('prepared', 'open', 'finished', name='roundstate', native_enum=False, length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name=op.f('ck_round_finished_at_once_finished')),
    sa.CheckConstraint("(state = 'prepared') = (opened_at IS NULL)", name=op.f('ck_round_opened_at_once_open')),
    sa.CheckConstraint("state IN ('prepared', 'open', 'finished')", name=op.f('ck_round_state_is_known')),
    sa.ForeignKeyConstraint(['pathway_id'], ['pathway.id'], name=op.f('fk_round_pathway_id_pathway')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('name', name=op.f('uq_round_name')),
    sa.UniqueConstraint('reference', name=op.f('uq_round_reference'))
    )
    op.create_table('challenge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sponsor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'proposed', 'approved', 'published', 'cancelled', name='challengestate', native_enum=False, length=40), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('need', sa.String(), nullable=False),
    sa.Column('outcomes', sa.String(), nullable=False),
    sa.Column('constraints', sa.String(), nullable=False),
    sa.Column('adoption', sa.String(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drafted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revised_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('questions_close_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'cancelled' OR message IS NOT NULL", name=op.f('ck_challenge_cancelled_with_a_reason')),
    sa.CheckConstraint("state <> 'published' OR (opens_at IS NOT NULL AND questions_close_at IS NOT NULL AND closes_at IS NOT NULL AND published_at IS NOT NULL)", name=op.f('ck_challenge_published_with_its_dates')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR proposed_by_id IS NOT NULL", name=op.f('ck_challenge_proposed_by_somebody')),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'approved', 'published', 'cancelled')", name=op.f('ck_challenge_state_is_known')),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'cancelled') OR approved_by_id IS NOT NULL", name=op.f('ck_challenge_approved_by_somebody')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_challenge_approver_is_another_person')),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_challenge_opens_before_it_closes')),
    sa.CheckConstraint('questions_close_at BETWEEN opens_at AND closes_at', name=op.f('ck_challenge_questions_while_it_is_open')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_challenge_approved_by_id_person')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_challenge_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_challenge_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_challenge_published_by_id_person')),
    sa.ForeignKeyConstraint(['revised_by_id'], ['person.id'], name=op.f('fk_challenge_revised_by_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_challenge_round_id_round')),
    sa.ForeignKeyConstraint(['sponsor_id'], ['organisation.id'], name=op.f('fk_challenge_sponsor_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge')),
    sa.UniqueConstraint('reference', name=op.f('uq_challenge_reference')),
    sa.UniqueConstraint('slug', name=op.f('uq_challenge_slug'))
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_round_id'), ['round_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_challenge_sponsor_id'), ['sponsor_id'], unique=False)
        batch_op.create_index('ix_challenge_state_closes_at', ['state', 'closes_at'], unique=False)

    op.create_table('stage',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('sift', 'interview', 'funded', name='stagekind', native_enum=False, length=40), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('teams', sa.Integer(), nullable=True),
    sa.Column('amount_pence', sa.BigInteger(), nullable=True),
    sa.Column('amount_is_ceiling', sa.Boolean(), nullable=False),
    sa.Column('vat_basis', sa.Enum('excluding', 'including', name='vatbasis', native_enum=False, length=40), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=True),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'funded') = (amount_pence IS NOT NULL)", name=op.f('ck_stage_amount_if_funded')),
    sa.CheckConstraint("kind IN ('sift', 'interview', 'funded')", name=op.f('ck_stage_kind_is_known')),
    sa.CheckConstraint("vat_basis IN ('excluding', 'including')", name=op.f('ck_stage_vat_basis_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_stage_amount_is_positive')),
    sa.CheckConstraint('pass_mark BETWEEN 0 AND 100', name=op.f('ck_stage_pass_mark_is_per_cent')),
    sa.CheckConstraint('quorum > 0', name=op.f('ck_stage_quorum_is_some')),
    sa.CheckConstraint('teams > 0', name=op.f('ck_stage_teams_are_some')),
    sa.CheckConstraint('weeks > 0', name=op.f('ck_stage_weeks_are_some')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_stage_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage')),
    sa.UniqueConstraint('round_id', 'key', name=op.f('uq_stage_round_id_key')),
    sa.UniqueConstraint('round_id', 'position', name=op.f('uq_stage_round_id_position'))
    )
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_round_id'), ['round_id'], unique=False)

    op.create_table('criterion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('position > 0', name=op.f('ck_criterion_position_counts_from_one')),
    sa.CheckConstraint('threshold BETWEEN 0 AND 5', name=op.f('ck_criterion_threshold_is_on_the_scale')),
    sa.CheckConstraint('weight BETWEEN 1 AND 100', name=op.f('ck_criterion_weight_is_per_cent')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_criterion_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('stage_id', 'position', name=op.f('uq_criterion_stage_id_position'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_stage_id'), ['stage_id'], unique=False)

    op.create_table('opening',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('requested', 'opened', name='openingstate', native_enum=False, length=40), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'opened') = (confirmed_by_id IS NOT NULL)", name=op.f('ck_opening_confirmed_once_opened')),
    sa.CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)", name=op.f('ck_opening_opened_at_once_opened')),
    sa.CheckConstraint("state IN ('requested', 'opened')", name=op.f('ck_opening_state_is_known')),
    sa.CheckConstraint('confirmed_by_id <> requested_by_id', name=op.f('ck_opening_confirmed_by_another_person')),
    sa.CheckConstraint('opened_at >= requested_at', name=op.f('ck_opening_opened_after_it_was_requested')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_opening_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_opening_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['requested_by_id'], ['person.id'], name=op.f('fk_opening_requested_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening')),
    sa.UniqueConstraint('challenge_id', name=op.f('uq_opening_challenge_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_opening_reference'))
    )
    op.create_table('panel',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('convened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_panel_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_panel_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel')),
    sa.UniqueConstraint('challenge_id', 'stage_id', name=op.f('uq_panel_challenge_id_stage_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_panel_reference'))
    )
    with op.batch_alter_table('panel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panel_stage_id'), ['stage_id'], unique=False)

    op.create_table('proposal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'withdrawn', name='proposalstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('draft_title', sa.String(), nullable=False),
    sa.Column('draft_summary', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name=op.f('ck_proposal_submitted_at_once_submitted')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_proposal_withdrawn_at_once_withdrawn')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name=op.f('ck_proposal_state_is_known')),
    sa.CheckConstraint('withdrawn_at >= submitted_at', name=op.f('ck_proposal_withdrawn_after_it_was_submitted')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_proposal_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_proposal_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['started_by_id'], ['person.id'], name=op.f('fk_proposal_started_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal')),
    sa.UniqueConstraint('challenge_id', 'organisation_id', 'number', name=op.f('uq_proposal_challenge_id_organisation_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_proposal_reference'))
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index('ix_proposal_challenge_id_state', ['challenge_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposal_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('asked', 'answered', name='questionstate', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name=op.f('ck_question_answer_once_answered')),
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_question_answered_at_once_answered')),
    sa.CheckConstraint("(state = 'answered') = (answered_by_id IS NOT NULL)", name=op.f('ck_question_answered_by_once_answered')),
    sa.CheckConstraint("state IN ('asked', 'answered')", name=op.f('ck_question_state_is_known')),
    sa.CheckConstraint('length(trim(answer)) > 0', name=op.f('ck_question_answer_says_something')),
    sa.CheckConstraint('length(trim(text)) > 0', name=op.f('ck_question_text_says_something')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_question_asker_id_person')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_question_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('reference', name=op.f('uq_question_reference'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_asker_id'), ['asker_id'], unique=False)
        batch_op.create_index('ix_question_challenge_id_state', ['challenge_id', 'state'], unique=False)

    op.create_table('stage_budget',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount_pence >= 0', name=op.f('ck_stage_budget_amount_is_not_negative')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_stage_budget_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_budget_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_budget')),
    sa.UniqueConstraint('challenge_id', 'stage_id', name=op.f('uq_stage_budget_challenge_id_stage_id'))
    )
    op.create_table('assignment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('judge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('assigned', 'clear', 'locked', 'recused', name='assignmentstate', native_enum=False, length=40), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('conflict', sa.String(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'assigned') = (declared_at IS NULL)", name=op.f('ck_assignment_declared_at_once_declared')),
    sa.CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name=op.f('ck_assignment_locked_at_once_locked')),
    sa.CheckConstraint("(state = 'recused') = (conflict IS NOT NULL)", name=op.f('ck_assignment_conflict_if_recused')),
    sa.CheckConstraint("state IN ('assigned', 'clear', 'locked', 'recused')", name=op.f('ck_assignment_state_is_known')),
    sa.ForeignKeyConstraint(['judge_id'], ['person.id'], name=op.f('fk_assignment_judge_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_assignment_panel_id_panel')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_assignment_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('panel_id', 'judge_id', 'proposal_id', name=op.f('uq_assignment_panel_id_judge_id_proposal_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_assignment_reference'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_judge_id'), ['judge_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_panel_id'), ['panel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'returned', 'approved', 'released', name='decisionstate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('departure', sa.String(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name=op.f('ck_decision_released_at_once_released')),
    sa.CheckConstraint("(state IN ('approved', 'released')) = (approved_by_id IS NOT NULL)", name=op.f('ck_decision_approved_by_somebody')),
    sa.CheckConstraint("state IN ('proposed', 'returned', 'approved', 'released')", name=op.f('ck_decision_state_is_known')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_decision_approver_is_another_person')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_decision_approved_by_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_decision_panel_id_panel')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_decision_proposed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('reference', name=op.f('uq_decision_reference'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_panel_id'), ['panel_id'], unique=False)
        batch_op.create_index('uq_decision_live_panel_id', ['panel_id'], unique=True, sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))

    op.create_table('rights_statement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('drawn_up_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_name', sa.String(), nullable=False),
    sa.Column('company_number', sa.String(), nullable=True),
    sa.Column('public_body_name', sa.String(), nullable=False),
    sa.Column('foreground_owner', sa.String(), nullable=False),
    sa.Column('licence_scope', sa.String(), nullable=False),
    sa.Column('licence_field', sa.String(), nullable=False),
    sa.Column('licence_territory', sa.String(), nullable=False),
    sa.Column('licence_term', sa.String(), nullable=False),
    sa.Column('licence_exclusive', sa.String(), nullable=False),
    sa.Column('licence_royalty', sa.String(), nullable=False),
    sa.Column('licence_sublicence', sa.String(), nullable=False),
    sa.Column('public_stake', sa.String(), nullable=False),
    sa.Column('options', sa.String(), nullable=False),
    sa.Column('convertibles', sa.String(), nullable=False),
    sa.Column('loans', sa.String(), nullable=False),
    sa.Column('royalty_share', sa.String(), nullable=False),
    sa.Column('board_seat', sa.String(), nullable=False),
    sa.Column('company_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('body_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('body_accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('digest', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("board_seat = 'none'", name=op.f('ck_rights_statement_board_seat_is_none')),
    sa.CheckConstraint("convertibles = 'none'", name=op.f('ck_rights_statement_convertibles_is_none')),
    sa.CheckConstraint("foreground_owner = 'company'", name=op.f('ck_rights_statement_company_owns_foreground')),
    sa.CheckConstraint("loans = 'none'", name=op.f('ck_rights_statement_loans_is_none')),
    sa.CheckConstraint("options = 'none'", name=op.f('ck_rights_statement_options_is_none')),
    sa.CheckConstraint("public_stake = 'none'", name=op.f('ck_rights_statement_public_stake_is_none')),
    sa.CheckConstraint("royalty_share = 'none'", name=op.f('ck_rights_statement_royalty_share_is_none')),
    sa.CheckConstraint('(body_accepted_at IS NULL) = (body_accepted_by_id IS NULL)', name=op.f('ck_rights_statement_body_acceptance_has_a_person')),
    sa.CheckConstraint('(company_accepted_at IS NULL OR body_accepted_at IS NULL) = (digest IS NULL)', name=op.f('ck_rights_statement_digest_once_accepted')),
    sa.CheckConstraint('(company_accepted_at IS NULL) = (company_accepted_by_id IS NULL)', name=op.f('ck_rights_statement_company_acceptance_has_a_person')),
    sa.CheckConstraint('body_accepted_at IS NULL OR (offered_at IS NOT NULL AND body_accepted_at >= offered_at)', name=op.f('ck_rights_statement_body_accepts_what_is_offered')),
    sa.CheckConstraint('company_accepted_at IS NULL OR (offered_at IS NOT NULL AND company_accepted_at >= offered_at)', name=op.f('ck_rights_statement_company_accepts_what_is_offered')),
    sa.CheckConstraint('company_accepted_by_id <> body_accepted_by_id', name=op.f('ck_rights_statement_two_sides_are_two_people')),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_rights_statement_digest_is_sha256')),
    sa.CheckConstraint('offered_at >= drawn_up_at', name=op.f('ck_rights_statement_offered_after_it_was_drawn_up')),
    sa.ForeignKeyConstraint(['body_accepted_by_id'], ['person.id'], name=op.f('fk_rights_statement_body_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['company_accepted_by_id'], ['person.id'], name=op.f('fk_rights_statement_company_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_rights_statement_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_rights_statement_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_statement')),
    sa.UniqueConstraint('proposal_id', 'stage_id', 'number', name=op.f('uq_rights_statement_proposal_id_stage_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_rights_statement_reference'))
    )
    op.create_table('seat',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('judge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['judge_id'], ['person.id'], name=op.f('fk_seat_judge_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_seat_panel_id_panel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('panel_id', 'judge_id', name=op.f('uq_seat_panel_id_judge_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_judge_id'), ['judge_id'], unique=False)

    op.create_table('section',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_section_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_section_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section')),
    sa.UniqueConstraint('proposal_id', 'key', name=op.f('uq_section_proposal_id_key'))
    )
    op.create_table('submission',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_submission_digest_is_sha_256')),
    sa.CheckConstraint('number > 0', name=op.f('ck_submission_number_counts_from_one')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_submission_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_submission_submitted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('proposal_id', 'number', name=op.f('uq_submission_proposal_id_number'))
    )
    op.create_table('background_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('statement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('patent', 'software', 'design', 'data', 'know_how', 'mark', name='backgroundkind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('patent', 'software', 'design', 'data', 'know_how', 'mark')", name=op.f('ck_background_item_kind_is_known')),
    sa.ForeignKeyConstraint(['statement_id'], ['rights_statement.id'], name=op.f('fk_background_item_statement_id_rights_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_background_item'))
    )
    with op.batch_alter_table('background_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_background_item_statement_id'), ['statement_id'], unique=False)

    op.create_table('outcome',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('goes_on', sa.Boolean(), nullable=False),
    sa.Column('feedback', sa.String(), nullable=False),
    sa.CheckConstraint('total BETWEEN 0 AND 10000', name=op.f('ck_outcome_total_is_per_cent')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_outcome_decision_id_decision')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_outcome_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sa.UniqueConstraint('decision_id', 'proposal_id', name=op.f('uq_outcome_decision_id_proposal_id'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('score',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assignment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('criterion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND 5', name=op.f('ck_score_points_are_on_the_scale')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_score_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_score_criterion_id_criterion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_score')),
    sa.UniqueConstraint('assignment_id', 'criterion_id', name=op.f('uq_score_assignment_id_criterion_id'))
    )
    op.create_table('stage_agreement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('statement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'offered', 'active', 'completed', 'stopped', 'lapsed', name='agreementstate', native_enum=False, length=40), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('active', 'completed', 'stopped')) = (activated_at IS NOT NULL)", name=op.f('ck_stage_agreement_activated_at_in_force')),
    sa.CheckConstraint("(state IN ('completed', 'stopped', 'lapsed')) = (ended_at IS NOT NULL)", name=op.f('ck_stage_agreement_ended_at_once_ended')),
    sa.CheckConstraint("state IN ('draft', 'lapsed') OR offered_at IS NOT NULL", name=op.f('ck_stage_agreement_offered_at_once_offered')),
    sa.CheckConstraint("state IN ('draft', 'offered', 'active', 'completed', 'stopped', 'lapsed')", name=op.f('ck_stage_agreement_state_is_known')),
    sa.CheckConstraint('activated_at >= offered_at', name=op.f('ck_stage_agreement_in_force_after_it_was_offered')),
    sa.CheckConstraint('amount_pence >= 0', name=op.f('ck_stage_agreement_amount_is_not_negative')),
    sa.CheckConstraint('ended_at >= activated_at', name=op.f('ck_stage_agreement_ended_after_it_came_into_force')),
    sa.CheckConstraint('offered_at >= drafted_at', name=op.f('ck_stage_agreement_offered_after_it_was_drafted')),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_stage_agreement_starts_before_it_ends')),
    sa.CheckConstraint('vat_pence >= 0', name=op.f('ck_stage_agreement_vat_is_not_negative')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_stage_agreement_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_agreement_stage_id_stage')),
    sa.ForeignKeyConstraint(['statement_id'], ['rights_statement.id'], name=op.f('fk_stage_agreement_statement_id_rights_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_agreement')),
    sa.UniqueConstraint('proposal_id', 'stage_id', name=op.f('uq_stage_agreement_proposal_id_stage_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_stage_agreement_reference')),
    sa.UniqueConstraint('statement_id', name=op.f('uq_stage_agreement_statement_id'))
    )
    with op.batch_alter_table('stage_agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_agreement_stage_id'), ['stage_id'], unique=False)

    op.create_table('milestone',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('agreement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'due', 'delivered', 'accepted', 'undelivered', name='milestonestate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('success_criteria', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_per_cent', sa.Integer(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name=op.f('ck_milestone_accepted_at_once_accepted')),
    sa.CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name=op.f('ck_milestone_accepted_by_somebody')),
    sa.CheckConstraint("state IN ('planned', 'due', 'delivered', 'accepted', 'undelivered')", name=op.f('ck_milestone_state_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_milestone_amount_is_positive')),
    sa.CheckConstraint('vat_pence = (amount_pence * vat_per_cent + 50) / 100', name=op.f('ck_milestone_vat_is_worked_out')),
    sa.CheckConstraint('vat_per_cent BETWEEN 0 AND 100', name=op.f('ck_milestone_vat_is_per_cent')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_milestone_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['agreement_id'], ['stage_agreement.id'], name=op.f('fk_milestone_agreement_id_stage_agreement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('agreement_id', 'number', name=op.f('uq_milestone_agreement_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_milestone_reference'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_milestone_agreement_id'), ['agreement_id'], unique=False)

    op.create_table('account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('source', 'budget', 'committed', 'released', 'paid', name='accountkind', native_enum=False, length=40), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('balance_pence', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind IN ('source', 'budget')) = (milestone_id IS NULL)", name=op.f('ck_account_milestone_once_committed')),
    sa.CheckConstraint("kind = 'source' OR balance_pence >= 0", name=op.f('ck_account_balance_is_not_negative')),
    sa.CheckConstraint("kind IN ('source', 'budget', 'committed', 'released', 'paid')", name=op.f('ck_account_kind_is_known')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_account_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_account_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_account_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('kind', 'milestone_id', name=op.f('uq_account_kind_milestone_id'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index('ix_account_challenge_id', ['challenge_id'], unique=False)
        batch_op.create_index('uq_account_kind_challenge_id_stage_id', ['kind', 'challenge_id', 'stage_id'], unique=True, sqlite_where=sa.text('milestone_id IS NULL'), postgresql_where=sa.text('milestone_id IS NULL'))

    op.create_table('deliverable',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('delivered', 'accepted', 'returned', name='deliverablestate', native_enum=False, length=40), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'delivered') = (decided_at IS NULL)", name=op.f('ck_deliverable_decided_at_once_decided')),
    sa.CheckConstraint("(state = 'delivered') = (decided_by_id IS NULL)", name=op.f('ck_deliverable_decided_by_somebody')),
    sa.CheckConstraint("(state = 'returned') = (reason IS NOT NULL)", name=op.f('ck_deliverable_reason_if_returned')),
    sa.CheckConstraint("state IN ('delivered', 'accepted', 'returned')", name=op.f('ck_deliverable_state_is_known')),
    sa.CheckConstraint("substr(link, 1, 7) = 'http://' OR substr(link, 1, 8) = 'https://'", name=op.f('ck_deliverable_link_is_of_the_web')),
    sa.CheckConstraint('decided_at >= delivered_at', name=op.f('ck_deliverable_decided_after_delivery')),
    sa.CheckConstraint('decided_by_id <> delivered_by_id', name=op.f('ck_deliverable_decided_by_another_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_deliverable_decided_by_id_person')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['person.id'], name=op.f('fk_deliverable_delivered_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_deliverable_milestone_id_milestone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliverable')),
    sa.UniqueConstraint('milestone_id', 'number', name=op.f('uq_deliverable_milestone_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_deliverable_reference'))
    )
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.create_index('uq_deliverable_undecided_milestone_id', ['milestone_id'], unique=True, sqlite_where=sa.text("state = 'delivered'"), postgresql_where=sa.text("state = 'delivered'"))

    op.create_table('release',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'refused', 'approved', 'paid', name='releasestate', native_enum=False, length=40), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paid_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('bank_reference', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (bank_reference IS NOT NULL)", name=op.f('ck_release_bank_reference_once_paid')),
    sa.CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name=op.f('ck_release_paid_at_once_paid')),
    sa.CheckConstraint("(state = 'paid') = (paid_by_id IS NOT NULL)", name=op.f('ck_release_paid_by_somebody')),
    sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f('ck_release_reason_if_refused')),
    sa.CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", name=op.f('ck_release_refused_at_once_refused')),
    sa.CheckConstraint("(state = 'refused') = (refused_by_id IS NOT NULL)", name=op.f('ck_release_refused_by_somebody')),
    sa.CheckConstraint("(state IN ('approved', 'paid')) = (approved_at IS NOT NULL)", name=op.f('ck_release_approved_at_once_approved')),
    sa.CheckConstraint("(state IN ('approved', 'paid')) = (approved_by_id IS NOT NULL)", name=op.f('ck_release_approved_by_somebody')),
    sa.CheckConstraint("state IN ('proposed', 'refused', 'approved', 'paid')", name=op.f('ck_release_state_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_release_amount_is_positive')),
    sa.CheckConstraint('approved_at >= proposed_at', name=op.f('ck_release_approved_after_it_was_proposed')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_release_approver_is_another_person')),
    sa.CheckConstraint('bank_reference = upper(bank_reference)', name=op.f('ck_release_bank_reference_has_one_spelling')),
    sa.CheckConstraint('length(bank_reference) BETWEEN 6 AND 35', name=op.f('ck_release_bank_reference_has_its_length')),
    sa.CheckConstraint('paid_at >= approved_at', name=op.f('ck_release_paid_after_it_was_approved')),
    sa.CheckConstraint('paid_by_id <> proposed_by_id', name=op.f('ck_release_paid_by_another_person')),
    sa.CheckConstraint('refused_by_id <> proposed_by_id', name=op.f('ck_release_refused_by_another_person')),
    sa.CheckConstraint('vat_pence >= 0', name=op.f('ck_release_vat_is_not_negative')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_release_approved_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_release_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['paid_by_id'], ['person.id'], name=op.f('fk_release_paid_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_release_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['person.id'], name=op.f('fk_release_refused_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('bank_reference', name=op.f('uq_release_bank_reference')),
    sa.UniqueConstraint('reference', name=op.f('uq_release_reference'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_milestone_id'), ['milestone_id'], unique=False)
        batch_op.create_index('ix_release_state', ['state'], unique=False)
        batch_op.create_index('uq_release_live_milestone_id', ['milestone_id'], unique=True, sqlite_where=sa.text("state <> 'refused'"), postgresql_where=sa.text("state <> 'refused'"))

    op.create_table('transfer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('budget', 'commitment', 'release', 'payment', 'return', 'withdrawal', name='transferkind', native_enum=False, length=40), nullable=False),
    sa.Column('debit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('credit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("kind IN ('budget', 'commitment', 'release', 'payment', 'return', 'withdrawal')", name=op.f('ck_transfer_kind_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_transfer_amount_is_positive')),
    sa.CheckConstraint('debit_id <> credit_id', name=op.f('ck_transfer_moves_between_two_accounts')),
    sa.ForeignKeyConstraint(['credit_id'], ['account.id'], name=op.f('fk_transfer_credit_id_account')),
    sa.ForeignKeyConstraint(['debit_id'], ['account.id'], name=op.f('fk_transfer_debit_id_account')),
    sa.ForeignKeyConstraint(['moved_by_id'], ['person.id'], name=op.f('fk_transfer_moved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer')),
    sa.UniqueConstraint('key', name=op.f('uq_transfer_key'))
    )
    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_credit_id'), ['credit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transfer_debit_id'), ['debit_id'], unique=False)
        batch_op.create_index('uq_transfer_once_credit_id', ['kind', 'credit_id'], unique=True, sqlite_where=sa.text("kind <> 'return'"), postgresql_where=sa.text("kind <> 'return'"))

    op.execute(f"INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '{'0' * 64}')")
    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.drop_index('uq_transfer_once_credit_id', sqlite_where=sa.text("kind <> 'return'"), postgresql_where=sa.text("kind <> 'return'"))
        batch_op.drop_index(batch_op.f('ix_transfer_debit_id'))
        batch_op.drop_index(batch_op.f('ix_transfer_credit_id'))

    op.drop_table('transfer')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index('uq_release_live_milestone_id', sqlite_where=sa.text("state <> 'refused'"), postgresql_where=sa.text("state <> 'refused'"))
        batch_op.drop_index('ix_release_state')
        batch_op.drop_index(batch_op.f('ix_release_milestone_id'))

    op.drop_table('release')
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.drop_index('uq_deliverable_undecided_milestone_id', sqlite_where=sa.text("state = 'delivered'"), postgresql_where=sa.text("state = 'delivered'"))

    op.drop_table('deliverable')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index('uq_account_kind_challenge_id_stage_id', sqlite_where=sa.text('milestone_id IS NULL'), postgresql_where=sa.text('milestone_id IS NULL'))
        batch_op.drop_index('ix_account_challenge_id')

    op.drop_table('account')
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_milestone_agreement_id'))

    op.drop_table('milestone')
    with op.batch_alter_table('stage_agreement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_agreement_stage_id'))

    op.drop_table('stage_agreement')
    op.drop_table('score')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_proposal_id'))

    op.drop_table('outcome')
    with op.batch_alter_table('background_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_background_item_statement_id'))

    op.drop_table('background_item')
    op.drop_table('submission')
    op.drop_table('section')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_judge_id'))

    op.drop_table('seat')
    op.drop_table('rights_statement')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index('uq_decision_live_panel_id', sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))
        batch_op.drop_index(batch_op.f('ix_decision_panel_id'))

    op.drop_table('decision')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_proposal_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_panel_id'))
        batch_op.drop_index(batch_op.f('ix_assignment_judge_id'))

    op.drop_table('assignment')
    op.drop_table('stage_budget')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_challenge_id_state')
        batch_op.drop_index(batch_op.f('ix_question_asker_id'))

    op.drop_table('question')
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_organisation_id'))
        batch_op.drop_index('ix_proposal_challenge_id_state')

    op.drop_table('proposal')
    with op.batch_alter_table('panel', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_panel_stage_id'))

    op.drop_table('panel')
    op.drop_table('opening')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_stage_id'))

    op.drop_table('criterion')
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_round_id'))

    op.drop_table('stage')
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.drop_index('ix_challenge_state_closes_at')
        batch_op.drop_index(batch_op.f('ix_challenge_sponsor_id'))
        batch_op.drop_index(batch_op.f('ix_challenge_round_id'))

    op.drop_table('challenge')
    op.drop_table('round')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_message_state_due_at')
        batch_op.drop_index(batch_op.f('ix_outbox_message_recipient_id'))

    op.drop_table('outbox_message')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('granted_role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_granted_role_user_id'))

    op.drop_table('granted_role')
    op.drop_table('used_key')
    op.drop_table('person')
    op.drop_table('pathway')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('ix_organisation_kind_legal_name')

    op.drop_table('organisation')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index('ix_audit_entry_event')
        batch_op.drop_index('ix_audit_entry_at')
        batch_op.drop_index('ix_audit_entry_actor')

    op.drop_table('audit_entry')
