"""roles are ended and kept, and an owner confirms whom staff invite

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-30 08:40:00.000000+00:00
"""

from contextlib import nullcontext

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Consequence, Guard, put_back


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INVOLVEMENT = "CREATE VIEW involvement AS SELECT membership.user_id AS person_id, challenge.id AS challenge_id, CAST(NULL AS BIGINT) AS proposal_id, 'sponsor' AS tie FROM membership JOIN challenge ON challenge.sponsor_id = membership.organisation_id WHERE membership.until IS NULL OR membership.until >= challenge.drafted_at UNION ALL SELECT role_grant.user_id, challenge.id, CAST(NULL AS BIGINT), 'programme' FROM role_grant JOIN challenge ON role_grant.decided_at <= challenge.published_at AND role_grant.starts_at <= challenge.published_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at >= challenge.drafted_at) AND (role_grant.ended_at IS NULL OR role_grant.ended_at >= challenge.drafted_at) WHERE role_grant.role IN ('staff', 'auditor') AND role_grant.state IN ('granted', 'ended') AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference = challenge.reference OR role_grant.scope_reference IN (SELECT round.reference FROM round JOIN challenge_round ON challenge_round.round_id = round.id WHERE challenge_round.challenge_id = challenge.id)) UNION ALL SELECT membership.user_id, proposal.challenge_id, proposal.id, 'team' FROM membership JOIN proposal ON proposal.organisation_id = membership.organisation_id WHERE membership.until IS NULL OR membership.until >= proposal.started_at UNION ALL SELECT opening.requested_by_id, opening.challenge_id, CAST(NULL AS BIGINT), 'opening' FROM opening WHERE opening.requested_by_id IS NOT NULL UNION ALL SELECT opening.confirmed_by_id, opening.challenge_id, CAST(NULL AS BIGINT), 'opening' FROM opening WHERE opening.confirmed_by_id IS NOT NULL UNION ALL SELECT seat.judge_id, panel.challenge_id, CAST(NULL AS BIGINT), 'panel' FROM seat JOIN panel ON panel.id = seat.panel_id UNION ALL SELECT decision.proposed_by_id, panel.challenge_id, CAST(NULL AS BIGINT), 'decision' FROM decision JOIN panel ON panel.id = decision.panel_id WHERE decision.proposed_by_id IS NOT NULL UNION ALL SELECT decision.approved_by_id, panel.challenge_id, CAST(NULL AS BIGINT), 'decision' FROM decision JOIN panel ON panel.id = decision.panel_id WHERE decision.approved_by_id IS NOT NULL UNION ALL SELECT assignment.judge_id, panel.challenge_id, assignment.proposal_id, 'recused' FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.state = 'recused'"

