"""seeing a challenge as another role

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-24 03:58:49.457685+00:00
"""

import sqlalchemy as sa

from civtech.core.guards import Guard
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='viewing_is_begun_by_staff',
        table='viewing',
        on='INSERT',
        condition="NEW.ended_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = (SELECT browser_session.user_id FROM browser_session WHERE browser_session.id = NEW.browser_session_id) AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.begun_at AND role_grant.starts_at <= NEW.begun_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.begun_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (NEW.challenge_id))))",
        message='Only programme staff of a challenge see it as another role.',
    ),
    Guard(
        name='viewing_is_begun_where_somebody_is_signed_in',
        table='viewing',
        on='INSERT',
        condition='NOT EXISTS (SELECT 1 FROM browser_session WHERE browser_session.id = NEW.browser_session_id AND browser_session.ended_at IS NULL)',
        message='Nobody is signed in there any more.',
    ),
    Guard(
        name='viewing_stays_as_it_began',
        table='viewing',
        on='UPDATE',
        condition='OLD.ended_at IS NOT NULL OR NEW.browser_session_id <> OLD.browser_session_id OR NEW.challenge_id <> OLD.challenge_id OR NEW.role <> OLD.role OR NEW.begun_at <> OLD.begun_at',
        message='Who saw a challenge as which role, and when, stays written.',
    ),
    Guard(
        name='viewing_is_not_replaced_on_insert',
        table='viewing',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM viewing WHERE viewing.browser_session_id = NEW.browser_session_id AND ended_at IS NULL AND NEW.ended_at IS NULL) OR EXISTS (SELECT 1 FROM viewing WHERE viewing.id = NEW.id)',
        message='UNIQUE constraint failed, nothing is replaced: viewing.browser_session_id; viewing.id',
        only='sqlite',
    ),
    Guard(
        name='viewing_is_not_replaced_on_update',
        table='viewing',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM viewing WHERE viewing.rowid <> OLD.rowid AND viewing.browser_session_id = NEW.browser_session_id AND ended_at IS NULL AND NEW.ended_at IS NULL) OR EXISTS (SELECT 1 FROM viewing WHERE viewing.rowid <> OLD.rowid AND viewing.id = NEW.id)',
        message='UNIQUE constraint failed, nothing is replaced: viewing.browser_session_id; viewing.id',
        only='sqlite',
    ),
)


def upgrade() -> None:
    op.create_table('viewing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('browser_session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('public', 'company', 'team', 'judge', 'approver', 'finance', 'auditor', name='seenrole', native_enum=False, length=40), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('public', 'company', 'team', 'judge', 'approver', 'finance', 'auditor')", name=op.f('ck_viewing_role_is_known')),
    sa.CheckConstraint('ended_at >= begun_at', name=op.f('ck_viewing_ends_after_it_began')),
    sa.ForeignKeyConstraint(['browser_session_id'], ['browser_session.id'], name=op.f('fk_viewing_browser_session_id_browser_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_viewing_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_viewing'))
    )
    with op.batch_alter_table('viewing', schema=None) as batch_op:
        batch_op.create_index('uq_viewing_one_in_a_browser', ['browser_session_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('viewing', schema=None) as batch_op:
        batch_op.drop_index('uq_viewing_one_in_a_browser', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('viewing')
