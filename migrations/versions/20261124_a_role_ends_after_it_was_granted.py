"""a role ends after it was granted

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-24 13:24:25.433328+00:00
"""

from alembic import op

from civtech.core.guards import Guard


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='role_grant_ends_after_it_was_granted',
        table='role_grant',
        on='UPDATE OF state',
        condition="NEW.state = 'ended' AND NEW.ended_at < NEW.decided_at",
        message='A role ends after it was granted.',
    ),
)


def upgrade() -> None:
    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
