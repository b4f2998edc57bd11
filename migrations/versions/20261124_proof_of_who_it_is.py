"""proof of who it is

Revision ID: 0009
Revises: 0004
Create Date: 2026-11-24 00:13:05.645591+00:00
"""

import sqlalchemy as sa

from civtech.core.guards import Guard
from alembic import op


revision = '0009'
down_revision = '0004'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='passkey_stays_as_added',
        table='passkey',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.user_id <> OLD.user_id OR NEW.credential <> OLD.credential OR NEW.public_key <> OLD.public_key OR NEW.added_at <> OLD.added_at',
        message='A passkey stays the key that was added, and stays the same person’s.',
    ),
    Guard(
        name='passkey_counts_on',
        table='passkey',
        on='UPDATE OF uses',
        condition='NEW.uses < OLD.uses',
        message='A passkey that counts back may have been copied.',
    ),
    Guard(
        name='address_change_stays_as_asked',
        table='address_change',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.user_id <> OLD.user_id OR NEW.asked_at <> OLD.asked_at OR NEW.expires_at <> OLD.expires_at OR (OLD.changed_at IS NULL AND OLD.dropped_at IS NULL AND (NEW.address <> OLD.address OR NEW.address_before <> OLD.address_before))',
        message='A change of address stays as it was asked for.',
    ),
    Guard(
        name='address_change_is_made_once_and_in_time',
        table='address_change',
        on='UPDATE OF changed_at',
        condition='(OLD.changed_at IS NOT NULL AND (NEW.changed_at IS NULL OR NEW.changed_at <> OLD.changed_at)) OR NEW.changed_at >= NEW.expires_at',
        message='A change of address is made once, within two days.',
    ),
    Guard(
        name='address_change_begins_without_an_answer',
        table='address_change',
        on='INSERT',
        condition='NEW.old_said_yes_at IS NOT NULL OR NEW.new_said_yes_at IS NOT NULL',
        message='Both mailboxes are asked before an address changes.',
    ),
    Guard(
        name='address_change_is_not_replaced_on_insert',
        table='address_change',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM address_change WHERE address_change.id = NEW.id) OR EXISTS (SELECT 1 FROM address_change WHERE address_change.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: address_change.id; address_change.reference',
        only='sqlite',
    ),
    Guard(
        name='address_change_is_not_replaced_on_update',
        table='address_change',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM address_change WHERE address_change.rowid <> OLD.rowid AND address_change.id = NEW.id) OR EXISTS (SELECT 1 FROM address_change WHERE address_change.rowid <> OLD.rowid AND address_change.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: address_change.id; address_change.reference',
        only='sqlite',
    ),
    Guard(
        name='passkey_is_not_replaced_on_insert',
        table='passkey',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM passkey WHERE passkey.credential = NEW.credential) OR EXISTS (SELECT 1 FROM passkey WHERE passkey.id = NEW.id) OR EXISTS (SELECT 1 FROM passkey WHERE passkey.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: passkey.credential; passkey.id; passkey.reference',
        only='sqlite',
    ),
    Guard(
        name='passkey_is_not_replaced_on_update',
        table='passkey',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM passkey WHERE passkey.rowid <> OLD.rowid AND passkey.credential = NEW.credential) OR EXISTS (SELECT 1 FROM passkey WHERE passkey.rowid <> OLD.rowid AND passkey.id = NEW.id) OR EXISTS (SELECT 1 FROM passkey WHERE passkey.rowid <> OLD.rowid AND passkey.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: passkey.credential; passkey.id; passkey.reference',
        only='sqlite',
    ),
)


def upgrade() -> None:
    op.create_table('unsent_form',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('person', sa.String(), nullable=False),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unsent_form')),
    sa.UniqueConstraint('key', name=op.f('uq_unsent_form_key'))
    )
    with op.batch_alter_table('unsent_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unsent_form_person'), ['person'], unique=False)

    op.create_table('address_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('address_before', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('old_said_yes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('new_said_yes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('changed_at IS NULL OR (old_said_yes_at IS NOT NULL AND new_said_yes_at IS NOT NULL)', name=op.f('ck_address_change_changed_once_both_said_yes')),
    sa.CheckConstraint('changed_at IS NULL OR dropped_at IS NULL', name=op.f('ck_address_change_changed_or_dropped')),
    sa.CheckConstraint('expires_at > asked_at', name=op.f('ck_address_change_expires_after_it_was_asked')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_address_change_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address_change')),
    sa.UniqueConstraint('reference', name=op.f('uq_address_change_reference'))
    )
    with op.batch_alter_table('address_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_change_user_id'), ['user_id'], unique=False)

    op.create_table('passkey',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('credential', sa.LargeBinary(), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('uses', sa.BigInteger(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_passkey_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential', name=op.f('uq_passkey_credential')),
    sa.UniqueConstraint('reference', name=op.f('uq_passkey_reference'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_user_id'), ['user_id'], unique=False)

    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_user_id'))

    op.drop_table('passkey')
    with op.batch_alter_table('address_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_change_user_id'))

    op.drop_table('address_change')
    with op.batch_alter_table('unsent_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unsent_form_person'))

    op.drop_table('unsent_form')
