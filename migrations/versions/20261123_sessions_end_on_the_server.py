"""sessions end on the server

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-23 22:24:46.136282+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='browser_session_stays_ended',
        table='browser_session',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.digest <> OLD.digest OR NEW.user_id <> OLD.user_id OR NEW.begun_at <> OLD.begun_at OR NEW.with_second_factor <> OLD.with_second_factor OR NEW.confirmed_at <> OLD.confirmed_at OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at))',
        message='A session that ended stays ended, and stays the same person’s.',
    ),
    Guard(
        name='browser_session_is_not_replaced_on_insert',
        table='browser_session',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM browser_session WHERE browser_session.digest = NEW.digest) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.id = NEW.id) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: browser_session.digest; browser_session.id; browser_session.reference',
        only='sqlite',
    ),
    Guard(
        name='browser_session_is_not_replaced_on_update',
        table='browser_session',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid AND browser_session.digest = NEW.digest) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid AND browser_session.id = NEW.id) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid AND browser_session.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: browser_session.digest; browser_session.id; browser_session.reference',
        only='sqlite',
    ),
)


def upgrade() -> None:
    op.create_table('browser_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('with_second_factor', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_browser_session_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_browser_session')),
    sa.UniqueConstraint('digest', name=op.f('uq_browser_session_digest')),
    sa.UniqueConstraint('reference', name=op.f('uq_browser_session_reference'))
    )
    with op.batch_alter_table('browser_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_browser_session_user_id'), ['user_id'], unique=False)

    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('browser_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_browser_session_user_id'))

    op.drop_table('browser_session')
