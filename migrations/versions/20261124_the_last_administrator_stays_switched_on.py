"""the last administrator stays switched on

Revision ID: 0010
Revises: 0006
Create Date: 2026-11-24 04:34:35.896511+00:00
"""

from alembic import op

from civtech.core.guards import Guard


revision = '0010'
down_revision = '0006'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='person_who_is_the_last_administrator_stays_on',
        table='person',
        on='UPDATE OF active',
        condition="OLD.active AND NOT NEW.active AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = OLD.id AND role_grant.role = 'administrator' AND role_grant.state = 'granted' AND role_grant.ends_at IS NULL) AND NOT EXISTS (SELECT 1 FROM role_grant AS other JOIN person ON person.id = other.user_id WHERE other.role = 'administrator' AND other.state = 'granted' AND other.user_id <> OLD.id AND person.active)",
        message='Somebody has to administer this platform: grant the role to another person first.',
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
