"""a challenge says who cancelled it, and rounds close when nothing in them is open

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-30 08:10:00.000000+00:00
"""

from contextlib import nullcontext

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard, put_back


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
PERSON = 'fk_challenge_cancelled_by_id_person'
CHECKS = {
    'cancelled_at_once_cancelled': "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
    'cancelled_by_once_cancelled': "(state = 'cancelled') = (cancelled_by_id IS NOT NULL)",
    'cancelled_for_once_cancelled': "(state = 'cancelled') = (cancelled_for IS NOT NULL)",
    'cancelled_for_is_known': "cancelled_for IN ('sponsor', 'programme')",
}
LOGGED = (
    "SELECT {column} FROM audit_entry JOIN person ON person.reference = audit_entry.actor "
    "WHERE audit_entry.event = 'ChallengeCancelled' AND audit_entry.subject = challenge.reference"
)
"""The audit log knows who cancelled a challenge, and when, in the transaction that did it."""


GUARDS = (
    Guard(
        name='challenge_is_cancelled_by_its_sponsor_or_staff',
        table='challenge',
        on='UPDATE',
        condition="NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ((NEW.cancelled_for = 'sponsor' AND EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.cancelled_by_id AND membership.organisation_id = (NEW.sponsor_id) AND membership.role IN ('owner', 'approver'))) OR (NEW.cancelled_for = 'programme' AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.cancelled_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.cancelled_at AND role_grant.starts_at <= NEW.cancelled_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.cancelled_at) AND (role_grant.scope_kind = 'programme' OR role_grant.scope_reference IN (NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id))))))",
        message='Only an owner or approver of the public body, or programme staff, can cancel a challenge.',
    ),
    Guard(
        name='challenge_keeps_who_cancelled_it_and_why',
        table='challenge',
        on='UPDATE',
        condition="OLD.state = 'cancelled' AND ((NEW.message IS NULL) <> (OLD.message IS NULL) OR NEW.message <> OLD.message OR (NEW.cancelled_at IS NULL) <> (OLD.cancelled_at IS NULL) OR NEW.cancelled_at <> OLD.cancelled_at OR (NEW.cancelled_by_id IS NULL) <> (OLD.cancelled_by_id IS NULL) OR NEW.cancelled_by_id <> OLD.cancelled_by_id OR (NEW.cancelled_for IS NULL) <> (OLD.cancelled_for IS NULL) OR NEW.cancelled_for <> OLD.cancelled_for)",
        message='Who cancelled a challenge, when and why cannot be changed.',
    ),
    Guard(
        name='question_is_about_a_published_challenge_insert',
        table='question',
        on='INSERT',
        condition="NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published')",
        message='This challenge is not published: questions about it can be neither asked nor answered.',
    ),
    Guard(
        name='question_is_about_a_published_challenge_update',
        table='question',
        on='UPDATE OF state',
        condition="NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published')",
        message='This challenge is not published: questions about it can be neither asked nor answered.',
    ),
    Guard(
        name='challenge_begins_in_a_round_that_is_not_closed',
        table='challenge',
        on='INSERT',
        condition="1 = 1 AND EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state = 'finished')",
        message='The round of this challenge is closed. Move the draft to another round first.',
    ),
    Guard(
        name='challenge_goes_on_in_a_round_that_is_not_closed',
        table='challenge',
        on='UPDATE',
        condition="(NEW.round_id <> OLD.round_id OR (NEW.state <> OLD.state AND NEW.state IN ('proposed', 'approved', 'published'))) AND EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state = 'finished')",
        message='The round of this challenge is closed. Move the draft to another round first.',
    ),
    Guard(
        name='stage_budget_is_for_a_stage_of_its_round_insert',
        table='stage_budget',
        on='INSERT',
        condition='NOT EXISTS (SELECT 1 FROM challenge JOIN stage ON stage.round_id = challenge.round_id WHERE challenge.id = NEW.challenge_id AND stage.id = NEW.stage_id)',
        message='Money is set aside for the stages of the challenge’s own round only.',
    ),
    Guard(
        name='stage_budget_is_for_a_stage_of_its_round_update',
        table='stage_budget',
        on='UPDATE',
        condition='NOT EXISTS (SELECT 1 FROM challenge JOIN stage ON stage.round_id = challenge.round_id WHERE challenge.id = NEW.challenge_id AND stage.id = NEW.stage_id)',
        message='Money is set aside for the stages of the challenge’s own round only.',
    ),
    Guard(
        name='round_waits_for_its_challenges',
        table='round',
        on='UPDATE OF state',
        condition="NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM challenge WHERE challenge.round_id = NEW.id AND (challenge.state IN ('draft', 'proposed', 'approved') OR (challenge.state = 'published' AND challenge.closes_at > NEW.finished_at)))",
        message='A challenge of this round is still open: the round cannot be closed.',
    ),
    Guard(
        name='round_waits_for_its_decisions',
        table='round',
        on='UPDATE OF state',
        condition="NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id JOIN challenge ON challenge.id = panel.challenge_id WHERE challenge.round_id = NEW.id AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.panel_id = panel.id AND decision.state = 'released'))",
        message='A panel of this round has not decided: the round cannot be closed.',
    ),
    Guard(
        name='round_waits_for_its_agreements',
        table='round',
        on='UPDATE OF state',
        condition="NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM stage_agreement JOIN proposal ON proposal.id = stage_agreement.proposal_id JOIN challenge ON challenge.id = proposal.challenge_id WHERE challenge.round_id = NEW.id AND stage_agreement.state IN ('draft', 'offered', 'active'))",
        message='An agreement of this round has not ended: the round cannot be closed.',
    ),
    Guard(
        name='round_waits_for_its_payments',
        table='round',
        on='UPDATE OF state',
        condition="NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN proposal ON proposal.id = stage_agreement.proposal_id JOIN challenge ON challenge.id = proposal.challenge_id WHERE challenge.round_id = NEW.id AND milestone.state IN ('delivered', 'accepted') AND NOT EXISTS (SELECT 1 FROM release WHERE release.milestone_id = milestone.id AND release.state = 'paid'))",
        message='A milestone of this round is delivered and not paid: the round cannot be closed.',
    ),
)


