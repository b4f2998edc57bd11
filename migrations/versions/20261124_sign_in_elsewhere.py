"""sign in elsewhere

Revision ID: 0006
Revises: 0007
Create Date: 2026-11-24 00:07:39.203158+00:00
"""

import sqlalchemy as sa

from civtech.core.guards import Guard
from alembic import op


revision = '0006'
down_revision = '0007'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='external_identity_is_of_somebody_confirmed',
        table='external_identity',
        on='INSERT',
        condition='NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.user_id AND person.confirmed_at IS NOT NULL AND person.active)',
        message='Only an account with a confirmed address is linked.',
    ),
    Guard(
        name='external_identity_stays_whose_it_is',
        table='external_identity',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.user_id <> OLD.user_id OR NEW.issuer <> OLD.issuer OR NEW.subject <> OLD.subject OR NEW.linked_at <> OLD.linked_at OR NEW.used_at <= OLD.used_at',
        message='A linked sign-in stays the same person’s, and each proof of it counts once.',
    ),
    Guard(
        name='external_identity_that_is_the_last_way_in_stays',
        table='external_identity',
        on='DELETE',
        condition='EXISTS (SELECT 1 FROM person WHERE person.id = OLD.user_id AND person.active AND person.password IS NULL) AND NOT EXISTS (SELECT 1 FROM external_identity AS other WHERE other.user_id = OLD.user_id AND other.id <> OLD.id)',
        message='Nobody loses the last way into their account.',
    ),
    Guard(
        name='external_identity_is_not_replaced_on_insert',
        table='external_identity',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM external_identity WHERE external_identity.id = NEW.id) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.issuer = NEW.issuer AND external_identity.subject = NEW.subject) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.reference = NEW.reference) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.user_id = NEW.user_id AND external_identity.issuer = NEW.issuer)',
        message='UNIQUE constraint failed, nothing is replaced: external_identity.id; external_identity.issuer, external_identity.subject; external_identity.reference; external_identity.user_id, external_identity.issuer',
        only='sqlite',
    ),
    Guard(
        name='external_identity_is_not_replaced_on_update',
        table='external_identity',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.id = NEW.id) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.issuer = NEW.issuer AND external_identity.subject = NEW.subject) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.reference = NEW.reference) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.user_id = NEW.user_id AND external_identity.issuer = NEW.issuer)',
        message='UNIQUE constraint failed, nothing is replaced: external_identity.id; external_identity.issuer, external_identity.subject; external_identity.reference; external_identity.user_id, external_identity.issuer',
        only='sqlite',
    ),
)


def upgrade() -> None:
    op.create_table('external_identity',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(subject) BETWEEN 1 AND 255', name=op.f('ck_external_identity_subject_is_of_readable_length')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_external_identity_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_external_identity')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_external_identity_issuer_subject')),
    sa.UniqueConstraint('reference', name=op.f('uq_external_identity_reference')),
    sa.UniqueConstraint('user_id', 'issuer', name=op.f('uq_external_identity_user_id_issuer'))
    )
    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    op.drop_table('external_identity')
