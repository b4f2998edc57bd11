"""what was seen is what counts

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-30 07:50:00+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard


revision = '0014'
down_revision = '0013'
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
        name='agreement_is_not_taken_back_once_accepted',
        table='stage_agreement',
        on='UPDATE',
        condition="OLD.state = 'offered' AND NEW.state = 'draft' AND EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id  AND rights_statement.offered_at IS NOT NULL)",
        message='An offer is taken back with its rights statement, which no side has accepted.',
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
)


SIDES = ('company', 'body')


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    dialect = op.get_bind().dialect.name
    for side in SIDES:
        op.add_column('rights_statement', sa.Column(f'{side}_accepted_terms', sa.String(), nullable=True))
    for guard in BEFORE:
        for statement in guard.drop(dialect):
            run(statement)
    for guard in GUARDS:
        for statement in guard.create(dialect):
            run(statement)


def downgrade() -> None:
    run = op.get_bind().exec_driver_sql
    dialect = op.get_bind().dialect.name
    for guard in GUARDS:
        for statement in guard.drop(dialect):
            run(statement)
    for guard in BEFORE:
        for statement in guard.create(dialect):
            run(statement)
    for side in SIDES:
        op.drop_column('rights_statement', f'{side}_accepted_terms')