BEFORE = (
    Guard(
        name='join_request_comes_from_a_colleague',
        table='join_request',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain) OR NOT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = membership.user_id WHERE membership.organisation_id = NEW.organisation_id AND person.id <> NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain)",
        message='Only somebody with a confirmed address at the domain of its people asks to join an organisation.',
    ),
    Guard(
        name='join_request_is_answered_by_an_owner',
        table='join_request',
        on='UPDATE OF state',
        condition="NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.answered_by_id AND membership.organisation_id = (NEW.organisation_id) AND membership.role IN ('owner')) OR (EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.answered_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.answered_at AND role_grant.starts_at <= NEW.answered_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.answered_at) AND role_grant.scope_kind = 'programme') AND EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = 'public_body'))))",
        message='A request to join is answered in time, by an owner; one to a public body also by programme staff.',
    ),
    Guard(
        name='membership_stays_as_given',
        table='membership',
        on='UPDATE',
        condition='NEW.user_id <> OLD.user_id OR NEW.organisation_id <> OLD.organisation_id OR NEW.role <> OLD.role OR NEW.since <> OLD.since',
        message='A role in an organisation is given and ended; it does not turn into another.',
    ),
    Guard(
        name='membership_of_the_last_owner_stays',
        table='membership',
        on='DELETE',
        condition="OLD.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id) AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.user_id)",
        message='Somebody has to own this: invite another owner first.',
    ),
    Guard(
        name='challenge_stands_as_it_was_put_forward',
        table='challenge',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.slug <> OLD.slug OR NEW.drafted_at <> OLD.drafted_at OR NEW.drafted_by_id <> OLD.drafted_by_id OR (OLD.state <> 'draft' AND NEW.state <> 'draft' AND (NEW.round_id <> OLD.round_id OR NEW.sponsor_id <> OLD.sponsor_id OR NEW.question <> OLD.question OR NEW.summary <> OLD.summary OR NEW.need <> OLD.need OR NEW.outcomes <> OLD.outcomes OR NEW.constraints <> OLD.constraints OR NEW.adoption <> OLD.adoption))",
        message='The challenge was put forward: its words stand until it is sent back.',
    ),
    Guard(
        name='challenge_is_put_forward_by_its_sponsor',
        table='challenge',
        on='UPDATE',
        condition="(NEW.proposed_by_id IS NOT NULL AND (OLD.proposed_by_id IS NULL OR NEW.proposed_by_id <> OLD.proposed_by_id)) AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.proposed_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.role IN ('owner', 'author'))",
        message='Only an owner or author of the public body puts its challenge forward.',
    ),
    Guard(
        name='challenge_is_approved_by_its_sponsor',
        table='challenge',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.approved_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.role IN ('owner', 'approver'))",
        message='Only an owner or approver of the public body approves its challenge.',
    ),
    Guard(
        name='challenge_is_published_by_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.published_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.published_at AND role_grant.starts_at <= NEW.published_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.published_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)))) OR EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.published_by_id AND membership.organisation_id = (NEW.sponsor_id)))",
        message='Only programme staff who do not act for the public body publish its challenge.',
    ),
    Guard(
        name='assignment_keeps_out_the_applicants',
        table='assignment',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM proposal JOIN proposal AS rival ON rival.challenge_id = proposal.challenge_id JOIN membership ON membership.organisation_id = rival.organisation_id WHERE proposal.id = NEW.proposal_id AND rival.state = 'submitted' AND membership.user_id = NEW.judge_id)",
        message='Somebody who belongs to a team that answered this challenge cannot judge it.',
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
        condition="OLD.state <> 'draft'",
        message='Only a draft agreement is discarded. All others are kept.',
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
        name='erasure_waits_for_holds',
        table='erasure',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM hold WHERE hold.lifted_at IS NULL AND hold.ends_at > NEW.erased_at AND (hold.person_id = NEW.person_id OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = hold.organisation_id AND membership.user_id = NEW.person_id) OR EXISTS (SELECT 1 FROM proposal WHERE proposal.organisation_id = hold.organisation_id AND proposal.started_by_id = NEW.person_id) OR EXISTS (SELECT 1 FROM submission JOIN proposal ON proposal.id = submission.proposal_id WHERE proposal.organisation_id = hold.organisation_id AND submission.submitted_by_id = NEW.person_id)))',
        message='A hold stands: nothing is erased until it has ended.',
    ),
    Guard(
        name='erasure_waits_for_the_work_of_the_last_owner',
        table='erasure',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM membership JOIN organisation ON organisation.id = membership.organisation_id WHERE membership.user_id = NEW.person_id AND membership.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.role = 'owner' AND other.user_id <> membership.user_id) AND (organisation.kind = 'public_body' OR EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.user_id <> membership.user_id) OR EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = challenge.round_id WHERE proposal.organisation_id = membership.organisation_id AND proposal.state = 'submitted' AND (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.state IN ('draft', 'offered', 'active')) OR (challenge.state <> 'cancelled' AND round.state <> 'finished' AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id WHERE outcome.proposal_id = proposal.id AND NOT outcome.goes_on AND decision.state = 'released') AND NOT EXISTS (SELECT 1 FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage AS later WHERE later.round_id = stage.round_id AND later.position > stage.position)))))))",
        message='The last owner stays while others, a proposal or an agreement need one.',
    ),
    Guard(
        name='proposal_goes_only_as_a_draft_of_nobody',
        table='proposal',
        on='DELETE',
        condition="OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = OLD.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = OLD.organisation_id) OR EXISTS (SELECT 1 FROM hold WHERE hold.organisation_id = OLD.organisation_id AND hold.lifted_at IS NULL AND hold.ends_at > (SELECT MAX(erasure.erased_at) FROM erasure))",
        message='Only a draft goes, and only when nobody of its team is left.',
    ),
    Guard(
        name='membership_is_not_replaced_on_insert',
        table='membership',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM membership WHERE membership.id = NEW.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.user_id AND membership.organisation_id = NEW.organisation_id AND membership.role = NEW.role)',
        message='UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, membership.role',
        only='sqlite',
    ),
    Guard(
        name='membership_is_not_replaced_on_update',
        table='membership',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.id = NEW.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.user_id = NEW.user_id AND membership.organisation_id = NEW.organisation_id AND membership.role = NEW.role)',
        message='UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, membership.role',
        only='sqlite',
    ),
    Guard(
        name='challenge_is_cancelled_by_its_sponsor_or_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ((NEW.cancelled_for = 'sponsor' AND EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.cancelled_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.role IN ('owner', 'approver'))) OR (NEW.cancelled_for = 'programme' AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.cancelled_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.cancelled_at AND role_grant.starts_at <= NEW.cancelled_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.cancelled_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id))))))",
        message='Only an owner or approver of the public body, or programme staff, can cancel a challenge.',
    ),
)

