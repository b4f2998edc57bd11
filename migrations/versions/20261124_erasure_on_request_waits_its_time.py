"""erasure on request waits its time

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-24 11:15:32.027034+00:00
"""

from alembic import op

from civtech.core.guards import Guard


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='erasure_on_request_waits_its_time',
        table='erasure',
        on='INSERT',
        condition="NEW.ground = 'request' AND NOT EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.person_id = NEW.person_id AND erasure_request.state = 'asked' AND erasure_request.due_at <= NEW.erased_at)",
        message='The person can still take the request back. Wait until its time is over.',
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
