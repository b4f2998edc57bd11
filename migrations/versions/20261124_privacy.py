"""What is held about people: requests for erasure, erasures, holds, reported problems

Revision ID: 0007
Revises: 0005
Create Date: 2026-11-24 01:37:53.894740+00:00
"""

from collections.abc import Iterable

import sqlalchemy as sa

from civtech.core.guards import Guard
from alembic import op


revision = '0007'
down_revision = '0005'
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name='erasure_waits_for_holds',
        table='erasure',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM hold WHERE hold.lifted_at IS NULL AND hold.ends_at > NEW.erased_at AND (hold.person_id = NEW.person_id OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = hold.organisation_id AND membership.user_id = NEW.person_id) OR EXISTS (SELECT 1 FROM proposal WHERE proposal.organisation_id = hold.organisation_id AND proposal.started_by_id = NEW.person_id) OR EXISTS (SELECT 1 FROM submission JOIN proposal ON proposal.id = submission.proposal_id WHERE proposal.organisation_id = hold.organisation_id AND submission.submitted_by_id = NEW.person_id)))',
        message='A hold stands: nothing is erased until it has ended.',
    ),
    Guard(
        name='erasure_waits_for_the_work_of_the_last_owner',
        table='erasure',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM membership JOIN organisation ON organisation.id = membership.organisation_id WHERE membership.user_id = NEW.person_id AND membership.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.role = 'owner' AND other.user_id <> membership.user_id) AND (organisation.kind = 'public_body' OR EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = membership.organisation_id AND other.user_id <> membership.user_id) OR EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = challenge.round_id WHERE proposal.organisation_id = membership.organisation_id AND proposal.state = 'submitted' AND (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.state IN ('draft', 'offered', 'active')) OR (challenge.state <> 'cancelled' AND round.state <> 'finished' AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id WHERE outcome.proposal_id = proposal.id AND NOT outcome.goes_on AND decision.state = 'released') AND NOT EXISTS (SELECT 1 FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage AS later WHERE later.round_id = stage.round_id AND later.position > stage.position)))))))",
        message='The last owner stays while others, a proposal or an agreement need one.',
    ),
    Guard(
        name='person_is_erased_on_the_record',
        table='person',
        on='UPDATE',
        condition="NEW.email = 'erased-' || lower(NEW.reference) || '@invalid' AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.id)",
        message='Somebody is erased on the record, or not at all.',
    ),
    Guard(
        name='person_stays_erased',
        table='person',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.id) AND (NEW.id <> OLD.id OR NEW.reference <> OLD.reference OR NEW.name <> 'Erased person' OR NEW.email <> 'erased-' || lower(NEW.reference) || '@invalid' OR NEW.fs_uniquifier <> 'erased-' || lower(NEW.reference) || '@invalid' OR NEW.active OR NEW.password IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.tf_primary_method IS NOT NULL OR NEW.tf_totp_secret IS NOT NULL OR NEW.tf_last_counter IS NOT NULL OR NEW.mf_recovery_codes IS NOT NULL OR NEW.registered_at <> OLD.registered_at)",
        message='Who was erased stays erased: without a name, an address or a password.',
    ),
    Guard(
        name='membership_is_not_for_the_erased',
        table='membership',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        message='Who was erased signs in nowhere and acts for nobody.',
    ),
    Guard(
        name='browser_session_is_not_for_the_erased',
        table='browser_session',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        message='Who was erased signs in nowhere and acts for nobody.',
    ),
    Guard(
        name='role_grant_is_not_for_the_erased',
        table='role_grant',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        message='Who was erased signs in nowhere and acts for nobody.',
    ),
    Guard(
        name='role_grant_is_not_approved_for_the_erased',
        table='role_grant',
        on='UPDATE OF state',
        condition="NEW.state = 'granted' AND EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)",
        message='Who was erased signs in nowhere and acts for nobody.',
    ),
    Guard(
        name='proposal_goes_only_as_a_draft_of_nobody',
        table='proposal',
        on='DELETE',
        condition="OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = OLD.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = OLD.organisation_id) OR EXISTS (SELECT 1 FROM hold WHERE hold.organisation_id = OLD.organisation_id AND hold.lifted_at IS NULL AND hold.ends_at > (SELECT MAX(erasure.erased_at) FROM erasure))",
        message='Only a draft goes, and only when nobody of its team is left.',
    ),
    Guard(
        name='hold_keeps_what_it_was_placed_on',
        table='hold',
        on='UPDATE',
        condition='NEW.reference <> OLD.reference OR NEW.reason <> OLD.reason OR NEW.placed_at <> OLD.placed_at OR NEW.placed_by_id <> OLD.placed_by_id OR NEW.ends_at <> OLD.ends_at OR (NEW.person_id IS NULL) <> (OLD.person_id IS NULL) OR NEW.person_id <> OLD.person_id OR (NEW.organisation_id IS NULL) <> (OLD.organisation_id IS NULL) OR NEW.organisation_id <> OLD.organisation_id OR OLD.lifted_at IS NOT NULL',
        message='A hold stays as it was placed; it can only be lifted, once.',
    ),
    Guard(
        name='hold_never_goes',
        table='hold',
        on='DELETE',
        condition='1 = 1',
        message='Holds are kept.',
    ),
    Guard(
        name='erasure_request_keeps_who_asked',
        table='erasure_request',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.person_id <> OLD.person_id OR NEW.asked_at <> OLD.asked_at OR NEW.due_at <> OLD.due_at OR (OLD.state <> 'asked' AND (NEW.state <> OLD.state OR NEW.answered_at <> OLD.answered_at)) OR (NEW.state <> OLD.state AND NOT ((OLD.state = 'asked' AND NEW.state = 'taken_back') OR (OLD.state = 'asked' AND NEW.state = 'done')))",
        message='A request for erasure is asked once and answered once.',
    ),
    Guard(
        name='erasure_request_is_done_by_an_erasure',
        table='erasure_request',
        on='UPDATE',
        condition="NEW.state = 'done' AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.person_id)",
        message='A request for erasure is done once the person is erased.',
    ),
    Guard(
        name='erasure_request_begins_unanswered',
        table='erasure_request',
        on='INSERT',
        condition="NEW.state <> 'asked'",
        message='A request for erasure is asked before it is answered.',
    ),
    Guard(
        name='erasure_request_never_goes',
        table='erasure_request',
        on='DELETE',
        condition='1 = 1',
        message='Requests for erasure are kept.',
    ),
    Guard(
        name='problem_report_stands_as_it_was_made',
        table='problem_report',
        on='UPDATE',
        condition="NEW.reference <> OLD.reference OR NEW.words <> OLD.words OR NEW.page <> OLD.page OR NEW.reported_at <> OLD.reported_at OR (OLD.state = 'dealt_with' AND (NEW.state <> OLD.state OR NEW.dealt_with_at <> OLD.dealt_with_at OR NEW.dealt_with_by_id <> OLD.dealt_with_by_id))",
        message='A report stays as it was made, and is dealt with once.',
    ),
    Guard(
        name='problem_report_is_dealt_with_before_it_goes',
        table='problem_report',
        on='DELETE',
        condition="OLD.state <> 'dealt_with'",
        message='A report goes only after it was dealt with.',
    ),
    Guard(
        name='erasure_never_changes',
        table='erasure',
        on='UPDATE',
        condition='1 = 1',
        message='Who was erased stays erased.',
    ),
    Guard(
        name='erasure_never_goes',
        table='erasure',
        on='DELETE',
        condition='1 = 1',
        message='Who was erased stays erased.',
    ),
    Guard(
        name='erasure_is_not_replaced_on_insert',
        table='erasure',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM erasure WHERE erasure.id = NEW.id) OR EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.person_id)',
        message='UNIQUE constraint failed, nothing is replaced: erasure.id; erasure.person_id',
        only='sqlite',
    ),
    Guard(
        name='erasure_is_not_replaced_on_update',
        table='erasure',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM erasure WHERE erasure.rowid <> OLD.rowid AND erasure.id = NEW.id) OR EXISTS (SELECT 1 FROM erasure WHERE erasure.rowid <> OLD.rowid AND erasure.person_id = NEW.person_id)',
        message='UNIQUE constraint failed, nothing is replaced: erasure.id; erasure.person_id',
        only='sqlite',
    ),
    Guard(
        name='erasure_request_is_not_replaced_on_insert',
        table='erasure_request',
        on='INSERT',
        condition="EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.id = NEW.id) OR EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.person_id = NEW.person_id AND state = 'asked' AND NEW.state = 'asked') OR EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.reference = NEW.reference)",
        message='UNIQUE constraint failed, nothing is replaced: erasure_request.id; erasure_request.person_id; erasure_request.reference',
        only='sqlite',
    ),
    Guard(
        name='erasure_request_is_not_replaced_on_update',
        table='erasure_request',
        on='UPDATE',
        condition="EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.rowid <> OLD.rowid AND erasure_request.id = NEW.id) OR EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.rowid <> OLD.rowid AND erasure_request.person_id = NEW.person_id AND state = 'asked' AND NEW.state = 'asked') OR EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.rowid <> OLD.rowid AND erasure_request.reference = NEW.reference)",
        message='UNIQUE constraint failed, nothing is replaced: erasure_request.id; erasure_request.person_id; erasure_request.reference',
        only='sqlite',
    ),
    Guard(
        name='hold_is_not_replaced_on_insert',
        table='hold',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM hold WHERE hold.id = NEW.id) OR EXISTS (SELECT 1 FROM hold WHERE hold.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: hold.id; hold.reference',
        only='sqlite',
    ),
    Guard(
        name='hold_is_not_replaced_on_update',
        table='hold',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM hold WHERE hold.rowid <> OLD.rowid AND hold.id = NEW.id) OR EXISTS (SELECT 1 FROM hold WHERE hold.rowid <> OLD.rowid AND hold.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: hold.id; hold.reference',
        only='sqlite',
    ),
    Guard(
        name='person_is_not_replaced_on_insert',
        table='person',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM person WHERE person.email = NEW.email) OR EXISTS (SELECT 1 FROM person WHERE person.fs_uniquifier = NEW.fs_uniquifier) OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.id) OR EXISTS (SELECT 1 FROM person WHERE person.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: person.email; person.fs_uniquifier; person.id; person.reference',
        only='sqlite',
    ),
    Guard(
        name='person_is_not_replaced_on_update',
        table='person',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM person WHERE person.rowid <> OLD.rowid AND person.email = NEW.email) OR EXISTS (SELECT 1 FROM person WHERE person.rowid <> OLD.rowid AND person.fs_uniquifier = NEW.fs_uniquifier) OR EXISTS (SELECT 1 FROM person WHERE person.rowid <> OLD.rowid AND person.id = NEW.id) OR EXISTS (SELECT 1 FROM person WHERE person.rowid <> OLD.rowid AND person.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: person.email; person.fs_uniquifier; person.id; person.reference',
        only='sqlite',
    ),
    Guard(
        name='problem_report_is_not_replaced_on_insert',
        table='problem_report',
        on='INSERT',
        condition='EXISTS (SELECT 1 FROM problem_report WHERE problem_report.id = NEW.id) OR EXISTS (SELECT 1 FROM problem_report WHERE problem_report.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: problem_report.id; problem_report.reference',
        only='sqlite',
    ),
    Guard(
        name='problem_report_is_not_replaced_on_update',
        table='problem_report',
        on='UPDATE',
        condition='EXISTS (SELECT 1 FROM problem_report WHERE problem_report.rowid <> OLD.rowid AND problem_report.id = NEW.id) OR EXISTS (SELECT 1 FROM problem_report WHERE problem_report.rowid <> OLD.rowid AND problem_report.reference = NEW.reference)',
        message='UNIQUE constraint failed, nothing is replaced: problem_report.id; problem_report.reference',
        only='sqlite',
    ),
)