GUARDS = (
    Guard(
        name='join_request_comes_from_a_colleague',
        table='join_request',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain) OR NOT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = membership.user_id WHERE membership.organisation_id = NEW.organisation_id AND membership.until IS NULL AND person.id <> NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain)",
        message='Only somebody with a confirmed address at the domain of its people asks to join an organisation.',
    ),
    Guard(
        name='join_request_is_answered_by_an_owner',
        table='join_request',
        on='UPDATE OF state',
        condition="NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.answered_by_id AND membership.organisation_id = (NEW.organisation_id) AND membership.until IS NULL AND membership.role IN ('owner')) OR (EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.answered_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.answered_at AND role_grant.starts_at <= NEW.answered_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.answered_at) AND role_grant.scope_kind = 'programme') AND EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = 'public_body') AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = NEW.organisation_id AND membership.role = 'owner' AND membership.until IS NULL AND NOT (membership.user_id = NEW.person_id AND membership.since >= NEW.answered_at)))))",
        message='A request to join is answered in time by an owner, or by programme staff while a public body has none.',
    ),
    Guard(
        name='membership_stays_as_given',
        table='membership',
        on='UPDATE',
        condition='OLD.until IS NOT NULL OR NEW.user_id <> OLD.user_id OR NEW.organisation_id <> OLD.organisation_id OR NEW.role <> OLD.role OR NEW.since <> OLD.since',
        message='A role in an organisation is given and ended; it does not turn into another.',
    ),
    Guard(
        name='membership_begins_held',
        table='membership',
        on='INSERT',
        condition='NEW.until IS NOT NULL',
        message='A role in an organisation ends after it was given.',
    ),
    Guard(
        name='membership_is_kept',
        table='membership',
        on='DELETE',
        condition='1 = 1',
        message='A role in an organisation is ended and kept: what people may judge depends on it.',
    ),
    Guard(
        name='membership_of_the_last_owner_stays',
        table='membership',
        on='UPDATE',
        condition="OLD.role = 'owner' AND (NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until <> OLD.until)) AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id AND other.until IS NULL) AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.user_id)",
        message='Somebody has to own this: invite another owner first.',
    ),
    Guard(
        name='invitation_is_confirmed_by_an_owner_on_insert',
        table='invitation',
        on='INSERT',
        condition="NEW.confirmed_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.confirmed_by_id AND membership.organisation_id = (NEW.organisation_id) AND membership.until IS NULL AND membership.role IN ('owner')) AND (NEW.confirmed_by_id = NEW.invited_by_id OR length(trim(COALESCE(NEW.confirmed_because, ''))) = 0 OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.confirmed_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.confirmed_at AND role_grant.starts_at <= NEW.confirmed_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.confirmed_at) AND role_grant.scope_kind = 'programme'))",
        message='An owner confirms an invitation, or another member of staff with a reason.',
    ),
    Guard(
        name='invitation_is_confirmed_by_an_owner_on_update',
        table='invitation',
        on='UPDATE',
        condition="(NEW.confirmed_by_id IS NOT NULL AND (OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id <> OLD.confirmed_by_id)) AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.confirmed_by_id AND membership.organisation_id = (NEW.organisation_id) AND membership.until IS NULL AND membership.role IN ('owner')) AND (NEW.confirmed_by_id = NEW.invited_by_id OR length(trim(COALESCE(NEW.confirmed_because, ''))) = 0 OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.confirmed_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.confirmed_at AND role_grant.starts_at <= NEW.confirmed_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.confirmed_at) AND role_grant.scope_kind = 'programme'))",
        message='An owner confirms an invitation, or another member of staff with a reason.',
    ),
    Guard(
        name='invitation_stays_confirmed',
        table='invitation',
        on='UPDATE',
        condition="OLD.confirmed_by_id IS NOT NULL AND ((NEW.confirmed_at IS NULL) <> (OLD.confirmed_at IS NULL) OR NEW.confirmed_at <> OLD.confirmed_at OR (NEW.confirmed_by_id IS NULL) <> (OLD.confirmed_by_id IS NULL) OR NEW.confirmed_by_id <> OLD.confirmed_by_id OR (((NEW.confirmed_because IS NULL) <> (OLD.confirmed_because IS NULL) OR NEW.confirmed_because <> OLD.confirmed_because) AND NOT (NEW.confirmed_because = '' AND NEW.email = 'erased-' || lower(OLD.reference) || '@invalid')))",
        message='Who confirmed an invitation, when and why, cannot change.',
    ),
    Guard(
        name='invitation_is_accepted_once_confirmed',
        table='invitation',
        on='UPDATE OF state',
        condition="NEW.state = 'accepted' AND OLD.state = 'sent' AND NEW.confirmed_by_id IS NULL AND EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = NEW.organisation_id AND membership.role = 'owner' AND membership.until IS NULL AND NOT (membership.user_id = NEW.accepted_by_id AND membership.since >= NEW.answered_at))",
        message='The organisation has an owner: one of its owners must confirm this invitation first.',
    ),
    Guard(
        name='challenge_round_never_changes',
        table='challenge_round',
        on='UPDATE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='challenge_round_never_goes',
        table='challenge_round',
        on='DELETE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='membership_of_a_sponsor_does_not_end_in_the_past',
        table='membership',
        on='UPDATE',
        condition='(NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until <> OLD.until)) AND EXISTS (SELECT 1 FROM challenge WHERE challenge.sponsor_id = NEW.organisation_id AND challenge.drafted_at > NEW.until)',
        message='A role ends now, not in the past: what people may judge and answer depends on it.',
    ),
    Guard(
        name='role_grant_does_not_end_in_the_past',
        table='role_grant',
        on='UPDATE',
        condition="NEW.role IN ('staff', 'auditor') AND (NEW.ended_at IS NOT NULL AND (OLD.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)) AND EXISTS (SELECT 1 FROM challenge WHERE challenge.drafted_at > NEW.ended_at)",
        message='A role ends now, not in the past: what people may judge and answer depends on it.',
    ),
    Guard(
        name='challenge_stands_as_it_was_put_forward',
        table='challenge',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.slug <> OLD.slug OR NEW.sponsor_id <> OLD.sponsor_id OR NEW.drafted_at <> OLD.drafted_at OR NEW.drafted_by_id <> OLD.drafted_by_id OR (OLD.state <> 'draft' AND NEW.state <> 'draft' AND (NEW.round_id <> OLD.round_id OR NEW.question <> OLD.question OR NEW.summary <> OLD.summary OR NEW.need <> OLD.need OR NEW.outcomes <> OLD.outcomes OR NEW.constraints <> OLD.constraints OR NEW.adoption <> OLD.adoption))",
        message='The challenge was put forward: its words stand until it is sent back.',
    ),
    Guard(
        name='challenge_is_put_forward_by_its_sponsor',
        table='challenge',
        on='UPDATE',
        condition="(NEW.proposed_by_id IS NOT NULL AND (OLD.proposed_by_id IS NULL OR NEW.proposed_by_id <> OLD.proposed_by_id)) AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.proposed_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.until IS NULL AND membership.role IN ('owner', 'author'))",
        message='Only an owner or author of the public body puts its challenge forward.',
    ),
    Guard(
        name='challenge_is_approved_by_its_sponsor',
        table='challenge',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.approved_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.until IS NULL AND membership.role IN ('owner', 'approver'))",
        message='Only an owner or approver of the public body approves its challenge.',
    ),
    Guard(
        name='challenge_is_published_by_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.published_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.published_at AND role_grant.starts_at <= NEW.published_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.published_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)))) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.published_by_id AND involvement.challenge_id = (NEW.id) AND involvement.tie IN ('sponsor')))",
        message='Only programme staff who do not act for the public body publish its challenge.',
    ),
    Guard(
        name='challenge_is_cancelled_by_its_sponsor_or_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ((NEW.cancelled_for = 'sponsor' AND EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.cancelled_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.until IS NULL AND membership.role IN ('owner', 'approver'))) OR (NEW.cancelled_for = 'programme' AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.cancelled_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.cancelled_at AND role_grant.starts_at <= NEW.cancelled_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.cancelled_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id))))))",
        message='Only an owner or approver of the public body, or programme staff, can cancel a challenge.',
    ),
    Guard(
        name='proposal_is_started_by_no_other_side',
        table='proposal',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.started_by_id AND involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision')) OR EXISTS (SELECT 1 FROM membership JOIN involvement ON involvement.person_id = membership.user_id WHERE membership.until IS NULL AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision') AND membership.organisation_id = NEW.organisation_id AND involvement.challenge_id = NEW.challenge_id)",
        message='Someone who asks, runs, opens or judges a challenge, or did, cannot be in a team that answers it.',
    ),
    Guard(
        name='submission_is_sent_by_no_other_side',
        table='submission',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.submitted_by_id AND involvement.challenge_id = ((SELECT proposal.challenge_id FROM proposal WHERE proposal.id = NEW.proposal_id)) AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision')) OR EXISTS (SELECT 1 FROM membership JOIN involvement ON involvement.person_id = membership.user_id WHERE membership.until IS NULL AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision') AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND involvement.challenge_id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = NEW.proposal_id))",
        message='Someone who asks, runs, opens or judges a challenge, or did, cannot be in a team that answers it.',
    ),
    Guard(
        name='membership_joins_no_other_side',
        table='membership',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = challenge.round_id JOIN involvement ON involvement.challenge_id = proposal.challenge_id WHERE proposal.organisation_id = NEW.organisation_id AND involvement.person_id = NEW.user_id AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision') AND challenge.state <> 'cancelled' AND round.state <> 'finished')",
        message='Someone who asks, runs, opens or judges a challenge, or did, cannot be in a team that answers it.',
    ),
    Guard(
        name='membership_of_a_team_does_not_end_in_the_past',
        table='membership',
        on='UPDATE',
        condition='(NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until <> OLD.until)) AND EXISTS (SELECT 1 FROM proposal WHERE proposal.organisation_id = NEW.organisation_id AND proposal.started_at > NEW.until)',
        message='A role ends now, not in the past: what people may judge and answer depends on it.',
    ),
    Guard(
        name='opening_is_requested_by_no_team',
        table='opening',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.requested_by_id AND involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('team'))",
        message='Someone who belongs, or belonged, to a team with a proposal for this challenge cannot open the proposals.',
    ),
    Guard(
        name='opening_is_confirmed_by_no_team',
        table='opening',
        on='UPDATE',
        condition="(NEW.confirmed_by_id IS NOT NULL AND (OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id <> OLD.confirmed_by_id)) AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.confirmed_by_id AND involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('team'))",
        message='Someone who belongs, or belonged, to a team with a proposal for this challenge cannot open the proposals.',
    ),
    Guard(
        name='seat_keeps_out_the_teams',
        table='seat',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.judge_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team'))",
        message='Someone who belongs, or belonged, to a team with a proposal for this challenge cannot judge it.',
    ),
    Guard(
        name='assignment_keeps_out_the_applicants',
        table='assignment',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.judge_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team'))",
        message='Someone who belongs, or belonged, to a team with a proposal for this challenge cannot judge it.',
    ),
    Guard(
        name='assignment_is_scored_by_no_team',
        table='assignment',
        on='UPDATE',
        condition="NEW.state IN ('clear', 'locked') AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.judge_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team'))",
        message='Someone who belongs, or belonged, to a team with a proposal for this challenge cannot judge it.',
    ),
    Guard(
        name='decision_proposer_has_no_conflict',
        table='decision',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.proposed_by_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team', 'recused'))",
        message='Somebody with a conflict of interest cannot decide.',
    ),
    Guard(
        name='decision_approver_has_no_conflict',
        table='decision',
        on='UPDATE OF approved_by_id',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.approved_by_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team', 'recused'))",
        message='Somebody with a conflict of interest cannot decide.',
    ),
    Guard(
        name='rights_are_accepted_by_an_officer_of_the_company',
        table='rights_statement',
        on='UPDATE',
        condition="OLD.company_accepted_by_id IS NULL AND NEW.company_accepted_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.company_accepted_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND membership.until IS NULL AND membership.role IN ('owner'))",
        message='Only an owner of the company can accept for it.',
    ),
    Guard(
        name='rights_are_accepted_by_an_officer_of_the_body',
        table='rights_statement',
        on='UPDATE',
        condition="OLD.body_accepted_by_id IS NULL AND NEW.body_accepted_by_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.body_accepted_by_id AND membership.organisation_id = (SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = NEW.proposal_id) AND membership.until IS NULL AND membership.role IN ('owner', 'approver')) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.body_accepted_by_id AND involvement.proposal_id = (NEW.proposal_id) AND involvement.tie IN ('team', 'recused')))",
        message='Only an owner or approver of the public body, who has no stake in the team, can accept for it.',
    ),
    Guard(
        name='agreement_is_fixed_once_offered',
        table='stage_agreement',
        on='UPDATE',
        condition="(NEW.proposal_id <> OLD.proposal_id OR NEW.stage_id <> OLD.stage_id OR NEW.statement_id <> OLD.statement_id OR NEW.reference <> OLD.reference OR NEW.drafted_at <> OLD.drafted_at) OR ((OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))) AND (NEW.amount_pence <> OLD.amount_pence OR NEW.vat_pence <> OLD.vat_pence OR NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on)) OR (NEW.activated_at <> OLD.activated_at) OR (NEW.ended_at <> OLD.ended_at) OR (NEW.state <> 'draft' AND NEW.offered_at <> OLD.offered_at)",
        message='The agreement has been offered: its figures and dates are fixed.',
    ),
    Guard(
        name='agreement_never_goes',
        table='stage_agreement',
        on='DELETE',
        condition="OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))",
        message='Only a draft agreement is discarded. All others are kept.',
    ),
    Guard(
        name='milestone_is_not_added_once_offered',
        table='milestone',
        on='INSERT',
        condition="NEW.state <> 'planned' OR EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id AND (stage_agreement.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = stage_agreement.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))))",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_is_not_dropped_once_offered',
        table='milestone',
        on='DELETE',
        condition="EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = OLD.agreement_id AND (stage_agreement.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = stage_agreement.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))))",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_is_fixed_once_offered',
        table='milestone',
        on='UPDATE',
        condition="(NEW.agreement_id <> OLD.agreement_id OR NEW.reference <> OLD.reference) OR (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = OLD.agreement_id AND (stage_agreement.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = stage_agreement.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL)))) AND (NEW.number <> OLD.number OR NEW.title <> OLD.title OR NEW.success_criteria <> OLD.success_criteria OR NEW.due_on <> OLD.due_on OR NEW.amount_pence <> OLD.amount_pence OR NEW.vat_per_cent <> OLD.vat_per_cent OR NEW.vat_pence <> OLD.vat_pence))",
        message='The agreement has been offered: its milestones are fixed.',
    ),
    Guard(
        name='milestone_is_accepted_by_the_sponsor',
        table='milestone',
        on='UPDATE',
        condition="OLD.state <> 'accepted' AND NEW.state = 'accepted' AND (NOT EXISTS (SELECT 1 FROM deliverable WHERE deliverable.milestone_id = NEW.id AND deliverable.state = 'accepted' AND deliverable.decided_by_id = NEW.accepted_by_id AND deliverable.decided_at = NEW.accepted_at) OR NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.accepted_by_id AND membership.organisation_id = (SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id)) AND membership.until IS NULL AND membership.role IN ('owner', 'acceptor', 'approver')) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.accepted_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id)) AND involvement.tie IN ('team', 'recused')))",
        message='Evidence is accepted by somebody of the public body who has no stake in the team.',
    ),
    Guard(
        name='deliverable_is_of_the_company',
        table='deliverable',
        on='INSERT',
        condition="NEW.state <> 'delivered' OR NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id WHERE milestone.id = NEW.milestone_id AND stage_agreement.state = 'active' AND stage_agreement.activated_at <= NEW.delivered_at) OR NOT EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.delivered_by_id AND membership.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND membership.until IS NULL AND membership.role IN ('owner', 'editor'))",
        message='Evidence is handed in by the company, under an agreement in force.',
    ),
    Guard(
        name='release_is_proposed_without_conflict',
        table='release',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.proposed_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused'))",
        message='Nobody acts on a release where they have a conflict of interest.',
    ),
    Guard(
        name='release_is_decided_without_conflict',
        table='release',
        on='UPDATE',
        condition="(OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.approved_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused'))) OR (OLD.refused_by_id IS NULL AND NEW.refused_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.refused_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused'))) OR (OLD.paid_by_id IS NULL AND NEW.paid_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.paid_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused')))",
        message='Nobody acts on a release where they have a conflict of interest.',
    ),
    Guard(
        name='erasure_waits_for_holds',
        table='erasure',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM hold WHERE hold.lifted_at IS NULL AND hold.ends_at > NEW.erased_at AND (hold.person_id = NEW.person_id OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = hold.organisation_id AND membership.until IS NULL AND membership.user_id = NEW.person_id) OR EXISTS (SELECT 1 FROM proposal WHERE proposal.organisation_id = hold.organisation_id AND proposal.started_by_id = NEW.person_id) OR EXISTS (SELECT 1 FROM submission JOIN proposal ON proposal.id = submission.proposal_id WHERE proposal.organisation_id = hold.organisation_id AND submission.submitted_by_id = NEW.person_id)))',
        message='A hold stands: nothing is erased until it has ended.',
    ),
    Guard(
        name='erasure_waits_for_the_work_of_the_last_owner',
        table='erasure',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM membership JOIN organisation ON organisation.id = membership.organisation_id WHERE membership.user_id = NEW.person_id AND membership.until IS NULL AND membership.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.until IS NULL AND other.role = 'owner' AND other.user_id <> membership.user_id) AND (organisation.kind = 'public_body' OR EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.until IS NULL AND other.user_id <> membership.user_id) OR EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = challenge.round_id WHERE proposal.organisation_id = membership.organisation_id AND proposal.state = 'submitted' AND (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.state IN ('draft', 'offered', 'active')) OR (challenge.state <> 'cancelled' AND round.state <> 'finished' AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id WHERE outcome.proposal_id = proposal.id AND NOT outcome.goes_on AND decision.state = 'released') AND NOT EXISTS (SELECT 1 FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage AS later WHERE later.round_id = stage.round_id AND later.position > stage.position)))))))",
        message='The last owner stays while others, a proposal or an agreement need one.',
    ),
    Guard(
        name='proposal_goes_only_as_a_draft_of_nobody',
        table='proposal',
        on='DELETE',
        condition="OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = OLD.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = OLD.organisation_id AND membership.until IS NULL) OR EXISTS (SELECT 1 FROM hold WHERE hold.organisation_id = OLD.organisation_id AND hold.lifted_at IS NULL AND hold.ends_at > (SELECT MAX(erasure.erased_at) FROM erasure))",
        message='Only a draft goes, and only when nobody of its team is left.',
    ),
    Guard(
        name='challenge_round_is_not_replaced_on_insert',
        table='challenge_round',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM challenge_round WHERE challenge_round.id = NEW.id)',
        message='UNIQUE constraint failed, nothing is replaced: challenge_round.id',
        only='sqlite',
    ),
    Guard(
        name='challenge_round_is_not_replaced_on_update',
        table='challenge_round',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM challenge_round WHERE challenge_round.rowid <> OLD.rowid AND challenge_round.id = NEW.id)',
        message='UNIQUE constraint failed, nothing is replaced: challenge_round.id',
        only='sqlite',
    ),
    Guard(
        name='membership_is_not_replaced_on_insert',
        table='membership',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM membership WHERE membership.id = NEW.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.user_id AND membership.organisation_id = NEW.organisation_id AND membership.role = NEW.role AND until IS NULL AND NEW.until IS NULL)',
        message='UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, membership.role',
        only='sqlite',
    ),
    Guard(
        name='membership_is_not_replaced_on_update',
        table='membership',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.id = NEW.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.user_id = NEW.user_id AND membership.organisation_id = NEW.organisation_id AND membership.role = NEW.role AND until IS NULL AND NEW.until IS NULL)',
        message='UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, membership.role',
        only='sqlite',
    ),
    Consequence(
        name='challenge_keeps_its_rounds_on_insert',
        table='challenge',
        on='INSERT',
        condition='1 = 1',
        then='INSERT INTO challenge_round (challenge_id, round_id) VALUES (NEW.id, NEW.round_id)',
    ),
    Consequence(
        name='challenge_keeps_its_rounds_on_update',
        table='challenge',
        on='UPDATE',
        condition='NEW.round_id <> OLD.round_id',
        then='INSERT INTO challenge_round (challenge_id, round_id) VALUES (NEW.id, NEW.round_id)',
    ),
)