def kept(table: str) -> object:
    """SQLite makes the table again; its guards are put back afterwards."""
    bind = op.get_bind()
    return put_back(bind, table) if bind.dialect.name == 'sqlite' else nullcontext()


def upgrade() -> None:
    bind = op.get_bind()
    op.add_column('challenge', sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('challenge', sa.Column('cancelled_by_id', KEY, nullable=True))
    op.add_column('challenge', sa.Column('cancelled_for', sa.String(length=40), nullable=True))
    op.execute(
        f"UPDATE challenge SET cancelled_at = ({LOGGED.format(column='audit_entry.at')}), "
        f"cancelled_by_id = ({LOGGED.format(column='person.id')}) WHERE state = 'cancelled'"
    )
    op.execute(
        "UPDATE challenge SET cancelled_for = CASE WHEN EXISTS (SELECT 1 FROM membership "
        "WHERE membership.user_id = challenge.cancelled_by_id AND membership.organisation_id = challenge.sponsor_id "
        "AND membership.role IN ('owner', 'approver')) THEN 'sponsor' ELSE 'programme' END WHERE state = 'cancelled'"
    )
    with kept('challenge'), op.batch_alter_table('challenge') as batch:
        batch.create_foreign_key(op.f(PERSON), 'person', ['cancelled_by_id'], ['id'])
        for name, rule in CHECKS.items():
            batch.create_check_constraint(op.f(f'ck_challenge_{name}'), rule)
    for guard in GUARDS:
        for statement in guard.create(bind.dialect.name):
            bind.exec_driver_sql(statement)


def downgrade() -> None:
    bind = op.get_bind()
    for guard in GUARDS:
        for statement in guard.drop(bind.dialect.name):
            bind.exec_driver_sql(statement)
    with kept('challenge'), op.batch_alter_table('challenge') as batch:
        for name in CHECKS:
            batch.drop_constraint(op.f(f'ck_challenge_{name}'), type_='check')
        batch.drop_constraint(op.f(PERSON), type_='foreignkey')
        for column in ('cancelled_at', 'cancelled_by_id', 'cancelled_for'):
            batch.drop_column(column)