# Guards of earlier migrations that make room for an erasure: as they were, and as they are from here on.
CHANGED = (
    (
        Guard(
            name='membership_of_the_last_owner_stays',
            table='membership',
            on='DELETE',
            condition="OLD.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id)",
            message='Somebody has to own this: invite another owner first.',
        ),
        Guard(
            name='membership_of_the_last_owner_stays',
            table='membership',
            on='DELETE',
            condition="OLD.role = 'owner' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id) AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.user_id)",
            message='Somebody has to own this: invite another owner first.',
        ),
    ),
    (
        Guard(
            name='invitation_keeps_whom_it_was_for',
            table='invitation',
            on='UPDATE',
            condition='NEW.reference <> OLD.reference OR NEW.organisation_id <> OLD.organisation_id OR NEW.email <> OLD.email OR NEW.role <> OLD.role OR NEW.invited_by_id <> OLD.invited_by_id',
            message='An invitation stays for whom it was sent to, and for what.',
        ),
        Guard(
            name='invitation_keeps_whom_it_was_for',
            table='invitation',
            on='UPDATE',
            condition="NEW.reference <> OLD.reference OR NEW.organisation_id <> OLD.organisation_id OR NEW.role <> OLD.role OR NEW.invited_by_id <> OLD.invited_by_id OR (NEW.email <> OLD.email AND (NEW.state = 'sent' OR NEW.email <> 'erased-' || lower(OLD.reference) || '@invalid'))",
            message='An invitation stays for whom it was sent to, and for what.',
        ),
    ),
)