def kept(table: str) -> object:
    """SQLite makes the table again; its guards are put back afterwards."""
    bind = op.get_bind()
    return put_back(bind, table) if bind.dialect.name == 'sqlite' else nullcontext()


def exchange(old: tuple[Guard | Consequence, ...], new: tuple[Guard | Consequence, ...]) -> None:
    bind = op.get_bind()
    for guard in old:
        for statement in guard.drop(bind.dialect.name):
            bind.exec_driver_sql(statement)
    for guard in new:
        for statement in guard.create(bind.dialect.name):
            bind.exec_driver_sql(statement)


def upgrade() -> None:
    bind = op.get_bind()
    exchange(BEFORE, ())
    op.add_column('membership', sa.Column('until', sa.DateTime(timezone=True), nullable=True))
    with kept('membership'), op.batch_alter_table('membership') as batch:
        batch.drop_constraint(op.f('uq_membership_user_id_organisation_id_role'), type_='unique')
        batch.create_check_constraint(op.f('ck_membership_ends_after_it_began'), 'until >= since')
    op.create_index(
        'uq_membership_held',
        'membership',
        ['user_id', 'organisation_id', 'role'],
        unique=True,
        sqlite_where=sa.text('until IS NULL'),
        postgresql_where=sa.text('until IS NULL'),
    )
    op.add_column('invitation', sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('invitation', sa.Column('confirmed_by_id', KEY, nullable=True))
    op.add_column('invitation', sa.Column('confirmed_because', sa.String(), nullable=True))
    op.execute(
        "UPDATE invitation SET confirmed_by_id = invited_by_id, confirmed_at = sent_at WHERE EXISTS ("
        "SELECT 1 FROM membership WHERE membership.organisation_id = invitation.organisation_id "
        "AND membership.user_id = invitation.invited_by_id AND membership.role = 'owner')"
    )
    with kept('invitation'), op.batch_alter_table('invitation') as batch:
        batch.create_foreign_key(op.f('fk_invitation_confirmed_by_id_person'), 'person', ['confirmed_by_id'], ['id'])
        batch.create_check_constraint(
            op.f('ck_invitation_confirmed_at_once_confirmed'), '(confirmed_by_id IS NULL) = (confirmed_at IS NULL)'
        )
        for name, other in (('another', 'invited'), ('a_third', 'confirmed')):
            batch.create_check_constraint(
                op.f(f'ck_invitation_accepted_by_{name}_person'), f'accepted_by_id <> {other}_by_id'
            )
        batch.create_check_constraint(
            op.f('ck_invitation_confirmed_with_its_reason'), 'confirmed_because IS NULL OR confirmed_by_id IS NOT NULL'
        )
    op.create_table(
        'challenge_round',
        sa.Column('id', KEY, nullable=False),
        sa.Column('challenge_id', KEY, nullable=False),
        sa.Column('round_id', KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ['challenge_id'], ['challenge.id'], name=op.f('fk_challenge_round_challenge_id_challenge')
        ),
        sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_challenge_round_round_id_round')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge_round')),
    )
    op.create_index(op.f('ix_challenge_round_challenge_id'), 'challenge_round', ['challenge_id'])
    op.execute('INSERT INTO challenge_round (challenge_id, round_id) SELECT id, round_id FROM challenge')
    bind.exec_driver_sql(INVOLVEMENT)
    exchange((), GUARDS)


