"""programme roles have a scope and a time

Revision ID: 0008
Revises: 0009
Create Date: 2026-11-24 00:21:01.350302+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard
from civtech.core.references import new_reference


revision = '0008'
down_revision = '0009'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='role_grant_begins_waiting',
        table='role_grant',
        on='INSERT',
        condition="NEW.ended_at IS NOT NULL OR NEW.message IS NOT NULL OR NOT ((NEW.asked_by_id IS NOT NULL AND NEW.state = 'waiting') OR (NEW.asked_by_id IS NULL AND NEW.state = 'granted'))",
        message='A role is asked for by one administrator and approved by another.',
    ),
    Guard(
        name='role_grant_is_asked_for_by_an_administrator',
        table='role_grant',
        on='INSERT',
        condition="NEW.asked_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.asked_by_id AND role_grant.role IN ('administrator') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.asked_at AND role_grant.starts_at <= NEW.asked_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.asked_at) AND role_grant.scope_kind = 'programme')",
        message='Only administrators ask for a role.',
    ),
    Guard(
        name='role_grant_is_decided_by_an_administrator',
        table='role_grant',
        on='UPDATE',
        condition="(NEW.state IN ('granted', 'refused') AND OLD.state = 'waiting') AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.decided_by_id AND role_grant.role IN ('administrator') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.decided_at AND role_grant.starts_at <= NEW.decided_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.decided_at) AND role_grant.scope_kind = 'programme')",
        message='Only another administrator approves or refuses a role.',
    ),
    Guard(
        name='role_grant_is_approved_in_time',
        table='role_grant',
        on='UPDATE',
        condition="NEW.state = 'granted' AND OLD.state = 'waiting' AND NEW.decided_at >= NEW.ends_at",
        message='This grant has run out.',
    ),
    Guard(
        name='role_grant_is_not_doubled_on_insert',
        table='role_grant',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM role_grant AS other WHERE other.user_id = NEW.user_id AND other.role = NEW.role AND other.scope_kind = NEW.scope_kind AND other.scope_reference = NEW.scope_reference AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at) AND (NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at) AND other.state IN ('waiting', 'granted'))",
        message='This person already has this role, or it was asked for already.',
    ),
    Guard(
        name='role_grant_is_not_doubled_on_update',
        table='role_grant',
        on='UPDATE',
        condition="NEW.state = 'granted' AND OLD.state = 'waiting' AND EXISTS (SELECT 1 FROM role_grant AS other WHERE other.user_id = NEW.user_id AND other.role = NEW.role AND other.scope_kind = NEW.scope_kind AND other.scope_reference = NEW.scope_reference AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at) AND (NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at) AND other.state = 'granted' AND other.id <> NEW.id)",
        message='This person already has this role, or it was asked for already.',
    ),
    Guard(
        name='role_grant_takes_every_step',
        table='role_grant',
        on='UPDATE OF state',
        condition="NEW.state <> OLD.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'granted') OR (OLD.state = 'waiting' AND NEW.state = 'refused') OR (OLD.state = 'waiting' AND NEW.state = 'withdrawn') OR (OLD.state = 'granted' AND NEW.state = 'ended'))",
        message='A role is asked for, approved and ended in this order; what was refused or ended stays so.',
    ),
    Guard(
        name='role_grant_stays_as_it_was_asked_for',
        table='role_grant',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.user_id <> OLD.user_id OR NEW.role <> OLD.role OR NEW.scope_kind <> OLD.scope_kind OR NEW.scope_reference <> OLD.scope_reference OR NEW.starts_at <> OLD.starts_at OR NEW.asked_at <> OLD.asked_at OR (NEW.ends_at IS NULL) <> (OLD.ends_at IS NULL) OR NEW.ends_at <> OLD.ends_at OR (NEW.asked_by_id IS NULL) <> (OLD.asked_by_id IS NULL) OR NEW.asked_by_id <> OLD.asked_by_id OR (NEW.reason <> OLD.reason AND NEW.reason <> '')",
        message='A role stays as it was asked for: end it, and ask for another.',
    ),
    Guard(
        name='role_grant_keeps_its_people',
        table='role_grant',
        on='UPDATE',
        condition="(NOT (NEW.state IN ('granted', 'refused') AND OLD.state = 'waiting') AND ((NEW.decided_at IS NULL) <> (OLD.decided_at IS NULL) OR NEW.decided_at <> OLD.decided_at OR (NEW.decided_by_id IS NULL) <> (OLD.decided_by_id IS NULL) OR NEW.decided_by_id <> OLD.decided_by_id OR (COALESCE(NEW.message, '') <> '' AND ((NEW.message IS NULL) <> (OLD.message IS NULL) OR NEW.message <> OLD.message)))) OR (NEW.state = OLD.state AND ((NEW.ended_at IS NULL) <> (OLD.ended_at IS NULL) OR NEW.ended_at <> OLD.ended_at OR (NEW.ended_by_id IS NULL) <> (OLD.ended_by_id IS NULL) OR NEW.ended_by_id <> OLD.ended_by_id))",
        message='Who approved, refused or ended a role stays written.',
    ),
    Guard(
        name='role_grant_is_taken_back_by_who_asked',
        table='role_grant',
        on='UPDATE',
        condition="NEW.state = 'withdrawn' AND OLD.state = 'waiting' AND COALESCE(NEW.ended_by_id, 0) <> OLD.asked_by_id",
        message='Only who asked for a role takes the request back.',
    ),
    Guard(
        name='role_grant_is_ended_by_an_administrator',
        table='role_grant',
        on='UPDATE',
        condition="NEW.state = 'ended' AND (NEW.ended_by_id IS NOT NULL AND (OLD.ended_by_id IS NULL OR NEW.ended_by_id <> OLD.ended_by_id)) AND NEW.ended_by_id <> NEW.user_id AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.ended_by_id AND role_grant.role IN ('administrator') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.ended_at AND role_grant.starts_at <= NEW.ended_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.ended_at) AND role_grant.scope_kind = 'programme')",
        message='A role is ended by an administrator, or given up by who has it.',
    ),
    Guard(
        name='role_grant_of_the_last_administrator_stays',
        table='role_grant',
        on='UPDATE OF state',
        condition="NEW.state = 'ended' AND OLD.state = 'granted' AND OLD.role = 'administrator' AND OLD.state = 'granted' AND OLD.decided_at <= NEW.ended_at AND OLD.starts_at <= NEW.ended_at AND (OLD.ends_at IS NULL OR OLD.ends_at > NEW.ended_at) AND NOT EXISTS (SELECT 1 FROM role_grant AS other JOIN person ON person.id = other.user_id WHERE other.role = 'administrator' AND person.active AND other.user_id <> OLD.user_id AND other.state = 'granted' AND other.decided_at <= NEW.ended_at AND other.starts_at <= NEW.ended_at AND (other.ends_at IS NULL OR other.ends_at > NEW.ended_at))",
        message='Somebody has to administer this platform: grant the role to another person first.',
    ),
    Guard(
        name='role_grant_never_goes',
        table='role_grant',
        on='DELETE',
        condition='1 = 1',
        message='Who held which role, and when, is kept.',
    ),
    Guard(
        name='role_grant_is_for_a_round_that_is_there',
        table='role_grant',
        on='INSERT',
        condition="NEW.scope_kind = 'round' AND NOT EXISTS (SELECT 1 FROM round WHERE round.reference = NEW.scope_reference)",
        message='There is no such round.',
    ),
    Guard(
        name='role_grant_is_for_a_challenge_that_is_there',
        table='role_grant',
        on='INSERT',
        condition="NEW.scope_kind = 'challenge' AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.reference = NEW.scope_reference)",
        message='There is no such challenge.',
    ),
    Guard(
        name='role_grant_is_not_replaced_on_insert',
        table='role_grant',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM role_grant WHERE role_grant.id = NEW.id) OR EXISTS (SELECT 1 FROM role_grant WHERE role_grant.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: role_grant.id; role_grant.reference',
        only='sqlite',
    ),
    Guard(
        name='role_grant_is_not_replaced_on_update',
        table='role_grant',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM role_grant WHERE role_grant.rowid <> OLD.rowid AND role_grant.id = NEW.id) OR EXISTS (SELECT 1 FROM role_grant WHERE role_grant.rowid <> OLD.rowid AND role_grant.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: role_grant.id; role_grant.reference',
        only='sqlite',
    ),
)

BEFORE = (
    Guard(
        name='challenge_is_published_by_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL OR NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.published_by_id AND granted_role.role IN ('staff')) OR EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.published_by_id AND membership.organisation_id = (NEW.sponsor_id)))",
        message='Only programme staff who do not act for the public body publish its challenge.',
    ),
    Guard(
        name='opening_is_requested_by_staff',
        table='opening',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.requested_by_id AND granted_role.role IN ('staff'))",
        message='Only programme staff open proposals.',
    ),
    Guard(
        name='opening_is_confirmed_by_staff',
        table='opening',
        on='UPDATE',
        condition="(NEW.confirmed_by_id IS NOT NULL AND (OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id <> OLD.confirmed_by_id)) AND NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.confirmed_by_id AND granted_role.role IN ('staff'))",
        message='Only programme staff open proposals.',
    ),
    Guard(
        name='decision_is_proposed_by_staff',
        table='decision',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.proposed_by_id AND granted_role.role IN ('staff'))",
        message='Only programme staff propose a decision.',
    ),
    Guard(
        name='decision_is_approved_by_staff',
        table='decision',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.approved_by_id AND granted_role.role IN ('staff'))",
        message='Only programme staff approve a decision.',
    ),
    Guard(
        name='release_is_proposed_by_staff',
        table='release',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.proposed_by_id AND granted_role.role IN ('staff'))",
        message='Only programme staff propose a release.',
    ),
    Guard(
        name='release_is_approved_by_staff_or_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.approved_by_id AND granted_role.role IN ('staff', 'finance'))",
        message='Only programme staff or finance decide on a release.',
    ),
    Guard(
        name='release_is_refused_by_staff_or_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.refused_by_id IS NOT NULL AND (OLD.refused_by_id IS NULL OR NEW.refused_by_id <> OLD.refused_by_id)) AND NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.refused_by_id AND granted_role.role IN ('staff', 'finance'))",
        message='Only programme staff or finance decide on a release.',
    ),
    Guard(
        name='release_is_paid_by_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.paid_by_id IS NOT NULL AND (OLD.paid_by_id IS NULL OR NEW.paid_by_id <> OLD.paid_by_id)) AND NOT EXISTS (SELECT 1 FROM granted_role WHERE granted_role.user_id = NEW.paid_by_id AND granted_role.role IN ('finance'))",
        message='Only finance pays a release.',
    ),
)

AFTER = (
    Guard(
        name='challenge_is_published_by_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.published_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.published_at AND role_grant.starts_at <= NEW.published_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.published_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)))) OR EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.published_by_id AND membership.organisation_id = (NEW.sponsor_id)))",
        message='Only programme staff who do not act for the public body publish its challenge.',
    ),
    Guard(
        name='opening_is_requested_by_staff',
        table='opening',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.requested_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.requested_at AND role_grant.starts_at <= NEW.requested_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.requested_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (NEW.challenge_id))))",
        message='Only programme staff open proposals.',
    ),
    Guard(
        name='opening_is_confirmed_by_staff',
        table='opening',
        on='UPDATE',
        condition="(NEW.confirmed_by_id IS NOT NULL AND (OLD.confirmed_by_id IS NULL OR NEW.confirmed_by_id <> OLD.confirmed_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.confirmed_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.opened_at AND role_grant.starts_at <= NEW.opened_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.opened_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (NEW.challenge_id))))",
        message='Only programme staff open proposals.',
    ),
    Guard(
        name='decision_is_proposed_by_staff',
        table='decision',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.proposed_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.proposed_at AND role_grant.starts_at <= NEW.proposed_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.proposed_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id))))",
        message='Only programme staff propose a decision.',
    ),
    Guard(
        name='decision_is_approved_by_staff',
        table='decision',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.approved_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.approved_at AND role_grant.starts_at <= NEW.approved_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.approved_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id))))",
        message='Only programme staff approve a decision.',
    ),
    Guard(
        name='release_is_proposed_by_staff',
        table='release',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.proposed_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.proposed_at AND role_grant.starts_at <= NEW.proposed_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.proposed_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))",
        message='Only programme staff propose a release.',
    ),
    Guard(
        name='release_is_approved_by_staff_or_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.approved_by_id IS NOT NULL AND (OLD.approved_by_id IS NULL OR NEW.approved_by_id <> OLD.approved_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.approved_by_id AND role_grant.role IN ('staff', 'finance') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.approved_at AND role_grant.starts_at <= NEW.approved_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.approved_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))",
        message='Only programme staff or finance decide on a release.',
    ),
    Guard(
        name='release_is_refused_by_staff_or_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.refused_by_id IS NOT NULL AND (OLD.refused_by_id IS NULL OR NEW.refused_by_id <> OLD.refused_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.refused_by_id AND role_grant.role IN ('staff', 'finance') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.refused_at AND role_grant.starts_at <= NEW.refused_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.refused_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))",
        message='Only programme staff or finance decide on a release.',
    ),
    Guard(
        name='release_is_paid_by_finance',
        table='release',
        on='UPDATE',
        condition="(NEW.paid_by_id IS NOT NULL AND (OLD.paid_by_id IS NULL OR NEW.paid_by_id <> OLD.paid_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.paid_by_id AND role_grant.role IN ('finance') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.paid_at AND role_grant.starts_at <= NEW.paid_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.paid_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))",
        message='Only finance pays a release.',
    ),
)

CARRY_OVER = (
    "INSERT INTO role_grant (reference, user_id, role, scope_kind, scope_reference, starts_at, reason, state, asked_at, "
    "decided_at, version) SELECT :reference, user_id, role, 'programme', '', since, '', 'granted', since, since, 1 "
    "FROM granted_role WHERE id = :id"
)
CARRY_BACK = (
    "INSERT INTO granted_role (user_id, role, since) SELECT user_id, role, MIN(starts_at) FROM role_grant "
    "WHERE state = 'granted' AND scope_kind = 'programme' AND ends_at IS NULL AND starts_at <= CURRENT_TIMESTAMP "
    "AND role IN ('staff', 'finance', 'auditor', 'administrator') GROUP BY user_id, role"
)


def upgrade() -> None:
    _drop(BEFORE)
    op.create_table('role_grant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('staff', 'finance', 'secretary', 'judge', 'auditor', 'administrator', name='programmerole', native_enum=False, length=40), nullable=False),
    sa.Column('scope_kind', sa.Enum('programme', 'round', 'challenge', name='scopekind', native_enum=False, length=40), nullable=False),
    sa.Column('scope_reference', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'granted', 'refused', 'withdrawn', 'ended', name='grantstate', native_enum=False, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(scope_kind = 'programme') = (scope_reference = '')", name=op.f('ck_role_grant_scope_has_a_reference')),
    sa.CheckConstraint("(state IN ('waiting', 'withdrawn')) = (decided_at IS NULL)", name=op.f('ck_role_grant_decided_at_once_decided')),
    sa.CheckConstraint("(state IN ('withdrawn', 'ended')) = (ended_at IS NOT NULL)", name=op.f('ck_role_grant_ended_at_once_ended')),
    sa.CheckConstraint("role <> 'administrator' OR scope_kind = 'programme'", name=op.f('ck_role_grant_administers_the_whole_programme')),
    sa.CheckConstraint("role IN ('staff', 'finance', 'secretary', 'judge', 'auditor', 'administrator')", name=op.f('ck_role_grant_role_is_known')),
    sa.CheckConstraint("scope_kind IN ('programme', 'round', 'challenge')", name=op.f('ck_role_grant_scope_kind_is_known')),
    sa.CheckConstraint("state IN ('waiting', 'granted', 'refused', 'withdrawn', 'ended')", name=op.f('ck_role_grant_state_is_known')),
    sa.CheckConstraint('(asked_by_id IS NULL) = (decided_by_id IS NULL) OR decided_at IS NULL', name=op.f('ck_role_grant_decided_by_two')),
    sa.CheckConstraint('asked_by_id <> user_id', name=op.f('ck_role_grant_asked_for_by_another_person')),
    sa.CheckConstraint('decided_at >= asked_at', name=op.f('ck_role_grant_decided_after_it_was_asked_for')),
    sa.CheckConstraint('decided_at IS NOT NULL OR decided_by_id IS NULL', name=op.f('ck_role_grant_decided_by_somebody_at_some_time')),
    sa.CheckConstraint('decided_by_id <> user_id AND decided_by_id <> asked_by_id', name=op.f('ck_role_grant_decided_by_a_third_person')),
    sa.CheckConstraint('ended_at IS NOT NULL OR ended_by_id IS NULL', name=op.f('ck_role_grant_ended_by_somebody_at_some_time')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_role_grant_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_role_grant_asked_by_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_role_grant_decided_by_id_person')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_role_grant_ended_by_id_person')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_role_grant_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('reference', name=op.f('uq_role_grant_reference'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    for identity, in _all("SELECT id FROM granted_role ORDER BY id"):
        _do(CARRY_OVER, id=identity, reference=new_reference("K"))
    with op.batch_alter_table('granted_role', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_granted_role_user_id'))

    op.drop_table('granted_role')
    _create((*GUARDS, *AFTER))


def downgrade() -> None:
    """Only grants that the table before can say are kept: in force now for the whole programme, without an end."""
    _drop((*AFTER, *GUARDS))
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

    _do(CARRY_BACK)
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_user_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_state'))

    op.drop_table('role_grant')
    _create(BEFORE)


def _all(sql: str) -> list:
    return op.get_bind().execute(sa.text(sql)).all()


def _do(sql: str, **values: object) -> None:
    op.get_bind().execute(sa.text(sql), values)


def _create(guards: tuple[Guard, ...]) -> None:
    for guard in guards:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def _drop(guards: tuple[Guard, ...]) -> None:
    for guard in guards:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