def _replace(pairs: Iterable[tuple[Guard, Guard]]) -> None:
    dialect = op.get_bind().dialect.name
    for gone, new in pairs:
        for statement in (*gone.drop(dialect), *new.create(dialect)):
            op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table('erasure',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ground', sa.Enum('request', 'retention', 'operator', name='erasureground', native_enum=False, length=40), nullable=False),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erased_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("ground IN ('request', 'retention', 'operator')", name=op.f('ck_erasure_ground_is_known')),
    sa.CheckConstraint('erased_by_id <> person_id', name=op.f('ck_erasure_erased_by_another_person')),
    sa.ForeignKeyConstraint(['erased_by_id'], ['person.id'], name=op.f('fk_erasure_erased_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure')),
    sa.UniqueConstraint('person_id', name=op.f('uq_erasure_person_id'))
    )
    op.create_table('erasure_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('asked', 'taken_back', 'done', name='requeststate', native_enum=False, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f('ck_erasure_request_answered_at_once_answered')),
    sa.CheckConstraint("state IN ('asked', 'taken_back', 'done')", name=op.f('ck_erasure_request_state_is_known')),
    sa.CheckConstraint('due_at > asked_at', name=op.f('ck_erasure_request_due_after_it_was_asked')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_erasure_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasure_request')),
    sa.UniqueConstraint('reference', name=op.f('uq_erasure_request_reference'))
    )
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasure_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_erasure_request_waiting', ['person_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.create_table('hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('placed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by_id IS NULL)', name=op.f('ck_hold_lifted_by_somebody')),
    sa.CheckConstraint('(person_id IS NULL) <> (organisation_id IS NULL)', name=op.f('ck_hold_is_on_one_person_or_organisation')),
    sa.CheckConstraint('ends_at > placed_at', name=op.f('ck_hold_ends_after_it_was_placed')),
    sa.CheckConstraint('length(trim(reason)) > 0', name=op.f('ck_hold_reason_says_something')),
    sa.CheckConstraint('lifted_at >= placed_at', name=op.f('ck_hold_lifted_after_it_was_placed')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['person.id'], name=op.f('fk_hold_lifted_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_hold_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_hold_person_id_person')),
    sa.ForeignKeyConstraint(['placed_by_id'], ['person.id'], name=op.f('fk_hold_placed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold')),
    sa.UniqueConstraint('reference', name=op.f('uq_hold_reference'))
    )
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hold_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hold_person_id'), ['person_id'], unique=False)

    op.create_table('problem_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('reported', 'dealt_with', name='problemstate', native_enum=False, length=40), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dealt_with_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dealt_with_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'dealt_with') = (dealt_with_at IS NOT NULL)", name=op.f('ck_problem_report_dealt_with_at_once_dealt_with')),
    sa.CheckConstraint("(state = 'dealt_with') = (dealt_with_by_id IS NOT NULL)", name=op.f('ck_problem_report_dealt_with_by_somebody')),
    sa.CheckConstraint("state IN ('reported', 'dealt_with')", name=op.f('ck_problem_report_state_is_known')),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_problem_report_words_say_something')),
    sa.CheckConstraint('length(words) <= 4000 AND length(page) <= 300', name=op.f('ck_problem_report_words_have_an_end')),
    sa.ForeignKeyConstraint(['dealt_with_by_id'], ['person.id'], name=op.f('fk_problem_report_dealt_with_by_id_person')),
    sa.ForeignKeyConstraint(['reporter_id'], ['person.id'], name=op.f('fk_problem_report_reporter_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem_report')),
    sa.UniqueConstraint('reference', name=op.f('uq_problem_report_reference'))
    )
    with op.batch_alter_table('problem_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_problem_report_reporter_id'), ['reporter_id'], unique=False)
        batch_op.create_index('ix_problem_report_state', ['state'], unique=False)

    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    _replace(CHANGED)


def downgrade() -> None:
    _replace((new, old) for old, new in CHANGED)
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    with op.batch_alter_table('problem_report', schema=None) as batch_op:
        batch_op.drop_index('ix_problem_report_state')
        batch_op.drop_index(batch_op.f('ix_problem_report_reporter_id'))

    op.drop_table('problem_report')
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hold_person_id'))
        batch_op.drop_index(batch_op.f('ix_hold_organisation_id'))

    op.drop_table('hold')
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.drop_index('uq_erasure_request_waiting', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f('ix_erasure_request_person_id'))

    op.drop_table('erasure_request')
    op.drop_table('erasure')