def downgrade() -> None:
    """Roles that have ended go, because the earlier form cannot say that they have."""
    bind = op.get_bind()
    exchange(GUARDS, ())
    bind.exec_driver_sql('DROP VIEW involvement')
    op.drop_table('challenge_round')
    op.execute('DELETE FROM membership WHERE until IS NOT NULL')
    op.drop_index('uq_membership_held', table_name='membership')
    with kept('membership'), op.batch_alter_table('membership') as batch:
        batch.drop_constraint(op.f('ck_membership_ends_after_it_began'), type_='check')
        batch.drop_column('until')
        batch.create_unique_constraint(
            op.f('uq_membership_user_id_organisation_id_role'), ['user_id', 'organisation_id', 'role']
        )
    with kept('invitation'), op.batch_alter_table('invitation') as batch:
        for name in ('another', 'a_third'):
            batch.drop_constraint(op.f(f'ck_invitation_accepted_by_{name}_person'), type_='check')
        batch.drop_constraint(op.f('ck_invitation_confirmed_with_its_reason'), type_='check')
        batch.drop_constraint(op.f('ck_invitation_confirmed_at_once_confirmed'), type_='check')
        batch.drop_constraint(op.f('fk_invitation_confirmed_by_id_person'), type_='foreignkey')
        for column in ('confirmed_because', 'confirmed_by_id', 'confirmed_at'):
            batch.drop_column(column)
    exchange((), BEFORE)
