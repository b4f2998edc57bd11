"""nobody acts for an organisation without having been asked

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-23 21:24:14.260260+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


GUARDS = (
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
        condition="OLD.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id)",
        message='Somebody has to own this: invite another owner first.',
    ),
    Guard(
        name='invitation_begins_unanswered',
        table='invitation',
        on='INSERT',
        condition="NEW.state <> 'sent'",
        message='An invitation begins without an answer.',
    ),
    Guard(
        name='invitation_keeps_whom_it_was_for',
        table='invitation',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.organisation_id <> OLD.organisation_id OR NEW.email <> OLD.email OR NEW.role <> OLD.role OR NEW.invited_by_id <> OLD.invited_by_id',
        message='An invitation stays for whom it was sent to, and for what.',
    ),
    Guard(
        name='invitation_is_answered_once',
        table='invitation',
        on='UPDATE',
        condition="(NEW.state <> OLD.state AND NOT ((OLD.state = 'sent' AND NEW.state = 'accepted') OR (OLD.state = 'sent' AND NEW.state = 'declined') OR (OLD.state = 'sent' AND NEW.state = 'revoked'))) OR (OLD.state <> 'sent' AND (NEW.state <> OLD.state OR NEW.sent_at <> OLD.sent_at OR NEW.expires_at <> OLD.expires_at OR (NEW.answered_at IS NULL) <> (OLD.answered_at IS NULL) OR NEW.answered_at <> OLD.answered_at OR (NEW.accepted_by_id IS NULL) <> (OLD.accepted_by_id IS NULL) OR NEW.accepted_by_id <> OLD.accepted_by_id))",
        message='This invitation was answered already.',
    ),
    Guard(
        name='invitation_is_accepted_by_whom_it_was_for',
        table='invitation',
        on='UPDATE OF state',
        condition="NEW.state = 'accepted' AND (NEW.answered_at >= NEW.expires_at OR NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.accepted_by_id AND person.email = NEW.email AND person.confirmed_at IS NOT NULL))",
        message='An invitation is accepted in time, by the person whose confirmed address it was sent to.',
    ),
    Guard(
        name='invitation_never_goes',
        table='invitation',
        on='DELETE',
        condition='1 = 1',
        message='Invitations are kept.',
    ),
    Guard(
        name='invitation_is_not_replaced_on_insert',
        table='invitation',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM invitation WHERE invitation.id = NEW.id) OR EXISTS (SELECT 1 FROM invitation WHERE invitation.organisation_id = NEW.organisation_id AND invitation.email = NEW.email AND invitation.role = NEW.role AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM invitation WHERE invitation.reference = NEW.reference)",
        message='UNIQUE constraint failed, nothing is replaced: invitation.id; invitation.organisation_id, invitation.email, invitation.role; invitation.reference',
        only='sqlite',
    ),
    Guard(
        name='invitation_is_not_replaced_on_update',
        table='invitation',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND invitation.id = NEW.id) OR EXISTS (SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND invitation.organisation_id = NEW.organisation_id AND invitation.email = NEW.email AND invitation.role = NEW.role AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND invitation.reference = NEW.reference)",
        message='UNIQUE constraint failed, nothing is replaced: invitation.id; invitation.organisation_id, invitation.email, invitation.role; invitation.reference',
        only='sqlite',
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
)


def upgrade() -> None:
    op.create_table('invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('role', sa.Enum('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor', name='memberrole', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('sent', 'accepted', 'declined', 'revoked', name='invitationstate', native_enum=False, length=40), nullable=False),
    sa.Column('invited_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name=op.f('ck_invitation_accepted_by_somebody')),
    sa.CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name=op.f('ck_invitation_answered_at_once_answered')),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')", name=op.f('ck_invitation_role_is_known')),
    sa.CheckConstraint("state IN ('sent', 'accepted', 'declined', 'revoked')", name=op.f('ck_invitation_state_is_known')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_invitation_email_in_lower_case')),
    sa.CheckConstraint('expires_at > sent_at', name=op.f('ck_invitation_expires_after_it_was_sent')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_invitation_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_invitation_invited_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('reference', name=op.f('uq_invitation_reference'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('uq_invitation_waiting', ['organisation_id', 'email', 'role'], unique=True, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))

    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_invitation_waiting', sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))
        batch_op.drop_index(batch_op.f('ix_invitation_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_email'))

    op.drop_table('invitation')
