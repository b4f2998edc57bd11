"""what was seen is what counts

Revision ID: 0015
Revises: 0014
Create Date: 2026-11-30 07:50:00+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Consequence, Guard


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='rights_acceptance_stands_for_company',
        table='rights_statement',
        on='UPDATE',
        condition='OLD.company_accepted_at IS NOT NULL AND (NEW.company_accepted_at IS NULL OR NEW.company_accepted_at <> OLD.company_accepted_at OR NEW.company_accepted_by_id <> OLD.company_accepted_by_id OR (NEW.company_accepted_terms IS NULL) <> (OLD.company_accepted_terms IS NULL) OR NEW.company_accepted_terms <> OLD.company_accepted_terms)',
        message='An acceptance of the rights statement is not taken back or moved.',
    ),
    Guard(
        name='rights_acceptance_names_its_terms_for_company',
        table='rights_statement',
        on='UPDATE',
        condition='(OLD.company_accepted_at IS NULL AND NEW.company_accepted_at IS NOT NULL AND COALESCE(length(NEW.company_accepted_terms), 0) <> 64) OR (NEW.company_accepted_at IS NULL AND NEW.company_accepted_terms IS NOT NULL)',
        message='An acceptance of the rights statement names the terms that were accepted.',
    ),
    Guard(
        name='rights_acceptance_stands_for_body',
        table='rights_statement',
        on='UPDATE',
        condition='OLD.body_accepted_at IS NOT NULL AND (NEW.body_accepted_at IS NULL OR NEW.body_accepted_at <> OLD.body_accepted_at OR NEW.body_accepted_by_id <> OLD.body_accepted_by_id OR (NEW.body_accepted_terms IS NULL) <> (OLD.body_accepted_terms IS NULL) OR NEW.body_accepted_terms <> OLD.body_accepted_terms)',
        message='An acceptance of the rights statement is not taken back or moved.',
    ),
    Guard(
        name='rights_acceptance_names_its_terms_for_body',
        table='rights_statement',
        on='UPDATE',
        condition='(OLD.body_accepted_at IS NULL AND NEW.body_accepted_at IS NOT NULL AND COALESCE(length(NEW.body_accepted_terms), 0) <> 64) OR (NEW.body_accepted_at IS NULL AND NEW.body_accepted_terms IS NOT NULL)',
        message='An acceptance of the rights statement names the terms that were accepted.',
    ),
    Guard(
        name='rights_are_accepted_on_the_same_terms',
        table='rights_statement',
        on='UPDATE',
        condition='NEW.company_accepted_terms <> NEW.body_accepted_terms',
        message='The other side accepted different terms. Ask programme staff to check the agreement.',
    ),
    Guard(
        name='rights_statement_never_goes',
        table='rights_statement',
        on='DELETE',
        condition='OLD.offered_at IS NOT NULL',
        message='A rights statement that was put to both sides is kept.',
    ),
    Guard(
        name='agreement_is_not_taken_back_once_accepted',
        table='stage_agreement',
        on='UPDATE',
        condition="OLD.state = 'offered' AND NEW.state = 'draft' AND EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id  AND rights_statement.offered_at IS NOT NULL)",
        message='An offer is taken back with its rights statement, which no side has accepted.',
    ),
    Guard(
        name='agreement_never_goes',
        table='stage_agreement',
        on='DELETE',
        condition="OLD.state <> 'draft'",
        message='Only a draft agreement is discarded. All others are kept.',
    ),
    Guard(
        name='owed_transfer_never_changes',
        table='owed_transfer',
        on='UPDATE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='owed_transfer_never_goes',
        table='owed_transfer',
        on='DELETE',
        condition='1 = 1',
        message='This record can be added to, but not changed or deleted.',
    ),
    Guard(
        name='transfer_key_says_what_it_moves',
        table='transfer',
        on='INSERT',
        condition="NEW.key <> COALESCE(CASE WHEN NEW.kind = 'budget' THEN (SELECT NEW.kind || ':' || challenge.reference || ':' || stage.key FROM account JOIN challenge ON challenge.id = account.challenge_id JOIN stage ON stage.id = account.stage_id WHERE account.id = NEW.credit_id) WHEN NEW.kind = 'withdrawal' THEN (SELECT NEW.kind || ':' || challenge.reference || ':' || stage.key FROM account JOIN challenge ON challenge.id = account.challenge_id JOIN stage ON stage.id = account.stage_id WHERE account.id = NEW.debit_id) WHEN NEW.kind = 'return' THEN (SELECT NEW.kind || ':' || milestone.reference FROM account JOIN milestone ON milestone.id = account.milestone_id WHERE account.id = NEW.debit_id) ELSE (SELECT NEW.kind || ':' || milestone.reference FROM account JOIN milestone ON milestone.id = account.milestone_id WHERE account.id = NEW.credit_id) END, '')",
        message='The key of a transfer names its kind and what it is for.',
    ),
    Guard(
        name='owed_transfer_is_not_replaced_on_insert',
        table='owed_transfer',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.id = NEW.id) OR EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.key = NEW.key)',
        message='UNIQUE constraint failed, nothing is replaced: owed_transfer.id; owed_transfer.key',
        only='sqlite',
    ),
    Guard(
        name='owed_transfer_is_not_replaced_on_update',
        table='owed_transfer',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.rowid <> OLD.rowid AND owed_transfer.id = NEW.id) OR EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.rowid <> OLD.rowid AND owed_transfer.key = NEW.key)',
        message='UNIQUE constraint failed, nothing is replaced: owed_transfer.id; owed_transfer.key',
        only='sqlite',
    ),
)

BEFORE = (
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
        name='rights_statement_never_goes',
        table='rights_statement',
        on='DELETE',
        condition='1 = 1',
        message='A rights statement is kept.',
    ),
    Guard(
        name='agreement_never_goes',
        table='stage_agreement',
        on='DELETE',
        condition='1 = 1',
        message='Agreements are kept.',
    ),
)

CONSEQUENCES = (
    Consequence(
        name='challenge_published_owes_its_budget',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'published' AND OLD.state <> 'published'",
        then="INSERT INTO owed_transfer (key) SELECT 'budget:' || NEW.reference || ':' || stage.key FROM stage_budget JOIN stage ON stage.id = stage_budget.stage_id WHERE stage_budget.challenge_id = NEW.id AND stage_budget.amount_pence > 0",
    ),
    Consequence(
        name='stage_agreement_active_owes_its_commitment',
        table='stage_agreement',
        on='UPDATE',
        condition="NEW.state = 'active' AND OLD.state <> 'active'",
        then="INSERT INTO owed_transfer (key) SELECT 'commitment:' || milestone.reference FROM milestone WHERE milestone.agreement_id = NEW.id",
    ),
    Consequence(
        name='release_approved_owes_its_release',
        table='release',
        on='UPDATE',
        condition="NEW.state = 'approved' AND OLD.state <> 'approved'",
        then="INSERT INTO owed_transfer (key) SELECT 'release:' || milestone.reference FROM milestone WHERE milestone.id = NEW.milestone_id",
    ),
    Consequence(
        name='release_paid_owes_its_payment',
        table='release',
        on='UPDATE',
        condition="NEW.state = 'paid' AND OLD.state <> 'paid'",
        then="INSERT INTO owed_transfer (key) SELECT 'payment:' || milestone.reference FROM milestone WHERE milestone.id = NEW.milestone_id",
    ),
    Consequence(
        name='milestone_undelivered_owes_its_return',
        table='milestone',
        on='UPDATE',
        condition="NEW.state = 'undelivered' AND OLD.state <> 'undelivered'",
        then="INSERT INTO owed_transfer (key) SELECT 'return:' || NEW.reference",
    ),
    Consequence(
        name='challenge_cancelled_owes_its_withdrawal',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'cancelled' AND OLD.state <> 'cancelled'",
        then="INSERT INTO owed_transfer (key) SELECT 'withdrawal:' || NEW.reference || ':' || stage.key FROM account JOIN stage ON stage.id = account.stage_id WHERE account.challenge_id = NEW.id AND account.kind = 'budget' AND account.balance_pence > 0",
    ),
    Consequence(
        name='transfer_moves_its_debit',
        table='transfer',
        on='INSERT',
        condition='1 = 1',
        then='UPDATE account SET balance_pence = balance_pence - NEW.amount_pence WHERE account.id = NEW.debit_id',
    ),
    Consequence(
        name='transfer_moves_its_credit',
        table='transfer',
        on='INSERT',
        condition='1 = 1',
        then='UPDATE account SET balance_pence = balance_pence + NEW.amount_pence WHERE account.id = NEW.credit_id',
    ),
)


SIDES = ('company', 'body')


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    dialect = op.get_bind().dialect.name
    for side in SIDES:
        op.add_column('rights_statement', sa.Column(f'{side}_accepted_terms', sa.String(), nullable=True))
    op.add_column('stage_agreement', sa.Column('first_offered_at', sa.DateTime(timezone=True), nullable=True))
    run('UPDATE stage_agreement SET first_offered_at = offered_at WHERE offered_at IS NOT NULL')
    op.create_table(
        'owed_transfer',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ['key'],
            ['transfer.key'],
            name=op.f('fk_owed_transfer_key_transfer'),
            deferrable=True,
            initially='DEFERRED',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_owed_transfer')),
        sa.UniqueConstraint('key', name=op.f('uq_owed_transfer_key')),
    )
    run('INSERT INTO owed_transfer (key) SELECT key FROM transfer')
    for guard in BEFORE:
        for statement in guard.drop(dialect):
            run(statement)
    for rule in (*GUARDS, *CONSEQUENCES):
        for statement in rule.create(dialect):
            run(statement)


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    dialect = op.get_bind().dialect.name
    for rule in (*GUARDS, *CONSEQUENCES):
        for statement in rule.drop(dialect):
            run(statement)
    for guard in BEFORE:
        for statement in guard.create(dialect):
            run(statement)
    op.drop_table('owed_transfer')
    op.drop_column('stage_agreement', 'first_offered_at')
    for side in SIDES:
        op.drop_column('rights_statement', f'{side}_accepted_terms')
