"""The platform

Revision ID: 0001
Revises: 
Create Date: 2026-12-01 05:07:09.856921+00:00
"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_checkpoint',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sequence', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('public_key', sa.String(), nullable=False),
    sa.Column('signature', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_checkpoint')),
    sa.UniqueConstraint('day', name=op.f('uq_audit_checkpoint_day'))
    )
    op.create_table('audit_entry',
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=True),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('actor', sa.String(), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('request', sa.String(), nullable=True),
    sa.Column('records', sa.String(), nullable=True),
    sa.Column('previous', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.CheckConstraint('(subject_kind IS NULL) = (subject IS NULL)', name=op.f('ck_audit_entry_subject_has_its_kind')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entry_hash'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_actor', ['actor', 'sequence'], unique=False)
        batch_op.create_index('ix_audit_entry_at', ['at'], unique=False)
        batch_op.create_index('ix_audit_entry_event', ['event', 'sequence'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject', 'sequence'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_there_is_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('pathway',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.Column('definition', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pathway')),
    sa.UniqueConstraint('key', 'number', name=op.f('uq_pathway_key_number'))
    )
    op.create_table('person',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('domain', sa.String(), sa.Computed("ltrim(email, 'abcdefghijklmnopqrstuvwxyz0123456789.!#&*+-/=^_~''')", persisted=True), nullable=True),
    sa.Column('password', sa.String(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tf_primary_method', sa.String(), nullable=True),
    sa.Column('tf_totp_secret', sa.String(), nullable=True),
    sa.Column('tf_last_counter', sa.Integer(), nullable=True),
    sa.Column('mf_recovery_codes', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_person_fs_uniquifier')),
    sa.UniqueConstraint('reference', name=op.f('uq_person_reference'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_domain'), ['domain'], unique=False)

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

    op.create_table('used_key',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('location', sa.String(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_used_key')),
    sa.UniqueConstraint('key', name=op.f('uq_used_key_key'))
    )
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

    op.create_table('audit_binding',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('digest', sa.String(), nullable=True),
    sa.Column('columns', sa.Text(), nullable=True),
    sa.Column('salt', sa.String(), nullable=True),
    sa.CheckConstraint('(digest IS NULL) = (columns IS NULL)', name=op.f('ck_audit_binding_columns_with_digest')),
    sa.CheckConstraint('digest IS NOT NULL OR salt IS NULL', name=op.f('ck_audit_binding_salt_with_digest')),
    sa.ForeignKeyConstraint(['sequence'], ['audit_entry.sequence'], name=op.f('fk_audit_binding_sequence_audit_entry')),
    sa.PrimaryKeyConstraint('kind', 'number', 'sequence', name=op.f('pk_audit_binding'))
    )
    with op.batch_alter_table('audit_binding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_binding_sequence'), ['sequence'], unique=False)

    op.create_table('browser_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('browser', sa.String(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('with_second_factor', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_browser_session_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_browser_session')),
    sa.UniqueConstraint('digest', name=op.f('uq_browser_session_digest')),
    sa.UniqueConstraint('reference', name=op.f('uq_browser_session_reference'))
    )
    with op.batch_alter_table('browser_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_browser_session_user_id'), ['user_id'], unique=False)

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
    op.create_table('organisation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('public_body', 'company', 'individual', name='organisationkind', native_enum=False, length=40), nullable=False),
    sa.Column('legal_name', sa.String(), nullable=False),
    sa.Column('trading_name', sa.String(), nullable=True),
    sa.Column('name_key', sa.String(), nullable=False),
    sa.Column('sort_key', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('trading_key', sa.String(), nullable=True),
    sa.Column('size', sa.Enum('micro', 'small', 'medium', 'large', name='companysize', native_enum=False, length=40), nullable=True),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('became_company_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('identifier_scheme', sa.Enum('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI', 'AE-ACCI', 'AE-ADCD', 'AE-AFZ', 'AE-DCCI', 'AE-DFSA', 'AE-DIFC', 'AE-DMCC', 'AE-FCCI', 'AE-FFZ', 'AE-HFZA', 'AE-RAKIA', 'AE-SAIF', 'AE-SCCI', 'AE-UQCCI', 'AF-CBR', 'AF-TIN', 'AM-SRALE', 'AT-FB', 'AT-ZVR', 'AU-ABN', 'AU-ASIC', 'AZ-IVI', 'BD-ROC', 'BE-BCE_KBO', 'BF-MATD', 'BG-EIK', 'BJ-IFU', 'BR-CNPJ', 'BW-CIPA', 'BY-ADR', 'CA_AB-ABT', 'CA_BC-BRC_CBR', 'CA_MB-MTB', 'CA_NB-NWB_NOB', 'CA_NL-NFL_TNL', 'CA_NS-NVS_NVE', 'CA_NT-NWT_TNO', 'CA_NU-NNV', 'CA_ON-ONT', 'CA_PE-PEI_IPE', 'CA_QC-QBC', 'CA_SK-SKN', 'CA_YT-YKT', 'CD-MJDH', 'CH_BS-CR', 'CH-FDJP', 'CI-MOI', 'CN-SAIC', 'CN-USCI', 'CR-RPJ', 'CY-DRCOR', 'DE-CR', 'DK-CVR', 'EC-RUC', 'EE-KMKR', 'EE-RIK', 'EG-CR', 'EG-MOSS', 'ES-RMC', 'ET-CSA', 'ET-MOT', 'FI-PRO', 'GB-MPR', 'FR-RCS', 'GE-NAPR', 'GE-RS', 'GG-RCE', 'GH-RGD', 'GT-RPJ', 'HK-CR', 'HN-RTN', 'HR-MBS', 'HU-AFA', 'ID-DJP', 'IE-CHY', 'IE-CRO', 'IL-RA', 'IL-ROC', 'IM-CR', 'IM-GR', 'IN-MCA', 'IQ-MOT', 'IS-KEN', 'IT-CF', 'JE-FSC', 'JE-JCR', 'JO-CCD', 'JO-MSD', 'JP-JCN', 'KE-RCO', 'KG-ID', 'KG-OKPO', 'KG-TIN', 'KH-NNGO', 'KZ-BIN', 'LB-CR', 'LK-DRC', 'LK-NGO', 'LR-MFDPNGO', 'LS-SRN', 'LT-RC', 'LU-RCS', 'LV-RE', 'MC-RCI', 'MD-IDNO', 'ML-CCIM', 'ML-MAT', 'MU-CR', 'MW-RG', 'MY-SSM', 'MZ-CR', 'MZ-MOJ', 'NA-BIPA', 'NG-CAC', 'NL-KVK', 'NO-BRC', 'NP-CRO', 'NZ-CO', 'NZ-CR', 'PA-PRP', 'PE-SUNARP', 'PG-IPA', 'PH-SEC', 'PK-SEC', 'PK-VSWA', 'PK_IS-IRT', 'PL-KRS', 'PT-NIPPC', 'PY-RUC', 'QA-MOI', 'RO-CUI', 'RS-APR', 'RU-INN', 'RU-OGRN', 'RW-RGB', 'RW-RRA', 'SB-BR', 'SE-ON', 'SG-ACRA', 'SG-COC', 'SI-PRS', 'SK-ORSR', 'SL-OARG', 'SN-NINEA', 'SZ-CIT', 'TH-MOI', 'TN-RNE', 'TR-MERSIS', 'TR-MOI', 'TR-VKN', 'TZ-BRLA', 'TZ-NNCB', 'UA-EDR', 'UG-204CBO', 'UG-RSB', 'UZ-KTUT', 'VN-TIN', 'YE-CR', 'ZA-CIP', 'ZM-PCR', 'ZW-PVO', 'ZW-ROD', name='identifierscheme', native_enum=False, length=40), nullable=True),
    sa.Column('identifier_number', sa.String(), nullable=True),
    sa.Column('number_accepted_because', sa.String(), nullable=True),
    sa.Column('number_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('number_accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('number_key', sa.String(), sa.Computed("CASE WHEN identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR') THEN identifier_scheme || ' ' || CASE WHEN identifier_scheme = 'VAT' AND substr(replace(replace(replace(replace(upper(identifier_number), ' ', ''), '-', ''), '.', ''), '/', ''), 1, 2) IN ('GB', 'XI') THEN substr(replace(replace(replace(replace(upper(identifier_number), ' ', ''), '-', ''), '.', ''), '/', ''), 3, 9) ELSE ltrim(replace(replace(replace(replace(upper(identifier_number), ' ', ''), '-', ''), '.', ''), '/', ''), '0') END END", persisted=True), nullable=True),
    sa.Column('name_stem', sa.String(), sa.Computed('substr(name_key, 1, 6)', persisted=True), nullable=True),
    sa.Column('trading_stem', sa.String(), sa.Computed('substr(trading_key, 1, 6)', persisted=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("became_company_at IS NULL OR kind = 'company'", name=op.f('ck_organisation_became_company_once_a_company')),
    sa.CheckConstraint("identifier_scheme <> 'GB-COH' OR length(identifier_number) = 8 OR number_accepted_by_id IS NOT NULL", name=op.f('ck_organisation_company_number_has_8_characters')),
    sa.CheckConstraint("identifier_scheme IN ('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI', 'AE-ACCI', 'AE-ADCD', 'AE-AFZ', 'AE-DCCI', 'AE-DFSA', 'AE-DIFC', 'AE-DMCC', 'AE-FCCI', 'AE-FFZ', 'AE-HFZA', 'AE-RAKIA', 'AE-SAIF', 'AE-SCCI', 'AE-UQCCI', 'AF-CBR', 'AF-TIN', 'AM-SRALE', 'AT-FB', 'AT-ZVR', 'AU-ABN', 'AU-ASIC', 'AZ-IVI', 'BD-ROC', 'BE-BCE_KBO', 'BF-MATD', 'BG-EIK', 'BJ-IFU', 'BR-CNPJ', 'BW-CIPA', 'BY-ADR', 'CA_AB-ABT', 'CA_BC-BRC_CBR', 'CA_MB-MTB', 'CA_NB-NWB_NOB', 'CA_NL-NFL_TNL', 'CA_NS-NVS_NVE', 'CA_NT-NWT_TNO', 'CA_NU-NNV', 'CA_ON-ONT', 'CA_PE-PEI_IPE', 'CA_QC-QBC', 'CA_SK-SKN', 'CA_YT-YKT', 'CD-MJDH', 'CH_BS-CR', 'CH-FDJP', 'CI-MOI', 'CN-SAIC', 'CN-USCI', 'CR-RPJ', 'CY-DRCOR', 'DE-CR', 'DK-CVR', 'EC-RUC', 'EE-KMKR', 'EE-RIK', 'EG-CR', 'EG-MOSS', 'ES-RMC', 'ET-CSA', 'ET-MOT', 'FI-PRO', 'GB-MPR', 'FR-RCS', 'GE-NAPR', 'GE-RS', 'GG-RCE', 'GH-RGD', 'GT-RPJ', 'HK-CR', 'HN-RTN', 'HR-MBS', 'HU-AFA', 'ID-DJP', 'IE-CHY', 'IE-CRO', 'IL-RA', 'IL-ROC', 'IM-CR', 'IM-GR', 'IN-MCA', 'IQ-MOT', 'IS-KEN', 'IT-CF', 'JE-FSC', 'JE-JCR', 'JO-CCD', 'JO-MSD', 'JP-JCN', 'KE-RCO', 'KG-ID', 'KG-OKPO', 'KG-TIN', 'KH-NNGO', 'KZ-BIN', 'LB-CR', 'LK-DRC', 'LK-NGO', 'LR-MFDPNGO', 'LS-SRN', 'LT-RC', 'LU-RCS', 'LV-RE', 'MC-RCI', 'MD-IDNO', 'ML-CCIM', 'ML-MAT', 'MU-CR', 'MW-RG', 'MY-SSM', 'MZ-CR', 'MZ-MOJ', 'NA-BIPA', 'NG-CAC', 'NL-KVK', 'NO-BRC', 'NP-CRO', 'NZ-CO', 'NZ-CR', 'PA-PRP', 'PE-SUNARP', 'PG-IPA', 'PH-SEC', 'PK-SEC', 'PK-VSWA', 'PK_IS-IRT', 'PL-KRS', 'PT-NIPPC', 'PY-RUC', 'QA-MOI', 'RO-CUI', 'RS-APR', 'RU-INN', 'RU-OGRN', 'RW-RGB', 'RW-RRA', 'SB-BR', 'SE-ON', 'SG-ACRA', 'SG-COC', 'SI-PRS', 'SK-ORSR', 'SL-OARG', 'SN-NINEA', 'SZ-CIT', 'TH-MOI', 'TN-RNE', 'TR-MERSIS', 'TR-MOI', 'TR-VKN', 'TZ-BRLA', 'TZ-NNCB', 'UA-EDR', 'UG-204CBO', 'UG-RSB', 'UZ-KTUT', 'VN-TIN', 'YE-CR', 'ZA-CIP', 'ZM-PCR', 'ZW-PVO', 'ZW-ROD')", name=op.f('ck_organisation_identifier_scheme_is_known')),
    sa.CheckConstraint("kind <> 'public_body' OR size IS NULL", name=op.f('ck_organisation_size_is_for_companies')),
    sa.CheckConstraint("kind IN ('public_body', 'company', 'individual')", name=op.f('ck_organisation_kind_is_known')),
    sa.CheckConstraint("size IN ('micro', 'small', 'medium', 'large')", name=op.f('ck_organisation_size_is_known')),
    sa.CheckConstraint('(identifier_scheme IS NULL) = (identifier_number IS NULL)', name=op.f('ck_organisation_identifier_has_its_scheme')),
    sa.CheckConstraint('(number_accepted_by_id IS NULL) = (number_accepted_because IS NULL) AND (number_accepted_by_id IS NULL) = (number_accepted_at IS NULL)', name=op.f('ck_organisation_number_accepted_by_with_a_reason_and_a_time')),
    sa.CheckConstraint('number_accepted_by_id IS NULL OR identifier_number IS NOT NULL', name=op.f('ck_organisation_accepted_number_is_there')),
    sa.ForeignKeyConstraint(['number_accepted_by_id'], ['person.id'], name=op.f('fk_organisation_number_accepted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('reference', name=op.f('uq_organisation_reference'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index('ix_organisation_kind_legal_name', ['kind', 'legal_name'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_name_stem'), ['name_stem'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_number_key'), ['number_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_organisation_trading_stem'), ['trading_stem'], unique=False)
        batch_op.create_index('uq_organisation_number', ['identifier_scheme', 'identifier_number'], unique=True, sqlite_where=sa.text("identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')"), postgresql_where=sa.text("identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')"))

    op.create_table('outbox_message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('message_id', sa.String(), nullable=False),
    sa.Column('recipient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('template', sa.String(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('body', sa.String(), nullable=True),
    sa.Column('state', sa.Enum('queued', 'sent', 'dead', name='messagestate', native_enum=False, length=40), nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_outbox_message_sent_at_once_sent')),
    sa.CheckConstraint("(template = 'account') = (subject IS NOT NULL)", name=op.f('ck_outbox_message_subject_if_ready_made')),
    sa.CheckConstraint("body IS NULL OR (template = 'account' AND state <> 'sent')", name=op.f('ck_outbox_message_body_until_sent')),
    sa.CheckConstraint("state <> 'dead' OR failure IS NOT NULL", name=op.f('ck_outbox_message_failure_if_dead')),
    sa.CheckConstraint("state IN ('queued', 'sent', 'dead')", name=op.f('ck_outbox_message_state_is_known')),
    sa.CheckConstraint('(recipient_id IS NULL) <> (address IS NULL)', name=op.f('ck_outbox_message_goes_to_a_person_or_an_address')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_outbox_message_attempts_are_counted')),
    sa.ForeignKeyConstraint(['recipient_id'], ['person.id'], name=op.f('fk_outbox_message_recipient_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_message_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_outbox_message_reference'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_message_recipient_id'), ['recipient_id'], unique=False)
        batch_op.create_index('ix_outbox_message_state_due_at_id_queued_at', ['state', 'due_at', 'id', 'queued_at'], unique=False)
        batch_op.create_index('ix_outbox_message_state_id', ['state', 'id'], unique=False)

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
    sa.CheckConstraint("(state = 'dealt_with') = (dealt_with_by_id IS NOT NULL)", name=op.f('ck_problem_report_dealt_with_by_once_dealt_with')),
    sa.CheckConstraint("state IN ('reported', 'dealt_with')", name=op.f('ck_problem_report_state_is_known')),
    sa.CheckConstraint('length(words) <= 4000 AND length(page) <= 300', name=op.f('ck_problem_report_words_have_an_end')),
    sa.ForeignKeyConstraint(['dealt_with_by_id'], ['person.id'], name=op.f('fk_problem_report_dealt_with_by_id_person')),
    sa.ForeignKeyConstraint(['reporter_id'], ['person.id'], name=op.f('fk_problem_report_reporter_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem_report')),
    sa.UniqueConstraint('reference', name=op.f('uq_problem_report_reference'))
    )
    with op.batch_alter_table('problem_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_problem_report_reporter_id'), ['reporter_id'], unique=False)
        batch_op.create_index('ix_problem_report_state', ['state'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('staff', 'finance', 'secretary', 'judge', 'auditor', 'administrator', name='programmerole', native_enum=False, length=40), nullable=False),
    sa.Column('scope_kind', sa.Enum('programme', 'round', 'challenge', name='scopekind', native_enum=False, length=40), nullable=False),
    sa.Column('scope_reference', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'granted', 'refused', 'withdrawn', 'ended', name='grantstate', native_enum=False, length=40), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(scope_kind = 'programme') = (scope_reference = '')", name=op.f('ck_role_grant_scope_has_a_reference')),
    sa.CheckConstraint("(state IN ('waiting', 'withdrawn')) = (decided_at IS NULL)", name=op.f('ck_role_grant_decided_at_once_decided')),
    sa.CheckConstraint("(state IN ('withdrawn', 'ended')) = (ended_at IS NOT NULL)", name=op.f('ck_role_grant_ended_at_once_ended')),
    sa.CheckConstraint("role <> 'administrator' OR scope_kind = 'programme'", name=op.f('ck_role_grant_administers_the_whole_programme')),
    sa.CheckConstraint("role IN ('staff', 'finance', 'secretary', 'judge', 'auditor', 'administrator')", name=op.f('ck_role_grant_role_is_known')),
    sa.CheckConstraint("scope_kind IN ('programme', 'round', 'challenge')", name=op.f('ck_role_grant_scope_kind_is_known')),
    sa.CheckConstraint("state IN ('waiting', 'granted', 'refused', 'withdrawn', 'ended')", name=op.f('ck_role_grant_state_is_known')),
    sa.CheckConstraint('(asked_by_id IS NULL) = (decided_by_id IS NULL) OR decided_at IS NULL', name=op.f('ck_role_grant_decided_by_two')),
    sa.CheckConstraint('asked_by_id <> user_id', name=op.f('ck_role_grant_asked_for_by_another_person')),
    sa.CheckConstraint('decided_at >= asked_at', name=op.f('ck_role_grant_decided_after_it_was_asked_for')),
    sa.CheckConstraint('decided_at IS NOT NULL OR decided_by_id IS NULL', name=op.f('ck_role_grant_decided_by_needs_decided_at')),
    sa.CheckConstraint('decided_by_id <> user_id AND decided_by_id <> asked_by_id', name=op.f('ck_role_grant_decided_by_a_third_person')),
    sa.CheckConstraint('ended_at IS NOT NULL OR ended_by_id IS NULL', name=op.f('ck_role_grant_ended_by_needs_ended_at')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_role_grant_ends_after_it_starts')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_role_grant_asked_by_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_role_grant_decided_by_id_person')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_role_grant_ended_by_id_person')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_role_grant_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('reference', name=op.f('uq_role_grant_reference'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    op.create_table('round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('pathway_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('prepared', 'open', 'finished', name='roundstate', native_enum=False, length=40), nullable=False),
    sa.Column('payer_must_differ', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name=op.f('ck_round_finished_at_once_finished')),
    sa.CheckConstraint("(state = 'prepared') = (opened_at IS NULL)", name=op.f('ck_round_opened_at_once_open')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_round_currency_is_a_code')),
    sa.CheckConstraint("state IN ('prepared', 'open', 'finished')", name=op.f('ck_round_state_is_known')),
    sa.ForeignKeyConstraint(['pathway_id'], ['pathway.id'], name=op.f('fk_round_pathway_id_pathway')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('name', name=op.f('uq_round_name')),
    sa.UniqueConstraint('reference', name=op.f('uq_round_reference'))
    )
    op.create_table('challenge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sponsor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'proposed', 'approved', 'published', 'cancelled', name='challengestate', native_enum=False, length=40), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drafted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revised_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('need', sa.String(), nullable=False),
    sa.Column('outcomes', sa.String(), nullable=False),
    sa.Column('constraints', sa.String(), nullable=False),
    sa.Column('adoption', sa.String(), nullable=False),
    sa.Column('text_digest', sa.String(), nullable=False),
    sa.Column('phrases_found', sa.Integer(), nullable=False),
    sa.Column('strong_phrases', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('questions_close_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cancelled_for', sa.Enum('sponsor', 'programme', name='side', native_enum=False, length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f('ck_challenge_cancelled_at_once_cancelled')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_by_id IS NOT NULL)", name=op.f('ck_challenge_cancelled_by_once_cancelled')),
    sa.CheckConstraint("(state = 'cancelled') = (cancelled_for IS NOT NULL)", name=op.f('ck_challenge_cancelled_for_once_cancelled')),
    sa.CheckConstraint("cancelled_for IN ('sponsor', 'programme')", name=op.f('ck_challenge_cancelled_for_is_known')),
    sa.CheckConstraint("state <> 'cancelled' OR message IS NOT NULL", name=op.f('ck_challenge_cancelled_with_a_reason')),
    sa.CheckConstraint("state <> 'draft' OR (proposed_at IS NULL AND proposed_by_id IS NULL AND approved_at IS NULL AND approved_by_id IS NULL)", name=op.f('ck_challenge_draft_is_neither_proposed_nor_approved')),
    sa.CheckConstraint("state <> 'published' OR (opens_at IS NOT NULL AND questions_close_at IS NOT NULL AND closes_at IS NOT NULL AND published_at IS NOT NULL)", name=op.f('ck_challenge_published_with_its_dates')),
    sa.CheckConstraint("state IN ('draft', 'cancelled') OR proposed_by_id IS NOT NULL", name=op.f('ck_challenge_proposed_by_once_proposed')),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'approved', 'published', 'cancelled')", name=op.f('ck_challenge_state_is_known')),
    sa.CheckConstraint("state IN ('draft', 'proposed', 'cancelled') OR approved_by_id IS NOT NULL", name=op.f('ck_challenge_approved_by_once_approved')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_challenge_approver_is_another_person')),
    sa.CheckConstraint('opens_at < closes_at', name=op.f('ck_challenge_opens_before_it_closes')),
    sa.CheckConstraint('questions_close_at BETWEEN opens_at AND closes_at', name=op.f('ck_challenge_questions_while_it_is_open')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_challenge_approved_by_id_person')),
    sa.ForeignKeyConstraint(['cancelled_by_id'], ['person.id'], name=op.f('fk_challenge_cancelled_by_id_person')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_challenge_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_challenge_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_challenge_published_by_id_person')),
    sa.ForeignKeyConstraint(['revised_by_id'], ['person.id'], name=op.f('fk_challenge_revised_by_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_challenge_round_id_round')),
    sa.ForeignKeyConstraint(['sponsor_id'], ['organisation.id'], name=op.f('fk_challenge_sponsor_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge')),
    sa.UniqueConstraint('reference', name=op.f('uq_challenge_reference')),
    sa.UniqueConstraint('slug', name=op.f('uq_challenge_slug'))
    )
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.create_index('ix_challenge_round_id_state_closes_at_id_opens_at', ['round_id', 'state', 'closes_at', 'id', 'opens_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_challenge_sponsor_id'), ['sponsor_id'], unique=False)
        batch_op.create_index('ix_challenge_state_closes_at_id_opens_at', ['state', 'closes_at', 'id', 'opens_at'], unique=False)
        batch_op.create_index('ix_challenge_state_opens_at_id', ['state', 'opens_at', 'id'], unique=False)

    op.create_table('company_figures',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('turnover', sa.BigInteger(), nullable=False),
    sa.Column('balance_sheet', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.Enum('GBP', 'EUR', name='currency', native_enum=False, length=40), nullable=False),
    sa.Column('stated_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("currency IN ('GBP', 'EUR')", name=op.f('ck_company_figures_currency_is_known')),
    sa.CheckConstraint('balance_sheet BETWEEN 0 AND 1000000000000000', name=op.f('ck_company_figures_balance_sheet_makes_sense')),
    sa.CheckConstraint('headcount BETWEEN 0 AND 10000000', name=op.f('ck_company_figures_headcount_makes_sense')),
    sa.CheckConstraint('turnover BETWEEN 0 AND 1000000000000000', name=op.f('ck_company_figures_turnover_makes_sense')),
    sa.CheckConstraint('year BETWEEN 1990 AND 9999', name=op.f('ck_company_figures_year_has_four_digits')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_company_figures_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['stated_by_id'], ['person.id'], name=op.f('fk_company_figures_stated_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company_figures')),
    sa.UniqueConstraint('organisation_id', 'year', name=op.f('uq_company_figures_organisation_id_year'))
    )
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
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by_id IS NULL)', name=op.f('ck_hold_lifted_by_with_lifted_at')),
    sa.CheckConstraint('(person_id IS NULL) <> (organisation_id IS NULL)', name=op.f('ck_hold_is_on_one_person_or_organisation')),
    sa.CheckConstraint('ends_at > placed_at', name=op.f('ck_hold_ends_after_it_was_placed')),
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
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('confirmed_because', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name=op.f('ck_invitation_accepted_by_once_accepted')),
    sa.CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name=op.f('ck_invitation_answered_at_once_answered')),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')", name=op.f('ck_invitation_role_is_known')),
    sa.CheckConstraint("state IN ('sent', 'accepted', 'declined', 'revoked')", name=op.f('ck_invitation_state_is_known')),
    sa.CheckConstraint('(confirmed_by_id IS NULL) = (confirmed_at IS NULL)', name=op.f('ck_invitation_confirmed_at_once_confirmed')),
    sa.CheckConstraint('accepted_by_id <> confirmed_by_id', name=op.f('ck_invitation_accepted_by_a_third_person')),
    sa.CheckConstraint('accepted_by_id <> invited_by_id', name=op.f('ck_invitation_accepted_by_another_person')),
    sa.CheckConstraint('confirmed_because IS NULL OR confirmed_by_id IS NOT NULL', name=op.f('ck_invitation_confirmed_with_its_reason')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_invitation_email_in_lower_case')),
    sa.CheckConstraint('expires_at > sent_at', name=op.f('ck_invitation_expires_after_it_was_sent')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_invitation_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_invitation_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_invitation_invited_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('reference', name=op.f('uq_invitation_reference'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('uq_invitation_waiting', ['organisation_id', 'email', 'role'], unique=True, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))

    op.create_table('join_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('domain', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('sent', 'accepted', 'declined', 'withdrawn', 'lapsed', name='joinrequeststate', native_enum=False, length=40), nullable=False),
    sa.Column('role', sa.Enum('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor', name='memberrole', native_enum=False, length=40), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (role IS NOT NULL)", name=op.f('ck_join_request_role_once_accepted')),
    sa.CheckConstraint("(state = 'sent') = (answered_at IS NULL)", name=op.f('ck_join_request_answered_at_once_answered')),
    sa.CheckConstraint("(state IN ('accepted', 'declined')) = (answered_by_id IS NOT NULL)", name=op.f('ck_join_request_answered_by_once_answered')),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')", name=op.f('ck_join_request_role_is_known')),
    sa.CheckConstraint("state IN ('sent', 'accepted', 'declined', 'withdrawn', 'lapsed')", name=op.f('ck_join_request_state_is_known')),
    sa.CheckConstraint('answered_by_id <> person_id', name=op.f('ck_join_request_answered_by_another_person')),
    sa.CheckConstraint('expires_at > sent_at', name=op.f('ck_join_request_expires_after_it_was_sent')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_join_request_answered_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_join_request_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_join_request_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_request')),
    sa.UniqueConstraint('reference', name=op.f('uq_join_request_reference'))
    )
    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_join_request_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_join_request_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_join_request_waiting', ['person_id'], unique=True, sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))

    op.create_table('membership',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor', name='memberrole', native_enum=False, length=40), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')", name=op.f('ck_membership_role_is_known')),
    sa.CheckConstraint('until >= since', name=op.f('ck_membership_ends_after_it_began')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['user_id'], ['person.id'], name=op.f('fk_membership_user_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_membership_held', ['user_id', 'organisation_id', 'role'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('organisation_name',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('legal_name', sa.String(), nullable=False),
    sa.Column('trading_name', sa.String(), nullable=True),
    sa.Column('identifier_scheme', sa.Enum('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI', 'AE-ACCI', 'AE-ADCD', 'AE-AFZ', 'AE-DCCI', 'AE-DFSA', 'AE-DIFC', 'AE-DMCC', 'AE-FCCI', 'AE-FFZ', 'AE-HFZA', 'AE-RAKIA', 'AE-SAIF', 'AE-SCCI', 'AE-UQCCI', 'AF-CBR', 'AF-TIN', 'AM-SRALE', 'AT-FB', 'AT-ZVR', 'AU-ABN', 'AU-ASIC', 'AZ-IVI', 'BD-ROC', 'BE-BCE_KBO', 'BF-MATD', 'BG-EIK', 'BJ-IFU', 'BR-CNPJ', 'BW-CIPA', 'BY-ADR', 'CA_AB-ABT', 'CA_BC-BRC_CBR', 'CA_MB-MTB', 'CA_NB-NWB_NOB', 'CA_NL-NFL_TNL', 'CA_NS-NVS_NVE', 'CA_NT-NWT_TNO', 'CA_NU-NNV', 'CA_ON-ONT', 'CA_PE-PEI_IPE', 'CA_QC-QBC', 'CA_SK-SKN', 'CA_YT-YKT', 'CD-MJDH', 'CH_BS-CR', 'CH-FDJP', 'CI-MOI', 'CN-SAIC', 'CN-USCI', 'CR-RPJ', 'CY-DRCOR', 'DE-CR', 'DK-CVR', 'EC-RUC', 'EE-KMKR', 'EE-RIK', 'EG-CR', 'EG-MOSS', 'ES-RMC', 'ET-CSA', 'ET-MOT', 'FI-PRO', 'GB-MPR', 'FR-RCS', 'GE-NAPR', 'GE-RS', 'GG-RCE', 'GH-RGD', 'GT-RPJ', 'HK-CR', 'HN-RTN', 'HR-MBS', 'HU-AFA', 'ID-DJP', 'IE-CHY', 'IE-CRO', 'IL-RA', 'IL-ROC', 'IM-CR', 'IM-GR', 'IN-MCA', 'IQ-MOT', 'IS-KEN', 'IT-CF', 'JE-FSC', 'JE-JCR', 'JO-CCD', 'JO-MSD', 'JP-JCN', 'KE-RCO', 'KG-ID', 'KG-OKPO', 'KG-TIN', 'KH-NNGO', 'KZ-BIN', 'LB-CR', 'LK-DRC', 'LK-NGO', 'LR-MFDPNGO', 'LS-SRN', 'LT-RC', 'LU-RCS', 'LV-RE', 'MC-RCI', 'MD-IDNO', 'ML-CCIM', 'ML-MAT', 'MU-CR', 'MW-RG', 'MY-SSM', 'MZ-CR', 'MZ-MOJ', 'NA-BIPA', 'NG-CAC', 'NL-KVK', 'NO-BRC', 'NP-CRO', 'NZ-CO', 'NZ-CR', 'PA-PRP', 'PE-SUNARP', 'PG-IPA', 'PH-SEC', 'PK-SEC', 'PK-VSWA', 'PK_IS-IRT', 'PL-KRS', 'PT-NIPPC', 'PY-RUC', 'QA-MOI', 'RO-CUI', 'RS-APR', 'RU-INN', 'RU-OGRN', 'RW-RGB', 'RW-RRA', 'SB-BR', 'SE-ON', 'SG-ACRA', 'SG-COC', 'SI-PRS', 'SK-ORSR', 'SL-OARG', 'SN-NINEA', 'SZ-CIT', 'TH-MOI', 'TN-RNE', 'TR-MERSIS', 'TR-MOI', 'TR-VKN', 'TZ-BRLA', 'TZ-NNCB', 'UA-EDR', 'UG-204CBO', 'UG-RSB', 'UZ-KTUT', 'VN-TIN', 'YE-CR', 'ZA-CIP', 'ZM-PCR', 'ZW-PVO', 'ZW-ROD', name='identifierscheme', native_enum=False, length=40), nullable=True),
    sa.Column('identifier_number', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_name_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_name'))
    )
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.create_index('ix_organisation_name_organisation_id_since', ['organisation_id', 'since'], unique=False)

    op.create_table('stage',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('sift', 'interview', 'funded', name='stagekind', native_enum=False, length=40), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('teams', sa.Integer(), nullable=True),
    sa.Column('amount_pence', sa.BigInteger(), nullable=True),
    sa.Column('amount_is_ceiling', sa.Boolean(), nullable=False),
    sa.Column('vat_basis', sa.Enum('excluding', 'including', name='vatbasis', native_enum=False, length=40), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=True),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'funded') = (amount_pence IS NOT NULL)", name=op.f('ck_stage_amount_if_funded')),
    sa.CheckConstraint("kind IN ('sift', 'interview', 'funded')", name=op.f('ck_stage_kind_is_known')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_stage_currency_is_a_code')),
    sa.CheckConstraint("vat_basis IN ('excluding', 'including')", name=op.f('ck_stage_vat_basis_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_stage_amount_is_positive')),
    sa.CheckConstraint('pass_mark BETWEEN 0 AND 100', name=op.f('ck_stage_pass_mark_is_per_cent')),
    sa.CheckConstraint('quorum > 0', name=op.f('ck_stage_quorum_is_some')),
    sa.CheckConstraint('teams > 0', name=op.f('ck_stage_teams_are_some')),
    sa.CheckConstraint('weeks > 0', name=op.f('ck_stage_weeks_are_some')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_stage_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage')),
    sa.UniqueConstraint('round_id', 'key', name=op.f('uq_stage_round_id_key')),
    sa.UniqueConstraint('round_id', 'position', name=op.f('uq_stage_round_id_position'))
    )
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stage_round_id'), ['round_id'], unique=False)

    op.create_table('challenge_round',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('round_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_challenge_round_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_challenge_round_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_challenge_round'))
    )
    with op.batch_alter_table('challenge_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_challenge_round_challenge_id'), ['challenge_id'], unique=False)

    op.create_table('considered_hint',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('through_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hint', sa.Enum('email', 'sponsor_email', 'member', 'number', 'name', 'people', 'declared', 'evidence', 'money', name='hint', native_enum=False, length=40), nullable=False),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("hint IN ('email', 'sponsor_email', 'member', 'number', 'name', 'people', 'declared', 'evidence', 'money')", name=op.f('ck_considered_hint_hint_is_known')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_considered_hint_by_id_person')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_considered_hint_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_considered_hint_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_considered_hint_person_id_person')),
    sa.ForeignKeyConstraint(['through_id'], ['organisation.id'], name=op.f('fk_considered_hint_through_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_considered_hint')),
    sa.UniqueConstraint('person_id', 'challenge_id', 'organisation_id', 'through_id', 'hint', 'basis', name=op.f('uq_considered_hint_person_id_challenge_id_organisation_id_through_id_hint_basis'))
    )
    with op.batch_alter_table('considered_hint', schema=None) as batch_op:
        batch_op.create_index('ix_considered_hint_challenge_id', ['challenge_id'], unique=False)

    op.create_table('criterion',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('position > 0', name=op.f('ck_criterion_position_counts_from_one')),
    sa.CheckConstraint('threshold BETWEEN 0 AND 5', name=op.f('ck_criterion_threshold_is_on_the_scale')),
    sa.CheckConstraint('weight BETWEEN 1 AND 100', name=op.f('ck_criterion_weight_is_per_cent')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_criterion_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('stage_id', 'position', name=op.f('uq_criterion_stage_id_position'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_stage_id'), ['stage_id'], unique=False)

    op.create_table('opening',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('requested', 'opened', name='openingstate', native_enum=False, length=40), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'opened') = (confirmed_by_id IS NOT NULL)", name=op.f('ck_opening_confirmed_once_opened')),
    sa.CheckConstraint("(state = 'opened') = (opened_at IS NOT NULL)", name=op.f('ck_opening_opened_at_once_opened')),
    sa.CheckConstraint("state IN ('requested', 'opened')", name=op.f('ck_opening_state_is_known')),
    sa.CheckConstraint('confirmed_by_id <> requested_by_id', name=op.f('ck_opening_confirmed_by_another_person')),
    sa.CheckConstraint('opened_at >= requested_at', name=op.f('ck_opening_opened_after_it_was_requested')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_opening_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_opening_confirmed_by_id_person')),
    sa.ForeignKeyConstraint(['requested_by_id'], ['person.id'], name=op.f('fk_opening_requested_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening')),
    sa.UniqueConstraint('challenge_id', name=op.f('uq_opening_challenge_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_opening_reference'))
    )
    op.create_table('panel',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('convened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_panel_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_panel_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel')),
    sa.UniqueConstraint('challenge_id', 'stage_id', name=op.f('uq_panel_challenge_id_stage_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_panel_reference'))
    )
    with op.batch_alter_table('panel', schema=None) as batch_op:
        batch_op.create_index('ix_panel_stage_id_challenge_id', ['stage_id', 'challenge_id'], unique=False)

    op.create_table('proposal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'withdrawn', name='proposalstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft_title', sa.String(), nullable=False),
    sa.Column('draft_summary', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name=op.f('ck_proposal_submitted_at_once_submitted')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_proposal_withdrawn_at_once_withdrawn')),
    sa.CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name=op.f('ck_proposal_state_is_known')),
    sa.CheckConstraint('withdrawn_at >= submitted_at', name=op.f('ck_proposal_withdrawn_after_it_was_submitted')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_proposal_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_proposal_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['started_by_id'], ['person.id'], name=op.f('fk_proposal_started_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal')),
    sa.UniqueConstraint('challenge_id', 'organisation_id', 'number', name=op.f('uq_proposal_challenge_id_organisation_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_proposal_reference'))
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index('ix_proposal_challenge_id_state', ['challenge_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposal_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('asked', 'answered', name='questionstate', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name=op.f('ck_question_answer_once_answered')),
    sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f('ck_question_answered_at_once_answered')),
    sa.CheckConstraint("(state = 'answered') = (answered_by_id IS NOT NULL)", name=op.f('ck_question_answered_by_once_answered')),
    sa.CheckConstraint("state IN ('asked', 'answered')", name=op.f('ck_question_state_is_known')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_question_asker_id_person')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_question_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sa.UniqueConstraint('reference', name=op.f('uq_question_reference'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_asker_id'), ['asker_id'], unique=False)
        batch_op.create_index('ix_question_challenge_id_state', ['challenge_id', 'state'], unique=False)

    op.create_table('rights_check',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('harmless', 'exception', name='rightscheckkind', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('recorded', 'approved', 'refused', 'withdrawn', name='rightscheckstate', native_enum=False, length=40), nullable=False),
    sa.Column('text_digest', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('to_whom', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'exception') = (what <> '' AND to_whom <> '')", name=op.f('ck_rights_check_exception_says_what_moves_and_to_whom')),
    sa.CheckConstraint("(state = 'refused') = (message IS NOT NULL)", name=op.f('ck_rights_check_refused_with_a_message')),
    sa.CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", name=op.f('ck_rights_check_refused_at_once_refused')),
    sa.CheckConstraint("(state = 'refused') = (refused_by_id IS NOT NULL)", name=op.f('ck_rights_check_refused_by_once_refused')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f('ck_rights_check_withdrawn_at_once_withdrawn')),
    sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_by_id IS NOT NULL)", name=op.f('ck_rights_check_withdrawn_by_once_withdrawn')),
    sa.CheckConstraint("kind IN ('harmless', 'exception')", name=op.f('ck_rights_check_kind_is_known')),
    sa.CheckConstraint("state <> 'approved' OR approved_by_id IS NOT NULL", name=op.f('ck_rights_check_approved_by_once_approved')),
    sa.CheckConstraint("state IN ('recorded', 'approved', 'refused', 'withdrawn')", name=op.f('ck_rights_check_state_is_known')),
    sa.CheckConstraint('(approved_by_id IS NULL) = (approved_at IS NULL)', name=op.f('ck_rights_check_approved_by_at_a_time')),
    sa.CheckConstraint('approved_by_id <> recorded_by_id', name=op.f('ck_rights_check_approver_is_another_person')),
    sa.CheckConstraint('refused_by_id <> recorded_by_id', name=op.f('ck_rights_check_refuser_is_another_person')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_rights_check_approved_by_id_person')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_rights_check_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_rights_check_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['person.id'], name=op.f('fk_rights_check_refused_by_id_person')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['person.id'], name=op.f('fk_rights_check_withdrawn_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_check')),
    sa.UniqueConstraint('reference', name=op.f('uq_rights_check_reference'))
    )
    with op.batch_alter_table('rights_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rights_check_challenge_id'), ['challenge_id'], unique=False)
        batch_op.create_index('uq_rights_check_of_one_text', ['challenge_id', 'text_digest'], unique=True, sqlite_where=sa.text("state IN ('recorded', 'approved')"), postgresql_where=sa.text("state IN ('recorded', 'approved')"))

    op.create_table('sent_back',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('message', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_sent_back_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_back'))
    )
    with op.batch_alter_table('sent_back', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sent_back_challenge_id'), ['challenge_id'], unique=False)

    op.create_table('stage_budget',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_stage_budget_currency_is_a_code')),
    sa.CheckConstraint('amount_pence >= 0', name=op.f('ck_stage_budget_amount_is_not_negative')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_stage_budget_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_budget_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_budget')),
    sa.UniqueConstraint('challenge_id', 'stage_id', name=op.f('uq_stage_budget_challenge_id_stage_id'))
    )
    op.create_table('viewing',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('browser_session_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('public', 'company', 'team', 'judge', 'approver', 'finance', 'auditor', name='seenrole', native_enum=False, length=40), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('public', 'company', 'team', 'judge', 'approver', 'finance', 'auditor')", name=op.f('ck_viewing_role_is_known')),
    sa.CheckConstraint('ended_at >= begun_at', name=op.f('ck_viewing_ends_after_it_began')),
    sa.ForeignKeyConstraint(['browser_session_id'], ['browser_session.id'], name=op.f('fk_viewing_browser_session_id_browser_session'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_viewing_challenge_id_challenge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_viewing'))
    )
    with op.batch_alter_table('viewing', schema=None) as batch_op:
        batch_op.create_index('uq_viewing_one_in_a_browser', ['browser_session_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('assignment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('judge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('assigned', 'clear', 'locked', 'recused', name='assignmentstate', native_enum=False, length=40), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('conflict', sa.String(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'assigned') = (declared_at IS NULL)", name=op.f('ck_assignment_declared_at_once_declared')),
    sa.CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name=op.f('ck_assignment_locked_at_once_locked')),
    sa.CheckConstraint("(state = 'recused') = (conflict IS NOT NULL)", name=op.f('ck_assignment_conflict_if_recused')),
    sa.CheckConstraint("state IN ('assigned', 'clear', 'locked', 'recused')", name=op.f('ck_assignment_state_is_known')),
    sa.ForeignKeyConstraint(['judge_id'], ['person.id'], name=op.f('fk_assignment_judge_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_assignment_panel_id_panel')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_assignment_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('panel_id', 'judge_id', 'proposal_id', name=op.f('uq_assignment_panel_id_judge_id_proposal_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_assignment_reference'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index('ix_assignment_judge_id_state', ['judge_id', 'state'], unique=False)
        batch_op.create_index('ix_assignment_panel_id_proposal_id', ['panel_id', 'proposal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignment_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'returned', 'approved', 'released', name='decisionstate', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('departure', sa.String(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name=op.f('ck_decision_released_at_once_released')),
    sa.CheckConstraint("(state = 'returned') = (message IS NOT NULL)", name=op.f('ck_decision_returned_with_a_message')),
    sa.CheckConstraint("(state IN ('approved', 'released')) = (approved_by_id IS NOT NULL)", name=op.f('ck_decision_approved_by_once_approved')),
    sa.CheckConstraint("state IN ('proposed', 'returned', 'approved', 'released')", name=op.f('ck_decision_state_is_known')),
    sa.CheckConstraint('(approved_at IS NULL) = (approved_by_id IS NULL)', name=op.f('ck_decision_approved_by_with_approved_at')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_decision_approver_is_another_person')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_decision_approved_by_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_decision_panel_id_panel')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_decision_proposed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('reference', name=op.f('uq_decision_reference'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_panel_id'), ['panel_id'], unique=False)
        batch_op.create_index('uq_decision_live_panel_id', ['panel_id'], unique=True, sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))

    op.create_table('rights_statement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('drawn_up_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_name', sa.String(), nullable=False),
    sa.Column('company_number', sa.String(), nullable=True),
    sa.Column('public_body_name', sa.String(), nullable=False),
    sa.Column('foreground_owner', sa.String(), nullable=False),
    sa.Column('licence_scope', sa.String(), nullable=False),
    sa.Column('licence_field', sa.String(), nullable=False),
    sa.Column('licence_territory', sa.String(), nullable=False),
    sa.Column('licence_term', sa.String(), nullable=False),
    sa.Column('licence_exclusive', sa.String(), nullable=False),
    sa.Column('licence_royalty', sa.String(), nullable=False),
    sa.Column('licence_sublicence', sa.String(), nullable=False),
    sa.Column('public_stake', sa.String(), nullable=False),
    sa.Column('options', sa.String(), nullable=False),
    sa.Column('convertibles', sa.String(), nullable=False),
    sa.Column('loans', sa.String(), nullable=False),
    sa.Column('royalty_share', sa.String(), nullable=False),
    sa.Column('board_seat', sa.String(), nullable=False),
    sa.Column('company_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('company_accepted_name', sa.String(), nullable=True),
    sa.Column('company_accepted_terms', sa.String(), nullable=True),
    sa.Column('body_accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('body_accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('body_accepted_name', sa.String(), nullable=True),
    sa.Column('body_accepted_terms', sa.String(), nullable=True),
    sa.Column('digest', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("board_seat = 'none'", name=op.f('ck_rights_statement_board_seat_is_none')),
    sa.CheckConstraint("convertibles = 'none'", name=op.f('ck_rights_statement_convertibles_is_none')),
    sa.CheckConstraint("foreground_owner = 'company'", name=op.f('ck_rights_statement_company_owns_foreground')),
    sa.CheckConstraint("loans = 'none'", name=op.f('ck_rights_statement_loans_is_none')),
    sa.CheckConstraint("options = 'none'", name=op.f('ck_rights_statement_options_is_none')),
    sa.CheckConstraint("public_stake = 'none'", name=op.f('ck_rights_statement_public_stake_is_none')),
    sa.CheckConstraint("royalty_share = 'none'", name=op.f('ck_rights_statement_royalty_share_is_none')),
    sa.CheckConstraint('(body_accepted_at IS NULL) = (body_accepted_by_id IS NULL)', name=op.f('ck_rights_statement_body_acceptance_has_a_person')),
    sa.CheckConstraint('(company_accepted_at IS NULL OR body_accepted_at IS NULL) = (digest IS NULL)', name=op.f('ck_rights_statement_digest_once_accepted')),
    sa.CheckConstraint('(company_accepted_at IS NULL) = (company_accepted_by_id IS NULL)', name=op.f('ck_rights_statement_company_acceptance_has_a_person')),
    sa.CheckConstraint('body_accepted_at IS NULL OR (offered_at IS NOT NULL AND body_accepted_at >= offered_at)', name=op.f('ck_rights_statement_body_accepts_what_is_offered')),
    sa.CheckConstraint('company_accepted_at IS NULL OR (offered_at IS NOT NULL AND company_accepted_at >= offered_at)', name=op.f('ck_rights_statement_company_accepts_what_is_offered')),
    sa.CheckConstraint('company_accepted_by_id <> body_accepted_by_id', name=op.f('ck_rights_statement_two_sides_are_two_people')),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_rights_statement_digest_is_sha256')),
    sa.CheckConstraint('offered_at >= drawn_up_at', name=op.f('ck_rights_statement_offered_after_it_was_drawn_up')),
    sa.ForeignKeyConstraint(['body_accepted_by_id'], ['person.id'], name=op.f('fk_rights_statement_body_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['company_accepted_by_id'], ['person.id'], name=op.f('fk_rights_statement_company_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_rights_statement_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_rights_statement_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rights_statement')),
    sa.UniqueConstraint('proposal_id', 'stage_id', 'number', name=op.f('uq_rights_statement_proposal_id_stage_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_rights_statement_reference'))
    )
    op.create_table('seat',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('panel_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('judge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['judge_id'], ['person.id'], name=op.f('fk_seat_judge_id_person')),
    sa.ForeignKeyConstraint(['panel_id'], ['panel.id'], name=op.f('fk_seat_panel_id_panel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('panel_id', 'judge_id', name=op.f('uq_seat_panel_id_judge_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_judge_id'), ['judge_id'], unique=False)

    op.create_table('section',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('written_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_section_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_section_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section')),
    sa.UniqueConstraint('proposal_id', 'key', name=op.f('uq_section_proposal_id_key'))
    )
    op.create_table('submission',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.CheckConstraint('length(digest) = 64', name=op.f('ck_submission_digest_is_sha_256')),
    sa.CheckConstraint('number > 0', name=op.f('ck_submission_number_counts_from_one')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_submission_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_submission_submitted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission')),
    sa.UniqueConstraint('proposal_id', 'number', name=op.f('uq_submission_proposal_id_number'))
    )
    op.create_table('background_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('statement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('patent', 'software', 'design', 'data', 'know_how', 'mark', name='backgroundkind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('patent', 'software', 'design', 'data', 'know_how', 'mark')", name=op.f('ck_background_item_kind_is_known')),
    sa.ForeignKeyConstraint(['statement_id'], ['rights_statement.id'], name=op.f('fk_background_item_statement_id_rights_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_background_item'))
    )
    with op.batch_alter_table('background_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_background_item_statement_id'), ['statement_id'], unique=False)

    op.create_table('outcome',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('goes_on', sa.Boolean(), nullable=False),
    sa.Column('feedback', sa.String(), nullable=False),
    sa.CheckConstraint('total BETWEEN 0 AND 10000', name=op.f('ck_outcome_total_is_per_cent')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_outcome_decision_id_decision')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_outcome_proposal_id_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sa.UniqueConstraint('decision_id', 'proposal_id', name=op.f('uq_outcome_decision_id_proposal_id'))
    )
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcome_proposal_id'), ['proposal_id'], unique=False)

    op.create_table('score',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assignment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('criterion_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('points BETWEEN 0 AND 5', name=op.f('ck_score_points_are_on_the_scale')),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_score_assignment_id_assignment')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_score_criterion_id_criterion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_score')),
    sa.UniqueConstraint('assignment_id', 'criterion_id', name=op.f('uq_score_assignment_id_criterion_id'))
    )
    op.create_table('stage_agreement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('proposal_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('statement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'offered', 'active', 'completed', 'stopped', 'lapsed', name='agreementstate', native_enum=False, length=40), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('vat_number', sa.String(), nullable=True),
    sa.Column('vat_reason', sa.String(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('active', 'completed', 'stopped')) = (activated_at IS NOT NULL)", name=op.f('ck_stage_agreement_activated_at_in_force')),
    sa.CheckConstraint("(state IN ('completed', 'stopped', 'lapsed')) = (ended_at IS NOT NULL)", name=op.f('ck_stage_agreement_ended_at_once_ended')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_stage_agreement_currency_is_a_code')),
    sa.CheckConstraint("state IN ('draft', 'lapsed') OR offered_at IS NOT NULL", name=op.f('ck_stage_agreement_offered_at_once_offered')),
    sa.CheckConstraint("state IN ('draft', 'lapsed') OR vat_pence = 0 OR vat_number IS NOT NULL OR vat_reason IS NOT NULL", name=op.f('ck_stage_agreement_vat_with_a_number_or_a_reason')),
    sa.CheckConstraint("state IN ('draft', 'offered', 'active', 'completed', 'stopped', 'lapsed')", name=op.f('ck_stage_agreement_state_is_known')),
    sa.CheckConstraint('activated_at >= offered_at', name=op.f('ck_stage_agreement_in_force_after_it_was_offered')),
    sa.CheckConstraint('amount_pence >= 0', name=op.f('ck_stage_agreement_amount_is_not_negative')),
    sa.CheckConstraint('ended_at >= activated_at', name=op.f('ck_stage_agreement_ended_after_it_came_into_force')),
    sa.CheckConstraint('offered_at >= drafted_at', name=op.f('ck_stage_agreement_offered_after_it_was_drafted')),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_stage_agreement_starts_before_it_ends')),
    sa.CheckConstraint('vat_number IS NULL OR vat_reason IS NULL', name=op.f('ck_stage_agreement_vat_number_needs_no_reason')),
    sa.CheckConstraint('vat_pence >= 0', name=op.f('ck_stage_agreement_vat_is_not_negative')),
    sa.ForeignKeyConstraint(['proposal_id'], ['proposal.id'], name=op.f('fk_stage_agreement_proposal_id_proposal')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_stage_agreement_stage_id_stage')),
    sa.ForeignKeyConstraint(['statement_id'], ['rights_statement.id'], name=op.f('fk_stage_agreement_statement_id_rights_statement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stage_agreement')),
    sa.UniqueConstraint('proposal_id', 'stage_id', name=op.f('uq_stage_agreement_proposal_id_stage_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_stage_agreement_reference')),
    sa.UniqueConstraint('statement_id', name=op.f('uq_stage_agreement_statement_id'))
    )
    with op.batch_alter_table('stage_agreement', schema=None) as batch_op:
        batch_op.create_index('ix_stage_agreement_activated_at_id', ['activated_at', 'id'], unique=False)
        batch_op.create_index('ix_stage_agreement_stage_id_state', ['stage_id', 'state'], unique=False)

    op.create_table('milestone',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('agreement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'due', 'delivered', 'accepted', 'undelivered', name='milestonestate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('success_criteria', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_per_cent', sa.Integer(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name=op.f('ck_milestone_accepted_at_once_accepted')),
    sa.CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name=op.f('ck_milestone_accepted_by_once_accepted')),
    sa.CheckConstraint("(state = 'undelivered') = (ended_at IS NOT NULL)", name=op.f('ck_milestone_ended_at_once_ended')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_milestone_currency_is_a_code')),
    sa.CheckConstraint("state IN ('planned', 'due', 'delivered', 'accepted', 'undelivered')", name=op.f('ck_milestone_state_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_milestone_amount_is_positive')),
    sa.CheckConstraint('vat_pence = (amount_pence * vat_per_cent + 50) / 100', name=op.f('ck_milestone_vat_is_worked_out')),
    sa.CheckConstraint('vat_per_cent BETWEEN 0 AND 100', name=op.f('ck_milestone_vat_is_per_cent')),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_milestone_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['agreement_id'], ['stage_agreement.id'], name=op.f('fk_milestone_agreement_id_stage_agreement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('agreement_id', 'number', name=op.f('uq_milestone_agreement_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_milestone_reference'))
    )
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_milestone_agreement_id'), ['agreement_id'], unique=False)

    op.create_table('account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('source', 'budget', 'committed', 'released', 'paid', name='accountkind', native_enum=False, length=40), nullable=False),
    sa.Column('challenge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('stage_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('balance_pence', sa.BigInteger(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.CheckConstraint("(kind IN ('source', 'budget')) = (milestone_id IS NULL)", name=op.f('ck_account_milestone_once_committed')),
    sa.CheckConstraint("kind = 'source' OR balance_pence >= 0", name=op.f('ck_account_balance_is_not_negative')),
    sa.CheckConstraint("kind IN ('source', 'budget', 'committed', 'released', 'paid')", name=op.f('ck_account_kind_is_known')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_account_currency_is_a_code')),
    sa.ForeignKeyConstraint(['challenge_id'], ['challenge.id'], name=op.f('fk_account_challenge_id_challenge')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_account_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_account_stage_id_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('milestone_id', 'kind', name=op.f('uq_account_milestone_id_kind'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index('ix_account_challenge_id_stage_id', ['challenge_id', 'stage_id'], unique=False)
        batch_op.create_index('ix_account_kind_challenge_id_milestone_id_balance_pence', ['kind', 'challenge_id', 'milestone_id', 'balance_pence'], unique=False, sqlite_where=sa.text('balance_pence != 0'), postgresql_where=sa.text('balance_pence != 0'))
        batch_op.create_index('uq_account_kind_challenge_id_stage_id', ['kind', 'challenge_id', 'stage_id'], unique=True, sqlite_where=sa.text('milestone_id IS NULL'), postgresql_where=sa.text('milestone_id IS NULL'))

    op.create_table('deliverable',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('delivered', 'accepted', 'returned', name='deliverablestate', native_enum=False, length=40), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'delivered') = (decided_at IS NULL)", name=op.f('ck_deliverable_decided_at_once_decided')),
    sa.CheckConstraint("(state = 'delivered') = (decided_by_id IS NULL)", name=op.f('ck_deliverable_decided_by_once_decided')),
    sa.CheckConstraint("(state = 'returned') = (reason IS NOT NULL)", name=op.f('ck_deliverable_reason_if_returned')),
    sa.CheckConstraint("state IN ('delivered', 'accepted', 'returned')", name=op.f('ck_deliverable_state_is_known')),
    sa.CheckConstraint("substr(link, 1, 7) = 'http://' OR substr(link, 1, 8) = 'https://'", name=op.f('ck_deliverable_link_is_of_the_web')),
    sa.CheckConstraint('decided_at >= delivered_at', name=op.f('ck_deliverable_decided_after_delivery')),
    sa.CheckConstraint('decided_by_id <> delivered_by_id', name=op.f('ck_deliverable_decided_by_another_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_deliverable_decided_by_id_person')),
    sa.ForeignKeyConstraint(['delivered_by_id'], ['person.id'], name=op.f('fk_deliverable_delivered_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_deliverable_milestone_id_milestone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliverable')),
    sa.UniqueConstraint('milestone_id', 'number', name=op.f('uq_deliverable_milestone_id_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_deliverable_reference'))
    )
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.create_index('ix_deliverable_decided_by_id', ['decided_by_id'], unique=False)
        batch_op.create_index('uq_deliverable_undecided_milestone_id', ['milestone_id'], unique=True, sqlite_where=sa.text("state = 'delivered'"), postgresql_where=sa.text("state = 'delivered'"))

    op.create_table('release',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('milestone_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('proposed', 'refused', 'approved', 'paid', name='releasestate', native_enum=False, length=40), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('vat_pence', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refused_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('paid_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paid_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('bank_reference', sa.String(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (bank_reference IS NOT NULL)", name=op.f('ck_release_bank_reference_once_paid')),
    sa.CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name=op.f('ck_release_paid_at_once_paid')),
    sa.CheckConstraint("(state = 'paid') = (paid_by_id IS NOT NULL)", name=op.f('ck_release_paid_by_once_paid')),
    sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f('ck_release_reason_if_refused')),
    sa.CheckConstraint("(state = 'refused') = (refused_at IS NOT NULL)", name=op.f('ck_release_refused_at_once_refused')),
    sa.CheckConstraint("(state = 'refused') = (refused_by_id IS NOT NULL)", name=op.f('ck_release_refused_by_once_refused')),
    sa.CheckConstraint("(state IN ('approved', 'paid')) = (approved_at IS NOT NULL)", name=op.f('ck_release_approved_at_once_approved')),
    sa.CheckConstraint("(state IN ('approved', 'paid')) = (approved_by_id IS NOT NULL)", name=op.f('ck_release_approved_by_once_approved')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_release_currency_is_a_code')),
    sa.CheckConstraint("state IN ('proposed', 'refused', 'approved', 'paid')", name=op.f('ck_release_state_is_known')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_release_amount_is_positive')),
    sa.CheckConstraint('approved_at >= proposed_at', name=op.f('ck_release_approved_after_it_was_proposed')),
    sa.CheckConstraint('approved_by_id <> proposed_by_id', name=op.f('ck_release_approver_is_another_person')),
    sa.CheckConstraint('bank_reference = upper(bank_reference)', name=op.f('ck_release_bank_reference_has_one_spelling')),
    sa.CheckConstraint('length(bank_reference) BETWEEN 6 AND 35', name=op.f('ck_release_bank_reference_has_its_length')),
    sa.CheckConstraint('paid_at >= approved_at', name=op.f('ck_release_paid_after_it_was_approved')),
    sa.CheckConstraint('paid_by_id <> proposed_by_id', name=op.f('ck_release_paid_by_another_person')),
    sa.CheckConstraint('refused_by_id <> proposed_by_id', name=op.f('ck_release_refused_by_another_person')),
    sa.CheckConstraint('vat_pence >= 0', name=op.f('ck_release_vat_is_not_negative')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_release_approved_by_id_person')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_release_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['paid_by_id'], ['person.id'], name=op.f('fk_release_paid_by_id_person')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_release_proposed_by_id_person')),
    sa.ForeignKeyConstraint(['refused_by_id'], ['person.id'], name=op.f('fk_release_refused_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('bank_reference', name=op.f('uq_release_bank_reference')),
    sa.UniqueConstraint('reference', name=op.f('uq_release_reference'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index('ix_release_approved_by_id', ['approved_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_release_milestone_id'), ['milestone_id'], unique=False)
        batch_op.create_index('ix_release_paid_by_id', ['paid_by_id'], unique=False)
        batch_op.create_index('ix_release_proposed_by_id', ['proposed_by_id'], unique=False)
        batch_op.create_index('ix_release_refused_by_id', ['refused_by_id'], unique=False)
        batch_op.create_index('ix_release_state', ['state'], unique=False)
        batch_op.create_index('uq_release_live_milestone_id', ['milestone_id'], unique=True, sqlite_where=sa.text("state <> 'refused'"), postgresql_where=sa.text("state <> 'refused'"))

    op.create_table('transfer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('budget', 'commitment', 'release', 'payment', 'return', 'withdrawal', name='transferkind', native_enum=False, length=40), nullable=False),
    sa.Column('debit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('credit_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_pence', sa.BigInteger(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('moved_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.CheckConstraint("kind IN ('budget', 'commitment', 'release', 'payment', 'return', 'withdrawal')", name=op.f('ck_transfer_kind_is_known')),
    sa.CheckConstraint("length(currency) = 3 AND currency = upper(currency) AND substr(currency, 1, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 2, 1) BETWEEN 'A' AND 'Z' AND substr(currency, 3, 1) BETWEEN 'A' AND 'Z'", name=op.f('ck_transfer_currency_is_a_code')),
    sa.CheckConstraint('amount_pence > 0', name=op.f('ck_transfer_amount_is_positive')),
    sa.CheckConstraint('debit_id <> credit_id', name=op.f('ck_transfer_moves_between_two_accounts')),
    sa.ForeignKeyConstraint(['credit_id'], ['account.id'], name=op.f('fk_transfer_credit_id_account')),
    sa.ForeignKeyConstraint(['debit_id'], ['account.id'], name=op.f('fk_transfer_debit_id_account')),
    sa.ForeignKeyConstraint(['moved_by_id'], ['person.id'], name=op.f('fk_transfer_moved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer')),
    sa.UniqueConstraint('key', name=op.f('uq_transfer_key'))
    )
    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_credit_id'), ['credit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_transfer_debit_id'), ['debit_id'], unique=False)
        batch_op.create_index('uq_transfer_once_credit_id', ['kind', 'credit_id'], unique=True, sqlite_where=sa.text("kind <> 'return'"), postgresql_where=sa.text("kind <> 'return'"))

    op.create_table('owed_transfer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['key'], ['transfer.key'], name=op.f('fk_owed_transfer_key_transfer'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owed_transfer')),
    sa.UniqueConstraint('key', name=op.f('uq_owed_transfer_key'))
    )
    op.execute(f"INSERT INTO audit_head (id, sequence, hash, edition) VALUES (1, 0, '{'0' * 64}', 0)")
    op.create_view('unseen',
        "SELECT '\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c' || '\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18' || '\x19\x1a\x1b\x1c\x1d\x1e\x1f \x7f\x80\x81\x82' || '\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e' || '\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a' || '\x9b\x9c\x9d\x9e\x9f\xa0\xad\u0300\u0301\u0302\u0303\u0304' "
        "|| '\u0305\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030d\u030e\u030f\u0310' || '\u0311\u0312\u0313\u0314\u0315\u0316\u0317\u0318\u0319\u031a\u031b\u031c' || '\u031d\u031e\u031f\u0320\u0321\u0322\u0323\u0324\u0325\u0326\u0327\u0328' || '\u0329\u032a\u032b\u032c\u032d\u032e\u032f\u0330\u0331\u0332\u0333\u0334' || '\u0335\u0336\u0337\u0338\u0339\u033a\u033b\u033c\u033d\u033e\u033f\u0340' || '\u0341\u0342\u0343\u0344\u0345\u0346\u0347\u0348\u0349\u034a\u034b\u034c' || "
        "'\u034d\u034e\u034f\u0350\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358' || '\u0359\u035a\u035b\u035c\u035d\u035e\u035f\u0360\u0361\u0362\u0363\u0364' || '\u0365\u0366\u0367\u0368\u0369\u036a\u036b\u036c\u036d\u036e\u036f\u0483' || '\u0484\u0485\u0486\u0487\u0488\u0489\u0591\u0592\u0593\u0594\u0595\u0596' || '\u0597\u0598\u0599\u059a\u059b\u059c\u059d\u059e\u059f\u05a0\u05a1\u05a2' || '\u05a3\u05a4\u05a5\u05a6\u05a7\u05a8\u05a9\u05aa\u05ab\u05ac\u05ad\u05ae' || "
        "'\u05af\u05b0\u05b1\u05b2\u05b3\u05b4\u05b5\u05b6\u05b7\u05b8\u05b9\u05ba' || '\u05bb\u05bc\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0600\u0601\u0602' || '\u0603\u0604\u0605\u0610\u0611\u0612\u0613\u0614\u0615\u0616\u0617\u0618' || '\u0619\u061a\u061c\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653' || '\u0654\u0655\u0656\u0657\u0658\u0659\u065a\u065b\u065c\u065d\u065e\u065f' || '\u0670\u06d6\u06d7\u06d8\u06d9\u06da\u06db\u06dc\u06dd\u06df\u06e0\u06e1' || "
        "'\u06e2\u06e3\u06e4\u06e7\u06e8\u06ea\u06eb\u06ec\u06ed\u070f\u0711\u0730' || '\u0731\u0732\u0733\u0734\u0735\u0736\u0737\u0738\u0739\u073a\u073b\u073c' || '\u073d\u073e\u073f\u0740\u0741\u0742\u0743\u0744\u0745\u0746\u0747\u0748' || '\u0749\u074a\u07a6\u07a7\u07a8\u07a9\u07aa\u07ab\u07ac\u07ad\u07ae\u07af' || '\u07b0\u07eb\u07ec\u07ed\u07ee\u07ef\u07f0\u07f1\u07f2\u07f3\u07fd\u0816' || '\u0817\u0818\u0819\u081b\u081c\u081d\u081e\u081f\u0820\u0821\u0822\u0823' || "
        "'\u0825\u0826\u0827\u0829\u082a\u082b\u082c\u082d\u0859\u085a\u085b\u0890' || '\u0891\u0898\u0899\u089a\u089b\u089c\u089d\u089e\u089f\u08ca\u08cb\u08cc' || '\u08cd\u08ce\u08cf\u08d0\u08d1\u08d2\u08d3\u08d4\u08d5\u08d6\u08d7\u08d8' || '\u08d9\u08da\u08db\u08dc\u08dd\u08de\u08df\u08e0\u08e1\u08e2\u08e3\u08e4' || '\u08e5\u08e6\u08e7\u08e8\u08e9\u08ea\u08eb\u08ec\u08ed\u08ee\u08ef\u08f0' || '\u08f1\u08f2\u08f3\u08f4\u08f5\u08f6\u08f7\u08f8\u08f9\u08fa\u08fb\u08fc' || "
        "'\u08fd\u08fe\u08ff\u0900\u0901\u0902\u093a\u093c\u0941\u0942\u0943\u0944' || '\u0945\u0946\u0947\u0948\u094d\u0951\u0952\u0953\u0954\u0955\u0956\u0957' || '\u0962\u0963\u0981\u09bc\u09c1\u09c2\u09c3\u09c4\u09cd\u09e2\u09e3\u09fe' || '\u0a01\u0a02\u0a3c\u0a41\u0a42\u0a47\u0a48\u0a4b\u0a4c\u0a4d\u0a51\u0a70' || '\u0a71\u0a75\u0a81\u0a82\u0abc\u0ac1\u0ac2\u0ac3\u0ac4\u0ac5\u0ac7\u0ac8' || '\u0acd\u0ae2\u0ae3\u0afa\u0afb\u0afc\u0afd\u0afe\u0aff\u0b01\u0b3c\u0b3f' || "
        "'\u0b41\u0b42\u0b43\u0b44\u0b4d\u0b55\u0b56\u0b62\u0b63\u0b82\u0bc0\u0bcd' || '\u0c00\u0c04\u0c3c\u0c3e\u0c3f\u0c40\u0c46\u0c47\u0c48\u0c4a\u0c4b\u0c4c' || '\u0c4d\u0c55\u0c56\u0c62\u0c63\u0c81\u0cbc\u0cbf\u0cc6\u0ccc\u0ccd\u0ce2' || '\u0ce3\u0d00\u0d01\u0d3b\u0d3c\u0d41\u0d42\u0d43\u0d44\u0d4d\u0d62\u0d63' || '\u0d81\u0dca\u0dd2\u0dd3\u0dd4\u0dd6\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38' || '\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0eb1\u0eb4' || "
        "'\u0eb5\u0eb6\u0eb7\u0eb8\u0eb9\u0eba\u0ebb\u0ebc\u0ec8\u0ec9\u0eca\u0ecb' || '\u0ecc\u0ecd\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71\u0f72\u0f73\u0f74\u0f75' || '\u0f76\u0f77\u0f78\u0f79\u0f7a\u0f7b\u0f7c\u0f7d\u0f7e\u0f80\u0f81\u0f82' || '\u0f83\u0f84\u0f86\u0f87\u0f8d\u0f8e\u0f8f\u0f90\u0f91\u0f92\u0f93\u0f94' || '\u0f95\u0f96\u0f97\u0f99\u0f9a\u0f9b\u0f9c\u0f9d\u0f9e\u0f9f\u0fa0\u0fa1' || '\u0fa2\u0fa3\u0fa4\u0fa5\u0fa6\u0fa7\u0fa8\u0fa9\u0faa\u0fab\u0fac\u0fad' || "
        "'\u0fae\u0faf\u0fb0\u0fb1\u0fb2\u0fb3\u0fb4\u0fb5\u0fb6\u0fb7\u0fb8\u0fb9' || '\u0fba\u0fbb\u0fbc\u0fc6\u102d\u102e\u102f\u1030\u1032\u1033\u1034\u1035' || '\u1036\u1037\u1039\u103a\u103d\u103e\u1058\u1059\u105e\u105f\u1060\u1071' || '\u1072\u1073\u1074\u1082\u1085\u1086\u108d\u109d\u115f\u1160\u135d\u135e' || '\u135f\u1680\u1712\u1713\u1714\u1732\u1733\u1752\u1753\u1772\u1773\u17b4' || '\u17b5\u17b7\u17b8\u17b9\u17ba\u17bb\u17bc\u17bd\u17c6\u17c9\u17ca\u17cb' || "
        "'\u17cc\u17cd\u17ce\u17cf\u17d0\u17d1\u17d2\u17d3\u17dd\u180b\u180c\u180d' || '\u180e\u180f\u1885\u1886\u18a9\u1920\u1921\u1922\u1927\u1928\u1932\u1939' || '\u193a\u193b\u1a17\u1a18\u1a1b\u1a56\u1a58\u1a59\u1a5a\u1a5b\u1a5c\u1a5d' || '\u1a5e\u1a60\u1a62\u1a65\u1a66\u1a67\u1a68\u1a69\u1a6a\u1a6b\u1a6c\u1a73' || '\u1a74\u1a75\u1a76\u1a77\u1a78\u1a79\u1a7a\u1a7b\u1a7c\u1a7f\u1ab0\u1ab1' || '\u1ab2\u1ab3\u1ab4\u1ab5\u1ab6\u1ab7\u1ab8\u1ab9\u1aba\u1abb\u1abc\u1abd' || "
        "'\u1abe\u1abf\u1ac0\u1ac1\u1ac2\u1ac3\u1ac4\u1ac5\u1ac6\u1ac7\u1ac8\u1ac9' || '\u1aca\u1acb\u1acc\u1acd\u1ace\u1b00\u1b01\u1b02\u1b03\u1b34\u1b36\u1b37' || '\u1b38\u1b39\u1b3a\u1b3c\u1b42\u1b6b\u1b6c\u1b6d\u1b6e\u1b6f\u1b70\u1b71' || '\u1b72\u1b73\u1b80\u1b81\u1ba2\u1ba3\u1ba4\u1ba5\u1ba8\u1ba9\u1bab\u1bac' || '\u1bad\u1be6\u1be8\u1be9\u1bed\u1bef\u1bf0\u1bf1\u1c2c\u1c2d\u1c2e\u1c2f' || '\u1c30\u1c31\u1c32\u1c33\u1c36\u1c37\u1cd0\u1cd1\u1cd2\u1cd4\u1cd5\u1cd6' || "
        "'\u1cd7\u1cd8\u1cd9\u1cda\u1cdb\u1cdc\u1cdd\u1cde\u1cdf\u1ce0\u1ce2\u1ce3' || '\u1ce4\u1ce5\u1ce6\u1ce7\u1ce8\u1ced\u1cf4\u1cf8\u1cf9\u1dc0\u1dc1\u1dc2' || '\u1dc3\u1dc4\u1dc5\u1dc6\u1dc7\u1dc8\u1dc9\u1dca\u1dcb\u1dcc\u1dcd\u1dce' || '\u1dcf\u1dd0\u1dd1\u1dd2\u1dd3\u1dd4\u1dd5\u1dd6\u1dd7\u1dd8\u1dd9\u1dda' || '\u1ddb\u1ddc\u1ddd\u1dde\u1ddf\u1de0\u1de1\u1de2\u1de3\u1de4\u1de5\u1de6' || '\u1de7\u1de8\u1de9\u1dea\u1deb\u1dec\u1ded\u1dee\u1def\u1df0\u1df1\u1df2' || "
        "'\u1df3\u1df4\u1df5\u1df6\u1df7\u1df8\u1df9\u1dfa\u1dfb\u1dfc\u1dfd\u1dfe' || '\u1dff\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a' || '\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e' || '\u202f\u205f\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069' || '\u206a\u206b\u206c\u206d\u206e\u206f\u20d0\u20d1\u20d2\u20d3\u20d4\u20d5' || '\u20d6\u20d7\u20d8\u20d9\u20da\u20db\u20dc\u20dd\u20de\u20df\u20e0\u20e1' || "
        "'\u20e2\u20e3\u20e4\u20e5\u20e6\u20e7\u20e8\u20e9\u20ea\u20eb\u20ec\u20ed' || '\u20ee\u20ef\u20f0\u2800\u2cef\u2cf0\u2cf1\u2d7f\u2de0\u2de1\u2de2\u2de3' || '\u2de4\u2de5\u2de6\u2de7\u2de8\u2de9\u2dea\u2deb\u2dec\u2ded\u2dee\u2def' || '\u2df0\u2df1\u2df2\u2df3\u2df4\u2df5\u2df6\u2df7\u2df8\u2df9\u2dfa\u2dfb' || '\u2dfc\u2dfd\u2dfe\u2dff\u3000\u302a\u302b\u302c\u302d\u3099\u309a\u3164' || '\ua66f\ua670\ua671\ua672\ua674\ua675\ua676\ua677\ua678\ua679\ua67a\ua67b' || "
        "'\ua67c\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua802\ua806\ua80b\ua825\ua826\ua82c' || '\ua8c4\ua8c5\ua8e0\ua8e1\ua8e2\ua8e3\ua8e4\ua8e5\ua8e6\ua8e7\ua8e8\ua8e9' || '\ua8ea\ua8eb\ua8ec\ua8ed\ua8ee\ua8ef\ua8f0\ua8f1\ua8ff\ua926\ua927\ua928' || '\ua929\ua92a\ua92b\ua92c\ua92d\ua947\ua948\ua949\ua94a\ua94b\ua94c\ua94d' || '\ua94e\ua94f\ua950\ua951\ua980\ua981\ua982\ua9b3\ua9b6\ua9b7\ua9b8\ua9b9' || '\ua9bc\ua9bd\ua9e5\uaa29\uaa2a\uaa2b\uaa2c\uaa2d\uaa2e\uaa31\uaa32\uaa35' || "
        "'\uaa36\uaa43\uaa4c\uaa7c\uaab0\uaab2\uaab3\uaab4\uaab7\uaab8\uaabe\uaabf' || '\uaac1\uaaec\uaaed\uaaf6\uabe5\uabe8\uabed\ufb1e\ufe00\ufe01\ufe02\ufe03' || '\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f' || '\ufe20\ufe21\ufe22\ufe23\ufe24\ufe25\ufe26\ufe27\ufe28\ufe29\ufe2a\ufe2b' || '\ufe2c\ufe2d\ufe2e\ufe2f\ufeff\uffa0\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5' || '\ufff6\ufff7\ufff8\ufff9\ufffa\ufffb\U000101fd\U000102e0\U00010376\U00010377\U00010378\U00010379' || "
        "'\U0001037a\U00010a01\U00010a02\U00010a03\U00010a05\U00010a06\U00010a0c\U00010a0d\U00010a0e\U00010a0f\U00010a38\U00010a39' || '\U00010a3a\U00010a3f\U00010ae5\U00010ae6\U00010d24\U00010d25\U00010d26\U00010d27\U00010eab\U00010eac\U00010f46\U00010f47' || '\U00010f48\U00010f49\U00010f4a\U00010f4b\U00010f4c\U00010f4d\U00010f4e\U00010f4f\U00010f50\U00010f82\U00010f83\U00010f84' || '\U00010f85\U00011001\U00011038\U00011039\U0001103a\U0001103b\U0001103c\U0001103d\U0001103e\U0001103f\U00011040\U00011041' || '\U00011042\U00011043\U00011044\U00011045\U00011046\U00011070\U00011073\U00011074\U0001107f\U00011080\U00011081\U000110b3' || '\U000110b4\U000110b5\U000110b6\U000110b9\U000110ba\U000110bd\U000110c2\U000110cd\U00011100\U00011101\U00011102\U00011127' || "
        "'\U00011128\U00011129\U0001112a\U0001112b\U0001112d\U0001112e\U0001112f\U00011130\U00011131\U00011132\U00011133\U00011134' || '\U00011173\U00011180\U00011181\U000111b6\U000111b7\U000111b8\U000111b9\U000111ba\U000111bb\U000111bc\U000111bd\U000111be' || '\U000111c9\U000111ca\U000111cb\U000111cc\U000111cf\U0001122f\U00011230\U00011231\U00011234\U00011236\U00011237\U0001123e' || '\U000112df\U000112e3\U000112e4\U000112e5\U000112e6\U000112e7\U000112e8\U000112e9\U000112ea\U00011300\U00011301\U0001133b' || '\U0001133c\U00011340\U00011366\U00011367\U00011368\U00011369\U0001136a\U0001136b\U0001136c\U00011370\U00011371\U00011372' || '\U00011373\U00011374\U00011438\U00011439\U0001143a\U0001143b\U0001143c\U0001143d\U0001143e\U0001143f\U00011442\U00011443' || "
        "'\U00011444\U00011446\U0001145e\U000114b3\U000114b4\U000114b5\U000114b6\U000114b7\U000114b8\U000114ba\U000114bf\U000114c0' || '\U000114c2\U000114c3\U000115b2\U000115b3\U000115b4\U000115b5\U000115bc\U000115bd\U000115bf\U000115c0\U000115dc\U000115dd' || '\U00011633\U00011634\U00011635\U00011636\U00011637\U00011638\U00011639\U0001163a\U0001163d\U0001163f\U00011640\U000116ab' || '\U000116ad\U000116b0\U000116b1\U000116b2\U000116b3\U000116b4\U000116b5\U000116b7\U0001171d\U0001171e\U0001171f\U00011722' || '\U00011723\U00011724\U00011725\U00011727\U00011728\U00011729\U0001172a\U0001172b\U0001182f\U00011830\U00011831\U00011832' || '\U00011833\U00011834\U00011835\U00011836\U00011837\U00011839\U0001183a\U0001193b\U0001193c\U0001193e\U00011943\U000119d4' || "
        "'\U000119d5\U000119d6\U000119d7\U000119da\U000119db\U000119e0\U00011a01\U00011a02\U00011a03\U00011a04\U00011a05\U00011a06' || '\U00011a07\U00011a08\U00011a09\U00011a0a\U00011a33\U00011a34\U00011a35\U00011a36\U00011a37\U00011a38\U00011a3b\U00011a3c' || '\U00011a3d\U00011a3e\U00011a47\U00011a51\U00011a52\U00011a53\U00011a54\U00011a55\U00011a56\U00011a59\U00011a5a\U00011a5b' || '\U00011a8a\U00011a8b\U00011a8c\U00011a8d\U00011a8e\U00011a8f\U00011a90\U00011a91\U00011a92\U00011a93\U00011a94\U00011a95' || '\U00011a96\U00011a98\U00011a99\U00011c30\U00011c31\U00011c32\U00011c33\U00011c34\U00011c35\U00011c36\U00011c38\U00011c39' || '\U00011c3a\U00011c3b\U00011c3c\U00011c3d\U00011c3f\U00011c92\U00011c93\U00011c94\U00011c95\U00011c96\U00011c97\U00011c98' || "
        "'\U00011c99\U00011c9a\U00011c9b\U00011c9c\U00011c9d\U00011c9e\U00011c9f\U00011ca0\U00011ca1\U00011ca2\U00011ca3\U00011ca4' || '\U00011ca5\U00011ca6\U00011ca7\U00011caa\U00011cab\U00011cac\U00011cad\U00011cae\U00011caf\U00011cb0\U00011cb2\U00011cb3' || '\U00011cb5\U00011cb6\U00011d31\U00011d32\U00011d33\U00011d34\U00011d35\U00011d36\U00011d3a\U00011d3c\U00011d3d\U00011d3f' || '\U00011d40\U00011d41\U00011d42\U00011d43\U00011d44\U00011d45\U00011d47\U00011d90\U00011d91\U00011d95\U00011d97\U00011ef3' || '\U00011ef4\U00013430\U00013431\U00013432\U00013433\U00013434\U00013435\U00013436\U00013437\U00013438\U00016af0\U00016af1' || '\U00016af2\U00016af3\U00016af4\U00016b30\U00016b31\U00016b32\U00016b33\U00016b34\U00016b35\U00016b36\U00016f4f\U00016f8f' || "
        "'\U00016f90\U00016f91\U00016f92\U00016fe4\U0001bc9d\U0001bc9e\U0001bca0\U0001bca1\U0001bca2\U0001bca3\U0001cf00\U0001cf01' || '\U0001cf02\U0001cf03\U0001cf04\U0001cf05\U0001cf06\U0001cf07\U0001cf08\U0001cf09\U0001cf0a\U0001cf0b\U0001cf0c\U0001cf0d' || '\U0001cf0e\U0001cf0f\U0001cf10\U0001cf11\U0001cf12\U0001cf13\U0001cf14\U0001cf15\U0001cf16\U0001cf17\U0001cf18\U0001cf19' || '\U0001cf1a\U0001cf1b\U0001cf1c\U0001cf1d\U0001cf1e\U0001cf1f\U0001cf20\U0001cf21\U0001cf22\U0001cf23\U0001cf24\U0001cf25' || '\U0001cf26\U0001cf27\U0001cf28\U0001cf29\U0001cf2a\U0001cf2b\U0001cf2c\U0001cf2d\U0001cf30\U0001cf31\U0001cf32\U0001cf33' || '\U0001cf34\U0001cf35\U0001cf36\U0001cf37\U0001cf38\U0001cf39\U0001cf3a\U0001cf3b\U0001cf3c\U0001cf3d\U0001cf3e\U0001cf3f' || "
        "'\U0001cf40\U0001cf41\U0001cf42\U0001cf43\U0001cf44\U0001cf45\U0001cf46\U0001d159\U0001d167\U0001d168\U0001d169\U0001d173' || '\U0001d174\U0001d175\U0001d176\U0001d177\U0001d178\U0001d179\U0001d17a\U0001d17b\U0001d17c\U0001d17d\U0001d17e\U0001d17f' || '\U0001d180\U0001d181\U0001d182\U0001d185\U0001d186\U0001d187\U0001d188\U0001d189\U0001d18a\U0001d18b\U0001d1aa\U0001d1ab' || '\U0001d1ac\U0001d1ad\U0001d242\U0001d243\U0001d244\U0001da00\U0001da01\U0001da02\U0001da03\U0001da04\U0001da05\U0001da06' || '\U0001da07\U0001da08\U0001da09\U0001da0a\U0001da0b\U0001da0c\U0001da0d\U0001da0e\U0001da0f\U0001da10\U0001da11\U0001da12' || '\U0001da13\U0001da14\U0001da15\U0001da16\U0001da17\U0001da18\U0001da19\U0001da1a\U0001da1b\U0001da1c\U0001da1d\U0001da1e' || "
        "'\U0001da1f\U0001da20\U0001da21\U0001da22\U0001da23\U0001da24\U0001da25\U0001da26\U0001da27\U0001da28\U0001da29\U0001da2a' || '\U0001da2b\U0001da2c\U0001da2d\U0001da2e\U0001da2f\U0001da30\U0001da31\U0001da32\U0001da33\U0001da34\U0001da35\U0001da36' || '\U0001da3b\U0001da3c\U0001da3d\U0001da3e\U0001da3f\U0001da40\U0001da41\U0001da42\U0001da43\U0001da44\U0001da45\U0001da46' || '\U0001da47\U0001da48\U0001da49\U0001da4a\U0001da4b\U0001da4c\U0001da4d\U0001da4e\U0001da4f\U0001da50\U0001da51\U0001da52' || '\U0001da53\U0001da54\U0001da55\U0001da56\U0001da57\U0001da58\U0001da59\U0001da5a\U0001da5b\U0001da5c\U0001da5d\U0001da5e' || '\U0001da5f\U0001da60\U0001da61\U0001da62\U0001da63\U0001da64\U0001da65\U0001da66\U0001da67\U0001da68\U0001da69\U0001da6a' || "
        "'\U0001da6b\U0001da6c\U0001da75\U0001da84\U0001da9b\U0001da9c\U0001da9d\U0001da9e\U0001da9f\U0001daa1\U0001daa2\U0001daa3' || '\U0001daa4\U0001daa5\U0001daa6\U0001daa7\U0001daa8\U0001daa9\U0001daaa\U0001daab\U0001daac\U0001daad\U0001daae\U0001daaf' || '\U0001e000\U0001e001\U0001e002\U0001e003\U0001e004\U0001e005\U0001e006\U0001e008\U0001e009\U0001e00a\U0001e00b\U0001e00c' || '\U0001e00d\U0001e00e\U0001e00f\U0001e010\U0001e011\U0001e012\U0001e013\U0001e014\U0001e015\U0001e016\U0001e017\U0001e018' || '\U0001e01b\U0001e01c\U0001e01d\U0001e01e\U0001e01f\U0001e020\U0001e021\U0001e023\U0001e024\U0001e026\U0001e027\U0001e028' || '\U0001e029\U0001e02a\U0001e130\U0001e131\U0001e132\U0001e133\U0001e134\U0001e135\U0001e136\U0001e2ae\U0001e2ec\U0001e2ed' || "
        "'\U0001e2ee\U0001e2ef\U0001e8d0\U0001e8d1\U0001e8d2\U0001e8d3\U0001e8d4\U0001e8d5\U0001e8d6\U0001e944\U0001e945\U0001e946' || '\U0001e947\U0001e948\U0001e949\U0001e94a\U000e0000\U000e0001\U000e0002\U000e0003\U000e0004\U000e0005\U000e0006\U000e0007' || '\U000e0008\U000e0009\U000e000a\U000e000b\U000e000c\U000e000d\U000e000e\U000e000f\U000e0010\U000e0011\U000e0012\U000e0013' || '\U000e0014\U000e0015\U000e0016\U000e0017\U000e0018\U000e0019\U000e001a\U000e001b\U000e001c\U000e001d\U000e001e\U000e001f' || '\U000e0020\U000e0021\U000e0022\U000e0023\U000e0024\U000e0025\U000e0026\U000e0027\U000e0028\U000e0029\U000e002a\U000e002b' || '\U000e002c\U000e002d\U000e002e\U000e002f\U000e0030\U000e0031\U000e0032\U000e0033\U000e0034\U000e0035\U000e0036\U000e0037' || "
        "'\U000e0038\U000e0039\U000e003a\U000e003b\U000e003c\U000e003d\U000e003e\U000e003f\U000e0040\U000e0041\U000e0042\U000e0043' || '\U000e0044\U000e0045\U000e0046\U000e0047\U000e0048\U000e0049\U000e004a\U000e004b\U000e004c\U000e004d\U000e004e\U000e004f' || '\U000e0050\U000e0051\U000e0052\U000e0053\U000e0054\U000e0055\U000e0056\U000e0057\U000e0058\U000e0059\U000e005a\U000e005b' || '\U000e005c\U000e005d\U000e005e\U000e005f\U000e0060\U000e0061\U000e0062\U000e0063\U000e0064\U000e0065\U000e0066\U000e0067' || '\U000e0068\U000e0069\U000e006a\U000e006b\U000e006c\U000e006d\U000e006e\U000e006f\U000e0070\U000e0071\U000e0072\U000e0073' || '\U000e0074\U000e0075\U000e0076\U000e0077\U000e0078\U000e0079\U000e007a\U000e007b\U000e007c\U000e007d\U000e007e\U000e007f' || "
        "'\U000e0080\U000e0081\U000e0082\U000e0083\U000e0084\U000e0085\U000e0086\U000e0087\U000e0088\U000e0089\U000e008a\U000e008b' || '\U000e008c\U000e008d\U000e008e\U000e008f\U000e0090\U000e0091\U000e0092\U000e0093\U000e0094\U000e0095\U000e0096\U000e0097' || '\U000e0098\U000e0099\U000e009a\U000e009b\U000e009c\U000e009d\U000e009e\U000e009f\U000e00a0\U000e00a1\U000e00a2\U000e00a3' || '\U000e00a4\U000e00a5\U000e00a6\U000e00a7\U000e00a8\U000e00a9\U000e00aa\U000e00ab\U000e00ac\U000e00ad\U000e00ae\U000e00af' || '\U000e00b0\U000e00b1\U000e00b2\U000e00b3\U000e00b4\U000e00b5\U000e00b6\U000e00b7\U000e00b8\U000e00b9\U000e00ba\U000e00bb' || '\U000e00bc\U000e00bd\U000e00be\U000e00bf\U000e00c0\U000e00c1\U000e00c2\U000e00c3\U000e00c4\U000e00c5\U000e00c6\U000e00c7' || "
        "'\U000e00c8\U000e00c9\U000e00ca\U000e00cb\U000e00cc\U000e00cd\U000e00ce\U000e00cf\U000e00d0\U000e00d1\U000e00d2\U000e00d3' || '\U000e00d4\U000e00d5\U000e00d6\U000e00d7\U000e00d8\U000e00d9\U000e00da\U000e00db\U000e00dc\U000e00dd\U000e00de\U000e00df' || '\U000e00e0\U000e00e1\U000e00e2\U000e00e3\U000e00e4\U000e00e5\U000e00e6\U000e00e7\U000e00e8\U000e00e9\U000e00ea\U000e00eb' || '\U000e00ec\U000e00ed\U000e00ee\U000e00ef\U000e00f0\U000e00f1\U000e00f2\U000e00f3\U000e00f4\U000e00f5\U000e00f6\U000e00f7' || '\U000e00f8\U000e00f9\U000e00fa\U000e00fb\U000e00fc\U000e00fd\U000e00fe\U000e00ff\U000e0100\U000e0101\U000e0102\U000e0103' || '\U000e0104\U000e0105\U000e0106\U000e0107\U000e0108\U000e0109\U000e010a\U000e010b\U000e010c\U000e010d\U000e010e\U000e010f' || "
        "'\U000e0110\U000e0111\U000e0112\U000e0113\U000e0114\U000e0115\U000e0116\U000e0117\U000e0118\U000e0119\U000e011a\U000e011b' || '\U000e011c\U000e011d\U000e011e\U000e011f\U000e0120\U000e0121\U000e0122\U000e0123\U000e0124\U000e0125\U000e0126\U000e0127' || '\U000e0128\U000e0129\U000e012a\U000e012b\U000e012c\U000e012d\U000e012e\U000e012f\U000e0130\U000e0131\U000e0132\U000e0133' || '\U000e0134\U000e0135\U000e0136\U000e0137\U000e0138\U000e0139\U000e013a\U000e013b\U000e013c\U000e013d\U000e013e\U000e013f' || '\U000e0140\U000e0141\U000e0142\U000e0143\U000e0144\U000e0145\U000e0146\U000e0147\U000e0148\U000e0149\U000e014a\U000e014b' || '\U000e014c\U000e014d\U000e014e\U000e014f\U000e0150\U000e0151\U000e0152\U000e0153\U000e0154\U000e0155\U000e0156\U000e0157' || "
        "'\U000e0158\U000e0159\U000e015a\U000e015b\U000e015c\U000e015d\U000e015e\U000e015f\U000e0160\U000e0161\U000e0162\U000e0163' || '\U000e0164\U000e0165\U000e0166\U000e0167\U000e0168\U000e0169\U000e016a\U000e016b\U000e016c\U000e016d\U000e016e\U000e016f' || '\U000e0170\U000e0171\U000e0172\U000e0173\U000e0174\U000e0175\U000e0176\U000e0177\U000e0178\U000e0179\U000e017a\U000e017b' || '\U000e017c\U000e017d\U000e017e\U000e017f\U000e0180\U000e0181\U000e0182\U000e0183\U000e0184\U000e0185\U000e0186\U000e0187' || '\U000e0188\U000e0189\U000e018a\U000e018b\U000e018c\U000e018d\U000e018e\U000e018f\U000e0190\U000e0191\U000e0192\U000e0193' || '\U000e0194\U000e0195\U000e0196\U000e0197\U000e0198\U000e0199\U000e019a\U000e019b\U000e019c\U000e019d\U000e019e\U000e019f' || "
        "'\U000e01a0\U000e01a1\U000e01a2\U000e01a3\U000e01a4\U000e01a5\U000e01a6\U000e01a7\U000e01a8\U000e01a9\U000e01aa\U000e01ab' || '\U000e01ac\U000e01ad\U000e01ae\U000e01af\U000e01b0\U000e01b1\U000e01b2\U000e01b3\U000e01b4\U000e01b5\U000e01b6\U000e01b7' || '\U000e01b8\U000e01b9\U000e01ba\U000e01bb\U000e01bc\U000e01bd\U000e01be\U000e01bf\U000e01c0\U000e01c1\U000e01c2\U000e01c3' || '\U000e01c4\U000e01c5\U000e01c6\U000e01c7\U000e01c8\U000e01c9\U000e01ca\U000e01cb\U000e01cc\U000e01cd\U000e01ce\U000e01cf' || '\U000e01d0\U000e01d1\U000e01d2\U000e01d3\U000e01d4\U000e01d5\U000e01d6\U000e01d7\U000e01d8\U000e01d9\U000e01da\U000e01db' || '\U000e01dc\U000e01dd\U000e01de\U000e01df\U000e01e0\U000e01e1\U000e01e2\U000e01e3\U000e01e4\U000e01e5\U000e01e6\U000e01e7' || "
        "'\U000e01e8\U000e01e9\U000e01ea\U000e01eb\U000e01ec\U000e01ed\U000e01ee\U000e01ef' AS signs",
    )
    op.create_view('acting_for',
        'SELECT membership.user_id AS person_id, membership.organisation_id AS organisation_id, membership.role AS role, '
        'membership.since AS since, membership.until AS until FROM membership',
    )
    op.create_view('held_role',
        'SELECT role_grant.user_id AS person_id, role_grant.role AS role, role_grant.scope_kind AS scope_kind, '
        'role_grant.scope_reference AS scope_reference, CASE WHEN role_grant.starts_at > role_grant.decided_at THEN '
        'role_grant.starts_at ELSE role_grant.decided_at END AS since, role_grant.ends_at AS until, role_grant.ended_at '
        "AS ended_at FROM role_grant WHERE role_grant.state IN ('granted', 'ended')",
    )
    op.create_view('involvement',
        'SELECT acting_for.person_id AS person_id, challenge.id AS challenge_id, CAST(NULL AS BIGINT) AS proposal_id, '
        "'sponsor' AS tie FROM acting_for JOIN challenge ON challenge.sponsor_id = acting_for.organisation_id WHERE "
        'acting_for.until IS NULL OR acting_for.until >= challenge.drafted_at UNION ALL SELECT held_role.person_id, '
        "challenge.id, CAST(NULL AS BIGINT), 'programme' FROM held_role JOIN challenge ON held_role.since <= "
        'challenge.published_at AND (held_role.until IS NULL OR held_role.until >= challenge.drafted_at) AND '
        "(held_role.ended_at IS NULL OR held_role.ended_at >= challenge.drafted_at) WHERE held_role.role IN ('staff', "
        "'auditor') AND (held_role.scope_kind = 'programme' OR held_role.scope_reference = challenge.reference OR "
        'held_role.scope_reference IN (SELECT round.reference FROM round JOIN challenge_round ON challenge_round.round_id'
        ' = round.id WHERE challenge_round.challenge_id = challenge.id)) UNION ALL SELECT opening.requested_by_id, '
        "opening.challenge_id, CAST(NULL AS BIGINT), 'opening' FROM opening WHERE opening.requested_by_id IS NOT NULL "
        "UNION ALL SELECT opening.confirmed_by_id, opening.challenge_id, CAST(NULL AS BIGINT), 'opening' FROM opening "
        'WHERE opening.confirmed_by_id IS NOT NULL UNION ALL SELECT acting_for.person_id, proposal.challenge_id, '
        "proposal.id, 'team' FROM acting_for JOIN proposal ON proposal.organisation_id = acting_for.organisation_id WHERE"
        ' acting_for.until IS NULL OR acting_for.until >= proposal.started_at UNION ALL SELECT seat.judge_id, '
        "panel.challenge_id, CAST(NULL AS BIGINT), 'panel' FROM seat JOIN panel ON panel.id = seat.panel_id UNION ALL "
        "SELECT decision.proposed_by_id, panel.challenge_id, CAST(NULL AS BIGINT), 'decision' FROM decision JOIN panel ON"
        ' panel.id = decision.panel_id WHERE decision.proposed_by_id IS NOT NULL UNION ALL SELECT '
        "decision.approved_by_id, panel.challenge_id, CAST(NULL AS BIGINT), 'decision' FROM decision JOIN panel ON "
        'panel.id = decision.panel_id WHERE decision.approved_by_id IS NOT NULL UNION ALL SELECT assignment.judge_id, '
        "panel.challenge_id, assignment.proposal_id, 'recused' FROM assignment JOIN panel ON panel.id = "
        "assignment.panel_id WHERE assignment.state = 'recused' UNION ALL SELECT deliverable.decided_by_id, "
        "proposal.challenge_id, proposal.id, 'evidence' FROM deliverable JOIN milestone ON milestone.id = "
        'deliverable.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id  JOIN proposal ON '
        'proposal.id = stage_agreement.proposal_id WHERE deliverable.decided_by_id IS NOT NULL UNION ALL SELECT '
        "release.proposed_by_id, proposal.challenge_id, proposal.id, 'money' FROM release JOIN milestone ON milestone.id "
        '= release.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id  JOIN proposal ON '
        'proposal.id = stage_agreement.proposal_id WHERE release.proposed_by_id IS NOT NULL UNION ALL SELECT '
        "release.approved_by_id, proposal.challenge_id, proposal.id, 'money' FROM release JOIN milestone ON milestone.id "
        '= release.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id  JOIN proposal ON '
        'proposal.id = stage_agreement.proposal_id WHERE release.approved_by_id IS NOT NULL UNION ALL SELECT '
        "release.refused_by_id, proposal.challenge_id, proposal.id, 'money' FROM release JOIN milestone ON milestone.id ="
        ' release.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id  JOIN proposal ON '
        'proposal.id = stage_agreement.proposal_id WHERE release.refused_by_id IS NOT NULL UNION ALL SELECT '
        "release.paid_by_id, proposal.challenge_id, proposal.id, 'money' FROM release JOIN milestone ON milestone.id = "
        'release.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id  JOIN proposal ON '
        'proposal.id = stage_agreement.proposal_id WHERE release.paid_by_id IS NOT NULL',
    )
    op.create_view('hint',
        'SELECT one.id AS person_id, challenge.id AS challenge_id, challenge.sponsor_id AS organisation_id, '
        "challenge.sponsor_id AS through_id, other.id AS other_id, 'sponsor_email' AS hint, one.domain AS basis FROM "
        'person AS one CROSS JOIN person AS other CROSS JOIN acting_for CROSS JOIN challenge WHERE other.domain = '
        "one.domain AND other.id <> one.id AND one.domain NOT IN ('@aol.com', '@blueyonder.co.uk', '@btinternet.com', "
        "'@btopenworld.com', '@demo.civtech.example', '@fastmail.com', '@free.fr', '@gmail.com', '@gmx.com', '@gmx.de', "
        "'@gmx.net', '@googlemail.com', '@hey.com', '@hotmail.co.uk', '@hotmail.com', '@hotmail.de', '@hotmail.fr', "
        "'@icloud.com', '@invalid', '@laposte.net', '@libero.it', '@live.co.uk', '@live.com', '@mac.com', '@mail.com', "
        "'@mail.ru', '@me.com', '@msn.com', '@ntlworld.com', '@orange.fr', '@outlook.com', '@outlook.de', '@outlook.fr', "
        "'@people.example', '@pm.me', '@posteo.de', '@proton.me', '@protonmail.com', '@qq.com', '@sky.com', "
        "'@t-online.de', '@talktalk.net', '@tiscali.co.uk', '@tutanota.com', '@virginmedia.com', '@wanadoo.fr', "
        "'@web.de', '@yahoo.co.uk', '@yahoo.com', '@yahoo.de', '@yahoo.fr', '@yandex.ru', '@ymail.com', '@zoho.com') AND "
        'acting_for.person_id = other.id AND challenge.sponsor_id = acting_for.organisation_id AND (acting_for.until IS '
        'NULL OR acting_for.until >= challenge.drafted_at) AND challenge.published_at IS NOT NULL AND NOT EXISTS (SELECT '
        '1 FROM acting_for AS own WHERE own.person_id = one.id AND own.organisation_id = challenge.sponsor_id) UNION ALL '
        "SELECT one.id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, other.id, 'email', "
        'one.domain FROM person AS one CROSS JOIN person AS other CROSS JOIN acting_for CROSS JOIN proposal CROSS JOIN '
        "opening WHERE other.domain = one.domain AND other.id <> one.id AND one.domain NOT IN ('@aol.com', "
        "'@blueyonder.co.uk', '@btinternet.com', '@btopenworld.com', '@demo.civtech.example', '@fastmail.com', "
        "'@free.fr', '@gmail.com', '@gmx.com', '@gmx.de', '@gmx.net', '@googlemail.com', '@hey.com', '@hotmail.co.uk', "
        "'@hotmail.com', '@hotmail.de', '@hotmail.fr', '@icloud.com', '@invalid', '@laposte.net', '@libero.it', "
        "'@live.co.uk', '@live.com', '@mac.com', '@mail.com', '@mail.ru', '@me.com', '@msn.com', '@ntlworld.com', "
        "'@orange.fr', '@outlook.com', '@outlook.de', '@outlook.fr', '@people.example', '@pm.me', '@posteo.de', "
        "'@proton.me', '@protonmail.com', '@qq.com', '@sky.com', '@t-online.de', '@talktalk.net', '@tiscali.co.uk', "
        "'@tutanota.com', '@virginmedia.com', '@wanadoo.fr', '@web.de', '@yahoo.co.uk', '@yahoo.com', '@yahoo.de', "
        "'@yahoo.fr', '@yandex.ru', '@ymail.com', '@zoho.com') AND acting_for.person_id = other.id AND "
        'proposal.organisation_id = acting_for.organisation_id AND (acting_for.until IS NULL OR acting_for.until >= '
        "proposal.started_at) AND opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND "
        "proposal.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = one.id AND "
        "involvement.proposal_id = (proposal.id) AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT "
        'acting_for.person_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, CAST(NULL AS '
        "BIGINT), 'member', 'member' FROM acting_for CROSS JOIN proposal CROSS JOIN opening WHERE "
        'proposal.organisation_id = acting_for.organisation_id AND opening.challenge_id = proposal.challenge_id AND '
        "opening.state = 'opened' AND proposal.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM involvement WHERE "
        'involvement.person_id = acting_for.person_id AND involvement.proposal_id = (proposal.id) AND involvement.tie IN '
        "('recused', 'team')) UNION ALL SELECT acting_for.person_id, proposal.challenge_id, other.id, mine.id, CAST(NULL "
        "AS BIGINT), 'number', mine.number_key FROM acting_for CROSS JOIN organisation AS mine CROSS JOIN organisation AS"
        ' other CROSS JOIN proposal CROSS JOIN opening WHERE mine.id = acting_for.organisation_id AND mine.kind <> '
        "'public_body' AND other.id <> mine.id AND other.number_key = mine.number_key AND proposal.organisation_id = "
        "other.id AND opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND proposal.state = "
        "'submitted' AND NOT EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = acting_for.person_id AND "
        "involvement.proposal_id = (proposal.id) AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT "
        "acting_for.person_id, proposal.challenge_id, other.id, mine.id, CAST(NULL AS BIGINT), 'name', "
        "COALESCE(mine.name_key, '') || '/' || COALESCE(mine.trading_key, '') || '/' || COALESCE(other.name_key, '') || "
        "'/' || COALESCE(other.trading_key, '') FROM acting_for CROSS JOIN organisation AS mine CROSS JOIN organisation "
        'AS other CROSS JOIN proposal CROSS JOIN opening WHERE mine.id = acting_for.organisation_id AND mine.kind <> '
        "'public_body' AND other.id <> mine.id AND mine.kind <> 'individual' AND other.kind <> 'individual' AND "
        '((other.name_stem = mine.name_stem AND length(mine.name_key) >= 6 AND length(other.name_key) >= 6 AND '
        '(other.name_key = substr(mine.name_key, 1, length(other.name_key)) OR mine.name_key = substr(other.name_key, 1, '
        'length(mine.name_key)))) OR (other.trading_stem = mine.name_stem AND length(mine.name_key) >= 6 AND '
        'length(other.trading_key) >= 6 AND (other.trading_key = substr(mine.name_key, 1, length(other.trading_key)) OR '
        'mine.name_key = substr(other.trading_key, 1, length(mine.name_key)))) OR (other.name_stem = mine.trading_stem '
        'AND length(mine.trading_key) >= 6 AND length(other.name_key) >= 6 AND (other.name_key = substr(mine.trading_key,'
        ' 1, length(other.name_key)) OR mine.trading_key = substr(other.name_key, 1, length(mine.trading_key)))) OR '
        '(other.trading_stem = mine.trading_stem AND length(mine.trading_key) >= 6 AND length(other.trading_key) >= 6 AND'
        ' (other.trading_key = substr(mine.trading_key, 1, length(other.trading_key)) OR mine.trading_key = '
        'substr(other.trading_key, 1, length(mine.trading_key))))) AND proposal.organisation_id = other.id AND '
        "opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND proposal.state = 'submitted' AND "
        'NOT EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = acting_for.person_id AND '
        "involvement.proposal_id = (proposal.id) AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT "
        "acting_for.person_id, proposal.challenge_id, proposal.organisation_id, mine.id, shared.person_id, 'people', "
        "'people' FROM acting_for CROSS JOIN organisation AS mine CROSS JOIN acting_for AS shared CROSS JOIN acting_for "
        'AS theirs CROSS JOIN proposal CROSS JOIN opening WHERE mine.id = acting_for.organisation_id AND mine.kind <> '
        "'public_body' AND shared.organisation_id = mine.id AND shared.person_id <> acting_for.person_id AND "
        'theirs.person_id = shared.person_id AND theirs.organisation_id <> mine.id AND shared.until IS NULL AND '
        'theirs.until IS NULL AND proposal.organisation_id = theirs.organisation_id AND opening.challenge_id = '
        "proposal.challenge_id AND opening.state = 'opened' AND proposal.state = 'submitted' AND NOT EXISTS (SELECT 1 "
        'FROM involvement WHERE involvement.person_id = acting_for.person_id AND involvement.proposal_id = (proposal.id) '
        "AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT assignment.judge_id, proposal.challenge_id, "
        "proposal.organisation_id, proposal.organisation_id, CAST(NULL AS BIGINT), 'declared', assignment.reference FROM "
        'assignment CROSS JOIN proposal AS before CROSS JOIN proposal CROSS JOIN opening WHERE before.id = '
        'assignment.proposal_id AND proposal.organisation_id = before.organisation_id AND proposal.challenge_id <> '
        "before.challenge_id AND opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND "
        "proposal.state = 'submitted' AND assignment.state = 'recused' AND NOT EXISTS (SELECT 1 FROM involvement WHERE "
        'involvement.person_id = assignment.judge_id AND involvement.proposal_id = (proposal.id) AND involvement.tie IN '
        "('recused', 'team')) UNION ALL SELECT deliverable.decided_by_id, proposal.challenge_id, "
        "proposal.organisation_id, proposal.organisation_id, CAST(NULL AS BIGINT), 'evidence', 'evidence' FROM "
        'deliverable CROSS JOIN milestone CROSS JOIN stage_agreement CROSS JOIN proposal AS worked CROSS JOIN proposal '
        'CROSS JOIN opening WHERE milestone.id = deliverable.milestone_id AND stage_agreement.id = milestone.agreement_id'
        ' AND worked.id = stage_agreement.proposal_id AND proposal.organisation_id = worked.organisation_id AND '
        "opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND proposal.state = 'submitted' AND "
        'deliverable.decided_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = '
        "deliverable.decided_by_id AND involvement.proposal_id = (proposal.id) AND involvement.tie IN ('recused', "
        "'team')) UNION ALL SELECT release.proposed_by_id, proposal.challenge_id, proposal.organisation_id, "
        "proposal.organisation_id, CAST(NULL AS BIGINT), 'money', 'money' FROM release CROSS JOIN milestone CROSS JOIN "
        'stage_agreement CROSS JOIN proposal AS worked CROSS JOIN proposal CROSS JOIN opening WHERE milestone.id = '
        'release.milestone_id AND stage_agreement.id = milestone.agreement_id AND worked.id = stage_agreement.proposal_id'
        ' AND proposal.organisation_id = worked.organisation_id AND opening.challenge_id = proposal.challenge_id AND '
        "opening.state = 'opened' AND proposal.state = 'submitted' AND release.proposed_by_id IS NOT NULL AND NOT EXISTS "
        '(SELECT 1 FROM involvement WHERE involvement.person_id = release.proposed_by_id AND involvement.proposal_id = '
        "(proposal.id) AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT release.approved_by_id, "
        "proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, CAST(NULL AS BIGINT), 'money', "
        "'money' FROM release CROSS JOIN milestone CROSS JOIN stage_agreement CROSS JOIN proposal AS worked CROSS JOIN "
        'proposal CROSS JOIN opening WHERE milestone.id = release.milestone_id AND stage_agreement.id = '
        'milestone.agreement_id AND worked.id = stage_agreement.proposal_id AND proposal.organisation_id = '
        "worked.organisation_id AND opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND "
        "proposal.state = 'submitted' AND release.approved_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM involvement "
        'WHERE involvement.person_id = release.approved_by_id AND involvement.proposal_id = (proposal.id) AND '
        "involvement.tie IN ('recused', 'team')) UNION ALL SELECT release.refused_by_id, proposal.challenge_id, "
        "proposal.organisation_id, proposal.organisation_id, CAST(NULL AS BIGINT), 'money', 'money' FROM release CROSS "
        'JOIN milestone CROSS JOIN stage_agreement CROSS JOIN proposal AS worked CROSS JOIN proposal CROSS JOIN opening '
        'WHERE milestone.id = release.milestone_id AND stage_agreement.id = milestone.agreement_id AND worked.id = '
        'stage_agreement.proposal_id AND proposal.organisation_id = worked.organisation_id AND opening.challenge_id = '
        "proposal.challenge_id AND opening.state = 'opened' AND proposal.state = 'submitted' AND release.refused_by_id IS"
        ' NOT NULL AND NOT EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = release.refused_by_id AND '
        "involvement.proposal_id = (proposal.id) AND involvement.tie IN ('recused', 'team')) UNION ALL SELECT "
        'release.paid_by_id, proposal.challenge_id, proposal.organisation_id, proposal.organisation_id, CAST(NULL AS '
        "BIGINT), 'money', 'money' FROM release CROSS JOIN milestone CROSS JOIN stage_agreement CROSS JOIN proposal AS "
        'worked CROSS JOIN proposal CROSS JOIN opening WHERE milestone.id = release.milestone_id AND stage_agreement.id ='
        ' milestone.agreement_id AND worked.id = stage_agreement.proposal_id AND proposal.organisation_id = '
        "worked.organisation_id AND opening.challenge_id = proposal.challenge_id AND opening.state = 'opened' AND "
        "proposal.state = 'submitted' AND release.paid_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM involvement WHERE "
        'involvement.person_id = release.paid_by_id AND involvement.proposal_id = (proposal.id) AND involvement.tie IN '
        "('recused', 'team'))",
    )
    op.create_guard('organisation_name_never_changes', 'organisation_name', 'UPDATE',
        '1 = 1',
        'What an organisation was called on a day cannot be changed.',
    )
    op.create_guard('organisation_name_never_goes', 'organisation_name', 'DELETE',
        '1 = 1',
        'What an organisation was called on a day cannot be changed.',
    )
    op.create_guard('external_identity_is_of_a_confirmed_person', 'external_identity', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.user_id AND person.confirmed_at IS NOT NULL AND '
        'person.active)',
        'Only an active account with a confirmed email address can be linked.',
    )
    op.create_guard('external_identity_that_is_the_last_way_in_stays', 'external_identity', 'DELETE',
        'EXISTS (SELECT 1 FROM person WHERE person.id = OLD.user_id AND person.active AND person.password IS NULL) AND '
        'NOT EXISTS (SELECT 1 FROM external_identity AS other WHERE other.user_id = OLD.user_id AND other.id <> OLD.id)',
        'You cannot remove the last way to sign in to an account.',
    )
    op.create_guard('external_identity_is_fixed', 'external_identity', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.user_id, NEW.issuer, NEW.subject, NEW.linked_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.user_id, OLD.issuer, OLD.subject, OLD.linked_at) OR ((NEW.used_at) IS DISTINCT FROM '
        '(OLD.used_at) AND NOT (NEW.used_at > OLD.used_at))',
        'A linked sign-in belongs to one person, and each proof of it counts once.',
    )
    op.create_guard('passkey_counts_on', 'passkey', 'UPDATE OF uses',
        'NEW.uses < OLD.uses',
        'This passkey may have been copied, because its count of uses has gone down.',
    )
    op.create_guard('browser_session_is_fixed', 'browser_session', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.digest, NEW.user_id, NEW.begun_at, NEW.with_second_factor, NEW.confirmed_at) IS '
        'DISTINCT FROM (OLD.id, OLD.reference, OLD.digest, OLD.user_id, OLD.begun_at, OLD.with_second_factor, '
        'OLD.confirmed_at) OR ((NEW.ended_at) IS DISTINCT FROM (OLD.ended_at) AND NOT (OLD.ended_at IS NULL))',
        'A session belongs to one person, and cannot start again once it has ended.',
    )
    op.create_guard('passkey_is_fixed', 'passkey', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.user_id, NEW.credential, NEW.public_key, NEW.added_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.user_id, OLD.credential, OLD.public_key, OLD.added_at)',
        'A passkey belongs to one person and cannot be changed.',
    )
    op.create_guard('address_change_begins_as_declared', 'address_change', 'INSERT',
        'NEW.old_said_yes_at IS NOT NULL OR NEW.new_said_yes_at IS NOT NULL OR NEW.changed_at IS NOT NULL OR '
        'NEW.dropped_at IS NOT NULL',
        'Both email addresses are asked before an address changes.',
    )
    op.create_guard('address_change_is_fixed', 'address_change', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.user_id, NEW.asked_at, NEW.expires_at) IS DISTINCT FROM (OLD.id, OLD.reference, '
        'OLD.user_id, OLD.asked_at, OLD.expires_at) OR ((NEW.address_before, NEW.address) IS DISTINCT FROM '
        '(OLD.address_before, OLD.address) AND NOT ((OLD.changed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL))) OR '
        '((NEW.old_said_yes_at, NEW.new_said_yes_at, NEW.dropped_at) IS DISTINCT FROM (OLD.old_said_yes_at, '
        'OLD.new_said_yes_at, OLD.dropped_at) AND NOT (OLD.changed_at IS NULL)) OR ((NEW.changed_at) IS DISTINCT FROM '
        '(OLD.changed_at) AND NOT (OLD.changed_at IS NULL AND NEW.changed_at < NEW.expires_at))',
        'A change of email address is made once, within two days, as it was asked for.',
    )
    op.create_guard('person_is_fixed', 'person', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.registered_at) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.registered_at)',
        'The reference of a person, and when they registered, cannot be changed.',
    )
    op.create_guard('membership_of_the_last_owner_stays', 'membership', 'UPDATE',
        "OLD.role = 'owner' AND (NEW.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until) AND NOT EXISTS (SELECT 1"
        " FROM acting_for WHERE acting_for.organisation_id = OLD.organisation_id AND acting_for.role = 'owner' AND "
        'acting_for.person_id <> OLD.user_id AND acting_for.until IS NULL) AND NOT EXISTS (SELECT 1 FROM erasure WHERE '
        'erasure.person_id = OLD.user_id)',
        'An organisation must have at least one owner. Invite another owner first.',
    )
    op.create_guard('invitation_is_confirmed_by_an_owner_on_insert', 'invitation', 'INSERT',
        'NEW.confirmed_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM acting_for WHERE acting_for.person_id = '
        'NEW.confirmed_by_id AND acting_for.organisation_id = (NEW.organisation_id) AND acting_for.until IS NULL AND '
        "acting_for.since <= NEW.confirmed_at AND acting_for.role IN ('owner')) AND (NEW.confirmed_by_id = "
        "NEW.invited_by_id OR (ltrim(COALESCE(NEW.confirmed_because, ''), "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = COALESCE(NEW.confirmed_because, '') AND "
        "trim(COALESCE(NEW.confirmed_because, ''), (SELECT signs FROM unseen)) = '') OR EXISTS (SELECT 1 FROM person "
        'WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) OR NOT EXISTS (SELECT 1 FROM held_role WHERE'
        " held_role.person_id = NEW.confirmed_by_id AND held_role.role IN ('staff') AND held_role.ended_at IS NULL AND "
        'held_role.since <= NEW.confirmed_at AND (held_role.until IS NULL OR held_role.until > NEW.confirmed_at) AND '
        "held_role.scope_kind = 'programme'))",
        'Only an owner can confirm an invitation, or another member of staff who gives a reason.',
    )
    op.create_guard('invitation_is_confirmed_by_an_owner_on_update', 'invitation', 'UPDATE',
        '(NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id) AND NOT EXISTS '
        '(SELECT 1 FROM acting_for WHERE acting_for.person_id = NEW.confirmed_by_id AND acting_for.organisation_id = '
        '(NEW.organisation_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.confirmed_at AND acting_for.role '
        "IN ('owner')) AND (NEW.confirmed_by_id = NEW.invited_by_id OR (ltrim(COALESCE(NEW.confirmed_because, ''), "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = COALESCE(NEW.confirmed_because, '') AND "
        "trim(COALESCE(NEW.confirmed_because, ''), (SELECT signs FROM unseen)) = '') OR EXISTS (SELECT 1 FROM person "
        'WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) OR NOT EXISTS (SELECT 1 FROM held_role WHERE'
        " held_role.person_id = NEW.confirmed_by_id AND held_role.role IN ('staff') AND held_role.ended_at IS NULL AND "
        'held_role.since <= NEW.confirmed_at AND (held_role.until IS NULL OR held_role.until > NEW.confirmed_at) AND '
        "held_role.scope_kind = 'programme'))",
        'Only an owner can confirm an invitation, or another member of staff who gives a reason.',
    )
    op.create_guard('invitation_is_accepted_once_confirmed', 'invitation', 'UPDATE OF state',
        "NEW.state = 'accepted' AND OLD.state = 'sent' AND NEW.confirmed_by_id IS NULL AND EXISTS (SELECT 1 FROM "
        "acting_for WHERE acting_for.organisation_id = NEW.organisation_id AND acting_for.role = 'owner' AND "
        'acting_for.until IS NULL AND NOT (acting_for.person_id = NEW.accepted_by_id AND acting_for.since >= '
        'NEW.answered_at))',
        'This organisation has an owner. An owner, or another member of programme staff, must confirm this invitation '
        'first.',
    )
    op.create_guard('invitation_is_accepted_by_whom_it_was_for', 'invitation', 'UPDATE OF state',
        "NEW.state = 'accepted' AND (NEW.answered_at >= NEW.expires_at OR NOT EXISTS (SELECT 1 FROM person WHERE "
        'person.id = NEW.accepted_by_id AND person.email = NEW.email AND person.confirmed_at IS NOT NULL))',
        'An invitation must be accepted before it expires, by the person whose confirmed email address it was sent to.',
    )
    op.create_guard('membership_is_fixed', 'membership', 'UPDATE',
        '(NEW.id, NEW.user_id, NEW.organisation_id, NEW.role, NEW.since) IS DISTINCT FROM (OLD.id, OLD.user_id, '
        'OLD.organisation_id, OLD.role, OLD.since) OR ((NEW.until) IS DISTINCT FROM (OLD.until) AND NOT (OLD.until IS '
        'NULL))',
        'A role in an organisation can be ended, but not turned into another.',
    )
    op.create_guard('membership_begins_as_declared', 'membership', 'INSERT',
        'NEW.until IS NOT NULL',
        'A role in an organisation ends after it begins.',
    )
    op.create_guard('membership_never_goes', 'membership', 'DELETE',
        '1 = 1',
        'Roles in organisations are kept after they end: what people may judge depends on them.',
    )
    op.create_guard('invitation_begins_as_declared', 'invitation', 'INSERT',
        "NEW.state <> 'sent' OR NEW.answered_at IS NOT NULL OR NEW.accepted_by_id IS NOT NULL",
        'A new invitation cannot already have an answer.',
    )
    op.create_guard('invitation_moves_as_declared', 'invitation', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('sent') AND NEW.state = 'revoked') OR (OLD.state IN ('sent') AND "
        "NEW.state = 'declined') OR (OLD.state IN ('sent') AND NEW.state = 'accepted'))",
        'This invitation already has an answer.',
    )
    op.create_guard('invitation_is_fixed', 'invitation', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.organisation_id, NEW.role, NEW.invited_by_id) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.organisation_id, OLD.role, OLD.invited_by_id) OR ((NEW.email) IS DISTINCT FROM (OLD.email) '
        "AND NOT (NEW.email = 'erased-' || lower(OLD.reference) || '@invalid' AND NEW.state <> 'sent')) OR ((NEW.sent_at,"
        " NEW.expires_at) IS DISTINCT FROM (OLD.sent_at, OLD.expires_at) AND NOT (OLD.state IN ('sent') AND "
        "OLD.confirmed_by_id IS NULL OR OLD.state IN ('sent'))) OR ((NEW.answered_at) IS DISTINCT FROM (OLD.answered_at) "
        "AND NOT (OLD.state IN ('sent') AND NEW.state = 'revoked' OR OLD.state IN ('sent') AND NEW.state = 'declined' OR "
        "OLD.state IN ('sent') AND NEW.state = 'accepted')) OR ((NEW.accepted_by_id) IS DISTINCT FROM "
        "(OLD.accepted_by_id) AND NOT (OLD.state IN ('sent') AND NEW.state = 'accepted')) OR ((NEW.confirmed_at, "
        "NEW.confirmed_by_id) IS DISTINCT FROM (OLD.confirmed_at, OLD.confirmed_by_id) AND NOT (OLD.state IN ('sent') AND"
        ' OLD.confirmed_by_id IS NULL)) OR ((NEW.confirmed_because) IS DISTINCT FROM (OLD.confirmed_because) AND NOT '
        "(OLD.state IN ('sent') AND OLD.confirmed_by_id IS NULL OR NEW.confirmed_because = '' AND NEW.email = 'erased-' "
        "|| lower(OLD.reference) || '@invalid'))",
        'An invitation, who confirmed it and its answer cannot be changed. Send a new one.',
    )
    op.create_guard('invitation_never_goes', 'invitation', 'DELETE',
        '1 = 1',
        'You cannot delete an invitation.',
    )
    op.create_guard('organisation_number_is_accepted_by_staff', 'organisation', 'UPDATE',
        '(NEW.number_accepted_by_id IS NOT NULL AND NEW.number_accepted_by_id IS DISTINCT FROM OLD.number_accepted_by_id)'
        ' AND NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.number_accepted_by_id AND '
        "held_role.role IN ('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.number_accepted_at AND "
        "(held_role.until IS NULL OR held_role.until > NEW.number_accepted_at) AND held_role.scope_kind = 'programme')",
        'Only programme staff can accept a number as checked.',
    )
    op.create_guard('organisation_number_is_accepted_anew_when_it_changes', 'organisation', 'UPDATE',
        '(NEW.identifier_scheme, NEW.identifier_number) IS DISTINCT FROM (OLD.identifier_scheme, OLD.identifier_number) '
        'AND NEW.number_accepted_at IS NOT NULL AND NOT (NEW.number_accepted_at IS DISTINCT FROM OLD.number_accepted_at)',
        'Staff accept one number. If the number changes, they must check it again.',
    )
    op.create_guard('company_figures_are_a_companys', 'company_figures', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = '
        "'company')",
        'You can only enter figures for a company.',
    )
    op.create_guard('join_request_comes_from_a_colleague', 'join_request', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND person.confirmed_at IS NOT NULL AND '
        "substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain) OR NOT EXISTS (SELECT 1 "
        'FROM acting_for JOIN person ON person.id = acting_for.person_id WHERE acting_for.organisation_id = '
        'NEW.organisation_id AND acting_for.until IS NULL AND person.id <> NEW.person_id AND person.confirmed_at IS NOT '
        "NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain)",
        'You can only ask to join if your confirmed email address has the same domain as someone who acts for the '
        'organisation.',
    )
    op.create_guard('join_request_is_answered_by_an_owner', 'join_request', 'UPDATE OF state',
        "NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT (EXISTS (SELECT 1 FROM "
        'acting_for WHERE acting_for.person_id = NEW.answered_by_id AND acting_for.organisation_id = '
        '(NEW.organisation_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.answered_at AND acting_for.role '
        "IN ('owner')) OR (EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.answered_by_id AND "
        "held_role.role IN ('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.answered_at AND "
        "(held_role.until IS NULL OR held_role.until > NEW.answered_at) AND held_role.scope_kind = 'programme') AND "
        'EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = '
        "'public_body') AND NOT EXISTS (SELECT 1 FROM acting_for WHERE acting_for.organisation_id = NEW.organisation_id "
        "AND acting_for.role = 'owner' AND acting_for.until IS NULL AND NOT (acting_for.person_id = NEW.person_id AND "
        'acting_for.since >= NEW.answered_at)))))',
        'A request to join must be answered before it expires. Only an owner can answer it, or programme staff if a '
        'public body has no owner.',
    )
    op.create_guard('organisation_begins_as_declared', 'organisation', 'INSERT',
        'NEW.became_company_at IS NOT NULL OR NEW.number_accepted_because IS NOT NULL OR NEW.number_accepted_at IS NOT '
        'NULL OR NEW.number_accepted_by_id IS NOT NULL',
        'A new organisation has a number that passes its check, and has not become a company.',
    )
    op.create_guard('organisation_is_fixed', 'organisation', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.created_at) OR ((NEW.kind, '
        "NEW.became_company_at) IS DISTINCT FROM (OLD.kind, OLD.became_company_at) AND NOT (OLD.kind = 'individual' AND "
        "NEW.kind = 'company' AND NEW.became_company_at IS NOT NULL))",
        'A person with an idea can become a company. You cannot change the type of any other organisation.',
    )
    op.create_guard('company_figures_is_fixed', 'company_figures', 'UPDATE',
        '(NEW.id, NEW.organisation_id, NEW.year) IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.year)',
        'The figures of a year belong to one company and one year.',
    )
    op.create_guard('join_request_begins_as_declared', 'join_request', 'INSERT',
        "NEW.state <> 'sent' OR NEW.role IS NOT NULL OR NEW.answered_at IS NOT NULL OR NEW.answered_by_id IS NOT NULL",
        'A new request to join cannot already have an answer.',
    )
    op.create_guard('join_request_moves_as_declared', 'join_request', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('sent') AND NEW.state = 'accepted') OR (OLD.state IN ('sent') AND"
        " NEW.state = 'declined') OR (OLD.state IN ('sent') AND NEW.state = 'withdrawn') OR (OLD.state IN ('sent') AND "
        "NEW.state = 'lapsed'))",
        'This request already has an answer.',
    )
    op.create_guard('join_request_is_fixed', 'join_request', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.organisation_id, NEW.person_id, NEW.sent_at, NEW.expires_at) IS DISTINCT FROM '
        '(OLD.id, OLD.reference, OLD.organisation_id, OLD.person_id, OLD.sent_at, OLD.expires_at) OR ((NEW.domain) IS '
        "DISTINCT FROM (OLD.domain) AND NOT (NEW.state <> 'sent' AND NEW.domain = 'invalid')) OR ((NEW.role) IS DISTINCT "
        "FROM (OLD.role) AND NOT (OLD.state IN ('sent') AND NEW.state = 'accepted')) OR ((NEW.answered_at) IS DISTINCT "
        "FROM (OLD.answered_at) AND NOT (OLD.state IN ('sent') AND NEW.state = 'accepted' OR OLD.state IN ('sent') AND "
        "NEW.state = 'declined' OR OLD.state IN ('sent') AND NEW.state = 'withdrawn' OR OLD.state IN ('sent') AND "
        "NEW.state = 'lapsed')) OR ((NEW.answered_by_id) IS DISTINCT FROM (OLD.answered_by_id) AND NOT (OLD.state IN "
        "('sent') AND NEW.state = 'accepted' OR OLD.state IN ('sent') AND NEW.state = 'declined'))",
        'A request to join, and its answer, cannot be changed.',
    )
    op.create_guard('join_request_never_goes', 'join_request', 'DELETE',
        '1 = 1',
        'You cannot delete a request to join.',
    )
    op.create_guard('person_who_is_the_last_administrator_stays_on', 'person', 'UPDATE OF active',
        'OLD.active AND NOT NEW.active AND EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = OLD.id AND '
        "held_role.role = 'administrator' AND held_role.ended_at IS NULL AND held_role.until IS NULL) AND NOT EXISTS "
        "(SELECT 1 FROM held_role JOIN person ON person.id = held_role.person_id WHERE held_role.role = 'administrator' "
        'AND held_role.ended_at IS NULL AND held_role.person_id <> OLD.id AND person.active)',
        'The service must have at least one administrator. Grant the role to someone else first.',
    )
    op.create_guard('role_grant_begins_waiting', 'role_grant', 'INSERT',
        'NEW.ended_at IS NOT NULL OR NEW.message IS NOT NULL OR NOT ((NEW.asked_by_id IS NOT NULL AND NEW.state = '
        "'waiting') OR (NEW.asked_by_id IS NULL AND NEW.state = 'granted'))",
        'One administrator must ask for a role and another must approve it.',
    )
    op.create_guard('role_grant_is_asked_for_by_an_administrator', 'role_grant', 'INSERT',
        'NEW.asked_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.asked_by_id '
        "AND held_role.role IN ('administrator') AND held_role.ended_at IS NULL AND held_role.since <= NEW.asked_at AND "
        "(held_role.until IS NULL OR held_role.until > NEW.asked_at) AND held_role.scope_kind = 'programme')",
        'Only administrators can ask for a role.',
    )
    op.create_guard('role_grant_is_decided_by_an_administrator', 'role_grant', 'UPDATE',
        "(NEW.state IN ('granted', 'refused') AND OLD.state = 'waiting') AND NOT EXISTS (SELECT 1 FROM held_role WHERE "
        "held_role.person_id = NEW.decided_by_id AND held_role.role IN ('administrator') AND held_role.ended_at IS NULL "
        'AND held_role.since <= NEW.decided_at AND (held_role.until IS NULL OR held_role.until > NEW.decided_at) AND '
        "held_role.scope_kind = 'programme')",
        'Only another administrator can approve or refuse a role.',
    )
    op.create_guard('role_grant_is_approved_in_time', 'role_grant', 'UPDATE',
        "NEW.state = 'granted' AND OLD.state = 'waiting' AND NEW.decided_at >= NEW.ends_at",
        'This role has expired.',
    )
    op.create_guard('role_grant_is_not_doubled_on_insert', 'role_grant', 'INSERT',
        'EXISTS (SELECT 1 FROM role_grant AS other WHERE other.user_id = NEW.user_id AND other.role = NEW.role AND '
        'other.scope_kind = NEW.scope_kind AND other.scope_reference = NEW.scope_reference AND (other.ends_at IS NULL OR '
        'other.ends_at > NEW.starts_at) AND (NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at) AND other.state IN '
        "('waiting', 'granted'))",
        'This person already has this role, or someone has already asked for it.',
    )
    op.create_guard('role_grant_is_not_doubled_on_update', 'role_grant', 'UPDATE',
        "NEW.state = 'granted' AND OLD.state = 'waiting' AND EXISTS (SELECT 1 FROM role_grant AS other WHERE "
        'other.user_id = NEW.user_id AND other.role = NEW.role AND other.scope_kind = NEW.scope_kind AND '
        'other.scope_reference = NEW.scope_reference AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at) AND '
        "(NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at) AND other.state = 'granted' AND other.id <> NEW.id)",
        'This person already has this role, or someone has already asked for it.',
    )
    op.create_guard('role_grant_is_taken_back_by_who_asked', 'role_grant', 'UPDATE',
        "NEW.state = 'withdrawn' AND OLD.state = 'waiting' AND COALESCE(NEW.ended_by_id, 0) <> OLD.asked_by_id",
        'Only the person who asked for a role can withdraw the request.',
    )
    op.create_guard('role_grant_is_ended_by_an_administrator', 'role_grant', 'UPDATE',
        "NEW.state = 'ended' AND (NEW.ended_by_id IS NOT NULL AND NEW.ended_by_id IS DISTINCT FROM OLD.ended_by_id) AND "
        'NEW.ended_by_id <> NEW.user_id AND NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = '
        "NEW.ended_by_id AND held_role.role IN ('administrator') AND held_role.ended_at IS NULL AND held_role.since <= "
        'NEW.ended_at AND (held_role.until IS NULL OR held_role.until > NEW.ended_at) AND held_role.scope_kind = '
        "'programme')",
        'Only an administrator, or the person who has the role, can end it.',
    )
    op.create_guard('role_grant_ends_after_it_was_granted', 'role_grant', 'UPDATE OF state',
        "NEW.state = 'ended' AND NEW.ended_at < NEW.decided_at",
        'A role cannot end before it was granted.',
    )
    op.create_guard('role_grant_of_the_last_administrator_stays', 'role_grant', 'UPDATE OF state',
        "NEW.state = 'ended' AND OLD.state = 'granted' AND OLD.role = 'administrator' AND OLD.decided_at <= NEW.ended_at "
        'AND OLD.starts_at <= NEW.ended_at AND (OLD.ends_at IS NULL OR OLD.ends_at > NEW.ended_at) AND NOT EXISTS (SELECT'
        " 1 FROM held_role JOIN person ON person.id = held_role.person_id WHERE held_role.role = 'administrator' AND "
        'person.active AND held_role.person_id <> OLD.user_id AND held_role.ended_at IS NULL AND held_role.since <= '
        'NEW.ended_at AND (held_role.until IS NULL OR held_role.until > NEW.ended_at))',
        'The service must have at least one administrator. Grant the role to someone else first.',
    )
    op.create_guard('role_grant_moves_as_declared', 'role_grant', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('waiting') AND NEW.state = 'granted') OR (OLD.state IN "
        "('waiting') AND NEW.state = 'refused') OR (OLD.state IN ('waiting') AND NEW.state = 'withdrawn') OR (OLD.state "
        "IN ('granted') AND NEW.state = 'ended'))",
        'A role is requested, approved and ended in that order. You cannot undo a refusal or an end.',
    )
    op.create_guard('role_grant_is_fixed', 'role_grant', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.user_id, NEW.role, NEW.scope_kind, NEW.scope_reference, NEW.asked_at, '
        'NEW.asked_by_id, NEW.starts_at, NEW.ends_at) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.user_id, OLD.role, '
        'OLD.scope_kind, OLD.scope_reference, OLD.asked_at, OLD.asked_by_id, OLD.starts_at, OLD.ends_at) OR ((NEW.reason)'
        " IS DISTINCT FROM (OLD.reason) AND NOT (NEW.reason = '')) OR ((NEW.decided_by_id, NEW.decided_at) IS DISTINCT "
        "FROM (OLD.decided_by_id, OLD.decided_at) AND NOT (OLD.state IN ('waiting') AND NEW.state = 'granted' OR "
        "OLD.state IN ('waiting') AND NEW.state = 'refused')) OR ((NEW.message) IS DISTINCT FROM (OLD.message) AND NOT "
        "(OLD.state IN ('waiting') AND NEW.state = 'refused' OR COALESCE(NEW.message, '') = '')) OR ((NEW.ended_at, "
        "NEW.ended_by_id) IS DISTINCT FROM (OLD.ended_at, OLD.ended_by_id) AND NOT (OLD.state IN ('waiting') AND "
        "NEW.state = 'withdrawn' OR OLD.state IN ('granted') AND NEW.state = 'ended'))",
        'A granted or requested role cannot be changed. End it and ask for another.',
    )
    op.create_guard('role_grant_never_goes', 'role_grant', 'DELETE',
        '1 = 1',
        'We keep a record of who held which role and when.',
    )
    op.create_guard('stage_is_fixed_once_the_round_opens_insert', 'stage', 'INSERT',
        "EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state <> 'prepared')",
        'You can no longer change these figures because the round has opened.',
    )
    op.create_guard('criterion_is_fixed_once_the_round_opens_insert', 'criterion', 'INSERT',
        'EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = NEW.stage_id AND '
        "round.state <> 'prepared')",
        'You can no longer change these criteria because the round has opened.',
    )
    op.create_guard('stage_is_fixed_once_the_round_opens_update', 'stage', 'UPDATE',
        "EXISTS (SELECT 1 FROM round WHERE round.id = OLD.round_id AND round.state <> 'prepared')",
        'You can no longer change these figures because the round has opened.',
    )
    op.create_guard('criterion_is_fixed_once_the_round_opens_update', 'criterion', 'UPDATE',
        'EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = OLD.stage_id AND '
        "round.state <> 'prepared')",
        'You can no longer change these criteria because the round has opened.',
    )
    op.create_guard('stage_is_fixed_once_the_round_opens_delete', 'stage', 'DELETE',
        "EXISTS (SELECT 1 FROM round WHERE round.id = OLD.round_id AND round.state <> 'prepared')",
        'You can no longer change these figures because the round has opened.',
    )
    op.create_guard('criterion_is_fixed_once_the_round_opens_delete', 'criterion', 'DELETE',
        'EXISTS (SELECT 1 FROM stage JOIN round ON round.id = stage.round_id WHERE stage.id = OLD.stage_id AND '
        "round.state <> 'prepared')",
        'You can no longer change these criteria because the round has opened.',
    )
    op.create_guard('stage_is_fixed', 'stage', 'UPDATE',
        '(NEW.id, NEW.round_id, NEW.position, NEW.key, NEW.name, NEW.kind, NEW.purpose, NEW.currency) IS DISTINCT FROM '
        '(OLD.id, OLD.round_id, OLD.position, OLD.key, OLD.name, OLD.kind, OLD.purpose, OLD.currency)',
        'Only the figures of a stage can be changed.',
    )
    op.create_guard('criterion_is_fixed', 'criterion', 'UPDATE',
        '(NEW.id, NEW.stage_id) IS DISTINCT FROM (OLD.id, OLD.stage_id)',
        'A criterion belongs to one stage.',
    )
    op.create_guard('pathway_never_changes', 'pathway', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('pathway_never_goes', 'pathway', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('role_grant_is_for_a_round_that_is_there', 'role_grant', 'INSERT',
        "NEW.scope_kind = 'round' AND NOT EXISTS (SELECT 1 FROM round WHERE round.reference = NEW.scope_reference)",
        'This round does not exist.',
    )
    op.create_guard('stage_is_in_one_currency_insert', 'stage', 'INSERT',
        '(NEW.round_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('stage_is_in_one_currency_update', 'stage', 'UPDATE OF round_id, currency',
        '(NEW.round_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('round_begins_as_declared', 'round', 'INSERT',
        "NEW.state <> 'prepared' OR NEW.opened_at IS NOT NULL OR NEW.finished_at IS NOT NULL",
        'A new round must start in preparation.',
    )
    op.create_guard('round_moves_as_declared', 'round', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('prepared') AND NEW.state = 'open') OR (OLD.state IN ('open') AND"
        " NEW.state = 'finished'))",
        'A round is opened once and closed once.',
    )
    op.create_guard('round_is_fixed', 'round', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.name, NEW.pathway_id, NEW.payer_must_differ, NEW.created_at, NEW.currency) IS '
        'DISTINCT FROM (OLD.id, OLD.reference, OLD.name, OLD.pathway_id, OLD.payer_must_differ, OLD.created_at, '
        "OLD.currency) OR ((NEW.changed_at) IS DISTINCT FROM (OLD.changed_at) AND NOT (OLD.state = 'prepared')) OR "
        "((NEW.opened_at) IS DISTINCT FROM (OLD.opened_at) AND NOT (OLD.state IN ('prepared') AND NEW.state = 'open')) OR"
        " ((NEW.finished_at) IS DISTINCT FROM (OLD.finished_at) AND NOT (OLD.state IN ('open') AND NEW.state = "
        "'finished'))",
        'The name, pathway and dates of a round cannot be changed.',
    )
    op.create_guard('stage_budget_is_fixed_once_published_insert', 'stage_budget', 'INSERT',
        "EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state IN ('published', "
        "'cancelled'))",
        'You cannot change the budget after the challenge is published.',
    )
    op.create_guard('stage_budget_is_fixed_once_published_update', 'stage_budget', 'UPDATE',
        "EXISTS (SELECT 1 FROM challenge WHERE challenge.id = OLD.challenge_id AND challenge.state IN ('published', "
        "'cancelled'))",
        'You cannot change the budget after the challenge is published.',
    )
    op.create_guard('stage_budget_is_fixed_once_published_delete', 'stage_budget', 'DELETE',
        "EXISTS (SELECT 1 FROM challenge WHERE challenge.id = OLD.challenge_id AND challenge.state IN ('published', "
        "'cancelled'))",
        'You cannot change the budget after the challenge is published.',
    )
    op.create_guard('stage_budget_is_for_a_stage_of_its_round_insert', 'stage_budget', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM challenge JOIN stage ON stage.round_id = challenge.round_id WHERE challenge.id = '
        'NEW.challenge_id AND stage.id = NEW.stage_id)',
        'You can only set a budget for stages in this challenge’s round.',
    )
    op.create_guard('stage_budget_is_for_a_stage_of_its_round_update', 'stage_budget', 'UPDATE',
        'NOT EXISTS (SELECT 1 FROM challenge JOIN stage ON stage.round_id = challenge.round_id WHERE challenge.id = '
        'NEW.challenge_id AND stage.id = NEW.stage_id)',
        'You can only set a budget for stages in this challenge’s round.',
    )
    op.create_guard('stage_budget_is_in_one_currency_insert', 'stage_budget', 'INSERT',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('stage_budget_is_in_one_currency_update', 'stage_budget', 'UPDATE OF stage_id, currency',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('stage_budget_is_fixed', 'stage_budget', 'UPDATE',
        '(NEW.id, NEW.challenge_id, NEW.currency) IS DISTINCT FROM (OLD.id, OLD.challenge_id, OLD.currency)',
        'A budget belongs to one challenge.',
    )
    op.create_guard('sent_back_never_changes', 'sent_back', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('sent_back_never_goes', 'sent_back', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('challenge_round_never_changes', 'challenge_round', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('challenge_round_never_goes', 'challenge_round', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('membership_of_a_sponsor_does_not_end_in_the_past', 'membership', 'UPDATE',
        '(NEW.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until) AND EXISTS (SELECT 1 FROM challenge WHERE '
        'challenge.sponsor_id = NEW.organisation_id AND challenge.drafted_at > NEW.until)',
        'You cannot end a role in the past. What people can judge and answer depends on when it ends.',
    )
    op.create_guard('role_grant_does_not_end_in_the_past', 'role_grant', 'UPDATE',
        "NEW.role IN ('staff', 'auditor') AND (NEW.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) "
        'AND EXISTS (SELECT 1 FROM challenge WHERE challenge.drafted_at > NEW.ended_at)',
        'You cannot end a role in the past. What people can judge and answer depends on when it ends.',
    )
    op.create_guard('role_grant_is_for_a_challenge_that_is_there', 'role_grant', 'INSERT',
        "NEW.scope_kind = 'challenge' AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.reference = "
        'NEW.scope_reference)',
        'This challenge does not exist.',
    )
    op.create_guard('challenge_begins_as_declared', 'challenge', 'INSERT',
        "NEW.state <> 'draft' OR NEW.proposed_at IS NOT NULL OR NEW.proposed_by_id IS NOT NULL OR NEW.approved_at IS NOT "
        'NULL OR NEW.approved_by_id IS NOT NULL OR NEW.published_by_id IS NOT NULL OR NEW.published_at IS NOT NULL OR '
        'NEW.opens_at IS NOT NULL OR NEW.questions_close_at IS NOT NULL OR NEW.closes_at IS NOT NULL OR NEW.message IS '
        'NOT NULL OR NEW.cancelled_at IS NOT NULL OR NEW.cancelled_by_id IS NOT NULL OR NEW.cancelled_for IS NOT NULL',
        'A new challenge must start as a draft.',
    )
    op.create_guard('challenge_moves_as_declared', 'challenge', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('draft') AND NEW.state = 'proposed') OR (OLD.state IN "
        "('proposed') AND NEW.state = 'approved') OR (OLD.state IN ('proposed', 'approved') AND NEW.state = 'draft') OR "
        "(OLD.state IN ('approved') AND NEW.state = 'published') OR (OLD.state IN ('draft', 'proposed', 'approved', "
        "'published') AND NEW.state = 'cancelled'))",
        'A challenge is sent for approval, approved and published in that order.',
    )
    op.create_guard('challenge_is_fixed', 'challenge', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.slug, NEW.sponsor_id, NEW.drafted_at, NEW.drafted_by_id) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.slug, OLD.sponsor_id, OLD.drafted_at, OLD.drafted_by_id) OR ((NEW.round_id, NEW.revised_at, '
        'NEW.revised_by_id, NEW.question, NEW.summary, NEW.need, NEW.outcomes, NEW.constraints, NEW.adoption) IS DISTINCT'
        ' FROM (OLD.round_id, OLD.revised_at, OLD.revised_by_id, OLD.question, OLD.summary, OLD.need, OLD.outcomes, '
        "OLD.constraints, OLD.adoption) AND NOT (OLD.state IN ('draft'))) OR ((NEW.proposed_at, NEW.proposed_by_id) IS "
        "DISTINCT FROM (OLD.proposed_at, OLD.proposed_by_id) AND NOT (OLD.state IN ('draft') AND NEW.state = 'proposed' "
        "OR OLD.state IN ('proposed', 'approved') AND NEW.state = 'draft')) OR ((NEW.approved_at, NEW.approved_by_id) IS "
        "DISTINCT FROM (OLD.approved_at, OLD.approved_by_id) AND NOT (OLD.state IN ('proposed') AND NEW.state = "
        "'approved' OR OLD.state IN ('proposed', 'approved') AND NEW.state = 'draft')) OR ((NEW.published_by_id, "
        'NEW.published_at, NEW.opens_at, NEW.questions_close_at, NEW.closes_at) IS DISTINCT FROM (OLD.published_by_id, '
        "OLD.published_at, OLD.opens_at, OLD.questions_close_at, OLD.closes_at) AND NOT (OLD.state IN ('approved') AND "
        "NEW.state = 'published')) OR ((NEW.text_digest, NEW.phrases_found, NEW.strong_phrases) IS DISTINCT FROM "
        "(OLD.text_digest, OLD.phrases_found, OLD.strong_phrases) AND NOT (OLD.state IN ('draft') OR OLD.state IN "
        "('draft') AND NEW.state = 'proposed')) OR ((NEW.message) IS DISTINCT FROM (OLD.message) AND NOT (OLD.state IN "
        "('draft') AND NEW.state = 'proposed' OR OLD.state IN ('proposed', 'approved') AND NEW.state = 'draft' OR "
        "OLD.state IN ('draft', 'proposed', 'approved', 'published') AND NEW.state = 'cancelled')) OR ((NEW.cancelled_at,"
        ' NEW.cancelled_by_id, NEW.cancelled_for) IS DISTINCT FROM (OLD.cancelled_at, OLD.cancelled_by_id, '
        "OLD.cancelled_for) AND NOT (OLD.state IN ('draft', 'proposed', 'approved', 'published') AND NEW.state = "
        "'cancelled'))",
        'What was sent for approval, approved, published or cancelled cannot be changed.',
    )
    op.create_guard('challenge_is_put_forward_with_its_text', 'challenge', 'UPDATE OF state',
        "NEW.state = 'proposed' AND OLD.state <> 'proposed' AND ((ltrim(NEW.question, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.question AND trim(NEW.question, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.summary AND trim(NEW.summary, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.need, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.need AND trim(NEW.need, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.outcomes, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.outcomes AND trim(NEW.outcomes, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.adoption, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.adoption AND trim(NEW.adoption, (SELECT "
        "signs FROM unseen)) = ''))",
        'Enter every part that is needed before you send this draft for approval.',
    )
    op.create_guard('challenge_is_put_forward_by_its_sponsor', 'challenge', 'UPDATE',
        '(NEW.proposed_by_id IS NOT NULL AND NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id) AND NOT EXISTS '
        '(SELECT 1 FROM acting_for WHERE acting_for.person_id = NEW.proposed_by_id AND acting_for.organisation_id = '
        '(NEW.sponsor_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.proposed_at AND acting_for.role IN '
        "('owner', 'author'))",
        'Only an owner or author at the public body can send its challenge for approval.',
    )
    op.create_guard('challenge_is_approved_by_its_sponsor', 'challenge', 'UPDATE',
        '(NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND NOT EXISTS '
        '(SELECT 1 FROM acting_for WHERE acting_for.person_id = NEW.approved_by_id AND acting_for.organisation_id = '
        '(NEW.sponsor_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.approved_at AND acting_for.role IN '
        "('owner', 'approver'))",
        'Only an owner or approver at the public body can approve its challenge.',
    )
    op.create_guard('challenge_is_published_by_staff', 'challenge', 'UPDATE',
        "NEW.state = 'published' AND OLD.state <> 'published' AND (NEW.published_by_id IS NULL OR NOT EXISTS (SELECT 1 "
        "FROM held_role WHERE held_role.person_id = NEW.published_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.published_at AND (held_role.until IS NULL OR '
        "held_role.until > NEW.published_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(NEW.reference, (SELECT round.reference FROM round WHERE round.id = NEW.round_id)))) OR EXISTS (SELECT 1 FROM '
        'involvement WHERE involvement.person_id = NEW.published_by_id AND involvement.challenge_id = (NEW.id) AND '
        "involvement.tie IN ('sponsor')))",
        'Only programme staff who have not acted for the public body since the first draft can publish its challenge.',
    )
    op.create_guard('challenge_begins_in_a_round_that_is_not_closed', 'challenge', 'INSERT',
        "1 = 1 AND EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state = 'finished')",
        'The round of this challenge is closed. Move the draft to another round first.',
    )
    op.create_guard('challenge_goes_on_in_a_round_that_is_not_closed', 'challenge', 'UPDATE',
        "(NEW.round_id <> OLD.round_id OR (NEW.state <> OLD.state AND NEW.state IN ('proposed', 'approved', "
        "'published'))) AND EXISTS (SELECT 1 FROM round WHERE round.id = NEW.round_id AND round.state = 'finished')",
        'The round of this challenge is closed. Move the draft to another round first.',
    )
    op.create_guard('round_waits_for_its_challenges', 'round', 'UPDATE OF state',
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM challenge WHERE challenge.round_id "
        "= NEW.id AND (challenge.state IN ('draft', 'proposed', 'approved') OR (challenge.state = 'published' AND "
        'challenge.closes_at > NEW.finished_at)))',
        'You cannot close this round while a challenge in it is unpublished or has not closed.',
    )
    op.create_guard('challenge_is_cancelled_by_its_sponsor_or_staff', 'challenge', 'UPDATE',
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND NOT ((NEW.cancelled_for = 'sponsor' AND EXISTS (SELECT "
        '1 FROM acting_for WHERE acting_for.person_id = NEW.cancelled_by_id AND acting_for.organisation_id = '
        '(NEW.sponsor_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.cancelled_at AND acting_for.role IN '
        "('owner', 'approver'))) OR (NEW.cancelled_for = 'programme' AND EXISTS (SELECT 1 FROM held_role WHERE "
        "held_role.person_id = NEW.cancelled_by_id AND held_role.role IN ('staff') AND held_role.ended_at IS NULL AND "
        'held_role.since <= NEW.cancelled_at AND (held_role.until IS NULL OR held_role.until > NEW.cancelled_at) AND '
        "(held_role.scope_kind = 'programme' OR held_role.scope_reference IN (NEW.reference, (SELECT round.reference FROM"
        ' round WHERE round.id = NEW.round_id))))))',
        'Only an owner or approver at the public body, or programme staff, can cancel a challenge.',
    )
    op.create_guard('question_is_about_a_published_challenge_insert', 'question', 'INSERT',
        "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published')",
        'No one can ask or answer questions about this challenge because it is not published.',
    )
    op.create_guard('question_is_about_a_published_challenge_update', 'question', 'UPDATE OF state',
        'NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND '
        "challenge.state = 'published')",
        'No one can ask or answer questions about this challenge because it is not published.',
    )
    op.create_guard('question_begins_as_declared', 'question', 'INSERT',
        "NEW.state <> 'asked' OR NEW.answer IS NOT NULL OR NEW.answered_at IS NOT NULL OR NEW.answered_by_id IS NOT NULL",
        'A question must be asked before it can be answered.',
    )
    op.create_guard('question_moves_as_declared', 'question', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('asked') AND NEW.state = 'answered'))",
        'An answered question cannot be reopened.',
    )
    op.create_guard('question_is_fixed', 'question', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.challenge_id, NEW.asker_id, NEW.text, NEW.asked_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.challenge_id, OLD.asker_id, OLD.text, OLD.asked_at) OR ((NEW.answer, NEW.answered_at, '
        'NEW.answered_by_id) IS DISTINCT FROM (OLD.answer, OLD.answered_at, OLD.answered_by_id) AND NOT (OLD.state IN '
        "('asked') AND NEW.state = 'answered'))",
        'A question and its answer cannot be changed once they are published.',
    )
    op.create_guard('question_never_goes', 'question', 'DELETE',
        '1 = 1',
        'You cannot delete a question.',
    )
    op.create_guard('question_is_answered_for_the_sponsor', 'question', 'UPDATE',
        '(NEW.answered_by_id IS NOT NULL AND NEW.answered_by_id IS DISTINCT FROM OLD.answered_by_id) AND (NOT EXISTS '
        '(SELECT 1 FROM acting_for WHERE acting_for.person_id = NEW.answered_by_id AND acting_for.organisation_id = '
        '(SELECT challenge.sponsor_id FROM challenge WHERE challenge.id = NEW.challenge_id) AND acting_for.until IS NULL '
        "AND acting_for.since <= NEW.answered_at AND acting_for.role IN ('owner', 'author', 'approver')) OR EXISTS "
        '(SELECT 1 FROM involvement WHERE involvement.person_id = NEW.answered_by_id AND involvement.challenge_id = '
        "(NEW.challenge_id) AND involvement.tie IN ('team')))",
        'Only owners, authors and approvers of the public body who were never in a team for the challenge can answer.',
    )
    op.create_guard('challenge_text_changes_with_its_check', 'challenge', 'UPDATE',
        "OLD.state = 'draft' AND NEW.text_digest = OLD.text_digest AND ((NEW.question <> OLD.question AND NEW.question <>"
        " '') OR (NEW.summary <> OLD.summary AND NEW.summary <> '') OR (NEW.need <> OLD.need AND NEW.need <> '') OR "
        "(NEW.outcomes <> OLD.outcomes AND NEW.outcomes <> '') OR (NEW.constraints <> OLD.constraints AND NEW.constraints"
        " <> '') OR (NEW.adoption <> OLD.adoption AND NEW.adoption <> ''))",
        'The text of a challenge can only change together with the check of its rights.',
    )
    op.create_guard('challenge_is_published_with_clear_rights', 'challenge', 'UPDATE',
        "NEW.state = 'published' AND OLD.state <> 'published' AND ((NEW.phrases_found > 0 AND NOT EXISTS (SELECT 1 FROM "
        'rights_check WHERE rights_check.challenge_id = NEW.id AND rights_check.text_digest = NEW.text_digest AND '
        "rights_check.state IN ('recorded', 'approved') AND (rights_check.state = 'approved' OR (rights_check.kind = "
        "'harmless' AND NEW.strong_phrases = 0)))) OR EXISTS (SELECT 1 FROM rights_check WHERE rights_check.challenge_id "
        "= NEW.id AND rights_check.text_digest = NEW.text_digest AND rights_check.state IN ('recorded', 'approved') AND "
        "NOT (rights_check.state = 'approved' OR (rights_check.kind = 'harmless' AND NEW.strong_phrases = 0))))",
        'Staff must first check what this challenge says about intellectual property and equity.',
    )
    op.create_guard('rights_check_is_recorded_by_staff', 'rights_check', 'INSERT',
        '(NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.recorded_by_id AND held_role.role IN '
        "('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.recorded_at AND (held_role.until IS NULL OR "
        "held_role.until > NEW.recorded_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = '
        '(NEW.challenge_id)))) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.recorded_by_id AND '
        "involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('sponsor')))",
        'Only programme staff who have not acted for the public body since the first draft can check the rights in its '
        'challenge.',
    )
    op.create_guard('rights_check_gives_a_reason', 'rights_check', 'INSERT',
        '(length(replace(replace(replace(replace(replace(replace(replace(replace(trim(NEW.reason, (SELECT signs FROM '
        "unseen)), ' ', ''), '\t', ''), '\n', ''), '\r', ''), '\xa0', ''), '\u200b', ''), '\u2060', ''), '\ufeff', '')) < 20)",
        'Explain the reason in at least 20 characters. Spaces do not count.',
    )
    op.create_guard('rights_check_is_answered_if_another_must', 'rights_check', 'UPDATE',
        '((NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) OR '
        '(NEW.refused_by_id IS NOT NULL AND NEW.refused_by_id IS DISTINCT FROM OLD.refused_by_id)) AND NEW.kind <> '
        "'exception' AND NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND "
        'challenge.strong_phrases > 0)',
        'This record does not need the approval of another member of staff.',
    )
    op.create_guard('rights_check_is_of_a_text_in_review', 'rights_check', 'INSERT',
        "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state IN ('proposed', "
        "'approved') AND challenge.text_digest = NEW.text_digest)",
        'A check of rights is about the current text of a challenge that is being reviewed.',
    )
    op.create_guard('rights_check_is_approved_by_staff', 'rights_check', 'UPDATE',
        '(NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND (NOT EXISTS '
        "(SELECT 1 FROM held_role WHERE held_role.person_id = NEW.approved_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.approved_at AND (held_role.until IS NULL OR '
        "held_role.until > NEW.approved_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = '
        '(NEW.challenge_id)))) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.approved_by_id AND '
        "involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('sponsor')))",
        'Only programme staff who have not acted for the public body since the first draft can check the rights in its '
        'challenge.',
    )
    op.create_guard('rights_check_is_refused_by_staff', 'rights_check', 'UPDATE',
        '(NEW.refused_by_id IS NOT NULL AND NEW.refused_by_id IS DISTINCT FROM OLD.refused_by_id) AND (NOT EXISTS (SELECT'
        " 1 FROM held_role WHERE held_role.person_id = NEW.refused_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.refused_at AND (held_role.until IS NULL OR held_role.until'
        " > NEW.refused_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN (SELECT "
        'challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT round.reference FROM'
        ' round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (NEW.challenge_id)))) OR EXISTS '
        '(SELECT 1 FROM involvement WHERE involvement.person_id = NEW.refused_by_id AND involvement.challenge_id = '
        "(NEW.challenge_id) AND involvement.tie IN ('sponsor')))",
        'Only programme staff who have not acted for the public body since the first draft can check the rights in its '
        'challenge.',
    )
    op.create_guard('rights_check_is_withdrawn_by_staff', 'rights_check', 'UPDATE',
        '(NEW.withdrawn_by_id IS NOT NULL AND NEW.withdrawn_by_id IS DISTINCT FROM OLD.withdrawn_by_id) AND (NOT EXISTS '
        "(SELECT 1 FROM held_role WHERE held_role.person_id = NEW.withdrawn_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.withdrawn_at AND (held_role.until IS NULL OR '
        "held_role.until > NEW.withdrawn_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = '
        '(NEW.challenge_id)))) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.withdrawn_by_id AND'
        " involvement.challenge_id = (NEW.challenge_id) AND involvement.tie IN ('sponsor')))",
        'Only programme staff who have not acted for the public body since the first draft can check the rights in its '
        'challenge.',
    )
    op.create_guard('rights_check_is_approved_for_the_current_text', 'rights_check', 'UPDATE',
        '(NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND NOT EXISTS '
        "(SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state IN ('proposed', 'approved') "
        'AND challenge.text_digest = NEW.text_digest)',
        'A record can only be approved for the current text of a challenge that is being reviewed.',
    )
    op.create_guard('rights_check_is_fixed_once_published', 'rights_check', 'UPDATE',
        "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state IN ('draft', "
        "'proposed', 'approved'))",
        'You can no longer change this record because the challenge is published or cancelled.',
    )
    op.create_guard('rights_check_begins_as_declared', 'rights_check', 'INSERT',
        "NEW.state <> 'recorded' OR NEW.approved_at IS NOT NULL OR NEW.approved_by_id IS NOT NULL OR NEW.refused_at IS "
        'NOT NULL OR NEW.refused_by_id IS NOT NULL OR NEW.message IS NOT NULL OR NEW.withdrawn_at IS NOT NULL OR '
        'NEW.withdrawn_by_id IS NOT NULL',
        'A new check of rights has not been approved, refused or withdrawn.',
    )
    op.create_guard('rights_check_moves_as_declared', 'rights_check', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('recorded') AND NEW.state = 'approved') OR (OLD.state IN "
        "('recorded') AND NEW.state = 'refused') OR (OLD.state IN ('recorded', 'approved') AND NEW.state = 'withdrawn'))",
        'A check of rights is approved, refused or withdrawn once.',
    )
    op.create_guard('rights_check_is_fixed', 'rights_check', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.challenge_id, NEW.kind, NEW.text_digest, NEW.what, NEW.to_whom, NEW.reason, '
        'NEW.recorded_at, NEW.recorded_by_id) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.challenge_id, OLD.kind, '
        'OLD.text_digest, OLD.what, OLD.to_whom, OLD.reason, OLD.recorded_at, OLD.recorded_by_id) OR ((NEW.approved_at, '
        "NEW.approved_by_id) IS DISTINCT FROM (OLD.approved_at, OLD.approved_by_id) AND NOT (OLD.state IN ('recorded') "
        "AND NEW.state = 'approved')) OR ((NEW.refused_at, NEW.refused_by_id, NEW.message) IS DISTINCT FROM "
        "(OLD.refused_at, OLD.refused_by_id, OLD.message) AND NOT (OLD.state IN ('recorded') AND NEW.state = 'refused')) "
        'OR ((NEW.withdrawn_at, NEW.withdrawn_by_id) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_by_id) AND NOT '
        "(OLD.state IN ('recorded', 'approved') AND NEW.state = 'withdrawn'))",
        'A check of rights cannot be changed. Withdraw it and record a new one.',
    )
    op.create_guard('rights_check_never_goes', 'rights_check', 'DELETE',
        '1 = 1',
        'You cannot delete a check of rights.',
    )
    op.create_guard('considered_hint_never_changes', 'considered_hint', 'UPDATE',
        '1 = 1',
        'You cannot change what was decided about a possible conflict of interest.',
    )
    op.create_guard('considered_hint_never_goes', 'considered_hint', 'DELETE',
        '1 = 1',
        'You cannot change what was decided about a possible conflict of interest.',
    )
    op.create_guard('considered_hint_is_by_who_runs_it', 'considered_hint', 'INSERT',
        "NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.by_id AND held_role.role IN ('staff', "
        "'secretary', 'finance') AND held_role.ended_at IS NULL AND held_role.since <= NEW.at AND (held_role.until IS "
        "NULL OR held_role.until > NEW.at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = '
        '(NEW.challenge_id))))',
        'Only people who run the challenge can decide on a possible conflict of interest.',
    )
    op.create_guard('opening_is_requested_by_no_team', 'opening', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.requested_by_id AND involvement.challenge_id'
        " = (NEW.challenge_id) AND involvement.tie IN ('team'))",
        'Someone who is, or was, in a team with a proposal for this challenge cannot open the proposals.',
    )
    op.create_guard('opening_is_confirmed_by_no_team', 'opening', 'UPDATE',
        '(NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id) AND EXISTS '
        '(SELECT 1 FROM involvement WHERE involvement.person_id = NEW.confirmed_by_id AND involvement.challenge_id = '
        "(NEW.challenge_id) AND involvement.tie IN ('team'))",
        'Someone who is, or was, in a team with a proposal for this challenge cannot open the proposals.',
    )
    op.create_guard('opening_waits_for_the_deadline', 'opening', 'INSERT',
        "NOT EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND "
        'challenge.closes_at <= NEW.requested_at)',
        'Proposals stay sealed until the deadline has passed.',
    )
    op.create_guard('opening_is_requested_by_staff', 'opening', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.requested_by_id AND held_role.role IN '
        "('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.requested_at AND (held_role.until IS NULL OR"
        " held_role.until > NEW.requested_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = '
        '(NEW.challenge_id))))',
        'Only programme staff can open proposals.',
    )
    op.create_guard('opening_is_confirmed_by_staff', 'opening', 'UPDATE',
        '(NEW.confirmed_by_id IS NOT NULL AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id) AND NOT EXISTS '
        "(SELECT 1 FROM held_role WHERE held_role.person_id = NEW.confirmed_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.opened_at AND (held_role.until IS NULL OR held_role.until '
        "> NEW.opened_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN (SELECT "
        'challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) UNION ALL SELECT round.reference FROM'
        ' round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (NEW.challenge_id))))',
        'Only programme staff can open proposals.',
    )
    op.create_guard('submission_comes_before_the_opening', 'submission', 'INSERT',
        'EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id WHERE proposal.id = '
        "NEW.proposal_id AND opening.state = 'opened')",
        'The proposals for this challenge have been opened. We can no longer receive submissions.',
    )
    op.create_guard('opening_begins_as_declared', 'opening', 'INSERT',
        "NEW.state <> 'requested' OR NEW.opened_at IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL",
        'One person asks for the opening and another confirms it.',
    )
    op.create_guard('opening_moves_as_declared', 'opening', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('requested') AND NEW.state = 'opened'))",
        'Proposals that were opened cannot be sealed again.',
    )
    op.create_guard('opening_is_fixed', 'opening', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.challenge_id, NEW.requested_at, NEW.requested_by_id) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.challenge_id, OLD.requested_at, OLD.requested_by_id) OR ((NEW.opened_at, NEW.confirmed_by_id)'
        " IS DISTINCT FROM (OLD.opened_at, OLD.confirmed_by_id) AND NOT (OLD.state IN ('requested') AND NEW.state = "
        "'opened'))",
        'Who opened the proposals, and when, cannot be changed.',
    )
    op.create_guard('opening_never_goes', 'opening', 'DELETE',
        '1 = 1',
        'Openings are kept.',
    )
    op.create_guard('submission_never_changes', 'submission', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('submission_never_goes', 'submission', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('submission_keeps_the_deadline', 'submission', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id WHERE proposal.id = '
        "NEW.proposal_id AND challenge.state = 'published' AND challenge.opens_at <= NEW.received_at AND NEW.received_at "
        '< challenge.closes_at)',
        'The challenge is not open, so we received nothing.',
    )
    op.create_guard('proposal_submitted_at_keeps_the_deadline', 'proposal', 'UPDATE OF submitted_at',
        'NEW.submitted_at IS NOT NULL AND (OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND NOT '
        "EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND "
        'challenge.opens_at <= NEW.submitted_at AND NEW.submitted_at < challenge.closes_at)',
        'The challenge is not open, so its proposals cannot be changed.',
    )
    op.create_guard('proposal_withdrawn_at_keeps_the_deadline', 'proposal', 'UPDATE OF withdrawn_at',
        'NEW.withdrawn_at IS NOT NULL AND (OLD.withdrawn_at IS NULL OR NEW.withdrawn_at <> OLD.withdrawn_at) AND NOT '
        "EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.challenge_id AND challenge.state = 'published' AND "
        'challenge.opens_at <= NEW.withdrawn_at AND NEW.withdrawn_at < challenge.closes_at)',
        'The challenge is not open, so its proposals cannot be changed.',
    )
    op.create_guard('proposal_is_started_by_no_other_side', 'proposal', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.started_by_id AND involvement.challenge_id ='
        " (NEW.challenge_id) AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision', 'evidence', "
        "'money')) OR EXISTS (SELECT 1 FROM acting_for JOIN involvement ON involvement.person_id = acting_for.person_id "
        "WHERE acting_for.until IS NULL AND involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision', "
        "'evidence', 'money') AND acting_for.organisation_id = NEW.organisation_id AND involvement.challenge_id = "
        'NEW.challenge_id)',
        'Someone who works, or worked, on a challenge for its sponsor, the programme or a panel cannot be in a team that '
        'answers it.',
    )
    op.create_guard('submission_is_sent_by_no_other_side', 'submission', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.submitted_by_id AND involvement.challenge_id'
        ' = ((SELECT proposal.challenge_id FROM proposal WHERE proposal.id = NEW.proposal_id)) AND involvement.tie IN '
        "('sponsor', 'programme', 'opening', 'panel', 'decision', 'evidence', 'money')) OR EXISTS (SELECT 1 FROM "
        'acting_for JOIN involvement ON involvement.person_id = acting_for.person_id WHERE acting_for.until IS NULL AND '
        "involvement.tie IN ('sponsor', 'programme', 'opening', 'panel', 'decision', 'evidence', 'money') AND "
        'acting_for.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id)'
        ' AND involvement.challenge_id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = '
        'NEW.proposal_id))',
        'Someone who works, or worked, on a challenge for its sponsor, the programme or a panel cannot be in a team that '
        'answers it.',
    )
    op.create_guard('submission_is_sent_by_the_team', 'submission', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM acting_for WHERE acting_for.person_id = NEW.submitted_by_id AND '
        'acting_for.organisation_id = (SELECT proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id)'
        " AND acting_for.until IS NULL AND acting_for.since <= NEW.received_at AND acting_for.role IN ('owner', "
        "'editor'))",
        'Only owners and editors of the team can submit its proposal.',
    )
    op.create_guard('membership_joins_no_other_side', 'membership', 'INSERT',
        'EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = '
        'challenge.round_id JOIN involvement ON involvement.challenge_id = proposal.challenge_id WHERE '
        'proposal.organisation_id = NEW.organisation_id AND involvement.person_id = NEW.user_id AND involvement.tie IN '
        "('sponsor', 'programme', 'opening', 'panel', 'decision', 'evidence', 'money') AND challenge.state <> 'cancelled'"
        " AND round.state <> 'finished')",
        'Someone who works, or worked, on a challenge for its sponsor, the programme or a panel cannot be in a team that '
        'answers it.',
    )
    op.create_guard('membership_of_a_team_does_not_end_in_the_past', 'membership', 'UPDATE',
        '(NEW.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until) AND EXISTS (SELECT 1 FROM proposal WHERE '
        'proposal.organisation_id = NEW.organisation_id AND proposal.started_at > NEW.until)',
        'You cannot end a role in the past. What people can judge and answer depends on when it ends.',
    )
    op.create_guard('proposal_is_fixed_once_opened', 'proposal', 'UPDATE',
        "EXISTS (SELECT 1 FROM opening WHERE opening.challenge_id = OLD.challenge_id AND opening.state = 'opened')",
        'The proposals for this challenge have been opened. They can no longer be changed.',
    )
    op.create_guard('challenge_is_not_cancelled_once_closed', 'challenge', 'UPDATE OF state',
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND EXISTS (SELECT 1 FROM opening WHERE "
        'opening.challenge_id = OLD.id)',
        'You can no longer cancel this challenge because it has closed.',
    )
    op.create_guard('proposal_begins_as_declared', 'proposal', 'INSERT',
        "NEW.state <> 'draft' OR NEW.submitted_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL",
        'A proposal must start as a draft.',
    )
    op.create_guard('proposal_moves_as_declared', 'proposal', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('draft', 'submitted', 'withdrawn') AND NEW.state = 'submitted' "
        'AND ((OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission '
        'WHERE submission.proposal_id = NEW.id AND submission.received_at = NEW.submitted_at AND submission.number = '
        '(SELECT MAX(latest.number) FROM submission AS latest WHERE latest.proposal_id = NEW.id)))) OR (OLD.state IN '
        "('submitted') AND NEW.state = 'withdrawn'))",
        'A proposal is submitted with what was received, or withdrawn.',
    )
    op.create_guard('proposal_is_fixed', 'proposal', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.challenge_id, NEW.organisation_id, NEW.number, NEW.started_at, NEW.started_by_id) IS'
        ' DISTINCT FROM (OLD.id, OLD.reference, OLD.challenge_id, OLD.organisation_id, OLD.number, OLD.started_at, '
        'OLD.started_by_id) OR ((NEW.title, NEW.summary) IS DISTINCT FROM (OLD.title, OLD.summary) AND NOT (OLD.state IN '
        "('draft', 'submitted', 'withdrawn') AND NEW.state = 'submitted' AND ((OLD.submitted_at IS NULL OR "
        'NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = NEW.id'
        ' AND submission.received_at = NEW.submitted_at AND submission.number = (SELECT MAX(latest.number) FROM '
        "submission AS latest WHERE latest.proposal_id = NEW.id))) OR OLD.state = 'draft' AND NEW.state = 'draft')) OR "
        "((NEW.submitted_at) IS DISTINCT FROM (OLD.submitted_at) AND NOT (OLD.state IN ('draft', 'submitted', "
        "'withdrawn') AND NEW.state = 'submitted' AND ((OLD.submitted_at IS NULL OR NEW.submitted_at <> OLD.submitted_at)"
        ' AND EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = NEW.id AND submission.received_at = '
        'NEW.submitted_at AND submission.number = (SELECT MAX(latest.number) FROM submission AS latest WHERE '
        'latest.proposal_id = NEW.id))))) OR ((NEW.withdrawn_at) IS DISTINCT FROM (OLD.withdrawn_at) AND NOT (OLD.state '
        "IN ('draft', 'submitted', 'withdrawn') AND NEW.state = 'submitted' AND ((OLD.submitted_at IS NULL OR "
        'NEW.submitted_at <> OLD.submitted_at) AND EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = NEW.id'
        ' AND submission.received_at = NEW.submitted_at AND submission.number = (SELECT MAX(latest.number) FROM '
        "submission AS latest WHERE latest.proposal_id = NEW.id))) OR OLD.state IN ('submitted') AND NEW.state = "
        "'withdrawn')) OR ((NEW.draft_title, NEW.draft_summary) IS DISTINCT FROM (OLD.draft_title, OLD.draft_summary) AND"
        " NOT (OLD.state IN ('draft', 'submitted', 'withdrawn')))",
        'What was received cannot be changed. Another submission can replace it.',
    )
    op.create_guard('seat_never_changes', 'seat', 'UPDATE',
        '1 = 1',
        'You cannot change who was added to a panel.',
    )
    op.create_guard('seat_never_goes', 'seat', 'DELETE',
        '1 = 1',
        'You cannot change who was added to a panel.',
    )
    op.create_guard('seat_keeps_out_the_teams', 'seat', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.judge_id AND involvement.challenge_id = '
        "(SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team'))",
        'Someone who is, or was, in a team with a proposal for this challenge cannot judge it.',
    )
    op.create_guard('seat_follows_a_look_at_conflicts', 'seat', 'INSERT',
        'EXISTS (SELECT 1 FROM hint WHERE hint.person_id = NEW.judge_id AND hint.challenge_id = (SELECT '
        "panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND hint.hint IN ('email', 'sponsor_email', "
        "'member', 'number', 'name', 'people', 'declared', 'evidence', 'money') AND NOT EXISTS (SELECT 1 FROM "
        'considered_hint WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = '
        'hint.challenge_id AND considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = '
        'hint.through_id AND considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('panel_stays_closed_once_decided', 'panel', 'UPDATE OF closed_at',
        'OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR NEW.closed_at <> OLD.closed_at) AND EXISTS (SELECT 1 '
        "FROM decision WHERE decision.panel_id = OLD.id AND decision.state IN ('approved', 'released'))",
        'This panel’s decision is approved, so you cannot reopen the panel.',
    )
    op.create_guard('panel_is_fixed', 'panel', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.challenge_id, NEW.stage_id, NEW.convened_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.challenge_id, OLD.stage_id, OLD.convened_at)',
        'The challenge and stage of a panel cannot be changed.',
    )
    op.create_guard('score_needs_an_open_scorecard_on_insert', 'score', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = '
        "NEW.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL)",
        'You cannot change this scorecard now. It is locked, or the decision has been proposed.',
    )
    op.create_guard('score_needs_an_open_scorecard_on_update', 'score', 'UPDATE',
        '(NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = '
        "OLD.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL) OR NOT EXISTS (SELECT 1 FROM "
        'assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = NEW.assignment_id AND '
        "assignment.state = 'clear' AND panel.closed_at IS NULL))",
        'You cannot change this scorecard now. It is locked, or the decision has been proposed.',
    )
    op.create_guard('score_needs_an_open_scorecard_on_delete', 'score', 'DELETE',
        'NOT EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id = assignment.panel_id WHERE assignment.id = '
        "OLD.assignment_id AND assignment.state = 'clear' AND panel.closed_at IS NULL)",
        'You cannot change this scorecard now. It is locked, or the decision has been proposed.',
    )
    op.create_guard('score_is_fixed', 'score', 'UPDATE',
        '(NEW.id, NEW.assignment_id, NEW.criterion_id) IS DISTINCT FROM (OLD.id, OLD.assignment_id, OLD.criterion_id)',
        'A score belongs to one scorecard and one criterion.',
    )
    op.create_guard('assignment_is_kept_once_declared', 'assignment', 'DELETE',
        "OLD.state <> 'assigned'",
        'You cannot delete a declaration of interests.',
    )
    op.create_guard('assignment_is_locked_complete', 'assignment', 'UPDATE',
        "NEW.state = 'locked' AND EXISTS (SELECT 1 FROM panel JOIN criterion ON criterion.stage_id = panel.stage_id WHERE"
        ' panel.id = NEW.panel_id AND NOT EXISTS (SELECT 1 FROM score WHERE score.assignment_id = NEW.id AND '
        'score.criterion_id = criterion.id AND score.points IS NOT NULL AND NOT (ltrim(score.reason, '
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = score.reason AND trim(score.reason, (SELECT "
        "signs FROM unseen)) = '')))",
        'Give every criterion a score and a reason before you lock the scorecard.',
    )
    op.create_guard('assignment_is_closed_by_the_decision_on_insert', 'assignment', 'INSERT',
        'EXISTS (SELECT 1 FROM panel WHERE panel.id = NEW.panel_id AND panel.closed_at IS NOT NULL)',
        'This panel has a decision, so nothing can be changed. Only a decision that is not released can be sent back.',
    )
    op.create_guard('assignment_is_closed_by_the_decision_on_update', 'assignment', 'UPDATE',
        'EXISTS (SELECT 1 FROM panel WHERE panel.id = OLD.panel_id AND panel.closed_at IS NOT NULL)',
        'This panel has a decision, so nothing can be changed. Only a decision that is not released can be sent back.',
    )
    op.create_guard('assignment_waits_for_the_opening', 'assignment', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM proposal JOIN opening ON opening.challenge_id = proposal.challenge_id JOIN panel ON '
        'panel.challenge_id = proposal.challenge_id WHERE proposal.id = NEW.proposal_id AND panel.id = NEW.panel_id AND '
        "proposal.state = 'submitted' AND opening.state = 'opened')",
        'The proposals for this challenge have not been opened yet.',
    )
    op.create_guard('assignment_is_for_who_went_on', 'assignment', 'INSERT',
        'EXISTS (SELECT 1 FROM panel JOIN stage ON stage.id = panel.stage_id WHERE panel.id = NEW.panel_id AND '
        'stage.position > 1 AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id JOIN'
        ' panel AS earlier ON earlier.id = decision.panel_id JOIN stage AS previous ON previous.id = earlier.stage_id '
        "WHERE outcome.proposal_id = NEW.proposal_id AND outcome.goes_on AND decision.state = 'released' AND "
        'previous.round_id = stage.round_id AND previous.position = stage.position - 1))',
        'This proposal did not go through to this stage.',
    )
    op.create_guard('assignment_keeps_out_the_applicants', 'assignment', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.judge_id AND involvement.challenge_id = '
        "(SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team'))",
        'Someone who is, or was, in a team with a proposal for this challenge cannot judge it.',
    )
    op.create_guard('assignment_follows_a_look_at_conflicts', 'assignment', 'INSERT',
        'EXISTS (SELECT 1 FROM hint WHERE hint.person_id = NEW.judge_id AND hint.challenge_id = (SELECT '
        "panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND hint.hint IN ('email', 'sponsor_email', "
        "'member', 'number', 'name', 'people', 'declared', 'evidence', 'money') AND hint.organisation_id = (SELECT "
        'proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND NOT EXISTS (SELECT 1 FROM '
        'considered_hint WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = '
        'hint.challenge_id AND considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = '
        'hint.through_id AND considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('assignment_is_scored_by_no_team', 'assignment', 'UPDATE',
        "NEW.state IN ('clear', 'locked') AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = "
        'NEW.judge_id AND involvement.challenge_id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id)'
        " AND involvement.tie IN ('team'))",
        'Someone who is, or was, in a team with a proposal for this challenge cannot judge it.',
    )
    op.create_guard('assignment_begins_as_declared', 'assignment', 'INSERT',
        "NEW.state <> 'assigned' OR NEW.declared_at IS NOT NULL OR NEW.conflict IS NOT NULL OR NEW.saved_at IS NOT NULL "
        'OR NEW.locked_at IS NOT NULL',
        'A judge declares their interests before they score.',
    )
    op.create_guard('assignment_moves_as_declared', 'assignment', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('assigned') AND NEW.state = 'clear') OR (OLD.state IN "
        "('assigned', 'clear') AND NEW.state = 'recused') OR (OLD.state IN ('clear') AND NEW.state = 'locked'))",
        'A locked scorecard, or a declared conflict, cannot be undone.',
    )
    op.create_guard('assignment_is_fixed', 'assignment', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.panel_id, NEW.judge_id, NEW.proposal_id, NEW.assigned_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.panel_id, OLD.judge_id, OLD.proposal_id, OLD.assigned_at) OR ((NEW.declared_at) IS DISTINCT '
        "FROM (OLD.declared_at) AND NOT (OLD.state IN ('assigned') AND NEW.state = 'clear' OR OLD.state IN ('assigned', "
        "'clear') AND NEW.state = 'recused')) OR ((NEW.conflict) IS DISTINCT FROM (OLD.conflict) AND NOT (OLD.state IN "
        "('assigned', 'clear') AND NEW.state = 'recused')) OR ((NEW.saved_at) IS DISTINCT FROM (OLD.saved_at) AND NOT "
        "(OLD.state IN ('clear'))) OR ((NEW.locked_at) IS DISTINCT FROM (OLD.locked_at) AND NOT (OLD.state IN ('clear') "
        "AND NEW.state = 'locked'))",
        'A locked scorecard, or a declared conflict, cannot be changed.',
    )
    op.create_guard('outcome_is_fixed_once_approved_on_insert', 'outcome', 'INSERT',
        "EXISTS (SELECT 1 FROM decision WHERE decision.id = NEW.decision_id AND decision.state IN ('approved', "
        "'released'))",
        'The decision is approved. You can no longer change its outcomes.',
    )
    op.create_guard('outcome_is_fixed_once_approved_on_update', 'outcome', 'UPDATE',
        "EXISTS (SELECT 1 FROM decision WHERE decision.id = OLD.decision_id AND decision.state IN ('approved', "
        "'released'))",
        'The decision is approved. You can no longer change its outcomes.',
    )
    op.create_guard('outcome_stays_in_its_challenge', 'outcome', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM decision JOIN panel ON panel.id = decision.panel_id JOIN proposal ON '
        'proposal.challenge_id = panel.challenge_id WHERE decision.id = NEW.decision_id AND proposal.id = '
        'NEW.proposal_id)',
        'This proposal is for another challenge.',
    )
    op.create_guard('decision_is_proposed_by_staff', 'decision', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.proposed_by_id AND held_role.role IN '
        "('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.proposed_at AND (held_role.until IS NULL OR "
        "held_role.until > NEW.proposed_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE '
        'panel.id = NEW.panel_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = '
        'round.id WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id))))',
        'Only programme staff can propose a decision.',
    )
    op.create_guard('decision_is_approved_by_staff', 'decision', 'UPDATE',
        '(NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND NOT EXISTS '
        "(SELECT 1 FROM held_role WHERE held_role.person_id = NEW.approved_by_id AND held_role.role IN ('staff') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.approved_at AND (held_role.until IS NULL OR '
        "held_role.until > NEW.approved_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE '
        'panel.id = NEW.panel_id) UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = '
        'round.id WHERE challenge.id = (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id))))',
        'Only programme staff can approve a decision.',
    )
    op.create_guard('decision_proposer_has_no_conflict', 'decision', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.proposed_by_id AND involvement.challenge_id '
        "= (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team', "
        "'recused'))",
        'Someone with a conflict of interest cannot propose or approve a decision.',
    )
    op.create_guard('decision_proposer_follows_a_look_at_conflicts', 'decision', 'INSERT',
        'EXISTS (SELECT 1 FROM hint WHERE hint.person_id = NEW.proposed_by_id AND hint.challenge_id = (SELECT '
        "panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND hint.hint IN ('email', 'sponsor_email', "
        "'member', 'number', 'name', 'people', 'declared', 'evidence') AND NOT EXISTS (SELECT 1 FROM considered_hint "
        'WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = hint.challenge_id AND '
        'considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = hint.through_id AND '
        'considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('decision_approver_has_no_conflict', 'decision', 'UPDATE OF approved_by_id',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.approved_by_id AND involvement.challenge_id '
        "= (SELECT panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND involvement.tie IN ('team', "
        "'recused'))",
        'Someone with a conflict of interest cannot propose or approve a decision.',
    )
    op.create_guard('decision_approver_follows_a_look_at_conflicts', 'decision', 'UPDATE OF approved_by_id',
        'EXISTS (SELECT 1 FROM hint WHERE hint.person_id = NEW.approved_by_id AND hint.challenge_id = (SELECT '
        "panel.challenge_id FROM panel WHERE panel.id = NEW.panel_id) AND hint.hint IN ('email', 'sponsor_email', "
        "'member', 'number', 'name', 'people', 'declared', 'evidence') AND NOT EXISTS (SELECT 1 FROM considered_hint "
        'WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = hint.challenge_id AND '
        'considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = hint.through_id AND '
        'considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('round_waits_for_its_decisions', 'round', 'UPDATE OF state',
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM assignment JOIN panel ON panel.id ="
        ' assignment.panel_id JOIN challenge ON challenge.id = panel.challenge_id WHERE challenge.round_id = NEW.id AND '
        "NOT EXISTS (SELECT 1 FROM decision WHERE decision.panel_id = panel.id AND decision.state = 'released'))",
        'You cannot close the round yet. One of its panels has not released a decision.',
    )
    op.create_guard('decision_begins_as_declared', 'decision', 'INSERT',
        "NEW.state <> 'proposed' OR NEW.approved_at IS NOT NULL OR NEW.approved_by_id IS NOT NULL OR NEW.released_at IS "
        'NOT NULL OR NEW.message IS NOT NULL',
        'A decision must be proposed first.',
    )
    op.create_guard('decision_moves_as_declared', 'decision', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('proposed') AND NEW.state = 'approved') OR (OLD.state IN "
        "('proposed') AND NEW.state = 'returned') OR (OLD.state IN ('approved') AND NEW.state = 'released'))",
        'A decision is proposed, approved and released in that order.',
    )
    op.create_guard('decision_is_fixed', 'decision', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.panel_id, NEW.reason, NEW.departure, NEW.proposed_at, NEW.proposed_by_id) IS '
        'DISTINCT FROM (OLD.id, OLD.reference, OLD.panel_id, OLD.reason, OLD.departure, OLD.proposed_at, '
        'OLD.proposed_by_id) OR ((NEW.approved_at, NEW.approved_by_id) IS DISTINCT FROM (OLD.approved_at, '
        "OLD.approved_by_id) AND NOT (OLD.state IN ('proposed') AND NEW.state = 'approved')) OR ((NEW.released_at) IS "
        "DISTINCT FROM (OLD.released_at) AND NOT (OLD.state IN ('approved') AND NEW.state = 'released')) OR "
        "((NEW.message) IS DISTINCT FROM (OLD.message) AND NOT (OLD.state IN ('proposed') AND NEW.state = 'returned'))",
        'A decision cannot be changed. Someone who does not agree can send it back.',
    )
    op.create_guard('outcome_is_fixed', 'outcome', 'UPDATE',
        '(NEW.id, NEW.decision_id, NEW.proposal_id, NEW.rank, NEW.total, NEW.goes_on, NEW.feedback) IS DISTINCT FROM '
        '(OLD.id, OLD.decision_id, OLD.proposal_id, OLD.rank, OLD.total, OLD.goes_on, OLD.feedback)',
        'The outcomes of a decision cannot be changed.',
    )
    op.create_guard('decision_never_goes', 'decision', 'DELETE',
        '1 = 1',
        'Decisions are kept.',
    )
    op.create_guard('outcome_never_goes', 'outcome', 'DELETE',
        '1 = 1',
        'The outcomes of a decision are kept.',
    )
    op.create_guard('rights_acceptance_names_its_terms_for_company', 'rights_statement', 'UPDATE',
        '(OLD.company_accepted_at IS NULL AND NEW.company_accepted_at IS NOT NULL AND '
        'COALESCE(length(NEW.company_accepted_terms), 0) <> 64) OR (NEW.company_accepted_at IS NULL AND '
        'NEW.company_accepted_terms IS NOT NULL)',
        'An acceptance of the rights statement must record the terms that were accepted.',
    )
    op.create_guard('rights_acceptance_names_its_terms_for_body', 'rights_statement', 'UPDATE',
        '(OLD.body_accepted_at IS NULL AND NEW.body_accepted_at IS NOT NULL AND COALESCE(length(NEW.body_accepted_terms),'
        ' 0) <> 64) OR (NEW.body_accepted_at IS NULL AND NEW.body_accepted_terms IS NOT NULL)',
        'An acceptance of the rights statement must record the terms that were accepted.',
    )
    op.create_guard('rights_are_accepted_on_the_same_terms', 'rights_statement', 'UPDATE',
        'NEW.company_accepted_terms <> NEW.body_accepted_terms',
        'The other side accepted different terms. Ask programme staff to check the agreement.',
    )
    op.create_guard('rights_are_accepted_by_an_officer_of_the_company', 'rights_statement', 'UPDATE',
        'OLD.company_accepted_by_id IS NULL AND NEW.company_accepted_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM '
        'acting_for WHERE acting_for.person_id = NEW.company_accepted_by_id AND acting_for.organisation_id = (SELECT '
        'proposal.organisation_id FROM proposal WHERE proposal.id = NEW.proposal_id) AND acting_for.until IS NULL AND '
        "acting_for.since <= NEW.company_accepted_at AND acting_for.role IN ('owner'))",
        'Only an owner of the company can accept for it.',
    )
    op.create_guard('rights_are_accepted_by_an_officer_of_the_body', 'rights_statement', 'UPDATE',
        'OLD.body_accepted_by_id IS NULL AND NEW.body_accepted_by_id IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM '
        'acting_for WHERE acting_for.person_id = NEW.body_accepted_by_id AND acting_for.organisation_id = (SELECT '
        'challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = '
        'NEW.proposal_id) AND acting_for.until IS NULL AND acting_for.since <= NEW.body_accepted_at AND acting_for.role '
        "IN ('owner', 'approver')) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = "
        "NEW.body_accepted_by_id AND involvement.proposal_id = (NEW.proposal_id) AND involvement.tie IN ('team', "
        "'recused')))",
        'Only an owner or approver of the public body, with no stake in the team, can accept for it.',
    )
    op.create_guard('rights_statement_never_goes', 'rights_statement', 'DELETE',
        'OLD.offered_at IS NOT NULL',
        'A rights statement that has been offered to both sides cannot be deleted.',
    )
    op.create_guard('background_is_fixed_on_insert', 'background_item', 'INSERT',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        'The rights statement has been accepted, so its list of background IP cannot change.',
    )
    op.create_guard('background_is_fixed_on_update', 'background_item', 'UPDATE',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL)) OR EXISTS '
        '(SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        'The rights statement has been accepted, so its list of background IP cannot change.',
    )
    op.create_guard('background_is_fixed_on_delete', 'background_item', 'DELETE',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        'The rights statement has been accepted, so its list of background IP cannot change.',
    )
    op.create_guard('rights_statement_begins_as_declared', 'rights_statement', 'INSERT',
        'NEW.offered_at IS NOT NULL OR NEW.listed_at IS NOT NULL OR NEW.company_accepted_at IS NOT NULL OR '
        'NEW.company_accepted_by_id IS NOT NULL OR NEW.company_accepted_name IS NOT NULL OR NEW.company_accepted_terms IS'
        ' NOT NULL OR NEW.body_accepted_at IS NOT NULL OR NEW.body_accepted_by_id IS NOT NULL OR NEW.body_accepted_name '
        'IS NOT NULL OR NEW.body_accepted_terms IS NOT NULL OR NEW.digest IS NOT NULL',
        'A rights statement is accepted after it was drafted.',
    )
    op.create_guard('rights_statement_is_fixed', 'rights_statement', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.number, NEW.proposal_id, NEW.stage_id, NEW.drawn_up_at) IS DISTINCT FROM (OLD.id, '
        'OLD.reference, OLD.number, OLD.proposal_id, OLD.stage_id, OLD.drawn_up_at) OR ((NEW.offered_at) IS DISTINCT FROM'
        ' (OLD.offered_at) AND NOT ((OLD.offered_at IS NULL OR NEW.offered_at IS NULL) AND (OLD.company_accepted_at IS '
        'NULL OR OLD.body_accepted_at IS NULL))) OR ((NEW.listed_at, NEW.digest) IS DISTINCT FROM (OLD.listed_at, '
        'OLD.digest) AND NOT ((OLD.company_accepted_at IS NULL OR OLD.body_accepted_at IS NULL))) OR ((NEW.company_name, '
        'NEW.company_number, NEW.public_body_name, NEW.foreground_owner, NEW.licence_scope, NEW.licence_field, '
        'NEW.licence_territory, NEW.licence_term, NEW.licence_exclusive, NEW.licence_royalty, NEW.licence_sublicence, '
        'NEW.public_stake, NEW.options, NEW.convertibles, NEW.loans, NEW.royalty_share, NEW.board_seat) IS DISTINCT FROM '
        '(OLD.company_name, OLD.company_number, OLD.public_body_name, OLD.foreground_owner, OLD.licence_scope, '
        'OLD.licence_field, OLD.licence_territory, OLD.licence_term, OLD.licence_exclusive, OLD.licence_royalty, '
        'OLD.licence_sublicence, OLD.public_stake, OLD.options, OLD.convertibles, OLD.loans, OLD.royalty_share, '
        'OLD.board_seat) AND NOT (OLD.offered_at IS NULL)) OR ((NEW.company_accepted_at, NEW.company_accepted_by_id, '
        'NEW.company_accepted_terms) IS DISTINCT FROM (OLD.company_accepted_at, OLD.company_accepted_by_id, '
        'OLD.company_accepted_terms) AND NOT (OLD.company_accepted_at IS NULL)) OR ((NEW.company_accepted_name) IS '
        'DISTINCT FROM (OLD.company_accepted_name) AND NOT (OLD.company_accepted_at IS NULL OR NEW.company_accepted_name '
        'IS NULL)) OR ((NEW.body_accepted_at, NEW.body_accepted_by_id, NEW.body_accepted_terms) IS DISTINCT FROM '
        '(OLD.body_accepted_at, OLD.body_accepted_by_id, OLD.body_accepted_terms) AND NOT (OLD.body_accepted_at IS NULL))'
        ' OR ((NEW.body_accepted_name) IS DISTINCT FROM (OLD.body_accepted_name) AND NOT (OLD.body_accepted_at IS NULL OR'
        ' NEW.body_accepted_name IS NULL))',
        'The terms of a rights statement, and who accepted it, cannot be changed once they are given.',
    )
    op.create_guard('background_item_is_fixed', 'background_item', 'UPDATE',
        '(NEW.id, NEW.statement_id, NEW.kind, NEW.title, NEW.owner) IS DISTINCT FROM (OLD.id, OLD.statement_id, OLD.kind,'
        ' OLD.title, OLD.owner)',
        'An entry in the list of background cannot be changed. Remove it and add another.',
    )
    op.create_guard('agreement_is_for_a_chosen_team', 'stage_agreement', 'INSERT',
        "NEW.state <> 'draft' OR NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id "
        'JOIN panel ON panel.id = decision.panel_id JOIN stage AS judged ON judged.id = panel.stage_id JOIN stage AS '
        'following ON following.round_id = judged.round_id AND following.position = judged.position + 1 WHERE '
        "outcome.proposal_id = NEW.proposal_id AND following.id = NEW.stage_id AND following.kind = 'funded' AND "
        "decision.state = 'released' AND outcome.goes_on) OR NOT EXISTS (SELECT 1 FROM rights_statement WHERE "
        'rights_statement.id = NEW.statement_id  AND rights_statement.proposal_id = NEW.proposal_id AND '
        'rights_statement.stage_id = NEW.stage_id)',
        'An agreement must start as a draft, with its own rights statement, for a team that a released decision has '
        'chosen.',
    )
    op.create_guard('agreement_waits_for_the_rights_statement', 'stage_agreement', 'UPDATE',
        "NEW.state IN ('active', 'completed', 'stopped') AND NOT EXISTS (SELECT 1 FROM rights_statement WHERE "
        'rights_statement.id = NEW.statement_id  AND rights_statement.company_accepted_at <= NEW.activated_at AND '
        'rights_statement.body_accepted_at <= NEW.activated_at)',
        'Both sides must accept the rights statement first.',
    )
    op.create_guard('agreement_is_offered_within_its_limits', 'stage_agreement', 'UPDATE',
        "OLD.state = 'draft' AND NEW.state = 'offered' AND (NOT EXISTS (SELECT 1 FROM rights_statement WHERE "
        'rights_statement.id = NEW.statement_id  AND rights_statement.offered_at IS NOT NULL) OR NEW.amount_pence = 0 OR '
        'NEW.amount_pence <> (SELECT COALESCE(SUM(milestone.amount_pence), 0) FROM milestone WHERE milestone.agreement_id'
        ' = NEW.id) OR NEW.vat_pence <> (SELECT COALESCE(SUM(milestone.vat_pence), 0) FROM milestone WHERE '
        'milestone.agreement_id = NEW.id) OR NOT EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.stage_id = '
        'NEW.stage_id AND stage_budget.challenge_id = (SELECT challenge_id FROM proposal WHERE proposal.id = '
        'NEW.proposal_id) AND NEW.amount_pence <= stage_budget.amount_pence) OR EXISTS (SELECT 1 FROM stage WHERE '
        "stage.id = NEW.stage_id AND stage.amount_pence < NEW.amount_pence + CASE WHEN stage.vat_basis = 'including' THEN"
        ' NEW.vat_pence ELSE 0 END))',
        'An offer must equal the total of its milestones. It cannot be more than the stage pays one team or the challenge'
        ' has for the stage.',
    )
    op.create_guard('agreement_is_offered_to_a_company_with_a_number', 'stage_agreement', 'UPDATE',
        "OLD.state = 'draft' AND NEW.state = 'offered' AND NOT EXISTS (SELECT 1 FROM proposal JOIN organisation ON "
        'organisation.id = proposal.organisation_id WHERE proposal.id = NEW.proposal_id AND (organisation.kind = '
        "'company' AND (organisation.identifier_number IS NOT NULL AND (organisation.number_accepted_by_id IS NOT NULL OR"
        " organisation.identifier_scheme IN ('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI')))))",
        'You can only offer an agreement to a company with a checked registration number. Its owner can add the number, '
        'or change from a person with an idea to a company. Programme staff look up a number that we cannot check.',
    )
    op.create_guard('organisation_keeps_its_number_while_it_is_paid', 'organisation', 'UPDATE',
        '(OLD.identifier_number IS NOT NULL AND (OLD.number_accepted_by_id IS NOT NULL OR OLD.identifier_scheme IN '
        "('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI'))) AND NOT (NEW.identifier_number IS NOT NULL"
        " AND (NEW.number_accepted_by_id IS NOT NULL OR NEW.identifier_scheme IN ('GB-COH', 'GB-SC', 'GB-CHC', 'GB-NIC', "
        "'VAT', 'GB-PPON', 'XI-LEI'))) AND EXISTS (SELECT 1 FROM stage_agreement JOIN proposal ON proposal.id = "
        "stage_agreement.proposal_id WHERE proposal.organisation_id = NEW.id AND stage_agreement.state NOT IN ('draft', "
        "'lapsed'))",
        'The company has an agreement, so it must keep a checked registration number. Programme staff can correct it.',
    )
    op.create_guard('agreement_is_not_taken_back_once_accepted', 'stage_agreement', 'UPDATE',
        "OLD.state = 'offered' AND NEW.state = 'draft' AND EXISTS (SELECT 1 FROM rights_statement WHERE "
        'rights_statement.id = NEW.statement_id  AND rights_statement.offered_at IS NOT NULL)',
        'An offer can only be withdrawn together with its rights statement, before either side has accepted.',
    )
    op.create_guard('milestone_is_not_added_once_offered', 'milestone', 'INSERT',
        "NEW.state <> 'planned' OR EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id AND "
        "(stage_agreement.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = "
        'stage_agreement.statement_id AND (rights_statement.company_accepted_at IS NOT NULL OR '
        'rights_statement.body_accepted_at IS NOT NULL))))',
        'The agreement has been offered, so its milestones cannot change.',
    )
    op.create_guard('milestone_is_not_dropped_once_offered', 'milestone', 'DELETE',
        'EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = OLD.agreement_id AND (stage_agreement.state <> '
        "'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = stage_agreement.statement_id AND "
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))))',
        'The agreement has been offered, so its milestones cannot change.',
    )
    op.create_guard('milestone_moves_in_force', 'milestone', 'UPDATE',
        "NEW.state <> 'planned' AND NOT EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id"
        ' AND stage_agreement.activated_at IS NOT NULL)',
        'A milestone must be due, delivered and accepted in that order, while its agreement is in force.',
    )
    op.create_guard('milestone_ends_after_its_date', 'milestone', 'UPDATE',
        "OLD.state <> 'undelivered' AND NEW.state = 'undelivered' AND NEW.due_on >= date(NEW.ended_at)",
        'The due date of this milestone has not passed, so the team can still send evidence.',
    )
    op.create_guard('milestone_is_accepted_by_the_sponsor', 'milestone', 'UPDATE',
        "OLD.state <> 'accepted' AND NEW.state = 'accepted' AND (NOT EXISTS (SELECT 1 FROM deliverable WHERE "
        "deliverable.milestone_id = NEW.id AND deliverable.state = 'accepted' AND deliverable.decided_by_id = "
        'NEW.accepted_by_id AND deliverable.decided_at = NEW.accepted_at) OR NOT EXISTS (SELECT 1 FROM acting_for WHERE '
        'acting_for.person_id = NEW.accepted_by_id AND acting_for.organisation_id = (SELECT challenge.sponsor_id FROM '
        'challenge JOIN proposal ON proposal.challenge_id = challenge.id WHERE proposal.id = (SELECT '
        'stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = NEW.agreement_id)) AND '
        "acting_for.until IS NULL AND acting_for.since <= NEW.accepted_at AND acting_for.role IN ('owner', 'acceptor', "
        "'approver')) OR EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.accepted_by_id AND "
        'involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement WHERE stage_agreement.id = '
        "NEW.agreement_id)) AND involvement.tie IN ('team', 'recused')))",
        'Only someone at the public body with no stake in the team can accept evidence.',
    )
    op.create_guard('deliverable_is_of_the_company', 'deliverable', 'INSERT',
        "NEW.state <> 'delivered' OR NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = "
        "milestone.agreement_id WHERE milestone.id = NEW.milestone_id AND milestone.state <> 'undelivered' AND "
        'stage_agreement.activated_at <= NEW.delivered_at) OR NOT EXISTS (SELECT 1 FROM acting_for WHERE '
        'acting_for.person_id = NEW.delivered_by_id AND acting_for.organisation_id = (SELECT proposal.organisation_id '
        'FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND acting_for.until IS NULL'
        " AND acting_for.since <= NEW.delivered_at AND acting_for.role IN ('owner', 'editor'))",
        'Only the company can send evidence, and only while the agreement is in force.',
    )
    op.create_guard('round_waits_for_its_agreements', 'round', 'UPDATE OF state',
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM stage_agreement JOIN proposal ON "
        'proposal.id = stage_agreement.proposal_id JOIN challenge ON challenge.id = proposal.challenge_id WHERE '
        "challenge.round_id = NEW.id AND stage_agreement.state IN ('draft', 'offered', 'active'))",
        'You cannot close this round yet. At least one agreement has not ended.',
    )
    op.create_guard('round_waits_for_milestones_that_are_due', 'round', 'UPDATE OF state',
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON "
        'stage_agreement.id = milestone.agreement_id JOIN stage ON stage.id = stage_agreement.stage_id WHERE '
        "stage.round_id = NEW.id AND milestone.state = 'due' AND stage_agreement.ended_at IS NOT NULL)",
        'You cannot close this round yet. At least one milestone is still due.',
    )
    op.create_guard('stage_agreement_is_in_one_currency_insert', 'stage_agreement', 'INSERT',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('stage_agreement_is_in_one_currency_update', 'stage_agreement', 'UPDATE OF stage_id, currency',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('milestone_is_in_one_currency_insert', 'milestone', 'INSERT',
        '(NEW.agreement_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = '
        'NEW.agreement_id AND stage_agreement.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('milestone_is_in_one_currency_update', 'milestone', 'UPDATE OF agreement_id, currency',
        '(NEW.agreement_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = '
        'NEW.agreement_id AND stage_agreement.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('stage_agreement_moves_as_declared', 'stage_agreement', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('draft') AND NEW.state = 'offered') OR (OLD.state IN ('offered') "
        "AND NEW.state = 'draft') OR (OLD.state IN ('offered') AND NEW.state = 'active') OR (OLD.state IN ('active') AND "
        "NEW.state = 'completed') OR (OLD.state IN ('active') AND NEW.state = 'stopped') OR (OLD.state IN ('draft', "
        "'offered') AND NEW.state = 'lapsed'))",
        'An agreement is offered, comes into force and ends in that order.',
    )
    op.create_guard('stage_agreement_is_fixed', 'stage_agreement', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.proposal_id, NEW.stage_id, NEW.statement_id, NEW.drafted_at, NEW.currency) IS '
        'DISTINCT FROM (OLD.id, OLD.reference, OLD.proposal_id, OLD.stage_id, OLD.statement_id, OLD.drafted_at, '
        'OLD.currency) OR ((NEW.amount_pence, NEW.vat_pence, NEW.starts_on, NEW.ends_on) IS DISTINCT FROM '
        "(OLD.amount_pence, OLD.vat_pence, OLD.starts_on, OLD.ends_on) AND NOT (OLD.state IN ('draft'))) OR "
        "((NEW.offered_at) IS DISTINCT FROM (OLD.offered_at) AND NOT (OLD.state IN ('draft') AND NEW.state = 'offered' OR"
        " OLD.state IN ('offered') AND NEW.state = 'draft')) OR ((NEW.first_offered_at, NEW.vat_number, NEW.vat_reason) "
        "IS DISTINCT FROM (OLD.first_offered_at, OLD.vat_number, OLD.vat_reason) AND NOT (OLD.state IN ('draft') AND "
        "NEW.state = 'offered')) OR ((NEW.activated_at) IS DISTINCT FROM (OLD.activated_at) AND NOT (OLD.state IN "
        "('offered') AND NEW.state = 'active')) OR ((NEW.ended_at) IS DISTINCT FROM (OLD.ended_at) AND NOT (OLD.state IN "
        "('active') AND NEW.state = 'completed' OR OLD.state IN ('active') AND NEW.state = 'stopped' OR OLD.state IN "
        "('draft', 'offered') AND NEW.state = 'lapsed'))",
        'An offered agreement cannot be changed.',
    )
    op.create_guard('stage_agreement_is_fixed_once_accepted', 'stage_agreement', 'UPDATE',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL)) AND '
        '((NEW.id, NEW.reference, NEW.proposal_id, NEW.stage_id, NEW.statement_id, NEW.amount_pence, NEW.vat_pence, '
        'NEW.starts_on, NEW.ends_on, NEW.drafted_at, NEW.offered_at, NEW.first_offered_at, NEW.vat_number, '
        'NEW.vat_reason, NEW.currency) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.proposal_id, OLD.stage_id, '
        'OLD.statement_id, OLD.amount_pence, OLD.vat_pence, OLD.starts_on, OLD.ends_on, OLD.drafted_at, OLD.offered_at, '
        'OLD.first_offered_at, OLD.vat_number, OLD.vat_reason, OLD.currency))',
        'One side has accepted the rights statement, so the agreement cannot be changed.',
    )
    op.create_guard('stage_agreement_never_goes', 'stage_agreement', 'DELETE',
        "OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = OLD.statement_id AND "
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))',
        'Only a draft agreement can be discarded. All others are kept.',
    )
    op.create_guard('milestone_begins_as_declared', 'milestone', 'INSERT',
        "NEW.state <> 'planned' OR NEW.accepted_at IS NOT NULL OR NEW.accepted_by_id IS NOT NULL OR NEW.ended_at IS NOT "
        'NULL',
        'A milestone begins as planned.',
    )
    op.create_guard('milestone_moves_as_declared', 'milestone', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('planned') AND NEW.state = 'due') OR (OLD.state IN ('due') AND "
        "NEW.state = 'delivered') OR (OLD.state IN ('delivered') AND NEW.state = 'accepted') OR (OLD.state IN "
        "('delivered') AND NEW.state = 'due') OR (OLD.state IN ('due') AND NEW.state = 'undelivered'))",
        'A milestone becomes due, is delivered and is accepted in that order.',
    )
    op.create_guard('milestone_is_fixed', 'milestone', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.agreement_id, NEW.currency) IS DISTINCT FROM (OLD.id, OLD.reference, '
        'OLD.agreement_id, OLD.currency) OR ((NEW.number, NEW.title, NEW.success_criteria, NEW.due_on, NEW.amount_pence, '
        'NEW.vat_per_cent, NEW.vat_pence) IS DISTINCT FROM (OLD.number, OLD.title, OLD.success_criteria, OLD.due_on, '
        'OLD.amount_pence, OLD.vat_per_cent, OLD.vat_pence) AND NOT (NOT EXISTS (SELECT 1 FROM stage_agreement WHERE '
        "stage_agreement.id = OLD.agreement_id AND (stage_agreement.state <> 'draft' OR EXISTS (SELECT 1 FROM "
        'rights_statement WHERE rights_statement.id = stage_agreement.statement_id AND '
        '(rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL)))))) OR '
        '((NEW.accepted_at, NEW.accepted_by_id) IS DISTINCT FROM (OLD.accepted_at, OLD.accepted_by_id) AND NOT (OLD.state'
        " IN ('delivered') AND NEW.state = 'accepted')) OR ((NEW.ended_at) IS DISTINCT FROM (OLD.ended_at) AND NOT "
        "(OLD.state IN ('due') AND NEW.state = 'undelivered'))",
        'The agreement has been offered, so its milestones cannot change.',
    )
    op.create_guard('deliverable_begins_as_declared', 'deliverable', 'INSERT',
        "NEW.state <> 'delivered' OR NEW.decided_at IS NOT NULL OR NEW.decided_by_id IS NOT NULL OR NEW.reason IS NOT "
        'NULL',
        'Evidence is sent before it is accepted or returned.',
    )
    op.create_guard('deliverable_moves_as_declared', 'deliverable', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('delivered') AND NEW.state = 'accepted') OR (OLD.state IN "
        "('delivered') AND NEW.state = 'returned'))",
        'Evidence is accepted or returned once.',
    )
    op.create_guard('deliverable_is_fixed', 'deliverable', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.milestone_id, NEW.number, NEW.evidence, NEW.link, NEW.delivered_at, '
        'NEW.delivered_by_id) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.milestone_id, OLD.number, OLD.evidence, '
        'OLD.link, OLD.delivered_at, OLD.delivered_by_id) OR ((NEW.decided_at, NEW.decided_by_id) IS DISTINCT FROM '
        "(OLD.decided_at, OLD.decided_by_id) AND NOT (OLD.state IN ('delivered') AND NEW.state = 'accepted' OR OLD.state "
        "IN ('delivered') AND NEW.state = 'returned')) OR ((NEW.reason) IS DISTINCT FROM (OLD.reason) AND NOT (OLD.state "
        "IN ('delivered') AND NEW.state = 'returned'))",
        'Evidence cannot be changed once it is sent. Someone decides on it once.',
    )
    op.create_guard('deliverable_never_goes', 'deliverable', 'DELETE',
        '1 = 1',
        'Evidence cannot be deleted.',
    )
    op.create_guard('organisation_number_is_changed_by_staff_once_agreed', 'organisation', 'UPDATE OF identifier_number',
        "OLD.identifier_number IS NOT NULL AND OLD.kind <> 'individual' AND (NEW.identifier_number IS NULL OR "
        'NEW.identifier_number <> OLD.identifier_number) AND (NEW.number_accepted_by_id IS NULL OR NEW.number_accepted_at'
        ' IS NULL OR (OLD.number_accepted_at IS NOT NULL AND NEW.number_accepted_at = OLD.number_accepted_at)) AND EXISTS'
        ' (SELECT 1 FROM stage_agreement JOIN proposal ON proposal.id = stage_agreement.proposal_id WHERE '
        'proposal.organisation_id = NEW.id AND stage_agreement.first_offered_at IS NOT NULL)',
        'This organisation has an agreement, so you cannot change its registration number. Ask programme staff to change '
        'it.',
    )
    op.create_guard('transfer_never_changes', 'transfer', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('transfer_never_goes', 'transfer', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('account_is_in_one_currency_insert', 'account', 'INSERT',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency)) OR (NEW.milestone_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM milestone WHERE milestone.id = '
        'NEW.milestone_id AND milestone.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('account_is_in_one_currency_update', 'account', 'UPDATE OF stage_id, milestone_id, currency',
        '(NEW.stage_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.stage_id AND stage.currency ='
        ' NEW.currency)) OR (NEW.milestone_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM milestone WHERE milestone.id = '
        'NEW.milestone_id AND milestone.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('transfer_is_in_one_currency_insert', 'transfer', 'INSERT',
        '(NEW.debit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account WHERE account.id = NEW.debit_id AND '
        'account.currency = NEW.currency)) OR (NEW.credit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account WHERE '
        'account.id = NEW.credit_id AND account.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('transfer_is_in_one_currency_update', 'transfer', 'UPDATE OF debit_id, credit_id, currency',
        '(NEW.debit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account WHERE account.id = NEW.debit_id AND '
        'account.currency = NEW.currency)) OR (NEW.credit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account WHERE '
        'account.id = NEW.credit_id AND account.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('release_is_in_one_currency_insert', 'release', 'INSERT',
        '(NEW.milestone_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM milestone WHERE milestone.id = NEW.milestone_id AND '
        'milestone.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('release_is_in_one_currency_update', 'release', 'UPDATE OF milestone_id, currency',
        '(NEW.milestone_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM milestone WHERE milestone.id = NEW.milestone_id AND '
        'milestone.currency = NEW.currency))',
        'An amount must be in the currency of its round.',
    )
    op.create_guard('account_begins_empty', 'account', 'INSERT',
        'NEW.balance_pence <> 0',
        'A new account must start with a balance of zero.',
    )
    op.create_guard('account_is_fixed', 'account', 'UPDATE',
        '(NEW.id, NEW.kind, NEW.challenge_id, NEW.stage_id, NEW.milestone_id, NEW.currency) IS DISTINCT FROM (OLD.id, '
        'OLD.kind, OLD.challenge_id, OLD.stage_id, OLD.milestone_id, OLD.currency) OR ((NEW.balance_pence) IS DISTINCT '
        'FROM (OLD.balance_pence) AND NOT (NEW.balance_pence = (SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM '
        'transfer WHERE transfer.credit_id = NEW.id) - (SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM transfer '
        'WHERE transfer.debit_id = NEW.id)))',
        'The balance of an account must equal the total of its transfers.',
    )
    op.create_guard('account_never_goes', 'account', 'DELETE',
        '1 = 1',
        'Accounts cannot be deleted.',
    )
    op.create_guard('transfer_keeps_to_the_route', 'transfer', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM account AS debit JOIN account AS credit ON credit.id = NEW.credit_id WHERE debit.id = '
        'NEW.debit_id AND debit.challenge_id = credit.challenge_id AND debit.stage_id = credit.stage_id AND ((NEW.kind = '
        "'budget' AND debit.kind = 'source' AND credit.kind = 'budget') OR (NEW.kind = 'commitment' AND debit.kind = "
        "'budget' AND credit.kind = 'committed') OR (NEW.kind = 'release' AND debit.kind = 'committed' AND credit.kind = "
        "'released' AND debit.milestone_id = credit.milestone_id) OR (NEW.kind = 'payment' AND debit.kind = 'released' "
        "AND credit.kind = 'paid' AND debit.milestone_id = credit.milestone_id) OR (NEW.kind = 'return' AND debit.kind = "
        "'committed' AND credit.kind = 'budget') OR (NEW.kind = 'withdrawal' AND debit.kind = 'budget' AND credit.kind = "
        "'source')))",
        'Money can only move from budget to committed, released and paid, or be returned.',
    )
    op.create_guard('transfer_finds_enough', 'transfer', 'INSERT',
        "NOT EXISTS (SELECT 1 FROM account WHERE account.id = NEW.debit_id AND (account.kind = 'source' OR "
        'account.balance_pence >= NEW.amount_pence))',
        'There is not enough money left for this.',
    )
    op.create_guard('transfer_waits_for_the_rights_statement', 'transfer', 'INSERT',
        "NEW.kind IN ('commitment', 'release', 'payment') AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON "
        'milestone.id = account.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.credit_id AND '
        'rights_statement.company_accepted_at <= NEW.moved_at AND rights_statement.body_accepted_at <= NEW.moved_at)',
        'No money can be committed, released or paid until both sides have accepted the rights statement.',
    )
    op.create_guard('transfer_follows_a_decision_on_budget', 'transfer', 'INSERT',
        "NEW.kind = 'budget' AND NOT EXISTS (SELECT 1 FROM account JOIN stage_budget ON stage_budget.challenge_id = "
        'account.challenge_id AND stage_budget.stage_id = account.stage_id JOIN challenge ON challenge.id = '
        'account.challenge_id WHERE account.id = NEW.credit_id AND stage_budget.amount_pence = NEW.amount_pence AND '
        "challenge.state = 'published')",
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('transfer_follows_a_decision_on_commitment', 'transfer', 'INSERT',
        "NEW.kind = 'commitment' AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON milestone.id = "
        'account.milestone_id JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement '
        'ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.credit_id AND stage_agreement.state'
        " = 'active' AND milestone.amount_pence = NEW.amount_pence AND stage_agreement.activated_at = NEW.moved_at)",
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('transfer_follows_a_decision_on_release', 'transfer', 'INSERT',
        "NEW.kind = 'release' AND NOT EXISTS (SELECT 1 FROM release JOIN account ON account.milestone_id = "
        "release.milestone_id WHERE account.id = NEW.credit_id AND release.state = 'approved' AND release.amount_pence = "
        'NEW.amount_pence AND release.approved_by_id = NEW.moved_by_id AND release.approved_at = NEW.moved_at)',
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('transfer_follows_a_decision_on_payment', 'transfer', 'INSERT',
        "NEW.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM release JOIN account ON account.milestone_id = "
        "release.milestone_id WHERE account.id = NEW.credit_id AND release.state = 'paid' AND release.amount_pence = "
        'NEW.amount_pence AND release.paid_by_id = NEW.moved_by_id AND release.paid_at = NEW.moved_at)',
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('transfer_follows_a_decision_on_return', 'transfer', 'INSERT',
        "NEW.kind = 'return' AND NOT EXISTS (SELECT 1 FROM account JOIN milestone ON milestone.id = account.milestone_id "
        'JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON rights_statement.id'
        " = stage_agreement.statement_id WHERE account.id = NEW.debit_id AND milestone.state = 'undelivered' AND "
        'account.balance_pence = NEW.amount_pence)',
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('transfer_follows_a_decision_on_withdrawal', 'transfer', 'INSERT',
        "NEW.kind = 'withdrawal' AND NOT EXISTS (SELECT 1 FROM account JOIN challenge ON challenge.id = "
        "account.challenge_id WHERE account.id = NEW.debit_id AND challenge.state = 'cancelled' AND account.balance_pence"
        ' = NEW.amount_pence)',
        'Money can only move as it was decided. The amount, the person and the time must match the decision.',
    )
    op.create_guard('release_waits_for_the_rights_statement_on_insert', 'release', 'INSERT',
        "NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = "
        'milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE '
        'milestone.id = NEW.milestone_id AND rights_statement.company_accepted_at <= NEW.proposed_at AND '
        'rights_statement.body_accepted_at <= NEW.proposed_at)',
        'No money can be committed, released or paid until both sides have accepted the rights statement.',
    )
    op.create_guard('release_goes_to_a_company_with_a_number_on_insert', 'release', 'INSERT',
        "NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM proposal JOIN organisation ON organisation.id = "
        'proposal.organisation_id WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN '
        'milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND '
        "(organisation.kind = 'company' AND (organisation.identifier_number IS NOT NULL AND "
        "(organisation.number_accepted_by_id IS NOT NULL OR organisation.identifier_scheme IN ('GB-COH', 'GB-SC', "
        "'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI')))))",
        'No money can be released or paid until the company has a checked registration number. Programme staff can check '
        'it and accept it on the company’s page.',
    )
    op.create_guard('release_keeps_to_its_milestone_on_insert', 'release', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        " milestone.state = 'accepted' AND NEW.amount_pence <= milestone.amount_pence AND NEW.vat_pence <= "
        'milestone.vat_pence AND milestone.accepted_at <= NEW.proposed_at)',
        'A release cannot be more than the amount of its accepted milestone.',
    )
    op.create_guard('release_is_kept_apart_from_acceptance_on_insert', 'release', 'INSERT',
        'EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        ' milestone.accepted_by_id IN (NEW.proposed_by_id, COALESCE(NEW.approved_by_id, 0), COALESCE(NEW.refused_by_id, '
        '0), COALESCE(NEW.paid_by_id, 0)))',
        'The person who accepted the evidence cannot propose, approve, refuse or pay the release.',
    )
    op.create_guard('release_waits_for_the_rights_statement_on_update', 'release', 'UPDATE',
        "NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = "
        'milestone.agreement_id JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE '
        'milestone.id = NEW.milestone_id AND rights_statement.company_accepted_at <= NEW.proposed_at AND '
        'rights_statement.body_accepted_at <= NEW.proposed_at)',
        'No money can be committed, released or paid until both sides have accepted the rights statement.',
    )
    op.create_guard('release_goes_to_a_company_with_a_number_on_update', 'release', 'UPDATE',
        "NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM proposal JOIN organisation ON organisation.id = "
        'proposal.organisation_id WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN '
        'milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id) AND '
        "(organisation.kind = 'company' AND (organisation.identifier_number IS NOT NULL AND "
        "(organisation.number_accepted_by_id IS NOT NULL OR organisation.identifier_scheme IN ('GB-COH', 'GB-SC', "
        "'GB-CHC', 'GB-NIC', 'VAT', 'GB-PPON', 'XI-LEI')))))",
        'No money can be released or paid until the company has a checked registration number. Programme staff can check '
        'it and accept it on the company’s page.',
    )
    op.create_guard('release_keeps_to_its_milestone_on_update', 'release', 'UPDATE',
        'NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        " milestone.state = 'accepted' AND NEW.amount_pence <= milestone.amount_pence AND NEW.vat_pence <= "
        'milestone.vat_pence AND milestone.accepted_at <= NEW.proposed_at)',
        'A release cannot be more than the amount of its accepted milestone.',
    )
    op.create_guard('release_is_kept_apart_from_acceptance_on_update', 'release', 'UPDATE',
        'EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        ' milestone.accepted_by_id IN (NEW.proposed_by_id, COALESCE(NEW.approved_by_id, 0), COALESCE(NEW.refused_by_id, '
        '0), COALESCE(NEW.paid_by_id, 0)))',
        'The person who accepted the evidence cannot propose, approve, refuse or pay the release.',
    )
    op.create_guard('release_is_paid_by_another_than_approved_it', 'release', 'UPDATE OF paid_by_id, approved_by_id',
        'NEW.paid_by_id = NEW.approved_by_id AND EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = '
        'proposal.challenge_id JOIN round ON round.id = challenge.round_id WHERE proposal.id = (SELECT '
        'stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id '
        'WHERE milestone.id = NEW.milestone_id) AND round.payer_must_differ)',
        'The person who approved a release cannot mark it as paid.',
    )
    op.create_guard('release_is_proposed_without_conflict', 'release', 'INSERT',
        'EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = NEW.proposed_by_id AND involvement.proposal_id ='
        ' ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = '
        "stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused'))",
        'No one can act on a release if they have a conflict of interest.',
    )
    op.create_guard('release_is_decided_without_conflict', 'release', 'UPDATE',
        '(OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM involvement WHERE '
        'involvement.person_id = NEW.approved_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id '
        'FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = '
        "NEW.milestone_id)) AND involvement.tie IN ('team', 'recused'))) OR (OLD.refused_by_id IS NULL AND "
        'NEW.refused_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = '
        'NEW.refused_by_id AND involvement.proposal_id = ((SELECT stage_agreement.proposal_id FROM stage_agreement JOIN '
        'milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND '
        "involvement.tie IN ('team', 'recused'))) OR (OLD.paid_by_id IS NULL AND NEW.paid_by_id IS NOT NULL AND EXISTS "
        '(SELECT 1 FROM involvement WHERE involvement.person_id = NEW.paid_by_id AND involvement.proposal_id = ((SELECT '
        'stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id '
        "WHERE milestone.id = NEW.milestone_id)) AND involvement.tie IN ('team', 'recused')))",
        'No one can act on a release if they have a conflict of interest.',
    )
    op.create_guard('release_follows_a_look_at_conflicts_on_insert', 'release', 'INSERT',
        '(NOT EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        ' milestone.accepted_by_id = NEW.proposed_by_id) AND EXISTS (SELECT 1 FROM hint WHERE hint.person_id = '
        'NEW.proposed_by_id AND hint.challenge_id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = '
        '(SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = '
        "stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND hint.hint IN ('email', 'sponsor_email', 'member',"
        " 'number', 'name', 'people', 'declared', 'evidence') AND hint.organisation_id = (SELECT proposal.organisation_id"
        ' FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND NOT EXISTS (SELECT 1 '
        'FROM considered_hint WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = '
        'hint.challenge_id AND considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = '
        'hint.through_id AND considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis)))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('release_follows_a_look_at_conflicts_on_update', 'release', 'UPDATE',
        '((NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND NOT EXISTS '
        '(SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN '
        'rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND'
        ' milestone.accepted_by_id = NEW.approved_by_id) AND EXISTS (SELECT 1 FROM hint WHERE hint.person_id = '
        'NEW.approved_by_id AND hint.challenge_id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = '
        '(SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = '
        "stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND hint.hint IN ('email', 'sponsor_email', 'member',"
        " 'number', 'name', 'people', 'declared', 'evidence') AND hint.organisation_id = (SELECT proposal.organisation_id"
        ' FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND NOT EXISTS (SELECT 1 '
        'FROM considered_hint WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = '
        'hint.challenge_id AND considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = '
        'hint.through_id AND considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis))) OR '
        '((NEW.paid_by_id IS NOT NULL AND NEW.paid_by_id IS DISTINCT FROM OLD.paid_by_id) AND NOT EXISTS (SELECT 1 FROM '
        'milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id JOIN rights_statement ON '
        'rights_statement.id = stage_agreement.statement_id WHERE milestone.id = NEW.milestone_id AND '
        'milestone.accepted_by_id = NEW.paid_by_id) AND EXISTS (SELECT 1 FROM hint WHERE hint.person_id = NEW.paid_by_id '
        'AND hint.challenge_id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT '
        'stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id '
        "WHERE milestone.id = NEW.milestone_id)) AND hint.hint IN ('email', 'sponsor_email', 'member', 'number', 'name', "
        "'people', 'declared', 'evidence') AND hint.organisation_id = (SELECT proposal.organisation_id FROM proposal "
        'WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) AND NOT EXISTS (SELECT 1 '
        'FROM considered_hint WHERE considered_hint.person_id = hint.person_id AND considered_hint.challenge_id = '
        'hint.challenge_id AND considered_hint.organisation_id = hint.organisation_id AND considered_hint.through_id = '
        'hint.through_id AND considered_hint.hint = hint.hint AND considered_hint.basis = hint.basis)))',
        'There is a possible conflict of interest. Read what we know about this person, then enter why they can take '
        'part.',
    )
    op.create_guard('release_is_proposed_by_staff', 'release', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = NEW.proposed_by_id AND held_role.role IN '
        "('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.proposed_at AND (held_role.until IS NULL OR "
        "held_role.until > NEW.proposed_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal '
        'WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT '
        'proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement'
        ' JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))',
        'Only programme staff can propose a release.',
    )
    op.create_guard('release_is_approved_by_staff_or_finance', 'release', 'UPDATE',
        '(NEW.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) AND NOT EXISTS '
        "(SELECT 1 FROM held_role WHERE held_role.person_id = NEW.approved_by_id AND held_role.role IN ('staff', "
        "'finance') AND held_role.ended_at IS NULL AND held_role.since <= NEW.approved_at AND (held_role.until IS NULL OR"
        " held_role.until > NEW.approved_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN "
        '(SELECT challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal '
        'WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT '
        'round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT '
        'proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement'
        ' JOIN milestone ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))',
        'Only programme staff or finance can approve or refuse a release.',
    )
    op.create_guard('release_is_refused_by_staff_or_finance', 'release', 'UPDATE',
        '(NEW.refused_by_id IS NOT NULL AND NEW.refused_by_id IS DISTINCT FROM OLD.refused_by_id) AND NOT EXISTS (SELECT '
        "1 FROM held_role WHERE held_role.person_id = NEW.refused_by_id AND held_role.role IN ('staff', 'finance') AND "
        'held_role.ended_at IS NULL AND held_role.since <= NEW.refused_at AND (held_role.until IS NULL OR held_role.until'
        " > NEW.refused_at) AND (held_role.scope_kind = 'programme' OR held_role.scope_reference IN (SELECT "
        'challenge.reference FROM challenge WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE '
        'proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id '
        '= stage_agreement.id WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN '
        'challenge ON challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal '
        'WHERE proposal.id = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON '
        'milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))',
        'Only programme staff or finance can approve or refuse a release.',
    )
    op.create_guard('release_is_paid_by_finance', 'release', 'UPDATE',
        '(NEW.paid_by_id IS NOT NULL AND NEW.paid_by_id IS DISTINCT FROM OLD.paid_by_id) AND NOT EXISTS (SELECT 1 FROM '
        "held_role WHERE held_role.person_id = NEW.paid_by_id AND held_role.role IN ('finance') AND held_role.ended_at IS"
        ' NULL AND held_role.since <= NEW.paid_at AND (held_role.until IS NULL OR held_role.until > NEW.paid_at) AND '
        "(held_role.scope_kind = 'programme' OR held_role.scope_reference IN (SELECT challenge.reference FROM challenge "
        'WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id = (SELECT '
        'stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = stage_agreement.id '
        'WHERE milestone.id = NEW.milestone_id)) UNION ALL SELECT round.reference FROM round JOIN challenge ON '
        'challenge.round_id = round.id WHERE challenge.id = (SELECT proposal.challenge_id FROM proposal WHERE proposal.id'
        ' = (SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone ON milestone.agreement_id = '
        'stage_agreement.id WHERE milestone.id = NEW.milestone_id)))))',
        'Only finance can mark a release as paid.',
    )
    op.create_guard('round_waits_for_its_payments', 'round', 'UPDATE OF state',
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM milestone JOIN stage_agreement ON "
        'stage_agreement.id = milestone.agreement_id JOIN proposal ON proposal.id = stage_agreement.proposal_id JOIN '
        'challenge ON challenge.id = proposal.challenge_id WHERE challenge.round_id = NEW.id AND milestone.state IN '
        "('delivered', 'accepted') AND NOT EXISTS (SELECT 1 FROM release WHERE release.milestone_id = milestone.id AND "
        "release.state = 'paid'))",
        'You cannot close this round yet. At least one milestone has been delivered but not paid.',
    )
    op.create_guard('release_begins_as_declared', 'release', 'INSERT',
        "NEW.state <> 'proposed' OR NEW.approved_at IS NOT NULL OR NEW.approved_by_id IS NOT NULL OR NEW.refused_at IS "
        'NOT NULL OR NEW.refused_by_id IS NOT NULL OR NEW.reason IS NOT NULL OR NEW.paid_at IS NOT NULL OR NEW.paid_by_id'
        ' IS NOT NULL OR NEW.bank_reference IS NOT NULL',
        'A release must be proposed first.',
    )
    op.create_guard('release_moves_as_declared', 'release', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('proposed') AND NEW.state = 'approved') OR (OLD.state IN "
        "('proposed') AND NEW.state = 'refused') OR (OLD.state IN ('approved') AND NEW.state = 'paid'))",
        'A release is proposed, approved and paid in that order.',
    )
    op.create_guard('release_is_fixed', 'release', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.milestone_id, NEW.amount_pence, NEW.vat_pence, NEW.proposed_at, NEW.proposed_by_id, '
        'NEW.currency) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.milestone_id, OLD.amount_pence, OLD.vat_pence, '
        'OLD.proposed_at, OLD.proposed_by_id, OLD.currency) OR ((NEW.approved_at, NEW.approved_by_id) IS DISTINCT FROM '
        "(OLD.approved_at, OLD.approved_by_id) AND NOT (OLD.state IN ('proposed') AND NEW.state = 'approved')) OR "
        '((NEW.refused_at, NEW.refused_by_id, NEW.reason) IS DISTINCT FROM (OLD.refused_at, OLD.refused_by_id, '
        "OLD.reason) AND NOT (OLD.state IN ('proposed') AND NEW.state = 'refused')) OR ((NEW.paid_at, NEW.paid_by_id, "
        'NEW.bank_reference) IS DISTINCT FROM (OLD.paid_at, OLD.paid_by_id, OLD.bank_reference) AND NOT (OLD.state IN '
        "('approved') AND NEW.state = 'paid'))",
        'The amounts of a release, and who decided on it, cannot be changed.',
    )
    op.create_guard('release_never_goes', 'release', 'DELETE',
        '1 = 1',
        'Releases cannot be deleted.',
    )
    op.create_guard('owed_transfer_never_changes', 'owed_transfer', 'UPDATE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('owed_transfer_never_goes', 'owed_transfer', 'DELETE',
        '1 = 1',
        'You can add to this record, but you cannot change or delete it.',
    )
    op.create_guard('transfer_key_says_what_it_moves', 'transfer', 'INSERT',
        "NEW.key <> COALESCE(CASE WHEN NEW.kind = 'budget' THEN (SELECT NEW.kind || ':' || challenge.reference || ':' || "
        'stage.key FROM account JOIN challenge ON challenge.id = account.challenge_id JOIN stage ON stage.id = '
        "account.stage_id WHERE account.id = NEW.credit_id) WHEN NEW.kind = 'withdrawal' THEN (SELECT NEW.kind || ':' || "
        "challenge.reference || ':' || stage.key FROM account JOIN challenge ON challenge.id = account.challenge_id JOIN "
        "stage ON stage.id = account.stage_id WHERE account.id = NEW.debit_id) WHEN NEW.kind = 'return' THEN (SELECT "
        "NEW.kind || ':' || milestone.reference FROM account JOIN milestone ON milestone.id = account.milestone_id WHERE "
        "account.id = NEW.debit_id) ELSE (SELECT NEW.kind || ':' || milestone.reference FROM account JOIN milestone ON "
        "milestone.id = account.milestone_id WHERE account.id = NEW.credit_id) END, '')",
        'The key of a transfer must name its kind and what it is for.',
    )
    op.create_guard('audit_entry_never_changes', 'audit_entry', 'UPDATE',
        '1 = 1',
        'Audit entries can be added, but cannot be changed or deleted.',
    )
    op.create_guard('audit_entry_never_goes', 'audit_entry', 'DELETE',
        '1 = 1',
        'Audit entries can be added, but cannot be changed or deleted.',
    )
    op.create_guard('audit_binding_is_fixed', 'audit_binding', 'UPDATE',
        '(NEW.kind, NEW.number, NEW.sequence, NEW.digest, NEW.columns) IS DISTINCT FROM (OLD.kind, OLD.number, '
        'OLD.sequence, OLD.digest, OLD.columns) OR ((NEW.salt) IS DISTINCT FROM (OLD.salt) AND NOT (NEW.salt IS NULL))',
        'Audit entries can be added, but cannot be changed or deleted.',
    )
    op.create_guard('audit_binding_never_goes', 'audit_binding', 'DELETE',
        '1 = 1',
        'Audit entries can be added, but cannot be changed or deleted.',
    )
    op.create_guard('audit_checkpoint_never_changes', 'audit_checkpoint', 'UPDATE',
        '1 = 1',
        'Checkpoints of the audit log cannot be changed or deleted.',
    )
    op.create_guard('audit_checkpoint_never_goes', 'audit_checkpoint', 'DELETE',
        '1 = 1',
        'Checkpoints of the audit log cannot be changed or deleted.',
    )
    op.create_guard('audit_checkpoint_follows_the_log', 'audit_checkpoint', 'INSERT',
        'NEW.sequence < (SELECT MAX(earlier.sequence) FROM audit_checkpoint AS earlier)',
        'A checkpoint cannot cover less of the audit log than an earlier one.',
    )
    op.create_guard('audit_head_never_goes', 'audit_head', 'DELETE',
        '1 = 1',
        'The record of where the audit log ends cannot be deleted.',
    )
    op.create_guard('audit_head_only_grows', 'audit_head', 'UPDATE',
        'NEW.sequence <= OLD.sequence',
        'The audit log can only grow.',
    )
    op.create_guard('audit_head_edition_follows', 'audit_head', 'UPDATE',
        'NEW.edition < OLD.edition OR NEW.edition > NEW.sequence',
        'The edition of the public pages can only grow, and never beyond the audit log.',
    )
    op.create_guard('audit_head_is_fixed', 'audit_head', 'UPDATE',
        '(NEW.id) IS DISTINCT FROM (OLD.id)',
        'The record of where the audit log ends cannot be deleted.',
    )
    op.create_guard('viewing_is_begun_by_staff', 'viewing', 'INSERT',
        'NEW.ended_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = (SELECT '
        'browser_session.user_id FROM browser_session WHERE browser_session.id = NEW.browser_session_id) AND '
        "held_role.role IN ('staff') AND held_role.ended_at IS NULL AND held_role.since <= NEW.begun_at AND "
        "(held_role.until IS NULL OR held_role.until > NEW.begun_at) AND (held_role.scope_kind = 'programme' OR "
        'held_role.scope_reference IN (SELECT challenge.reference FROM challenge WHERE challenge.id = (NEW.challenge_id) '
        'UNION ALL SELECT round.reference FROM round JOIN challenge ON challenge.round_id = round.id WHERE challenge.id ='
        ' (NEW.challenge_id))))',
        'Only programme staff for a challenge can view it as another role.',
    )
    op.create_guard('viewing_is_begun_in_a_live_session', 'viewing', 'INSERT',
        'NOT EXISTS (SELECT 1 FROM browser_session WHERE browser_session.id = NEW.browser_session_id AND '
        'browser_session.ended_at IS NULL)',
        'This browser is no longer signed in. Sign in again.',
    )
    op.create_guard('viewing_is_fixed', 'viewing', 'UPDATE',
        '(NEW.id, NEW.browser_session_id, NEW.challenge_id, NEW.role, NEW.begun_at) IS DISTINCT FROM (OLD.id, '
        'OLD.browser_session_id, OLD.challenge_id, OLD.role, OLD.begun_at) OR ((NEW.ended_at) IS DISTINCT FROM '
        '(OLD.ended_at) AND NOT (OLD.ended_at IS NULL))',
        'Who viewed a challenge as which role, and when, cannot be changed.',
    )
    op.create_guard('erasure_waits_for_holds', 'erasure', 'INSERT',
        'EXISTS (SELECT 1 FROM hold WHERE hold.lifted_at IS NULL AND hold.ends_at > NEW.erased_at AND (hold.person_id = '
        'NEW.person_id OR EXISTS (SELECT 1 FROM acting_for WHERE acting_for.organisation_id = hold.organisation_id AND '
        'acting_for.until IS NULL AND acting_for.person_id = NEW.person_id) OR EXISTS (SELECT 1 FROM proposal WHERE '
        'proposal.organisation_id = hold.organisation_id AND proposal.started_by_id = NEW.person_id) OR EXISTS (SELECT 1 '
        'FROM submission JOIN proposal ON proposal.id = submission.proposal_id WHERE proposal.organisation_id = '
        'hold.organisation_id AND submission.submitted_by_id = NEW.person_id)))',
        'There is a hold on this data. You cannot erase it until the hold ends.',
    )
    op.create_guard('erasure_on_request_waits_its_time', 'erasure', 'INSERT',
        "NEW.ground = 'request' AND NOT EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.person_id = "
        "NEW.person_id AND erasure_request.state = 'asked' AND erasure_request.due_at <= NEW.erased_at)",
        'The person can still withdraw the request. Wait until the waiting period ends.',
    )
    op.create_guard('erasure_waits_for_the_work_of_the_last_owner', 'erasure', 'INSERT',
        'EXISTS (SELECT 1 FROM acting_for JOIN organisation ON organisation.id = acting_for.organisation_id WHERE '
        "acting_for.person_id = NEW.person_id AND acting_for.until IS NULL AND acting_for.role = 'owner' AND NOT EXISTS "
        '(SELECT 1 FROM acting_for AS other WHERE other.organisation_id = acting_for.organisation_id AND other.until IS '
        "NULL AND other.role = 'owner' AND other.person_id <> acting_for.person_id) AND (organisation.kind = "
        "'public_body' OR EXISTS (SELECT 1 FROM acting_for AS other WHERE other.organisation_id = "
        'acting_for.organisation_id AND other.until IS NULL AND other.person_id <> acting_for.person_id) OR EXISTS '
        '(SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = '
        "challenge.round_id WHERE proposal.organisation_id = acting_for.organisation_id AND proposal.state = 'submitted' "
        'AND (EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.proposal_id = proposal.id AND '
        "stage_agreement.state IN ('draft', 'offered', 'active')) OR (challenge.state <> 'cancelled' AND round.state <> "
        "'finished' AND NOT EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id WHERE "
        "outcome.proposal_id = proposal.id AND NOT outcome.goes_on AND decision.state = 'released') AND NOT EXISTS "
        '(SELECT 1 FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id WHERE '
        'stage_agreement.proposal_id = proposal.id AND stage_agreement.ended_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM'
        ' stage AS later WHERE later.round_id = stage.round_id AND later.position > stage.position)))))))',
        'You cannot erase the only owner while other people, a proposal or an agreement need one. Another owner must join'
        ' first.',
    )
    op.create_guard('person_is_erased_on_the_record', 'person', 'UPDATE',
        "NEW.email = 'erased-' || lower(NEW.reference) || '@invalid' AND NOT EXISTS (SELECT 1 FROM erasure WHERE "
        'erasure.person_id = OLD.id)',
        'You cannot erase a person without recording the erasure.',
    )
    op.create_guard('person_stays_erased', 'person', 'UPDATE',
        "EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.id) AND (NEW.name <> 'Erased person' OR NEW.sort_key"
        " <> 'erased person' OR NEW.email <> 'erased-' || lower(NEW.reference) || '@invalid' OR NEW.fs_uniquifier <> "
        "'erased-' || lower(NEW.reference) || '@invalid' OR NEW.active OR NEW.password IS NOT NULL OR NEW.confirmed_at IS"
        ' NOT NULL OR NEW.tf_primary_method IS NOT NULL OR NEW.tf_totp_secret IS NOT NULL OR NEW.tf_last_counter IS NOT '
        'NULL OR NEW.mf_recovery_codes IS NOT NULL)',
        'You cannot restore someone who has been erased, or give them a name, address or password again.',
    )
    op.create_guard('membership_is_not_for_the_erased', 'membership', 'INSERT',
        'EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        'Someone who has been erased cannot sign in, hold a role or act for an organisation.',
    )
    op.create_guard('browser_session_is_not_for_the_erased', 'browser_session', 'INSERT',
        'EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        'Someone who has been erased cannot sign in, hold a role or act for an organisation.',
    )
    op.create_guard('role_grant_is_not_for_the_erased', 'role_grant', 'INSERT',
        'EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)',
        'Someone who has been erased cannot sign in, hold a role or act for an organisation.',
    )
    op.create_guard('role_grant_is_not_approved_for_the_erased', 'role_grant', 'UPDATE OF state',
        "NEW.state = 'granted' AND EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.user_id)",
        'Someone who has been erased cannot sign in, hold a role or act for an organisation.',
    )
    op.create_guard('proposal_goes_only_as_a_draft_without_a_team', 'proposal', 'DELETE',
        "OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = OLD.id) OR EXISTS "
        '(SELECT 1 FROM acting_for WHERE acting_for.organisation_id = OLD.organisation_id AND acting_for.until IS NULL) '
        'OR EXISTS (SELECT 1 FROM hold WHERE hold.organisation_id = OLD.organisation_id AND hold.lifted_at IS NULL AND '
        'hold.ends_at > (SELECT MAX(erasure.erased_at) FROM erasure))',
        'You can delete only a draft that was never submitted, when no one is left in its team and there is no hold.',
    )
    op.create_guard('erasure_request_is_done_by_an_erasure', 'erasure_request', 'UPDATE',
        "NEW.state = 'done' AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = NEW.person_id)",
        'Erase the person before you mark the erasure request as done.',
    )
    op.create_guard('problem_report_is_dealt_with_before_it_goes', 'problem_report', 'DELETE',
        "OLD.state <> 'dealt_with'",
        'Deal with the report before you delete it.',
    )
    op.create_guard('hold_is_fixed', 'hold', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.person_id, NEW.organisation_id, NEW.reason, NEW.placed_at, NEW.placed_by_id, '
        'NEW.ends_at) IS DISTINCT FROM (OLD.id, OLD.reference, OLD.person_id, OLD.organisation_id, OLD.reason, '
        'OLD.placed_at, OLD.placed_by_id, OLD.ends_at) OR ((NEW.lifted_at, NEW.lifted_by_id) IS DISTINCT FROM '
        '(OLD.lifted_at, OLD.lifted_by_id) AND NOT (OLD.lifted_at IS NULL))',
        'A hold cannot be changed. It can be lifted, once.',
    )
    op.create_guard('hold_never_goes', 'hold', 'DELETE',
        '1 = 1',
        'You cannot delete a hold.',
    )
    op.create_guard('erasure_request_begins_as_declared', 'erasure_request', 'INSERT',
        "NEW.state <> 'asked' OR NEW.answered_at IS NOT NULL",
        'A request for erasure is made before it is answered.',
    )
    op.create_guard('erasure_request_moves_as_declared', 'erasure_request', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('asked') AND NEW.state = 'taken_back') OR (OLD.state IN ('asked')"
        " AND NEW.state = 'done'))",
        'A request for erasure is answered once.',
    )
    op.create_guard('erasure_request_is_fixed', 'erasure_request', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.person_id, NEW.asked_at, NEW.due_at) IS DISTINCT FROM (OLD.id, OLD.reference, '
        'OLD.person_id, OLD.asked_at, OLD.due_at) OR ((NEW.answered_at) IS DISTINCT FROM (OLD.answered_at) AND NOT '
        "(OLD.state IN ('asked') AND NEW.state = 'taken_back' OR OLD.state IN ('asked') AND NEW.state = 'done'))",
        'A request for erasure cannot be changed.',
    )
    op.create_guard('erasure_request_never_goes', 'erasure_request', 'DELETE',
        '1 = 1',
        'You cannot delete an erasure request.',
    )
    op.create_guard('problem_report_moves_as_declared', 'problem_report', 'UPDATE OF state',
        "NEW.state <> OLD.state AND NOT ((OLD.state IN ('reported') AND NEW.state = 'dealt_with'))",
        'A report is dealt with once.',
    )
    op.create_guard('problem_report_is_fixed', 'problem_report', 'UPDATE',
        '(NEW.id, NEW.reference, NEW.words, NEW.page, NEW.reported_at) IS DISTINCT FROM (OLD.id, OLD.reference, '
        'OLD.words, OLD.page, OLD.reported_at) OR ((NEW.email) IS DISTINCT FROM (OLD.email) AND NOT (NEW.email IS NULL)) '
        'OR ((NEW.reporter_id) IS DISTINCT FROM (OLD.reporter_id) AND NOT (NEW.reporter_id IS NULL)) OR '
        '((NEW.dealt_with_at, NEW.dealt_with_by_id) IS DISTINCT FROM (OLD.dealt_with_at, OLD.dealt_with_by_id) AND NOT '
        "(OLD.state IN ('reported') AND NEW.state = 'dealt_with'))",
        'A report cannot be changed.',
    )
    op.create_guard('erasure_never_changes', 'erasure', 'UPDATE',
        '1 = 1',
        'You cannot change or undo an erasure.',
    )
    op.create_guard('erasure_never_goes', 'erasure', 'DELETE',
        '1 = 1',
        'You cannot change or undo an erasure.',
    )
    op.create_consequence('challenge_keeps_its_rounds_on_insert', 'challenge', 'INSERT',
        '1 = 1',
        'INSERT INTO challenge_round (challenge_id, round_id) VALUES (NEW.id, NEW.round_id)',
    )
    op.create_consequence('challenge_keeps_its_rounds_on_update', 'challenge', 'UPDATE',
        'NEW.round_id <> OLD.round_id',
        'INSERT INTO challenge_round (challenge_id, round_id) VALUES (NEW.id, NEW.round_id)',
    )
    op.create_consequence('challenge_published_owes_its_budget', 'challenge', 'UPDATE',
        "NEW.state = 'published' AND OLD.state <> 'published'",
        "INSERT INTO owed_transfer (key) SELECT 'budget:' || NEW.reference || ':' || stage.key FROM stage_budget JOIN "
        'stage ON stage.id = stage_budget.stage_id WHERE stage_budget.challenge_id = NEW.id AND stage_budget.amount_pence'
        ' > 0',
    )
    op.create_consequence('stage_agreement_active_owes_its_commitment', 'stage_agreement', 'UPDATE',
        "NEW.state = 'active' AND OLD.state <> 'active'",
        "INSERT INTO owed_transfer (key) SELECT 'commitment:' || milestone.reference FROM milestone WHERE "
        'milestone.agreement_id = NEW.id',
    )
    op.create_consequence('release_approved_owes_its_release', 'release', 'UPDATE',
        "NEW.state = 'approved' AND OLD.state <> 'approved'",
        "INSERT INTO owed_transfer (key) SELECT 'release:' || milestone.reference FROM milestone WHERE milestone.id = "
        'NEW.milestone_id',
    )
    op.create_consequence('release_paid_owes_its_payment', 'release', 'UPDATE',
        "NEW.state = 'paid' AND OLD.state <> 'paid'",
        "INSERT INTO owed_transfer (key) SELECT 'payment:' || milestone.reference FROM milestone WHERE milestone.id = "
        'NEW.milestone_id',
    )
    op.create_consequence('milestone_undelivered_owes_its_return', 'milestone', 'UPDATE',
        "NEW.state = 'undelivered' AND OLD.state <> 'undelivered'",
        "INSERT INTO owed_transfer (key) SELECT 'return:' || NEW.reference",
    )
    op.create_consequence('challenge_cancelled_owes_its_withdrawal', 'challenge', 'UPDATE',
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled'",
        "INSERT INTO owed_transfer (key) SELECT 'withdrawal:' || NEW.reference || ':' || stage.key FROM account JOIN "
        "stage ON stage.id = account.stage_id WHERE account.challenge_id = NEW.id AND account.kind = 'budget' AND "
        'account.balance_pence > 0',
    )
    op.create_consequence('transfer_moves_its_debit', 'transfer', 'INSERT',
        '1 = 1',
        'UPDATE account SET balance_pence = balance_pence - NEW.amount_pence WHERE account.id = NEW.debit_id',
    )
    op.create_consequence('transfer_moves_its_credit', 'transfer', 'INSERT',
        '1 = 1',
        'UPDATE account SET balance_pence = balance_pence + NEW.amount_pence WHERE account.id = NEW.credit_id',
    )
    op.create_guard('account_says_something_on_insert', 'account', 'INSERT',
        "(ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND "
        "trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('account_says_something_on_update', 'account', 'UPDATE OF currency',
        "(ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND "
        "trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('address_change_says_something_on_insert', 'address_change', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address_before, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address_before AND "
        "trim(NEW.address_before, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address AND trim(NEW.address, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('address_change_says_something_on_update', 'address_change', 'UPDATE OF reference, address_before, address',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address_before, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address_before AND "
        "trim(NEW.address_before, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address AND trim(NEW.address, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('assignment_says_something_on_insert', 'assignment', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.conflict, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.conflict AND trim(NEW.conflict, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('assignment_says_something_on_update', 'assignment', 'UPDATE OF reference, conflict',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.conflict, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.conflict AND trim(NEW.conflict, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_binding_says_something_on_insert', 'audit_binding', 'INSERT',
        "(ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND "
        "trim(NEW.digest, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.salt, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.salt AND trim(NEW.salt, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_binding_says_something_on_update', 'audit_binding', 'UPDATE OF digest, salt',
        "(ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND "
        "trim(NEW.digest, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.salt, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.salt AND trim(NEW.salt, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_checkpoint_says_something_on_insert', 'audit_checkpoint', 'INSERT',
        "(ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.hash AND trim(NEW.hash,"
        " (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, (SELECT signs FROM"
        " unseen)) = '') OR (ltrim(NEW.public_key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.public_key AND trim(NEW.public_key, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.signature, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.signature AND trim(NEW.signature, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_checkpoint_says_something_on_update', 'audit_checkpoint', 'UPDATE OF hash, key, public_key, signature',
        "(ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.hash AND trim(NEW.hash,"
        " (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, (SELECT signs FROM"
        " unseen)) = '') OR (ltrim(NEW.public_key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.public_key AND trim(NEW.public_key, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.signature, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.signature AND trim(NEW.signature, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_entry_says_something_on_insert', 'audit_entry', 'INSERT',
        "(ltrim(NEW.event, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.event AND "
        "trim(NEW.event, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.subject_kind, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject_kind AND trim(NEW.subject_kind, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.actor, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
        " = NEW.actor AND trim(NEW.actor, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.request, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.request AND trim(NEW.request, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.records, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.records AND trim(NEW.records, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.previous, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.previous AND trim(NEW.previous, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.hash AND trim(NEW.hash, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_entry_says_something_on_update', 'audit_entry', 'UPDATE OF event, subject_kind, subject, actor, request, records, previous, hash',
        "(ltrim(NEW.event, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.event AND "
        "trim(NEW.event, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.subject_kind, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject_kind AND trim(NEW.subject_kind, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.actor, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
        " = NEW.actor AND trim(NEW.actor, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.request, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.request AND trim(NEW.request, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.records, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.records AND trim(NEW.records, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.previous, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.previous AND trim(NEW.previous, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.hash AND trim(NEW.hash, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_head_says_something_on_insert', 'audit_head', 'INSERT',
        "(ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.hash AND trim(NEW.hash,"
        " (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('audit_head_says_something_on_update', 'audit_head', 'UPDATE OF hash',
        "(ltrim(NEW.hash, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.hash AND trim(NEW.hash,"
        " (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('background_item_says_something_on_insert', 'background_item', 'INSERT',
        "(ltrim(NEW.title, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND "
        "trim(NEW.title, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.owner, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.owner AND trim(NEW.owner, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('background_item_says_something_on_update', 'background_item', 'UPDATE OF title, owner',
        "(ltrim(NEW.title, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND "
        "trim(NEW.title, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.owner, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.owner AND trim(NEW.owner, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('browser_session_says_something_on_insert', 'browser_session', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND trim(NEW.digest, (SELECT "
        "signs FROM unseen)) = '') OR (NEW.browser <> '' AND (ltrim(NEW.browser, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.browser AND trim(NEW.browser, (SELECT "
        "signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('browser_session_says_something_on_update', 'browser_session', 'UPDATE OF reference, digest, browser',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND trim(NEW.digest, (SELECT "
        "signs FROM unseen)) = '') OR (NEW.browser <> '' AND (ltrim(NEW.browser, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.browser AND trim(NEW.browser, (SELECT "
        "signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('challenge_says_something_on_insert', 'challenge', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.slug, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.slug AND trim(NEW.slug, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.question, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.question AND trim(NEW.question, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.summary AND trim(NEW.summary, (SELECT "
        "signs FROM unseen)) = '') OR (NEW.need <> '' AND (ltrim(NEW.need, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.need AND trim(NEW.need, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.outcomes <> '' AND (ltrim(NEW.outcomes, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.outcomes AND trim(NEW.outcomes, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.constraints <> '' AND (ltrim(NEW.constraints, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.constraints AND trim(NEW.constraints, "
        "(SELECT signs FROM unseen)) = '')) OR (NEW.adoption <> '' AND (ltrim(NEW.adoption, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.adoption AND trim(NEW.adoption, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.text_digest <> '' AND (ltrim(NEW.text_digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text_digest AND trim(NEW.text_digest, "
        "(SELECT signs FROM unseen)) = '')) OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('challenge_says_something_on_update', 'challenge', 'UPDATE OF reference, slug, question, summary, need, outcomes, constraints, adoption, text_digest, message',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.slug, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.slug AND trim(NEW.slug, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.question, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.question AND trim(NEW.question, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.summary AND trim(NEW.summary, (SELECT "
        "signs FROM unseen)) = '') OR (NEW.need <> '' AND (ltrim(NEW.need, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.need AND trim(NEW.need, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.outcomes <> '' AND (ltrim(NEW.outcomes, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.outcomes AND trim(NEW.outcomes, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.constraints <> '' AND (ltrim(NEW.constraints, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.constraints AND trim(NEW.constraints, "
        "(SELECT signs FROM unseen)) = '')) OR (NEW.adoption <> '' AND (ltrim(NEW.adoption, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.adoption AND trim(NEW.adoption, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.text_digest <> '' AND (ltrim(NEW.text_digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text_digest AND trim(NEW.text_digest, "
        "(SELECT signs FROM unseen)) = '')) OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('considered_hint_says_something_on_insert', 'considered_hint', 'INSERT',
        "(ltrim(NEW.basis, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.basis AND "
        "trim(NEW.basis, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('considered_hint_says_something_on_update', 'considered_hint', 'UPDATE OF basis, reason',
        "(ltrim(NEW.basis, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.basis AND "
        "trim(NEW.basis, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('criterion_says_something_on_insert', 'criterion', 'INSERT',
        "(ltrim(NEW.name, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name,"
        " (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.description, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.description AND trim(NEW.description, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('criterion_says_something_on_update', 'criterion', 'UPDATE OF name, description',
        "(ltrim(NEW.name, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name,"
        " (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.description, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.description AND trim(NEW.description, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('decision_says_something_on_insert', 'decision', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.departure, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.departure AND trim(NEW.departure, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('decision_says_something_on_update', 'decision', 'UPDATE OF reference, reason, departure, message',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.departure, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.departure AND trim(NEW.departure, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('deliverable_says_something_on_insert', 'deliverable', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.evidence, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.evidence AND trim(NEW.evidence, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.link, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.link AND trim(NEW.link, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('deliverable_says_something_on_update', 'deliverable', 'UPDATE OF reference, evidence, link, reason',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.evidence, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.evidence AND trim(NEW.evidence, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.link, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.link AND trim(NEW.link, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('erasure_request_says_something_on_insert', 'erasure_request', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('erasure_request_says_something_on_update', 'erasure_request', 'UPDATE OF reference',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('external_identity_says_something_on_insert', 'external_identity', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.issuer, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.issuer AND trim(NEW.issuer, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('external_identity_says_something_on_update', 'external_identity', 'UPDATE OF reference, issuer, subject',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.issuer, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.issuer AND trim(NEW.issuer, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('hold_says_something_on_insert', 'hold', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('hold_says_something_on_update', 'hold', 'UPDATE OF reference, reason',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('invitation_says_something_on_insert', 'invitation', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.email, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.email AND trim(NEW.email, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.confirmed_because, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.confirmed_because AND "
        "trim(NEW.confirmed_because, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('invitation_says_something_on_update', 'invitation', 'UPDATE OF reference, email, confirmed_because',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.email, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.email AND trim(NEW.email, (SELECT signs "
        "FROM unseen)) = '') OR (NEW.confirmed_because <> '' AND (ltrim(NEW.confirmed_because, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.confirmed_because AND "
        "trim(NEW.confirmed_because, (SELECT signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('join_request_says_something_on_insert', 'join_request', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.domain, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.domain AND trim(NEW.domain, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('join_request_says_something_on_update', 'join_request', 'UPDATE OF reference, domain',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.domain, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.domain AND trim(NEW.domain, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('milestone_says_something_on_insert', 'milestone', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND trim(NEW.title, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.success_criteria, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.success_criteria AND "
        "trim(NEW.success_criteria, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('milestone_says_something_on_update', 'milestone', 'UPDATE OF reference, title, success_criteria, currency',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND trim(NEW.title, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.success_criteria, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.success_criteria AND "
        "trim(NEW.success_criteria, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('opening_says_something_on_insert', 'opening', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('opening_says_something_on_update', 'opening', 'UPDATE OF reference',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('organisation_says_something_on_insert', 'organisation', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.legal_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_name AND trim(NEW.legal_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.trading_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_name AND trim(NEW.trading_name, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.name_key <> '' AND (ltrim(NEW.name_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name_key AND trim(NEW.name_key, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.sort_key <> '' AND (ltrim(NEW.sort_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.sort_key AND trim(NEW.sort_key, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.trading_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_key AND trim(NEW.trading_key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.about <> '' AND (ltrim(NEW.about, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.about AND trim(NEW.about, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.identifier_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.identifier_number AND "
        "trim(NEW.identifier_number, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.number_accepted_because, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.number_accepted_because AND "
        "trim(NEW.number_accepted_because, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('organisation_says_something_on_update', 'organisation', 'UPDATE OF reference, legal_name, trading_name, name_key, sort_key, trading_key, about, identifier_number, number_accepted_because',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.legal_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_name AND trim(NEW.legal_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.trading_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_name AND trim(NEW.trading_name, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.name_key <> '' AND (ltrim(NEW.name_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name_key AND trim(NEW.name_key, (SELECT "
        "signs FROM unseen)) = '')) OR (NEW.sort_key <> '' AND (ltrim(NEW.sort_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.sort_key AND trim(NEW.sort_key, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.trading_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_key AND trim(NEW.trading_key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.about <> '' AND (ltrim(NEW.about, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.about AND trim(NEW.about, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.identifier_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.identifier_number AND "
        "trim(NEW.identifier_number, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.number_accepted_because, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.number_accepted_because AND "
        "trim(NEW.number_accepted_because, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('organisation_name_says_something_on_insert', 'organisation_name', 'INSERT',
        "(ltrim(NEW.legal_name, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_name AND "
        "trim(NEW.legal_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.trading_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_name AND trim(NEW.trading_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.identifier_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.identifier_number AND "
        "trim(NEW.identifier_number, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('organisation_name_says_something_on_update', 'organisation_name', 'UPDATE OF legal_name, trading_name, identifier_number',
        "(ltrim(NEW.legal_name, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_name AND "
        "trim(NEW.legal_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.trading_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.trading_name AND trim(NEW.trading_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.identifier_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.identifier_number AND "
        "trim(NEW.identifier_number, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('outbox_message_says_something_on_insert', 'outbox_message', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.message_id, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message_id AND trim(NEW.message_id, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address AND trim(NEW.address, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.template, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.template AND trim(NEW.template, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.body, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.body AND trim(NEW.body, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.failure, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.failure AND trim(NEW.failure, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('outbox_message_says_something_on_update', 'outbox_message', 'UPDATE OF reference, message_id, address, template, subject, body, failure',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.message_id, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message_id AND trim(NEW.message_id, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.address, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.address AND trim(NEW.address, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.template, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.template AND trim(NEW.template, (SELECT "
        "signs FROM unseen)) = '') OR (NEW.subject <> '' AND (ltrim(NEW.subject, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.subject AND trim(NEW.subject, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.body, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
        " = NEW.body AND trim(NEW.body, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.failure, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.failure AND trim(NEW.failure, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('outcome_says_something_on_insert', 'outcome', 'INSERT',
        "(ltrim(NEW.feedback, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.feedback AND "
        "trim(NEW.feedback, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('outcome_says_something_on_update', 'outcome', 'UPDATE OF feedback',
        "(ltrim(NEW.feedback, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.feedback AND "
        "trim(NEW.feedback, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('panel_says_something_on_insert', 'panel', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('panel_says_something_on_update', 'panel', 'UPDATE OF reference',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('passkey_says_something_on_insert', 'passkey', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('passkey_says_something_on_update', 'passkey', 'UPDATE OF reference, name',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('pathway_says_something_on_insert', 'pathway', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.description, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
        " = NEW.description AND trim(NEW.description, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.legal_basis, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_basis AND trim(NEW.legal_basis, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('pathway_says_something_on_update', 'pathway', 'UPDATE OF key, name, description, legal_basis',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.description, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')"
        " = NEW.description AND trim(NEW.description, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.legal_basis, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.legal_basis AND trim(NEW.legal_basis, "
        "(SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('person_says_something_on_insert', 'person', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (NEW.name <> '' AND (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.sort_key <> '' AND (ltrim(NEW.sort_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.sort_key AND trim(NEW.sort_key, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.email, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.email AND trim(NEW.email, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.password, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.password AND trim(NEW.password, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.fs_uniquifier, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.fs_uniquifier AND "
        "trim(NEW.fs_uniquifier, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.tf_primary_method, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.tf_primary_method AND "
        "trim(NEW.tf_primary_method, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.tf_totp_secret, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.tf_totp_secret AND "
        "trim(NEW.tf_totp_secret, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('person_says_something_on_update', 'person', 'UPDATE OF reference, name, sort_key, email, password, fs_uniquifier, tf_primary_method, tf_totp_secret',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (NEW.name <> '' AND (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.sort_key <> '' AND (ltrim(NEW.sort_key, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.sort_key AND trim(NEW.sort_key, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.email, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.email AND trim(NEW.email, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.password, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.password AND trim(NEW.password, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.fs_uniquifier, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.fs_uniquifier AND "
        "trim(NEW.fs_uniquifier, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.tf_primary_method, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.tf_primary_method AND "
        "trim(NEW.tf_primary_method, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.tf_totp_secret, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.tf_totp_secret AND "
        "trim(NEW.tf_totp_secret, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('problem_report_says_something_on_insert', 'problem_report', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.words, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.words AND trim(NEW.words, (SELECT signs "
        "FROM unseen)) = '') OR (NEW.page <> '' AND (ltrim(NEW.page, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.page AND trim(NEW.page, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.email, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.email AND trim(NEW.email, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('problem_report_says_something_on_update', 'problem_report', 'UPDATE OF reference, words, page, email',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.words, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.words AND trim(NEW.words, (SELECT signs "
        "FROM unseen)) = '') OR (NEW.page <> '' AND (ltrim(NEW.page, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.page AND trim(NEW.page, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.email, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.email AND trim(NEW.email, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('proposal_says_something_on_insert', 'proposal', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND trim(NEW.title, (SELECT signs "
        "FROM unseen)) = '') OR (NEW.summary <> '' AND (ltrim(NEW.summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.summary AND trim(NEW.summary, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.draft_title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.draft_title AND trim(NEW.draft_title, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.draft_summary <> '' AND (ltrim(NEW.draft_summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.draft_summary AND "
        "trim(NEW.draft_summary, (SELECT signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('proposal_says_something_on_update', 'proposal', 'UPDATE OF reference, title, summary, draft_title, draft_summary',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.title AND trim(NEW.title, (SELECT signs "
        "FROM unseen)) = '') OR (NEW.summary <> '' AND (ltrim(NEW.summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.summary AND trim(NEW.summary, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.draft_title, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.draft_title AND trim(NEW.draft_title, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.draft_summary <> '' AND (ltrim(NEW.draft_summary, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.draft_summary AND "
        "trim(NEW.draft_summary, (SELECT signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('question_says_something_on_insert', 'question', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.text, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text AND trim(NEW.text, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.answer, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.answer AND trim(NEW.answer, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('question_says_something_on_update', 'question', 'UPDATE OF reference, text, answer',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.text, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text AND trim(NEW.text, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.answer, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.answer AND trim(NEW.answer, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('release_says_something_on_insert', 'release', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.bank_reference, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.bank_reference AND "
        "trim(NEW.bank_reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('release_says_something_on_update', 'release', 'UPDATE OF reference, reason, bank_reference, currency',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.bank_reference, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.bank_reference AND "
        "trim(NEW.bank_reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('rights_check_says_something_on_insert', 'rights_check', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.text_digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text_digest AND trim(NEW.text_digest, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.what <> '' AND (ltrim(NEW.what, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.what AND trim(NEW.what, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.to_whom <> '' AND (ltrim(NEW.to_whom, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.to_whom AND trim(NEW.to_whom, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('rights_check_says_something_on_update', 'rights_check', 'UPDATE OF reference, text_digest, what, to_whom, reason, message',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.text_digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.text_digest AND trim(NEW.text_digest, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.what <> '' AND (ltrim(NEW.what, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.what AND trim(NEW.what, (SELECT signs "
        "FROM unseen)) = '')) OR (NEW.to_whom <> '' AND (ltrim(NEW.to_whom, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.to_whom AND trim(NEW.to_whom, (SELECT "
        "signs FROM unseen)) = '')) OR (ltrim(NEW.reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND trim(NEW.reason, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('rights_statement_says_something_on_insert', 'rights_statement', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_name AND trim(NEW.company_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_number AND "
        "trim(NEW.company_number, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.public_body_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.public_body_name AND "
        "trim(NEW.public_body_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.foreground_owner, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.foreground_owner AND "
        "trim(NEW.foreground_owner, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_scope, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_scope AND "
        "trim(NEW.licence_scope, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_field, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_field AND "
        "trim(NEW.licence_field, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_territory, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_territory AND "
        "trim(NEW.licence_territory, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_term, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_term AND trim(NEW.licence_term, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_exclusive, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_exclusive AND "
        "trim(NEW.licence_exclusive, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_royalty, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_royalty AND "
        "trim(NEW.licence_royalty, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_sublicence, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_sublicence AND "
        "trim(NEW.licence_sublicence, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.public_stake, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.public_stake AND trim(NEW.public_stake, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.options, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.options AND trim(NEW.options, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.convertibles, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.convertibles AND trim(NEW.convertibles, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.loans, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.loans AND trim(NEW.loans, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.royalty_share, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.royalty_share AND "
        "trim(NEW.royalty_share, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.board_seat, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.board_seat AND trim(NEW.board_seat, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_accepted_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_accepted_name AND "
        "trim(NEW.company_accepted_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_accepted_terms, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_accepted_terms AND "
        "trim(NEW.company_accepted_terms, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.body_accepted_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body_accepted_name AND "
        "trim(NEW.body_accepted_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.body_accepted_terms, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body_accepted_terms AND "
        "trim(NEW.body_accepted_terms, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND trim(NEW.digest, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('rights_statement_says_something_on_update', 'rights_statement', 'UPDATE OF reference, company_name, company_number, public_body_name, foreground_owner, licence_scope, licence_field, licence_territory, licence_term, licence_exclusive, licence_royalty, licence_sublicence, public_stake, options, convertibles, loans, royalty_share, board_seat, company_accepted_name, company_accepted_terms, body_accepted_name, body_accepted_terms, digest',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_name AND trim(NEW.company_name, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_number AND "
        "trim(NEW.company_number, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.public_body_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.public_body_name AND "
        "trim(NEW.public_body_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.foreground_owner, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.foreground_owner AND "
        "trim(NEW.foreground_owner, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_scope, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_scope AND "
        "trim(NEW.licence_scope, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_field, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_field AND "
        "trim(NEW.licence_field, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_territory, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_territory AND "
        "trim(NEW.licence_territory, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_term, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_term AND trim(NEW.licence_term, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_exclusive, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_exclusive AND "
        "trim(NEW.licence_exclusive, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_royalty, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_royalty AND "
        "trim(NEW.licence_royalty, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.licence_sublicence, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.licence_sublicence AND "
        "trim(NEW.licence_sublicence, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.public_stake, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.public_stake AND trim(NEW.public_stake, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.options, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.options AND trim(NEW.options, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.convertibles, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.convertibles AND trim(NEW.convertibles, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.loans, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.loans AND trim(NEW.loans, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.royalty_share, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.royalty_share AND "
        "trim(NEW.royalty_share, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.board_seat, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.board_seat AND trim(NEW.board_seat, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_accepted_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_accepted_name AND "
        "trim(NEW.company_accepted_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.company_accepted_terms, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.company_accepted_terms AND "
        "trim(NEW.company_accepted_terms, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.body_accepted_name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body_accepted_name AND "
        "trim(NEW.body_accepted_name, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.body_accepted_terms, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body_accepted_terms AND "
        "trim(NEW.body_accepted_terms, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.digest, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND trim(NEW.digest, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('role_grant_says_something_on_insert', 'role_grant', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (NEW.scope_reference <> '' AND "
        "(ltrim(NEW.scope_reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.scope_reference AND trim(NEW.scope_reference, (SELECT signs FROM unseen)) = '')) OR (NEW.reason <> '' AND "
        "(ltrim(NEW.reason, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND "
        "trim(NEW.reason, (SELECT signs FROM unseen)) = '')) OR (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('role_grant_says_something_on_update', 'role_grant', 'UPDATE OF reference, scope_reference, reason, message',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (NEW.scope_reference <> '' AND "
        "(ltrim(NEW.scope_reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.scope_reference AND trim(NEW.scope_reference, (SELECT signs FROM unseen)) = '')) OR (NEW.reason <> '' AND "
        "(ltrim(NEW.reason, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reason AND "
        "trim(NEW.reason, (SELECT signs FROM unseen)) = '')) OR (NEW.message <> '' AND (ltrim(NEW.message, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND trim(NEW.message, (SELECT "
        "signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('round_says_something_on_insert', 'round', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.currency AND trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('round_says_something_on_update', 'round', 'UPDATE OF reference, name, currency',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.currency AND trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('score_says_something_on_insert', 'score', 'INSERT',
        "(NEW.reason <> '' AND (ltrim(NEW.reason, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.reason AND trim(NEW.reason, (SELECT signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('score_says_something_on_update', 'score', 'UPDATE OF reason',
        "(NEW.reason <> '' AND (ltrim(NEW.reason, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.reason AND trim(NEW.reason, (SELECT signs FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('section_says_something_on_insert', 'section', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.body <> '' AND (ltrim(NEW.body, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body AND trim(NEW.body, (SELECT signs "
        "FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('section_says_something_on_update', 'section', 'UPDATE OF key, body',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.body <> '' AND (ltrim(NEW.body, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.body AND trim(NEW.body, (SELECT signs "
        "FROM unseen)) = ''))",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('sent_back_says_something_on_insert', 'sent_back', 'INSERT',
        "(ltrim(NEW.message, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND "
        "trim(NEW.message, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('sent_back_says_something_on_update', 'sent_back', 'UPDATE OF message',
        "(ltrim(NEW.message, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.message AND "
        "trim(NEW.message, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_says_something_on_insert', 'stage', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.purpose, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.purpose AND trim(NEW.purpose, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_says_something_on_update', 'stage', 'UPDATE OF key, name, purpose, currency',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.name, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.name AND trim(NEW.name, (SELECT signs "
        "FROM unseen)) = '') OR (ltrim(NEW.purpose, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.purpose AND trim(NEW.purpose, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_agreement_says_something_on_insert', 'stage_agreement', 'INSERT',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.vat_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.vat_number AND trim(NEW.vat_number, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.vat_reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.vat_reason AND trim(NEW.vat_reason, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_agreement_says_something_on_update', 'stage_agreement', 'UPDATE OF reference, vat_number, vat_reason, currency',
        "(ltrim(NEW.reference, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.reference AND "
        "trim(NEW.reference, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.vat_number, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.vat_number AND trim(NEW.vat_number, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.vat_reason, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.vat_reason AND trim(NEW.vat_reason, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_budget_says_something_on_insert', 'stage_budget', 'INSERT',
        "(ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND "
        "trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('stage_budget_says_something_on_update', 'stage_budget', 'UPDATE OF currency',
        "(ltrim(NEW.currency, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND "
        "trim(NEW.currency, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('submission_says_something_on_insert', 'submission', 'INSERT',
        "(ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND "
        "trim(NEW.digest, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('submission_says_something_on_update', 'submission', 'UPDATE OF digest',
        "(ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.digest AND "
        "trim(NEW.digest, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('transfer_says_something_on_insert', 'transfer', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('transfer_says_something_on_update', 'transfer', 'UPDATE OF key, currency',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.currency, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.currency AND trim(NEW.currency, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('unsent_form_says_something_on_insert', 'unsent_form', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.person, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.person AND trim(NEW.person, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.path, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.path AND trim(NEW.path, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('unsent_form_says_something_on_update', 'unsent_form', 'UPDATE OF key, person, path',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (ltrim(NEW.person, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.person AND trim(NEW.person, (SELECT "
        "signs FROM unseen)) = '') OR (ltrim(NEW.path, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') "
        "= NEW.path AND trim(NEW.path, (SELECT signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('used_key_says_something_on_insert', 'used_key', 'INSERT',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.actor <> '' AND (ltrim(NEW.actor, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.actor AND trim(NEW.actor, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.digest AND trim(NEW.digest, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.location, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.location AND trim(NEW.location, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('used_key_says_something_on_update', 'used_key', 'UPDATE OF key, actor, digest, location',
        "(ltrim(NEW.key, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.key AND trim(NEW.key, "
        "(SELECT signs FROM unseen)) = '') OR (NEW.actor <> '' AND (ltrim(NEW.actor, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.actor AND trim(NEW.actor, (SELECT signs "
        "FROM unseen)) = '')) OR (ltrim(NEW.digest, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = "
        "NEW.digest AND trim(NEW.digest, (SELECT signs FROM unseen)) = '') OR (ltrim(NEW.location, "
        "'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') = NEW.location AND trim(NEW.location, (SELECT "
        "signs FROM unseen)) = '')",
        'Enter some text. Spaces and invisible characters do not count.',
    )
    op.create_guard('account_is_not_replaced_on_insert', 'account', 'INSERT',
        'EXISTS (SELECT 1 FROM account WHERE account.id = NEW.id) OR EXISTS (SELECT 1 FROM account WHERE account.kind = '
        'NEW.kind AND account.challenge_id = NEW.challenge_id AND account.stage_id = NEW.stage_id AND milestone_id IS '
        'NULL AND NEW.milestone_id IS NULL) OR EXISTS (SELECT 1 FROM account WHERE account.milestone_id = '
        'NEW.milestone_id AND account.kind = NEW.kind)',
        'UNIQUE constraint failed, nothing is replaced: account.id; account.kind, account.challenge_id, account.stage_id;'
        ' account.milestone_id, account.kind',
        'sqlite',
    )
    op.create_guard('account_is_not_replaced_on_update', 'account', 'UPDATE',
        'EXISTS (SELECT 1 FROM account WHERE account.rowid <> OLD.rowid AND account.id = NEW.id) OR EXISTS (SELECT 1 FROM'
        ' account WHERE account.rowid <> OLD.rowid AND account.kind = NEW.kind AND account.challenge_id = '
        'NEW.challenge_id AND account.stage_id = NEW.stage_id AND milestone_id IS NULL AND NEW.milestone_id IS NULL) OR '
        'EXISTS (SELECT 1 FROM account WHERE account.rowid <> OLD.rowid AND account.milestone_id = NEW.milestone_id AND '
        'account.kind = NEW.kind)',
        'UNIQUE constraint failed, nothing is replaced: account.id; account.kind, account.challenge_id, account.stage_id;'
        ' account.milestone_id, account.kind',
        'sqlite',
    )
    op.create_guard('address_change_is_not_replaced_on_insert', 'address_change', 'INSERT',
        'EXISTS (SELECT 1 FROM address_change WHERE address_change.id = NEW.id) OR EXISTS (SELECT 1 FROM address_change '
        'WHERE address_change.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: address_change.id; address_change.reference',
        'sqlite',
    )
    op.create_guard('address_change_is_not_replaced_on_update', 'address_change', 'UPDATE',
        'EXISTS (SELECT 1 FROM address_change WHERE address_change.rowid <> OLD.rowid AND address_change.id = NEW.id) OR '
        'EXISTS (SELECT 1 FROM address_change WHERE address_change.rowid <> OLD.rowid AND address_change.reference = '
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: address_change.id; address_change.reference',
        'sqlite',
    )
    op.create_guard('assignment_is_not_replaced_on_insert', 'assignment', 'INSERT',
        'EXISTS (SELECT 1 FROM assignment WHERE assignment.id = NEW.id) OR EXISTS (SELECT 1 FROM assignment WHERE '
        'assignment.panel_id = NEW.panel_id AND assignment.judge_id = NEW.judge_id AND assignment.proposal_id = '
        'NEW.proposal_id) OR EXISTS (SELECT 1 FROM assignment WHERE assignment.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: assignment.id; assignment.panel_id, assignment.judge_id, '
        'assignment.proposal_id; assignment.reference',
        'sqlite',
    )
    op.create_guard('assignment_is_not_replaced_on_update', 'assignment', 'UPDATE',
        'EXISTS (SELECT 1 FROM assignment WHERE assignment.rowid <> OLD.rowid AND assignment.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM assignment WHERE assignment.rowid <> OLD.rowid AND assignment.panel_id = NEW.panel_id AND '
        'assignment.judge_id = NEW.judge_id AND assignment.proposal_id = NEW.proposal_id) OR EXISTS (SELECT 1 FROM '
        'assignment WHERE assignment.rowid <> OLD.rowid AND assignment.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: assignment.id; assignment.panel_id, assignment.judge_id, '
        'assignment.proposal_id; assignment.reference',
        'sqlite',
    )
    op.create_guard('audit_binding_is_not_replaced_on_insert', 'audit_binding', 'INSERT',
        'EXISTS (SELECT 1 FROM audit_binding WHERE audit_binding.kind = NEW.kind AND audit_binding.number = NEW.number '
        'AND audit_binding.sequence = NEW.sequence) OR EXISTS (SELECT 1 FROM audit_binding WHERE audit_binding.rowid = '
        'NEW.rowid)',
        'UNIQUE constraint failed, nothing is replaced: audit_binding.kind, audit_binding.number, audit_binding.sequence;'
        ' audit_binding.rowid',
        'sqlite',
    )
    op.create_guard('audit_binding_is_not_replaced_on_update', 'audit_binding', 'UPDATE',
        'EXISTS (SELECT 1 FROM audit_binding WHERE audit_binding.rowid <> OLD.rowid AND audit_binding.kind = NEW.kind AND'
        ' audit_binding.number = NEW.number AND audit_binding.sequence = NEW.sequence) OR EXISTS (SELECT 1 FROM '
        'audit_binding WHERE audit_binding.rowid <> OLD.rowid AND audit_binding.rowid = NEW.rowid)',
        'UNIQUE constraint failed, nothing is replaced: audit_binding.kind, audit_binding.number, audit_binding.sequence;'
        ' audit_binding.rowid',
        'sqlite',
    )
    op.create_guard('audit_checkpoint_is_not_replaced_on_insert', 'audit_checkpoint', 'INSERT',
        'EXISTS (SELECT 1 FROM audit_checkpoint WHERE audit_checkpoint.day = NEW.day) OR EXISTS (SELECT 1 FROM '
        'audit_checkpoint WHERE audit_checkpoint.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: audit_checkpoint.day; audit_checkpoint.id',
        'sqlite',
    )
    op.create_guard('audit_checkpoint_is_not_replaced_on_update', 'audit_checkpoint', 'UPDATE',
        'EXISTS (SELECT 1 FROM audit_checkpoint WHERE audit_checkpoint.rowid <> OLD.rowid AND audit_checkpoint.day = '
        'NEW.day) OR EXISTS (SELECT 1 FROM audit_checkpoint WHERE audit_checkpoint.rowid <> OLD.rowid AND '
        'audit_checkpoint.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: audit_checkpoint.day; audit_checkpoint.id',
        'sqlite',
    )
    op.create_guard('audit_entry_is_not_replaced_on_insert', 'audit_entry', 'INSERT',
        'EXISTS (SELECT 1 FROM audit_entry WHERE audit_entry.hash = NEW.hash) OR EXISTS (SELECT 1 FROM audit_entry WHERE '
        'audit_entry.sequence = NEW.sequence)',
        'UNIQUE constraint failed, nothing is replaced: audit_entry.hash; audit_entry.sequence',
        'sqlite',
    )
    op.create_guard('audit_entry_is_not_replaced_on_update', 'audit_entry', 'UPDATE',
        'EXISTS (SELECT 1 FROM audit_entry WHERE audit_entry.rowid <> OLD.rowid AND audit_entry.hash = NEW.hash) OR '
        'EXISTS (SELECT 1 FROM audit_entry WHERE audit_entry.rowid <> OLD.rowid AND audit_entry.sequence = NEW.sequence)',
        'UNIQUE constraint failed, nothing is replaced: audit_entry.hash; audit_entry.sequence',
        'sqlite',
    )
    op.create_guard('audit_head_is_not_replaced_on_insert', 'audit_head', 'INSERT',
        'EXISTS (SELECT 1 FROM audit_head WHERE audit_head.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: audit_head.id',
        'sqlite',
    )
    op.create_guard('audit_head_is_not_replaced_on_update', 'audit_head', 'UPDATE',
        'EXISTS (SELECT 1 FROM audit_head WHERE audit_head.rowid <> OLD.rowid AND audit_head.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: audit_head.id',
        'sqlite',
    )
    op.create_guard('background_item_is_not_replaced_on_insert', 'background_item', 'INSERT',
        'EXISTS (SELECT 1 FROM background_item WHERE background_item.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: background_item.id',
        'sqlite',
    )
    op.create_guard('background_item_is_not_replaced_on_update', 'background_item', 'UPDATE',
        'EXISTS (SELECT 1 FROM background_item WHERE background_item.rowid <> OLD.rowid AND background_item.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: background_item.id',
        'sqlite',
    )
    op.create_guard('browser_session_is_not_replaced_on_insert', 'browser_session', 'INSERT',
        'EXISTS (SELECT 1 FROM browser_session WHERE browser_session.digest = NEW.digest) OR EXISTS (SELECT 1 FROM '
        'browser_session WHERE browser_session.id = NEW.id) OR EXISTS (SELECT 1 FROM browser_session WHERE '
        'browser_session.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: browser_session.digest; browser_session.id; '
        'browser_session.reference',
        'sqlite',
    )
    op.create_guard('browser_session_is_not_replaced_on_update', 'browser_session', 'UPDATE',
        'EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid AND browser_session.digest = '
        'NEW.digest) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid AND '
        'browser_session.id = NEW.id) OR EXISTS (SELECT 1 FROM browser_session WHERE browser_session.rowid <> OLD.rowid '
        'AND browser_session.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: browser_session.digest; browser_session.id; '
        'browser_session.reference',
        'sqlite',
    )
    op.create_guard('challenge_is_not_replaced_on_insert', 'challenge', 'INSERT',
        'EXISTS (SELECT 1 FROM challenge WHERE challenge.id = NEW.id) OR EXISTS (SELECT 1 FROM challenge WHERE '
        'challenge.reference = NEW.reference) OR EXISTS (SELECT 1 FROM challenge WHERE challenge.slug = NEW.slug)',
        'UNIQUE constraint failed, nothing is replaced: challenge.id; challenge.reference; challenge.slug',
        'sqlite',
    )
    op.create_guard('challenge_is_not_replaced_on_update', 'challenge', 'UPDATE',
        'EXISTS (SELECT 1 FROM challenge WHERE challenge.rowid <> OLD.rowid AND challenge.id = NEW.id) OR EXISTS (SELECT '
        '1 FROM challenge WHERE challenge.rowid <> OLD.rowid AND challenge.reference = NEW.reference) OR EXISTS (SELECT 1'
        ' FROM challenge WHERE challenge.rowid <> OLD.rowid AND challenge.slug = NEW.slug)',
        'UNIQUE constraint failed, nothing is replaced: challenge.id; challenge.reference; challenge.slug',
        'sqlite',
    )
    op.create_guard('challenge_round_is_not_replaced_on_insert', 'challenge_round', 'INSERT',
        'EXISTS (SELECT 1 FROM challenge_round WHERE challenge_round.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: challenge_round.id',
        'sqlite',
    )
    op.create_guard('challenge_round_is_not_replaced_on_update', 'challenge_round', 'UPDATE',
        'EXISTS (SELECT 1 FROM challenge_round WHERE challenge_round.rowid <> OLD.rowid AND challenge_round.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: challenge_round.id',
        'sqlite',
    )
    op.create_guard('company_figures_is_not_replaced_on_insert', 'company_figures', 'INSERT',
        'EXISTS (SELECT 1 FROM company_figures WHERE company_figures.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        'company_figures WHERE company_figures.organisation_id = NEW.organisation_id AND company_figures.year = NEW.year)',
        'UNIQUE constraint failed, nothing is replaced: company_figures.id; company_figures.organisation_id, '
        'company_figures.year',
        'sqlite',
    )
    op.create_guard('company_figures_is_not_replaced_on_update', 'company_figures', 'UPDATE',
        'EXISTS (SELECT 1 FROM company_figures WHERE company_figures.rowid <> OLD.rowid AND company_figures.id = NEW.id) '
        'OR EXISTS (SELECT 1 FROM company_figures WHERE company_figures.rowid <> OLD.rowid AND '
        'company_figures.organisation_id = NEW.organisation_id AND company_figures.year = NEW.year)',
        'UNIQUE constraint failed, nothing is replaced: company_figures.id; company_figures.organisation_id, '
        'company_figures.year',
        'sqlite',
    )
    op.create_guard('considered_hint_is_not_replaced_on_insert', 'considered_hint', 'INSERT',
        'EXISTS (SELECT 1 FROM considered_hint WHERE considered_hint.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        'considered_hint WHERE considered_hint.person_id = NEW.person_id AND considered_hint.challenge_id = '
        'NEW.challenge_id AND considered_hint.organisation_id = NEW.organisation_id AND considered_hint.through_id = '
        'NEW.through_id AND considered_hint.hint = NEW.hint AND considered_hint.basis = NEW.basis)',
        'UNIQUE constraint failed, nothing is replaced: considered_hint.id; considered_hint.person_id, '
        'considered_hint.challenge_id, considered_hint.organisation_id, considered_hint.through_id, considered_hint.hint,'
        ' considered_hint.basis',
        'sqlite',
    )
    op.create_guard('considered_hint_is_not_replaced_on_update', 'considered_hint', 'UPDATE',
        'EXISTS (SELECT 1 FROM considered_hint WHERE considered_hint.rowid <> OLD.rowid AND considered_hint.id = NEW.id) '
        'OR EXISTS (SELECT 1 FROM considered_hint WHERE considered_hint.rowid <> OLD.rowid AND considered_hint.person_id '
        '= NEW.person_id AND considered_hint.challenge_id = NEW.challenge_id AND considered_hint.organisation_id = '
        'NEW.organisation_id AND considered_hint.through_id = NEW.through_id AND considered_hint.hint = NEW.hint AND '
        'considered_hint.basis = NEW.basis)',
        'UNIQUE constraint failed, nothing is replaced: considered_hint.id; considered_hint.person_id, '
        'considered_hint.challenge_id, considered_hint.organisation_id, considered_hint.through_id, considered_hint.hint,'
        ' considered_hint.basis',
        'sqlite',
    )
    op.create_guard('criterion_is_not_replaced_on_insert', 'criterion', 'INSERT',
        'EXISTS (SELECT 1 FROM criterion WHERE criterion.id = NEW.id) OR EXISTS (SELECT 1 FROM criterion WHERE '
        'criterion.stage_id = NEW.stage_id AND criterion.position = NEW.position)',
        'UNIQUE constraint failed, nothing is replaced: criterion.id; criterion.stage_id, criterion.position',
        'sqlite',
    )
    op.create_guard('criterion_is_not_replaced_on_update', 'criterion', 'UPDATE',
        'EXISTS (SELECT 1 FROM criterion WHERE criterion.rowid <> OLD.rowid AND criterion.id = NEW.id) OR EXISTS (SELECT '
        '1 FROM criterion WHERE criterion.rowid <> OLD.rowid AND criterion.stage_id = NEW.stage_id AND criterion.position'
        ' = NEW.position)',
        'UNIQUE constraint failed, nothing is replaced: criterion.id; criterion.stage_id, criterion.position',
        'sqlite',
    )
    op.create_guard('decision_is_not_replaced_on_insert', 'decision', 'INSERT',
        'EXISTS (SELECT 1 FROM decision WHERE decision.id = NEW.id) OR EXISTS (SELECT 1 FROM decision WHERE '
        "decision.panel_id = NEW.panel_id AND state <> 'returned' AND NEW.state <> 'returned') OR EXISTS (SELECT 1 FROM "
        'decision WHERE decision.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: decision.id; decision.panel_id; decision.reference',
        'sqlite',
    )
    op.create_guard('decision_is_not_replaced_on_update', 'decision', 'UPDATE',
        'EXISTS (SELECT 1 FROM decision WHERE decision.rowid <> OLD.rowid AND decision.id = NEW.id) OR EXISTS (SELECT 1 '
        "FROM decision WHERE decision.rowid <> OLD.rowid AND decision.panel_id = NEW.panel_id AND state <> 'returned' AND"
        " NEW.state <> 'returned') OR EXISTS (SELECT 1 FROM decision WHERE decision.rowid <> OLD.rowid AND "
        'decision.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: decision.id; decision.panel_id; decision.reference',
        'sqlite',
    )
    op.create_guard('deliverable_is_not_replaced_on_insert', 'deliverable', 'INSERT',
        'EXISTS (SELECT 1 FROM deliverable WHERE deliverable.id = NEW.id) OR EXISTS (SELECT 1 FROM deliverable WHERE '
        "deliverable.milestone_id = NEW.milestone_id AND state = 'delivered' AND NEW.state = 'delivered') OR EXISTS "
        '(SELECT 1 FROM deliverable WHERE deliverable.milestone_id = NEW.milestone_id AND deliverable.number = '
        'NEW.number) OR EXISTS (SELECT 1 FROM deliverable WHERE deliverable.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: deliverable.id; deliverable.milestone_id; '
        'deliverable.milestone_id, deliverable.number; deliverable.reference',
        'sqlite',
    )
    op.create_guard('deliverable_is_not_replaced_on_update', 'deliverable', 'UPDATE',
        'EXISTS (SELECT 1 FROM deliverable WHERE deliverable.rowid <> OLD.rowid AND deliverable.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM deliverable WHERE deliverable.rowid <> OLD.rowid AND deliverable.milestone_id = NEW.milestone_id '
        "AND state = 'delivered' AND NEW.state = 'delivered') OR EXISTS (SELECT 1 FROM deliverable WHERE "
        'deliverable.rowid <> OLD.rowid AND deliverable.milestone_id = NEW.milestone_id AND deliverable.number = '
        'NEW.number) OR EXISTS (SELECT 1 FROM deliverable WHERE deliverable.rowid <> OLD.rowid AND deliverable.reference '
        '= NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: deliverable.id; deliverable.milestone_id; '
        'deliverable.milestone_id, deliverable.number; deliverable.reference',
        'sqlite',
    )
    op.create_guard('erasure_is_not_replaced_on_insert', 'erasure', 'INSERT',
        'EXISTS (SELECT 1 FROM erasure WHERE erasure.id = NEW.id) OR EXISTS (SELECT 1 FROM erasure WHERE '
        'erasure.person_id = NEW.person_id)',
        'UNIQUE constraint failed, nothing is replaced: erasure.id; erasure.person_id',
        'sqlite',
    )
    op.create_guard('erasure_is_not_replaced_on_update', 'erasure', 'UPDATE',
        'EXISTS (SELECT 1 FROM erasure WHERE erasure.rowid <> OLD.rowid AND erasure.id = NEW.id) OR EXISTS (SELECT 1 FROM'
        ' erasure WHERE erasure.rowid <> OLD.rowid AND erasure.person_id = NEW.person_id)',
        'UNIQUE constraint failed, nothing is replaced: erasure.id; erasure.person_id',
        'sqlite',
    )
    op.create_guard('erasure_request_is_not_replaced_on_insert', 'erasure_request', 'INSERT',
        'EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        "erasure_request WHERE erasure_request.person_id = NEW.person_id AND state = 'asked' AND NEW.state = 'asked') OR "
        'EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: erasure_request.id; erasure_request.person_id; '
        'erasure_request.reference',
        'sqlite',
    )
    op.create_guard('erasure_request_is_not_replaced_on_update', 'erasure_request', 'UPDATE',
        'EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.rowid <> OLD.rowid AND erasure_request.id = NEW.id) '
        'OR EXISTS (SELECT 1 FROM erasure_request WHERE erasure_request.rowid <> OLD.rowid AND erasure_request.person_id '
        "= NEW.person_id AND state = 'asked' AND NEW.state = 'asked') OR EXISTS (SELECT 1 FROM erasure_request WHERE "
        'erasure_request.rowid <> OLD.rowid AND erasure_request.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: erasure_request.id; erasure_request.person_id; '
        'erasure_request.reference',
        'sqlite',
    )
    op.create_guard('external_identity_is_not_replaced_on_insert', 'external_identity', 'INSERT',
        'EXISTS (SELECT 1 FROM external_identity WHERE external_identity.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        'external_identity WHERE external_identity.issuer = NEW.issuer AND external_identity.subject = NEW.subject) OR '
        'EXISTS (SELECT 1 FROM external_identity WHERE external_identity.reference = NEW.reference) OR EXISTS (SELECT 1 '
        'FROM external_identity WHERE external_identity.user_id = NEW.user_id AND external_identity.issuer = NEW.issuer)',
        'UNIQUE constraint failed, nothing is replaced: external_identity.id; external_identity.issuer, '
        'external_identity.subject; external_identity.reference; external_identity.user_id, external_identity.issuer',
        'sqlite',
    )
    op.create_guard('external_identity_is_not_replaced_on_update', 'external_identity', 'UPDATE',
        'EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.id = '
        'NEW.id) OR EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND '
        'external_identity.issuer = NEW.issuer AND external_identity.subject = NEW.subject) OR EXISTS (SELECT 1 FROM '
        'external_identity WHERE external_identity.rowid <> OLD.rowid AND external_identity.reference = NEW.reference) OR'
        ' EXISTS (SELECT 1 FROM external_identity WHERE external_identity.rowid <> OLD.rowid AND '
        'external_identity.user_id = NEW.user_id AND external_identity.issuer = NEW.issuer)',
        'UNIQUE constraint failed, nothing is replaced: external_identity.id; external_identity.issuer, '
        'external_identity.subject; external_identity.reference; external_identity.user_id, external_identity.issuer',
        'sqlite',
    )
    op.create_guard('hold_is_not_replaced_on_insert', 'hold', 'INSERT',
        'EXISTS (SELECT 1 FROM hold WHERE hold.id = NEW.id) OR EXISTS (SELECT 1 FROM hold WHERE hold.reference = '
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: hold.id; hold.reference',
        'sqlite',
    )
    op.create_guard('hold_is_not_replaced_on_update', 'hold', 'UPDATE',
        'EXISTS (SELECT 1 FROM hold WHERE hold.rowid <> OLD.rowid AND hold.id = NEW.id) OR EXISTS (SELECT 1 FROM hold '
        'WHERE hold.rowid <> OLD.rowid AND hold.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: hold.id; hold.reference',
        'sqlite',
    )
    op.create_guard('invitation_is_not_replaced_on_insert', 'invitation', 'INSERT',
        'EXISTS (SELECT 1 FROM invitation WHERE invitation.id = NEW.id) OR EXISTS (SELECT 1 FROM invitation WHERE '
        'invitation.organisation_id = NEW.organisation_id AND invitation.email = NEW.email AND invitation.role = NEW.role'
        " AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM invitation WHERE invitation.reference = "
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: invitation.id; invitation.organisation_id, invitation.email, '
        'invitation.role; invitation.reference',
        'sqlite',
    )
    op.create_guard('invitation_is_not_replaced_on_update', 'invitation', 'UPDATE',
        'EXISTS (SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND invitation.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND invitation.organisation_id = '
        "NEW.organisation_id AND invitation.email = NEW.email AND invitation.role = NEW.role AND state = 'sent' AND "
        "NEW.state = 'sent') OR EXISTS (SELECT 1 FROM invitation WHERE invitation.rowid <> OLD.rowid AND "
        'invitation.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: invitation.id; invitation.organisation_id, invitation.email, '
        'invitation.role; invitation.reference',
        'sqlite',
    )
    op.create_guard('join_request_is_not_replaced_on_insert', 'join_request', 'INSERT',
        'EXISTS (SELECT 1 FROM join_request WHERE join_request.id = NEW.id) OR EXISTS (SELECT 1 FROM join_request WHERE '
        "join_request.person_id = NEW.person_id AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM "
        'join_request WHERE join_request.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: join_request.id; join_request.person_id; join_request.reference',
        'sqlite',
    )
    op.create_guard('join_request_is_not_replaced_on_update', 'join_request', 'UPDATE',
        'EXISTS (SELECT 1 FROM join_request WHERE join_request.rowid <> OLD.rowid AND join_request.id = NEW.id) OR EXISTS'
        ' (SELECT 1 FROM join_request WHERE join_request.rowid <> OLD.rowid AND join_request.person_id = NEW.person_id '
        "AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM join_request WHERE join_request.rowid <> "
        'OLD.rowid AND join_request.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: join_request.id; join_request.person_id; join_request.reference',
        'sqlite',
    )
    op.create_guard('membership_is_not_replaced_on_insert', 'membership', 'INSERT',
        'EXISTS (SELECT 1 FROM membership WHERE membership.id = NEW.id) OR EXISTS (SELECT 1 FROM membership WHERE '
        'membership.user_id = NEW.user_id AND membership.organisation_id = NEW.organisation_id AND membership.role = '
        'NEW.role AND until IS NULL AND NEW.until IS NULL)',
        'UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, '
        'membership.role',
        'sqlite',
    )
    op.create_guard('membership_is_not_replaced_on_update', 'membership', 'UPDATE',
        'EXISTS (SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM membership WHERE membership.rowid <> OLD.rowid AND membership.user_id = NEW.user_id AND '
        'membership.organisation_id = NEW.organisation_id AND membership.role = NEW.role AND until IS NULL AND NEW.until '
        'IS NULL)',
        'UNIQUE constraint failed, nothing is replaced: membership.id; membership.user_id, membership.organisation_id, '
        'membership.role',
        'sqlite',
    )
    op.create_guard('milestone_is_not_replaced_on_insert', 'milestone', 'INSERT',
        'EXISTS (SELECT 1 FROM milestone WHERE milestone.agreement_id = NEW.agreement_id AND milestone.number = '
        'NEW.number) OR EXISTS (SELECT 1 FROM milestone WHERE milestone.id = NEW.id) OR EXISTS (SELECT 1 FROM milestone '
        'WHERE milestone.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: milestone.agreement_id, milestone.number; milestone.id; '
        'milestone.reference',
        'sqlite',
    )
    op.create_guard('milestone_is_not_replaced_on_update', 'milestone', 'UPDATE',
        'EXISTS (SELECT 1 FROM milestone WHERE milestone.rowid <> OLD.rowid AND milestone.agreement_id = NEW.agreement_id'
        ' AND milestone.number = NEW.number) OR EXISTS (SELECT 1 FROM milestone WHERE milestone.rowid <> OLD.rowid AND '
        'milestone.id = NEW.id) OR EXISTS (SELECT 1 FROM milestone WHERE milestone.rowid <> OLD.rowid AND '
        'milestone.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: milestone.agreement_id, milestone.number; milestone.id; '
        'milestone.reference',
        'sqlite',
    )
    op.create_guard('opening_is_not_replaced_on_insert', 'opening', 'INSERT',
        'EXISTS (SELECT 1 FROM opening WHERE opening.challenge_id = NEW.challenge_id) OR EXISTS (SELECT 1 FROM opening '
        'WHERE opening.id = NEW.id) OR EXISTS (SELECT 1 FROM opening WHERE opening.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: opening.challenge_id; opening.id; opening.reference',
        'sqlite',
    )
    op.create_guard('opening_is_not_replaced_on_update', 'opening', 'UPDATE',
        'EXISTS (SELECT 1 FROM opening WHERE opening.rowid <> OLD.rowid AND opening.challenge_id = NEW.challenge_id) OR '
        'EXISTS (SELECT 1 FROM opening WHERE opening.rowid <> OLD.rowid AND opening.id = NEW.id) OR EXISTS (SELECT 1 FROM'
        ' opening WHERE opening.rowid <> OLD.rowid AND opening.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: opening.challenge_id; opening.id; opening.reference',
        'sqlite',
    )
    op.create_guard('organisation_is_not_replaced_on_insert', 'organisation', 'INSERT',
        'EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.id) OR EXISTS (SELECT 1 FROM organisation WHERE '
        'organisation.identifier_scheme = NEW.identifier_scheme AND organisation.identifier_number = '
        "NEW.identifier_number AND identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR') AND "
        "NEW.identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')) OR EXISTS (SELECT 1 FROM organisation WHERE "
        'organisation.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: organisation.id; organisation.identifier_scheme, '
        'organisation.identifier_number; organisation.reference',
        'sqlite',
    )
    op.create_guard('organisation_is_not_replaced_on_update', 'organisation', 'UPDATE',
        'EXISTS (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.id = NEW.id) OR EXISTS'
        ' (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.identifier_scheme = '
        'NEW.identifier_scheme AND organisation.identifier_number = NEW.identifier_number AND identifier_scheme NOT IN '
        "('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR') AND NEW.identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')) OR"
        ' EXISTS (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.reference = '
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: organisation.id; organisation.identifier_scheme, '
        'organisation.identifier_number; organisation.reference',
        'sqlite',
    )
    op.create_guard('organisation_name_is_not_replaced_on_insert', 'organisation_name', 'INSERT',
        'EXISTS (SELECT 1 FROM organisation_name WHERE organisation_name.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: organisation_name.id',
        'sqlite',
    )
    op.create_guard('organisation_name_is_not_replaced_on_update', 'organisation_name', 'UPDATE',
        'EXISTS (SELECT 1 FROM organisation_name WHERE organisation_name.rowid <> OLD.rowid AND organisation_name.id = '
        'NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: organisation_name.id',
        'sqlite',
    )
    op.create_guard('outcome_is_not_replaced_on_insert', 'outcome', 'INSERT',
        'EXISTS (SELECT 1 FROM outcome WHERE outcome.decision_id = NEW.decision_id AND outcome.proposal_id = '
        'NEW.proposal_id) OR EXISTS (SELECT 1 FROM outcome WHERE outcome.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: outcome.decision_id, outcome.proposal_id; outcome.id',
        'sqlite',
    )
    op.create_guard('outcome_is_not_replaced_on_update', 'outcome', 'UPDATE',
        'EXISTS (SELECT 1 FROM outcome WHERE outcome.rowid <> OLD.rowid AND outcome.decision_id = NEW.decision_id AND '
        'outcome.proposal_id = NEW.proposal_id) OR EXISTS (SELECT 1 FROM outcome WHERE outcome.rowid <> OLD.rowid AND '
        'outcome.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: outcome.decision_id, outcome.proposal_id; outcome.id',
        'sqlite',
    )
    op.create_guard('owed_transfer_is_not_replaced_on_insert', 'owed_transfer', 'INSERT',
        'EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.id = NEW.id) OR EXISTS (SELECT 1 FROM owed_transfer '
        'WHERE owed_transfer.key = NEW.key)',
        'UNIQUE constraint failed, nothing is replaced: owed_transfer.id; owed_transfer.key',
        'sqlite',
    )
    op.create_guard('owed_transfer_is_not_replaced_on_update', 'owed_transfer', 'UPDATE',
        'EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.rowid <> OLD.rowid AND owed_transfer.id = NEW.id) OR '
        'EXISTS (SELECT 1 FROM owed_transfer WHERE owed_transfer.rowid <> OLD.rowid AND owed_transfer.key = NEW.key)',
        'UNIQUE constraint failed, nothing is replaced: owed_transfer.id; owed_transfer.key',
        'sqlite',
    )
    op.create_guard('panel_is_not_replaced_on_insert', 'panel', 'INSERT',
        'EXISTS (SELECT 1 FROM panel WHERE panel.challenge_id = NEW.challenge_id AND panel.stage_id = NEW.stage_id) OR '
        'EXISTS (SELECT 1 FROM panel WHERE panel.id = NEW.id) OR EXISTS (SELECT 1 FROM panel WHERE panel.reference = '
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: panel.challenge_id, panel.stage_id; panel.id; panel.reference',
        'sqlite',
    )
    op.create_guard('panel_is_not_replaced_on_update', 'panel', 'UPDATE',
        'EXISTS (SELECT 1 FROM panel WHERE panel.rowid <> OLD.rowid AND panel.challenge_id = NEW.challenge_id AND '
        'panel.stage_id = NEW.stage_id) OR EXISTS (SELECT 1 FROM panel WHERE panel.rowid <> OLD.rowid AND panel.id = '
        'NEW.id) OR EXISTS (SELECT 1 FROM panel WHERE panel.rowid <> OLD.rowid AND panel.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: panel.challenge_id, panel.stage_id; panel.id; panel.reference',
        'sqlite',
    )
    op.create_guard('passkey_is_not_replaced_on_insert', 'passkey', 'INSERT',
        'EXISTS (SELECT 1 FROM passkey WHERE passkey.credential = NEW.credential) OR EXISTS (SELECT 1 FROM passkey WHERE '
        'passkey.id = NEW.id) OR EXISTS (SELECT 1 FROM passkey WHERE passkey.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: passkey.credential; passkey.id; passkey.reference',
        'sqlite',
    )
    op.create_guard('passkey_is_not_replaced_on_update', 'passkey', 'UPDATE',
        'EXISTS (SELECT 1 FROM passkey WHERE passkey.rowid <> OLD.rowid AND passkey.credential = NEW.credential) OR '
        'EXISTS (SELECT 1 FROM passkey WHERE passkey.rowid <> OLD.rowid AND passkey.id = NEW.id) OR EXISTS (SELECT 1 FROM'
        ' passkey WHERE passkey.rowid <> OLD.rowid AND passkey.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: passkey.credential; passkey.id; passkey.reference',
        'sqlite',
    )
    op.create_guard('pathway_is_not_replaced_on_insert', 'pathway', 'INSERT',
        'EXISTS (SELECT 1 FROM pathway WHERE pathway.id = NEW.id) OR EXISTS (SELECT 1 FROM pathway WHERE pathway.key = '
        'NEW.key AND pathway.number = NEW.number)',
        'UNIQUE constraint failed, nothing is replaced: pathway.id; pathway.key, pathway.number',
        'sqlite',
    )
    op.create_guard('pathway_is_not_replaced_on_update', 'pathway', 'UPDATE',
        'EXISTS (SELECT 1 FROM pathway WHERE pathway.rowid <> OLD.rowid AND pathway.id = NEW.id) OR EXISTS (SELECT 1 FROM'
        ' pathway WHERE pathway.rowid <> OLD.rowid AND pathway.key = NEW.key AND pathway.number = NEW.number)',
        'UNIQUE constraint failed, nothing is replaced: pathway.id; pathway.key, pathway.number',
        'sqlite',
    )
    op.create_guard('person_is_not_replaced_on_insert', 'person', 'INSERT',
        'EXISTS (SELECT 1 FROM person WHERE person.email = NEW.email) OR EXISTS (SELECT 1 FROM person WHERE '
        'person.fs_uniquifier = NEW.fs_uniquifier) OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM person WHERE person.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: person.email; person.fs_uniquifier; person.id; person.reference',
        'sqlite',
    )
    op.create_guard('person_is_not_replaced_on_update', 'person', 'UPDATE',
        'EXISTS (SELECT 1 FROM person WHERE person.rowid <> OLD.rowid AND person.email = NEW.email) OR EXISTS (SELECT 1 '
        'FROM person WHERE person.rowid <> OLD.rowid AND person.fs_uniquifier = NEW.fs_uniquifier) OR EXISTS (SELECT 1 '
        'FROM person WHERE person.rowid <> OLD.rowid AND person.id = NEW.id) OR EXISTS (SELECT 1 FROM person WHERE '
        'person.rowid <> OLD.rowid AND person.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: person.email; person.fs_uniquifier; person.id; person.reference',
        'sqlite',
    )
    op.create_guard('problem_report_is_not_replaced_on_insert', 'problem_report', 'INSERT',
        'EXISTS (SELECT 1 FROM problem_report WHERE problem_report.id = NEW.id) OR EXISTS (SELECT 1 FROM problem_report '
        'WHERE problem_report.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: problem_report.id; problem_report.reference',
        'sqlite',
    )
    op.create_guard('problem_report_is_not_replaced_on_update', 'problem_report', 'UPDATE',
        'EXISTS (SELECT 1 FROM problem_report WHERE problem_report.rowid <> OLD.rowid AND problem_report.id = NEW.id) OR '
        'EXISTS (SELECT 1 FROM problem_report WHERE problem_report.rowid <> OLD.rowid AND problem_report.reference = '
        'NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: problem_report.id; problem_report.reference',
        'sqlite',
    )
    op.create_guard('proposal_is_not_replaced_on_insert', 'proposal', 'INSERT',
        'EXISTS (SELECT 1 FROM proposal WHERE proposal.challenge_id = NEW.challenge_id AND proposal.organisation_id = '
        'NEW.organisation_id AND proposal.number = NEW.number) OR EXISTS (SELECT 1 FROM proposal WHERE proposal.id = '
        'NEW.id) OR EXISTS (SELECT 1 FROM proposal WHERE proposal.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: proposal.challenge_id, proposal.organisation_id, proposal.number;'
        ' proposal.id; proposal.reference',
        'sqlite',
    )
    op.create_guard('proposal_is_not_replaced_on_update', 'proposal', 'UPDATE',
        'EXISTS (SELECT 1 FROM proposal WHERE proposal.rowid <> OLD.rowid AND proposal.challenge_id = NEW.challenge_id '
        'AND proposal.organisation_id = NEW.organisation_id AND proposal.number = NEW.number) OR EXISTS (SELECT 1 FROM '
        'proposal WHERE proposal.rowid <> OLD.rowid AND proposal.id = NEW.id) OR EXISTS (SELECT 1 FROM proposal WHERE '
        'proposal.rowid <> OLD.rowid AND proposal.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: proposal.challenge_id, proposal.organisation_id, proposal.number;'
        ' proposal.id; proposal.reference',
        'sqlite',
    )
    op.create_guard('question_is_not_replaced_on_insert', 'question', 'INSERT',
        'EXISTS (SELECT 1 FROM question WHERE question.id = NEW.id) OR EXISTS (SELECT 1 FROM question WHERE '
        'question.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: question.id; question.reference',
        'sqlite',
    )
    op.create_guard('question_is_not_replaced_on_update', 'question', 'UPDATE',
        'EXISTS (SELECT 1 FROM question WHERE question.rowid <> OLD.rowid AND question.id = NEW.id) OR EXISTS (SELECT 1 '
        'FROM question WHERE question.rowid <> OLD.rowid AND question.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: question.id; question.reference',
        'sqlite',
    )
    op.create_guard('release_is_not_replaced_on_insert', 'release', 'INSERT',
        'EXISTS (SELECT 1 FROM release WHERE release.bank_reference = NEW.bank_reference) OR EXISTS (SELECT 1 FROM '
        'release WHERE release.id = NEW.id) OR EXISTS (SELECT 1 FROM release WHERE release.milestone_id = '
        "NEW.milestone_id AND state <> 'refused' AND NEW.state <> 'refused') OR EXISTS (SELECT 1 FROM release WHERE "
        'release.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: release.bank_reference; release.id; release.milestone_id; '
        'release.reference',
        'sqlite',
    )
    op.create_guard('release_is_not_replaced_on_update', 'release', 'UPDATE',
        'EXISTS (SELECT 1 FROM release WHERE release.rowid <> OLD.rowid AND release.bank_reference = NEW.bank_reference) '
        'OR EXISTS (SELECT 1 FROM release WHERE release.rowid <> OLD.rowid AND release.id = NEW.id) OR EXISTS (SELECT 1 '
        "FROM release WHERE release.rowid <> OLD.rowid AND release.milestone_id = NEW.milestone_id AND state <> 'refused'"
        " AND NEW.state <> 'refused') OR EXISTS (SELECT 1 FROM release WHERE release.rowid <> OLD.rowid AND "
        'release.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: release.bank_reference; release.id; release.milestone_id; '
        'release.reference',
        'sqlite',
    )
    op.create_guard('rights_check_is_not_replaced_on_insert', 'rights_check', 'INSERT',
        'EXISTS (SELECT 1 FROM rights_check WHERE rights_check.challenge_id = NEW.challenge_id AND '
        "rights_check.text_digest = NEW.text_digest AND state IN ('recorded', 'approved') AND NEW.state IN ('recorded', "
        "'approved')) OR EXISTS (SELECT 1 FROM rights_check WHERE rights_check.id = NEW.id) OR EXISTS (SELECT 1 FROM "
        'rights_check WHERE rights_check.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: rights_check.challenge_id, rights_check.text_digest; '
        'rights_check.id; rights_check.reference',
        'sqlite',
    )
    op.create_guard('rights_check_is_not_replaced_on_update', 'rights_check', 'UPDATE',
        'EXISTS (SELECT 1 FROM rights_check WHERE rights_check.rowid <> OLD.rowid AND rights_check.challenge_id = '
        "NEW.challenge_id AND rights_check.text_digest = NEW.text_digest AND state IN ('recorded', 'approved') AND "
        "NEW.state IN ('recorded', 'approved')) OR EXISTS (SELECT 1 FROM rights_check WHERE rights_check.rowid <> "
        'OLD.rowid AND rights_check.id = NEW.id) OR EXISTS (SELECT 1 FROM rights_check WHERE rights_check.rowid <> '
        'OLD.rowid AND rights_check.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: rights_check.challenge_id, rights_check.text_digest; '
        'rights_check.id; rights_check.reference',
        'sqlite',
    )
    op.create_guard('rights_statement_is_not_replaced_on_insert', 'rights_statement', 'INSERT',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        'rights_statement WHERE rights_statement.proposal_id = NEW.proposal_id AND rights_statement.stage_id = '
        'NEW.stage_id AND rights_statement.number = NEW.number) OR EXISTS (SELECT 1 FROM rights_statement WHERE '
        'rights_statement.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: rights_statement.id; rights_statement.proposal_id, '
        'rights_statement.stage_id, rights_statement.number; rights_statement.reference',
        'sqlite',
    )
    op.create_guard('rights_statement_is_not_replaced_on_update', 'rights_statement', 'UPDATE',
        'EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.rowid <> OLD.rowid AND rights_statement.id = '
        'NEW.id) OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.rowid <> OLD.rowid AND '
        'rights_statement.proposal_id = NEW.proposal_id AND rights_statement.stage_id = NEW.stage_id AND '
        'rights_statement.number = NEW.number) OR EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.rowid <> '
        'OLD.rowid AND rights_statement.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: rights_statement.id; rights_statement.proposal_id, '
        'rights_statement.stage_id, rights_statement.number; rights_statement.reference',
        'sqlite',
    )
    op.create_guard('role_grant_is_not_replaced_on_insert', 'role_grant', 'INSERT',
        'EXISTS (SELECT 1 FROM role_grant WHERE role_grant.id = NEW.id) OR EXISTS (SELECT 1 FROM role_grant WHERE '
        'role_grant.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: role_grant.id; role_grant.reference',
        'sqlite',
    )
    op.create_guard('role_grant_is_not_replaced_on_update', 'role_grant', 'UPDATE',
        'EXISTS (SELECT 1 FROM role_grant WHERE role_grant.rowid <> OLD.rowid AND role_grant.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM role_grant WHERE role_grant.rowid <> OLD.rowid AND role_grant.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: role_grant.id; role_grant.reference',
        'sqlite',
    )
    op.create_guard('round_is_not_replaced_on_insert', 'round', 'INSERT',
        'EXISTS (SELECT 1 FROM round WHERE round.id = NEW.id) OR EXISTS (SELECT 1 FROM round WHERE round.name = NEW.name)'
        ' OR EXISTS (SELECT 1 FROM round WHERE round.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: round.id; round.name; round.reference',
        'sqlite',
    )
    op.create_guard('round_is_not_replaced_on_update', 'round', 'UPDATE',
        'EXISTS (SELECT 1 FROM round WHERE round.rowid <> OLD.rowid AND round.id = NEW.id) OR EXISTS (SELECT 1 FROM round'
        ' WHERE round.rowid <> OLD.rowid AND round.name = NEW.name) OR EXISTS (SELECT 1 FROM round WHERE round.rowid <> '
        'OLD.rowid AND round.reference = NEW.reference)',
        'UNIQUE constraint failed, nothing is replaced: round.id; round.name; round.reference',
        'sqlite',
    )
    op.create_guard('score_is_not_replaced_on_insert', 'score', 'INSERT',
        'EXISTS (SELECT 1 FROM score WHERE score.assignment_id = NEW.assignment_id AND score.criterion_id = '
        'NEW.criterion_id) OR EXISTS (SELECT 1 FROM score WHERE score.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: score.assignment_id, score.criterion_id; score.id',
        'sqlite',
    )
    op.create_guard('score_is_not_replaced_on_update', 'score', 'UPDATE',
        'EXISTS (SELECT 1 FROM score WHERE score.rowid <> OLD.rowid AND score.assignment_id = NEW.assignment_id AND '
        'score.criterion_id = NEW.criterion_id) OR EXISTS (SELECT 1 FROM score WHERE score.rowid <> OLD.rowid AND '
        'score.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: score.assignment_id, score.criterion_id; score.id',
        'sqlite',
    )
    op.create_guard('seat_is_not_replaced_on_insert', 'seat', 'INSERT',
        'EXISTS (SELECT 1 FROM seat WHERE seat.id = NEW.id) OR EXISTS (SELECT 1 FROM seat WHERE seat.panel_id = '
        'NEW.panel_id AND seat.judge_id = NEW.judge_id)',
        'UNIQUE constraint failed, nothing is replaced: seat.id; seat.panel_id, seat.judge_id',
        'sqlite',
    )
    op.create_guard('seat_is_not_replaced_on_update', 'seat', 'UPDATE',
        'EXISTS (SELECT 1 FROM seat WHERE seat.rowid <> OLD.rowid AND seat.id = NEW.id) OR EXISTS (SELECT 1 FROM seat '
        'WHERE seat.rowid <> OLD.rowid AND seat.panel_id = NEW.panel_id AND seat.judge_id = NEW.judge_id)',
        'UNIQUE constraint failed, nothing is replaced: seat.id; seat.panel_id, seat.judge_id',
        'sqlite',
    )
    op.create_guard('sent_back_is_not_replaced_on_insert', 'sent_back', 'INSERT',
        'EXISTS (SELECT 1 FROM sent_back WHERE sent_back.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: sent_back.id',
        'sqlite',
    )
    op.create_guard('sent_back_is_not_replaced_on_update', 'sent_back', 'UPDATE',
        'EXISTS (SELECT 1 FROM sent_back WHERE sent_back.rowid <> OLD.rowid AND sent_back.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: sent_back.id',
        'sqlite',
    )
    op.create_guard('stage_is_not_replaced_on_insert', 'stage', 'INSERT',
        'EXISTS (SELECT 1 FROM stage WHERE stage.id = NEW.id) OR EXISTS (SELECT 1 FROM stage WHERE stage.round_id = '
        'NEW.round_id AND stage.key = NEW.key) OR EXISTS (SELECT 1 FROM stage WHERE stage.round_id = NEW.round_id AND '
        'stage.position = NEW.position)',
        'UNIQUE constraint failed, nothing is replaced: stage.id; stage.round_id, stage.key; stage.round_id, '
        'stage.position',
        'sqlite',
    )
    op.create_guard('stage_is_not_replaced_on_update', 'stage', 'UPDATE',
        'EXISTS (SELECT 1 FROM stage WHERE stage.rowid <> OLD.rowid AND stage.id = NEW.id) OR EXISTS (SELECT 1 FROM stage'
        ' WHERE stage.rowid <> OLD.rowid AND stage.round_id = NEW.round_id AND stage.key = NEW.key) OR EXISTS (SELECT 1 '
        'FROM stage WHERE stage.rowid <> OLD.rowid AND stage.round_id = NEW.round_id AND stage.position = NEW.position)',
        'UNIQUE constraint failed, nothing is replaced: stage.id; stage.round_id, stage.key; stage.round_id, '
        'stage.position',
        'sqlite',
    )
    op.create_guard('stage_agreement_is_not_replaced_on_insert', 'stage_agreement', 'INSERT',
        'EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.id = NEW.id) OR EXISTS (SELECT 1 FROM '
        'stage_agreement WHERE stage_agreement.proposal_id = NEW.proposal_id AND stage_agreement.stage_id = NEW.stage_id)'
        ' OR EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.reference = NEW.reference) OR EXISTS (SELECT 1 '
        'FROM stage_agreement WHERE stage_agreement.statement_id = NEW.statement_id)',
        'UNIQUE constraint failed, nothing is replaced: stage_agreement.id; stage_agreement.proposal_id, '
        'stage_agreement.stage_id; stage_agreement.reference; stage_agreement.statement_id',
        'sqlite',
    )
    op.create_guard('stage_agreement_is_not_replaced_on_update', 'stage_agreement', 'UPDATE',
        'EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.rowid <> OLD.rowid AND stage_agreement.id = NEW.id) '
        'OR EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.rowid <> OLD.rowid AND '
        'stage_agreement.proposal_id = NEW.proposal_id AND stage_agreement.stage_id = NEW.stage_id) OR EXISTS (SELECT 1 '
        'FROM stage_agreement WHERE stage_agreement.rowid <> OLD.rowid AND stage_agreement.reference = NEW.reference) OR '
        'EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.rowid <> OLD.rowid AND stage_agreement.statement_id '
        '= NEW.statement_id)',
        'UNIQUE constraint failed, nothing is replaced: stage_agreement.id; stage_agreement.proposal_id, '
        'stage_agreement.stage_id; stage_agreement.reference; stage_agreement.statement_id',
        'sqlite',
    )
    op.create_guard('stage_budget_is_not_replaced_on_insert', 'stage_budget', 'INSERT',
        'EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.challenge_id = NEW.challenge_id AND stage_budget.stage_id '
        '= NEW.stage_id) OR EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: stage_budget.challenge_id, stage_budget.stage_id; stage_budget.id',
        'sqlite',
    )
    op.create_guard('stage_budget_is_not_replaced_on_update', 'stage_budget', 'UPDATE',
        'EXISTS (SELECT 1 FROM stage_budget WHERE stage_budget.rowid <> OLD.rowid AND stage_budget.challenge_id = '
        'NEW.challenge_id AND stage_budget.stage_id = NEW.stage_id) OR EXISTS (SELECT 1 FROM stage_budget WHERE '
        'stage_budget.rowid <> OLD.rowid AND stage_budget.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: stage_budget.challenge_id, stage_budget.stage_id; stage_budget.id',
        'sqlite',
    )
    op.create_guard('submission_is_not_replaced_on_insert', 'submission', 'INSERT',
        'EXISTS (SELECT 1 FROM submission WHERE submission.id = NEW.id) OR EXISTS (SELECT 1 FROM submission WHERE '
        'submission.proposal_id = NEW.proposal_id AND submission.number = NEW.number)',
        'UNIQUE constraint failed, nothing is replaced: submission.id; submission.proposal_id, submission.number',
        'sqlite',
    )
    op.create_guard('submission_is_not_replaced_on_update', 'submission', 'UPDATE',
        'EXISTS (SELECT 1 FROM submission WHERE submission.rowid <> OLD.rowid AND submission.id = NEW.id) OR EXISTS '
        '(SELECT 1 FROM submission WHERE submission.rowid <> OLD.rowid AND submission.proposal_id = NEW.proposal_id AND '
        'submission.number = NEW.number)',
        'UNIQUE constraint failed, nothing is replaced: submission.id; submission.proposal_id, submission.number',
        'sqlite',
    )
    op.create_guard('transfer_is_not_replaced_on_insert', 'transfer', 'INSERT',
        'EXISTS (SELECT 1 FROM transfer WHERE transfer.id = NEW.id) OR EXISTS (SELECT 1 FROM transfer WHERE transfer.key '
        '= NEW.key) OR EXISTS (SELECT 1 FROM transfer WHERE transfer.kind = NEW.kind AND transfer.credit_id = '
        "NEW.credit_id AND kind <> 'return' AND NEW.kind <> 'return')",
        'UNIQUE constraint failed, nothing is replaced: transfer.id; transfer.key; transfer.kind, transfer.credit_id',
        'sqlite',
    )
    op.create_guard('transfer_is_not_replaced_on_update', 'transfer', 'UPDATE',
        'EXISTS (SELECT 1 FROM transfer WHERE transfer.rowid <> OLD.rowid AND transfer.id = NEW.id) OR EXISTS (SELECT 1 '
        'FROM transfer WHERE transfer.rowid <> OLD.rowid AND transfer.key = NEW.key) OR EXISTS (SELECT 1 FROM transfer '
        'WHERE transfer.rowid <> OLD.rowid AND transfer.kind = NEW.kind AND transfer.credit_id = NEW.credit_id AND kind '
        "<> 'return' AND NEW.kind <> 'return')",
        'UNIQUE constraint failed, nothing is replaced: transfer.id; transfer.key; transfer.kind, transfer.credit_id',
        'sqlite',
    )
    op.create_guard('viewing_is_not_replaced_on_insert', 'viewing', 'INSERT',
        'EXISTS (SELECT 1 FROM viewing WHERE viewing.browser_session_id = NEW.browser_session_id AND ended_at IS NULL AND'
        ' NEW.ended_at IS NULL) OR EXISTS (SELECT 1 FROM viewing WHERE viewing.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: viewing.browser_session_id; viewing.id',
        'sqlite',
    )
    op.create_guard('viewing_is_not_replaced_on_update', 'viewing', 'UPDATE',
        'EXISTS (SELECT 1 FROM viewing WHERE viewing.rowid <> OLD.rowid AND viewing.browser_session_id = '
        'NEW.browser_session_id AND ended_at IS NULL AND NEW.ended_at IS NULL) OR EXISTS (SELECT 1 FROM viewing WHERE '
        'viewing.rowid <> OLD.rowid AND viewing.id = NEW.id)',
        'UNIQUE constraint failed, nothing is replaced: viewing.browser_session_id; viewing.id',
        'sqlite',
    )


def downgrade() -> None:
    op.drop_guard('viewing_is_not_replaced_on_update', 'viewing')
    op.drop_guard('viewing_is_not_replaced_on_insert', 'viewing')
    op.drop_guard('transfer_is_not_replaced_on_update', 'transfer')
    op.drop_guard('transfer_is_not_replaced_on_insert', 'transfer')
    op.drop_guard('submission_is_not_replaced_on_update', 'submission')
    op.drop_guard('submission_is_not_replaced_on_insert', 'submission')
    op.drop_guard('stage_budget_is_not_replaced_on_update', 'stage_budget')
    op.drop_guard('stage_budget_is_not_replaced_on_insert', 'stage_budget')
    op.drop_guard('stage_agreement_is_not_replaced_on_update', 'stage_agreement')
    op.drop_guard('stage_agreement_is_not_replaced_on_insert', 'stage_agreement')
    op.drop_guard('stage_is_not_replaced_on_update', 'stage')
    op.drop_guard('stage_is_not_replaced_on_insert', 'stage')
    op.drop_guard('sent_back_is_not_replaced_on_update', 'sent_back')
    op.drop_guard('sent_back_is_not_replaced_on_insert', 'sent_back')
    op.drop_guard('seat_is_not_replaced_on_update', 'seat')
    op.drop_guard('seat_is_not_replaced_on_insert', 'seat')
    op.drop_guard('score_is_not_replaced_on_update', 'score')
    op.drop_guard('score_is_not_replaced_on_insert', 'score')
    op.drop_guard('round_is_not_replaced_on_update', 'round')
    op.drop_guard('round_is_not_replaced_on_insert', 'round')
    op.drop_guard('role_grant_is_not_replaced_on_update', 'role_grant')
    op.drop_guard('role_grant_is_not_replaced_on_insert', 'role_grant')
    op.drop_guard('rights_statement_is_not_replaced_on_update', 'rights_statement')
    op.drop_guard('rights_statement_is_not_replaced_on_insert', 'rights_statement')
    op.drop_guard('rights_check_is_not_replaced_on_update', 'rights_check')
    op.drop_guard('rights_check_is_not_replaced_on_insert', 'rights_check')
    op.drop_guard('release_is_not_replaced_on_update', 'release')
    op.drop_guard('release_is_not_replaced_on_insert', 'release')
    op.drop_guard('question_is_not_replaced_on_update', 'question')
    op.drop_guard('question_is_not_replaced_on_insert', 'question')
    op.drop_guard('proposal_is_not_replaced_on_update', 'proposal')
    op.drop_guard('proposal_is_not_replaced_on_insert', 'proposal')
    op.drop_guard('problem_report_is_not_replaced_on_update', 'problem_report')
    op.drop_guard('problem_report_is_not_replaced_on_insert', 'problem_report')
    op.drop_guard('person_is_not_replaced_on_update', 'person')
    op.drop_guard('person_is_not_replaced_on_insert', 'person')
    op.drop_guard('pathway_is_not_replaced_on_update', 'pathway')
    op.drop_guard('pathway_is_not_replaced_on_insert', 'pathway')
    op.drop_guard('passkey_is_not_replaced_on_update', 'passkey')
    op.drop_guard('passkey_is_not_replaced_on_insert', 'passkey')
    op.drop_guard('panel_is_not_replaced_on_update', 'panel')
    op.drop_guard('panel_is_not_replaced_on_insert', 'panel')
    op.drop_guard('owed_transfer_is_not_replaced_on_update', 'owed_transfer')
    op.drop_guard('owed_transfer_is_not_replaced_on_insert', 'owed_transfer')
    op.drop_guard('outcome_is_not_replaced_on_update', 'outcome')
    op.drop_guard('outcome_is_not_replaced_on_insert', 'outcome')
    op.drop_guard('organisation_name_is_not_replaced_on_update', 'organisation_name')
    op.drop_guard('organisation_name_is_not_replaced_on_insert', 'organisation_name')
    op.drop_guard('organisation_is_not_replaced_on_update', 'organisation')
    op.drop_guard('organisation_is_not_replaced_on_insert', 'organisation')
    op.drop_guard('opening_is_not_replaced_on_update', 'opening')
    op.drop_guard('opening_is_not_replaced_on_insert', 'opening')
    op.drop_guard('milestone_is_not_replaced_on_update', 'milestone')
    op.drop_guard('milestone_is_not_replaced_on_insert', 'milestone')
    op.drop_guard('membership_is_not_replaced_on_update', 'membership')
    op.drop_guard('membership_is_not_replaced_on_insert', 'membership')
    op.drop_guard('join_request_is_not_replaced_on_update', 'join_request')
    op.drop_guard('join_request_is_not_replaced_on_insert', 'join_request')
    op.drop_guard('invitation_is_not_replaced_on_update', 'invitation')
    op.drop_guard('invitation_is_not_replaced_on_insert', 'invitation')
    op.drop_guard('hold_is_not_replaced_on_update', 'hold')
    op.drop_guard('hold_is_not_replaced_on_insert', 'hold')
    op.drop_guard('external_identity_is_not_replaced_on_update', 'external_identity')
    op.drop_guard('external_identity_is_not_replaced_on_insert', 'external_identity')
    op.drop_guard('erasure_request_is_not_replaced_on_update', 'erasure_request')
    op.drop_guard('erasure_request_is_not_replaced_on_insert', 'erasure_request')
    op.drop_guard('erasure_is_not_replaced_on_update', 'erasure')
    op.drop_guard('erasure_is_not_replaced_on_insert', 'erasure')
    op.drop_guard('deliverable_is_not_replaced_on_update', 'deliverable')
    op.drop_guard('deliverable_is_not_replaced_on_insert', 'deliverable')
    op.drop_guard('decision_is_not_replaced_on_update', 'decision')
    op.drop_guard('decision_is_not_replaced_on_insert', 'decision')
    op.drop_guard('criterion_is_not_replaced_on_update', 'criterion')
    op.drop_guard('criterion_is_not_replaced_on_insert', 'criterion')
    op.drop_guard('considered_hint_is_not_replaced_on_update', 'considered_hint')
    op.drop_guard('considered_hint_is_not_replaced_on_insert', 'considered_hint')
    op.drop_guard('company_figures_is_not_replaced_on_update', 'company_figures')
    op.drop_guard('company_figures_is_not_replaced_on_insert', 'company_figures')
    op.drop_guard('challenge_round_is_not_replaced_on_update', 'challenge_round')
    op.drop_guard('challenge_round_is_not_replaced_on_insert', 'challenge_round')
    op.drop_guard('challenge_is_not_replaced_on_update', 'challenge')
    op.drop_guard('challenge_is_not_replaced_on_insert', 'challenge')
    op.drop_guard('browser_session_is_not_replaced_on_update', 'browser_session')
    op.drop_guard('browser_session_is_not_replaced_on_insert', 'browser_session')
    op.drop_guard('background_item_is_not_replaced_on_update', 'background_item')
    op.drop_guard('background_item_is_not_replaced_on_insert', 'background_item')
    op.drop_guard('audit_head_is_not_replaced_on_update', 'audit_head')
    op.drop_guard('audit_head_is_not_replaced_on_insert', 'audit_head')
    op.drop_guard('audit_entry_is_not_replaced_on_update', 'audit_entry')
    op.drop_guard('audit_entry_is_not_replaced_on_insert', 'audit_entry')
    op.drop_guard('audit_checkpoint_is_not_replaced_on_update', 'audit_checkpoint')
    op.drop_guard('audit_checkpoint_is_not_replaced_on_insert', 'audit_checkpoint')
    op.drop_guard('audit_binding_is_not_replaced_on_update', 'audit_binding')
    op.drop_guard('audit_binding_is_not_replaced_on_insert', 'audit_binding')
    op.drop_guard('assignment_is_not_replaced_on_update', 'assignment')
    op.drop_guard('assignment_is_not_replaced_on_insert', 'assignment')
    op.drop_guard('address_change_is_not_replaced_on_update', 'address_change')
    op.drop_guard('address_change_is_not_replaced_on_insert', 'address_change')
    op.drop_guard('account_is_not_replaced_on_update', 'account')
    op.drop_guard('account_is_not_replaced_on_insert', 'account')
    op.drop_guard('used_key_says_something_on_update', 'used_key')
    op.drop_guard('used_key_says_something_on_insert', 'used_key')
    op.drop_guard('unsent_form_says_something_on_update', 'unsent_form')
    op.drop_guard('unsent_form_says_something_on_insert', 'unsent_form')
    op.drop_guard('transfer_says_something_on_update', 'transfer')
    op.drop_guard('transfer_says_something_on_insert', 'transfer')
    op.drop_guard('submission_says_something_on_update', 'submission')
    op.drop_guard('submission_says_something_on_insert', 'submission')
    op.drop_guard('stage_budget_says_something_on_update', 'stage_budget')
    op.drop_guard('stage_budget_says_something_on_insert', 'stage_budget')
    op.drop_guard('stage_agreement_says_something_on_update', 'stage_agreement')
    op.drop_guard('stage_agreement_says_something_on_insert', 'stage_agreement')
    op.drop_guard('stage_says_something_on_update', 'stage')
    op.drop_guard('stage_says_something_on_insert', 'stage')
    op.drop_guard('sent_back_says_something_on_update', 'sent_back')
    op.drop_guard('sent_back_says_something_on_insert', 'sent_back')
    op.drop_guard('section_says_something_on_update', 'section')
    op.drop_guard('section_says_something_on_insert', 'section')
    op.drop_guard('score_says_something_on_update', 'score')
    op.drop_guard('score_says_something_on_insert', 'score')
    op.drop_guard('round_says_something_on_update', 'round')
    op.drop_guard('round_says_something_on_insert', 'round')
    op.drop_guard('role_grant_says_something_on_update', 'role_grant')
    op.drop_guard('role_grant_says_something_on_insert', 'role_grant')
    op.drop_guard('rights_statement_says_something_on_update', 'rights_statement')
    op.drop_guard('rights_statement_says_something_on_insert', 'rights_statement')
    op.drop_guard('rights_check_says_something_on_update', 'rights_check')
    op.drop_guard('rights_check_says_something_on_insert', 'rights_check')
    op.drop_guard('release_says_something_on_update', 'release')
    op.drop_guard('release_says_something_on_insert', 'release')
    op.drop_guard('question_says_something_on_update', 'question')
    op.drop_guard('question_says_something_on_insert', 'question')
    op.drop_guard('proposal_says_something_on_update', 'proposal')
    op.drop_guard('proposal_says_something_on_insert', 'proposal')
    op.drop_guard('problem_report_says_something_on_update', 'problem_report')
    op.drop_guard('problem_report_says_something_on_insert', 'problem_report')
    op.drop_guard('person_says_something_on_update', 'person')
    op.drop_guard('person_says_something_on_insert', 'person')
    op.drop_guard('pathway_says_something_on_update', 'pathway')
    op.drop_guard('pathway_says_something_on_insert', 'pathway')
    op.drop_guard('passkey_says_something_on_update', 'passkey')
    op.drop_guard('passkey_says_something_on_insert', 'passkey')
    op.drop_guard('panel_says_something_on_update', 'panel')
    op.drop_guard('panel_says_something_on_insert', 'panel')
    op.drop_guard('outcome_says_something_on_update', 'outcome')
    op.drop_guard('outcome_says_something_on_insert', 'outcome')
    op.drop_guard('outbox_message_says_something_on_update', 'outbox_message')
    op.drop_guard('outbox_message_says_something_on_insert', 'outbox_message')
    op.drop_guard('organisation_name_says_something_on_update', 'organisation_name')
    op.drop_guard('organisation_name_says_something_on_insert', 'organisation_name')
    op.drop_guard('organisation_says_something_on_update', 'organisation')
    op.drop_guard('organisation_says_something_on_insert', 'organisation')
    op.drop_guard('opening_says_something_on_update', 'opening')
    op.drop_guard('opening_says_something_on_insert', 'opening')
    op.drop_guard('milestone_says_something_on_update', 'milestone')
    op.drop_guard('milestone_says_something_on_insert', 'milestone')
    op.drop_guard('join_request_says_something_on_update', 'join_request')
    op.drop_guard('join_request_says_something_on_insert', 'join_request')
    op.drop_guard('invitation_says_something_on_update', 'invitation')
    op.drop_guard('invitation_says_something_on_insert', 'invitation')
    op.drop_guard('hold_says_something_on_update', 'hold')
    op.drop_guard('hold_says_something_on_insert', 'hold')
    op.drop_guard('external_identity_says_something_on_update', 'external_identity')
    op.drop_guard('external_identity_says_something_on_insert', 'external_identity')
    op.drop_guard('erasure_request_says_something_on_update', 'erasure_request')
    op.drop_guard('erasure_request_says_something_on_insert', 'erasure_request')
    op.drop_guard('deliverable_says_something_on_update', 'deliverable')
    op.drop_guard('deliverable_says_something_on_insert', 'deliverable')
    op.drop_guard('decision_says_something_on_update', 'decision')
    op.drop_guard('decision_says_something_on_insert', 'decision')
    op.drop_guard('criterion_says_something_on_update', 'criterion')
    op.drop_guard('criterion_says_something_on_insert', 'criterion')
    op.drop_guard('considered_hint_says_something_on_update', 'considered_hint')
    op.drop_guard('considered_hint_says_something_on_insert', 'considered_hint')
    op.drop_guard('challenge_says_something_on_update', 'challenge')
    op.drop_guard('challenge_says_something_on_insert', 'challenge')
    op.drop_guard('browser_session_says_something_on_update', 'browser_session')
    op.drop_guard('browser_session_says_something_on_insert', 'browser_session')
    op.drop_guard('background_item_says_something_on_update', 'background_item')
    op.drop_guard('background_item_says_something_on_insert', 'background_item')
    op.drop_guard('audit_head_says_something_on_update', 'audit_head')
    op.drop_guard('audit_head_says_something_on_insert', 'audit_head')
    op.drop_guard('audit_entry_says_something_on_update', 'audit_entry')
    op.drop_guard('audit_entry_says_something_on_insert', 'audit_entry')
    op.drop_guard('audit_checkpoint_says_something_on_update', 'audit_checkpoint')
    op.drop_guard('audit_checkpoint_says_something_on_insert', 'audit_checkpoint')
    op.drop_guard('audit_binding_says_something_on_update', 'audit_binding')
    op.drop_guard('audit_binding_says_something_on_insert', 'audit_binding')
    op.drop_guard('assignment_says_something_on_update', 'assignment')
    op.drop_guard('assignment_says_something_on_insert', 'assignment')
    op.drop_guard('address_change_says_something_on_update', 'address_change')
    op.drop_guard('address_change_says_something_on_insert', 'address_change')
    op.drop_guard('account_says_something_on_update', 'account')
    op.drop_guard('account_says_something_on_insert', 'account')
    op.drop_consequence('transfer_moves_its_credit', 'transfer')
    op.drop_consequence('transfer_moves_its_debit', 'transfer')
    op.drop_consequence('challenge_cancelled_owes_its_withdrawal', 'challenge')
    op.drop_consequence('milestone_undelivered_owes_its_return', 'milestone')
    op.drop_consequence('release_paid_owes_its_payment', 'release')
    op.drop_consequence('release_approved_owes_its_release', 'release')
    op.drop_consequence('stage_agreement_active_owes_its_commitment', 'stage_agreement')
    op.drop_consequence('challenge_published_owes_its_budget', 'challenge')
    op.drop_consequence('challenge_keeps_its_rounds_on_update', 'challenge')
    op.drop_consequence('challenge_keeps_its_rounds_on_insert', 'challenge')
    op.drop_guard('erasure_never_goes', 'erasure')
    op.drop_guard('erasure_never_changes', 'erasure')
    op.drop_guard('problem_report_is_fixed', 'problem_report')
    op.drop_guard('problem_report_moves_as_declared', 'problem_report')
    op.drop_guard('erasure_request_never_goes', 'erasure_request')
    op.drop_guard('erasure_request_is_fixed', 'erasure_request')
    op.drop_guard('erasure_request_moves_as_declared', 'erasure_request')
    op.drop_guard('erasure_request_begins_as_declared', 'erasure_request')
    op.drop_guard('hold_never_goes', 'hold')
    op.drop_guard('hold_is_fixed', 'hold')
    op.drop_guard('problem_report_is_dealt_with_before_it_goes', 'problem_report')
    op.drop_guard('erasure_request_is_done_by_an_erasure', 'erasure_request')
    op.drop_guard('proposal_goes_only_as_a_draft_without_a_team', 'proposal')
    op.drop_guard('role_grant_is_not_approved_for_the_erased', 'role_grant')
    op.drop_guard('role_grant_is_not_for_the_erased', 'role_grant')
    op.drop_guard('browser_session_is_not_for_the_erased', 'browser_session')
    op.drop_guard('membership_is_not_for_the_erased', 'membership')
    op.drop_guard('person_stays_erased', 'person')
    op.drop_guard('person_is_erased_on_the_record', 'person')
    op.drop_guard('erasure_waits_for_the_work_of_the_last_owner', 'erasure')
    op.drop_guard('erasure_on_request_waits_its_time', 'erasure')
    op.drop_guard('erasure_waits_for_holds', 'erasure')
    op.drop_guard('viewing_is_fixed', 'viewing')
    op.drop_guard('viewing_is_begun_in_a_live_session', 'viewing')
    op.drop_guard('viewing_is_begun_by_staff', 'viewing')
    op.drop_guard('audit_head_is_fixed', 'audit_head')
    op.drop_guard('audit_head_edition_follows', 'audit_head')
    op.drop_guard('audit_head_only_grows', 'audit_head')
    op.drop_guard('audit_head_never_goes', 'audit_head')
    op.drop_guard('audit_checkpoint_follows_the_log', 'audit_checkpoint')
    op.drop_guard('audit_checkpoint_never_goes', 'audit_checkpoint')
    op.drop_guard('audit_checkpoint_never_changes', 'audit_checkpoint')
    op.drop_guard('audit_binding_never_goes', 'audit_binding')
    op.drop_guard('audit_binding_is_fixed', 'audit_binding')
    op.drop_guard('audit_entry_never_goes', 'audit_entry')
    op.drop_guard('audit_entry_never_changes', 'audit_entry')
    op.drop_guard('transfer_key_says_what_it_moves', 'transfer')
    op.drop_guard('owed_transfer_never_goes', 'owed_transfer')
    op.drop_guard('owed_transfer_never_changes', 'owed_transfer')
    op.drop_guard('release_never_goes', 'release')
    op.drop_guard('release_is_fixed', 'release')
    op.drop_guard('release_moves_as_declared', 'release')
    op.drop_guard('release_begins_as_declared', 'release')
    op.drop_guard('round_waits_for_its_payments', 'round')
    op.drop_guard('release_is_paid_by_finance', 'release')
    op.drop_guard('release_is_refused_by_staff_or_finance', 'release')
    op.drop_guard('release_is_approved_by_staff_or_finance', 'release')
    op.drop_guard('release_is_proposed_by_staff', 'release')
    op.drop_guard('release_follows_a_look_at_conflicts_on_update', 'release')
    op.drop_guard('release_follows_a_look_at_conflicts_on_insert', 'release')
    op.drop_guard('release_is_decided_without_conflict', 'release')
    op.drop_guard('release_is_proposed_without_conflict', 'release')
    op.drop_guard('release_is_paid_by_another_than_approved_it', 'release')
    op.drop_guard('release_is_kept_apart_from_acceptance_on_update', 'release')
    op.drop_guard('release_keeps_to_its_milestone_on_update', 'release')
    op.drop_guard('release_goes_to_a_company_with_a_number_on_update', 'release')
    op.drop_guard('release_waits_for_the_rights_statement_on_update', 'release')
    op.drop_guard('release_is_kept_apart_from_acceptance_on_insert', 'release')
    op.drop_guard('release_keeps_to_its_milestone_on_insert', 'release')
    op.drop_guard('release_goes_to_a_company_with_a_number_on_insert', 'release')
    op.drop_guard('release_waits_for_the_rights_statement_on_insert', 'release')
    op.drop_guard('transfer_follows_a_decision_on_withdrawal', 'transfer')
    op.drop_guard('transfer_follows_a_decision_on_return', 'transfer')
    op.drop_guard('transfer_follows_a_decision_on_payment', 'transfer')
    op.drop_guard('transfer_follows_a_decision_on_release', 'transfer')
    op.drop_guard('transfer_follows_a_decision_on_commitment', 'transfer')
    op.drop_guard('transfer_follows_a_decision_on_budget', 'transfer')
    op.drop_guard('transfer_waits_for_the_rights_statement', 'transfer')
    op.drop_guard('transfer_finds_enough', 'transfer')
    op.drop_guard('transfer_keeps_to_the_route', 'transfer')
    op.drop_guard('account_never_goes', 'account')
    op.drop_guard('account_is_fixed', 'account')
    op.drop_guard('account_begins_empty', 'account')
    op.drop_guard('release_is_in_one_currency_update', 'release')
    op.drop_guard('release_is_in_one_currency_insert', 'release')
    op.drop_guard('transfer_is_in_one_currency_update', 'transfer')
    op.drop_guard('transfer_is_in_one_currency_insert', 'transfer')
    op.drop_guard('account_is_in_one_currency_update', 'account')
    op.drop_guard('account_is_in_one_currency_insert', 'account')
    op.drop_guard('transfer_never_goes', 'transfer')
    op.drop_guard('transfer_never_changes', 'transfer')
    op.drop_guard('organisation_number_is_changed_by_staff_once_agreed', 'organisation')
    op.drop_guard('deliverable_never_goes', 'deliverable')
    op.drop_guard('deliverable_is_fixed', 'deliverable')
    op.drop_guard('deliverable_moves_as_declared', 'deliverable')
    op.drop_guard('deliverable_begins_as_declared', 'deliverable')
    op.drop_guard('milestone_is_fixed', 'milestone')
    op.drop_guard('milestone_moves_as_declared', 'milestone')
    op.drop_guard('milestone_begins_as_declared', 'milestone')
    op.drop_guard('stage_agreement_never_goes', 'stage_agreement')
    op.drop_guard('stage_agreement_is_fixed_once_accepted', 'stage_agreement')
    op.drop_guard('stage_agreement_is_fixed', 'stage_agreement')
    op.drop_guard('stage_agreement_moves_as_declared', 'stage_agreement')
    op.drop_guard('milestone_is_in_one_currency_update', 'milestone')
    op.drop_guard('milestone_is_in_one_currency_insert', 'milestone')
    op.drop_guard('stage_agreement_is_in_one_currency_update', 'stage_agreement')
    op.drop_guard('stage_agreement_is_in_one_currency_insert', 'stage_agreement')
    op.drop_guard('round_waits_for_milestones_that_are_due', 'round')
    op.drop_guard('round_waits_for_its_agreements', 'round')
    op.drop_guard('deliverable_is_of_the_company', 'deliverable')
    op.drop_guard('milestone_is_accepted_by_the_sponsor', 'milestone')
    op.drop_guard('milestone_ends_after_its_date', 'milestone')
    op.drop_guard('milestone_moves_in_force', 'milestone')
    op.drop_guard('milestone_is_not_dropped_once_offered', 'milestone')
    op.drop_guard('milestone_is_not_added_once_offered', 'milestone')
    op.drop_guard('agreement_is_not_taken_back_once_accepted', 'stage_agreement')
    op.drop_guard('organisation_keeps_its_number_while_it_is_paid', 'organisation')
    op.drop_guard('agreement_is_offered_to_a_company_with_a_number', 'stage_agreement')
    op.drop_guard('agreement_is_offered_within_its_limits', 'stage_agreement')
    op.drop_guard('agreement_waits_for_the_rights_statement', 'stage_agreement')
    op.drop_guard('agreement_is_for_a_chosen_team', 'stage_agreement')
    op.drop_guard('background_item_is_fixed', 'background_item')
    op.drop_guard('rights_statement_is_fixed', 'rights_statement')
    op.drop_guard('rights_statement_begins_as_declared', 'rights_statement')
    op.drop_guard('background_is_fixed_on_delete', 'background_item')
    op.drop_guard('background_is_fixed_on_update', 'background_item')
    op.drop_guard('background_is_fixed_on_insert', 'background_item')
    op.drop_guard('rights_statement_never_goes', 'rights_statement')
    op.drop_guard('rights_are_accepted_by_an_officer_of_the_body', 'rights_statement')
    op.drop_guard('rights_are_accepted_by_an_officer_of_the_company', 'rights_statement')
    op.drop_guard('rights_are_accepted_on_the_same_terms', 'rights_statement')
    op.drop_guard('rights_acceptance_names_its_terms_for_body', 'rights_statement')
    op.drop_guard('rights_acceptance_names_its_terms_for_company', 'rights_statement')
    op.drop_guard('outcome_never_goes', 'outcome')
    op.drop_guard('decision_never_goes', 'decision')
    op.drop_guard('outcome_is_fixed', 'outcome')
    op.drop_guard('decision_is_fixed', 'decision')
    op.drop_guard('decision_moves_as_declared', 'decision')
    op.drop_guard('decision_begins_as_declared', 'decision')
    op.drop_guard('round_waits_for_its_decisions', 'round')
    op.drop_guard('decision_approver_follows_a_look_at_conflicts', 'decision')
    op.drop_guard('decision_approver_has_no_conflict', 'decision')
    op.drop_guard('decision_proposer_follows_a_look_at_conflicts', 'decision')
    op.drop_guard('decision_proposer_has_no_conflict', 'decision')
    op.drop_guard('decision_is_approved_by_staff', 'decision')
    op.drop_guard('decision_is_proposed_by_staff', 'decision')
    op.drop_guard('outcome_stays_in_its_challenge', 'outcome')
    op.drop_guard('outcome_is_fixed_once_approved_on_update', 'outcome')
    op.drop_guard('outcome_is_fixed_once_approved_on_insert', 'outcome')
    op.drop_guard('assignment_is_fixed', 'assignment')
    op.drop_guard('assignment_moves_as_declared', 'assignment')
    op.drop_guard('assignment_begins_as_declared', 'assignment')
    op.drop_guard('assignment_is_scored_by_no_team', 'assignment')
    op.drop_guard('assignment_follows_a_look_at_conflicts', 'assignment')
    op.drop_guard('assignment_keeps_out_the_applicants', 'assignment')
    op.drop_guard('assignment_is_for_who_went_on', 'assignment')
    op.drop_guard('assignment_waits_for_the_opening', 'assignment')
    op.drop_guard('assignment_is_closed_by_the_decision_on_update', 'assignment')
    op.drop_guard('assignment_is_closed_by_the_decision_on_insert', 'assignment')
    op.drop_guard('assignment_is_locked_complete', 'assignment')
    op.drop_guard('assignment_is_kept_once_declared', 'assignment')
    op.drop_guard('score_is_fixed', 'score')
    op.drop_guard('score_needs_an_open_scorecard_on_delete', 'score')
    op.drop_guard('score_needs_an_open_scorecard_on_update', 'score')
    op.drop_guard('score_needs_an_open_scorecard_on_insert', 'score')
    op.drop_guard('panel_is_fixed', 'panel')
    op.drop_guard('panel_stays_closed_once_decided', 'panel')
    op.drop_guard('seat_follows_a_look_at_conflicts', 'seat')
    op.drop_guard('seat_keeps_out_the_teams', 'seat')
    op.drop_guard('seat_never_goes', 'seat')
    op.drop_guard('seat_never_changes', 'seat')
    op.drop_guard('proposal_is_fixed', 'proposal')
    op.drop_guard('proposal_moves_as_declared', 'proposal')
    op.drop_guard('proposal_begins_as_declared', 'proposal')
    op.drop_guard('challenge_is_not_cancelled_once_closed', 'challenge')
    op.drop_guard('proposal_is_fixed_once_opened', 'proposal')
    op.drop_guard('membership_of_a_team_does_not_end_in_the_past', 'membership')
    op.drop_guard('membership_joins_no_other_side', 'membership')
    op.drop_guard('submission_is_sent_by_the_team', 'submission')
    op.drop_guard('submission_is_sent_by_no_other_side', 'submission')
    op.drop_guard('proposal_is_started_by_no_other_side', 'proposal')
    op.drop_guard('proposal_withdrawn_at_keeps_the_deadline', 'proposal')
    op.drop_guard('proposal_submitted_at_keeps_the_deadline', 'proposal')
    op.drop_guard('submission_keeps_the_deadline', 'submission')
    op.drop_guard('submission_never_goes', 'submission')
    op.drop_guard('submission_never_changes', 'submission')
    op.drop_guard('opening_never_goes', 'opening')
    op.drop_guard('opening_is_fixed', 'opening')
    op.drop_guard('opening_moves_as_declared', 'opening')
    op.drop_guard('opening_begins_as_declared', 'opening')
    op.drop_guard('submission_comes_before_the_opening', 'submission')
    op.drop_guard('opening_is_confirmed_by_staff', 'opening')
    op.drop_guard('opening_is_requested_by_staff', 'opening')
    op.drop_guard('opening_waits_for_the_deadline', 'opening')
    op.drop_guard('opening_is_confirmed_by_no_team', 'opening')
    op.drop_guard('opening_is_requested_by_no_team', 'opening')
    op.drop_guard('considered_hint_is_by_who_runs_it', 'considered_hint')
    op.drop_guard('considered_hint_never_goes', 'considered_hint')
    op.drop_guard('considered_hint_never_changes', 'considered_hint')
    op.drop_guard('rights_check_never_goes', 'rights_check')
    op.drop_guard('rights_check_is_fixed', 'rights_check')
    op.drop_guard('rights_check_moves_as_declared', 'rights_check')
    op.drop_guard('rights_check_begins_as_declared', 'rights_check')
    op.drop_guard('rights_check_is_fixed_once_published', 'rights_check')
    op.drop_guard('rights_check_is_approved_for_the_current_text', 'rights_check')
    op.drop_guard('rights_check_is_withdrawn_by_staff', 'rights_check')
    op.drop_guard('rights_check_is_refused_by_staff', 'rights_check')
    op.drop_guard('rights_check_is_approved_by_staff', 'rights_check')
    op.drop_guard('rights_check_is_of_a_text_in_review', 'rights_check')
    op.drop_guard('rights_check_is_answered_if_another_must', 'rights_check')
    op.drop_guard('rights_check_gives_a_reason', 'rights_check')
    op.drop_guard('rights_check_is_recorded_by_staff', 'rights_check')
    op.drop_guard('challenge_is_published_with_clear_rights', 'challenge')
    op.drop_guard('challenge_text_changes_with_its_check', 'challenge')
    op.drop_guard('question_is_answered_for_the_sponsor', 'question')
    op.drop_guard('question_never_goes', 'question')
    op.drop_guard('question_is_fixed', 'question')
    op.drop_guard('question_moves_as_declared', 'question')
    op.drop_guard('question_begins_as_declared', 'question')
    op.drop_guard('question_is_about_a_published_challenge_update', 'question')
    op.drop_guard('question_is_about_a_published_challenge_insert', 'question')
    op.drop_guard('challenge_is_cancelled_by_its_sponsor_or_staff', 'challenge')
    op.drop_guard('round_waits_for_its_challenges', 'round')
    op.drop_guard('challenge_goes_on_in_a_round_that_is_not_closed', 'challenge')
    op.drop_guard('challenge_begins_in_a_round_that_is_not_closed', 'challenge')
    op.drop_guard('challenge_is_published_by_staff', 'challenge')
    op.drop_guard('challenge_is_approved_by_its_sponsor', 'challenge')
    op.drop_guard('challenge_is_put_forward_by_its_sponsor', 'challenge')
    op.drop_guard('challenge_is_put_forward_with_its_text', 'challenge')
    op.drop_guard('challenge_is_fixed', 'challenge')
    op.drop_guard('challenge_moves_as_declared', 'challenge')
    op.drop_guard('challenge_begins_as_declared', 'challenge')
    op.drop_guard('role_grant_is_for_a_challenge_that_is_there', 'role_grant')
    op.drop_guard('role_grant_does_not_end_in_the_past', 'role_grant')
    op.drop_guard('membership_of_a_sponsor_does_not_end_in_the_past', 'membership')
    op.drop_guard('challenge_round_never_goes', 'challenge_round')
    op.drop_guard('challenge_round_never_changes', 'challenge_round')
    op.drop_guard('sent_back_never_goes', 'sent_back')
    op.drop_guard('sent_back_never_changes', 'sent_back')
    op.drop_guard('stage_budget_is_fixed', 'stage_budget')
    op.drop_guard('stage_budget_is_in_one_currency_update', 'stage_budget')
    op.drop_guard('stage_budget_is_in_one_currency_insert', 'stage_budget')
    op.drop_guard('stage_budget_is_for_a_stage_of_its_round_update', 'stage_budget')
    op.drop_guard('stage_budget_is_for_a_stage_of_its_round_insert', 'stage_budget')
    op.drop_guard('stage_budget_is_fixed_once_published_delete', 'stage_budget')
    op.drop_guard('stage_budget_is_fixed_once_published_update', 'stage_budget')
    op.drop_guard('stage_budget_is_fixed_once_published_insert', 'stage_budget')
    op.drop_guard('round_is_fixed', 'round')
    op.drop_guard('round_moves_as_declared', 'round')
    op.drop_guard('round_begins_as_declared', 'round')
    op.drop_guard('stage_is_in_one_currency_update', 'stage')
    op.drop_guard('stage_is_in_one_currency_insert', 'stage')
    op.drop_guard('role_grant_is_for_a_round_that_is_there', 'role_grant')
    op.drop_guard('pathway_never_goes', 'pathway')
    op.drop_guard('pathway_never_changes', 'pathway')
    op.drop_guard('criterion_is_fixed', 'criterion')
    op.drop_guard('stage_is_fixed', 'stage')
    op.drop_guard('criterion_is_fixed_once_the_round_opens_delete', 'criterion')
    op.drop_guard('stage_is_fixed_once_the_round_opens_delete', 'stage')
    op.drop_guard('criterion_is_fixed_once_the_round_opens_update', 'criterion')
    op.drop_guard('stage_is_fixed_once_the_round_opens_update', 'stage')
    op.drop_guard('criterion_is_fixed_once_the_round_opens_insert', 'criterion')
    op.drop_guard('stage_is_fixed_once_the_round_opens_insert', 'stage')
    op.drop_guard('role_grant_never_goes', 'role_grant')
    op.drop_guard('role_grant_is_fixed', 'role_grant')
    op.drop_guard('role_grant_moves_as_declared', 'role_grant')
    op.drop_guard('role_grant_of_the_last_administrator_stays', 'role_grant')
    op.drop_guard('role_grant_ends_after_it_was_granted', 'role_grant')
    op.drop_guard('role_grant_is_ended_by_an_administrator', 'role_grant')
    op.drop_guard('role_grant_is_taken_back_by_who_asked', 'role_grant')
    op.drop_guard('role_grant_is_not_doubled_on_update', 'role_grant')
    op.drop_guard('role_grant_is_not_doubled_on_insert', 'role_grant')
    op.drop_guard('role_grant_is_approved_in_time', 'role_grant')
    op.drop_guard('role_grant_is_decided_by_an_administrator', 'role_grant')
    op.drop_guard('role_grant_is_asked_for_by_an_administrator', 'role_grant')
    op.drop_guard('role_grant_begins_waiting', 'role_grant')
    op.drop_guard('person_who_is_the_last_administrator_stays_on', 'person')
    op.drop_guard('join_request_never_goes', 'join_request')
    op.drop_guard('join_request_is_fixed', 'join_request')
    op.drop_guard('join_request_moves_as_declared', 'join_request')
    op.drop_guard('join_request_begins_as_declared', 'join_request')
    op.drop_guard('company_figures_is_fixed', 'company_figures')
    op.drop_guard('organisation_is_fixed', 'organisation')
    op.drop_guard('organisation_begins_as_declared', 'organisation')
    op.drop_guard('join_request_is_answered_by_an_owner', 'join_request')
    op.drop_guard('join_request_comes_from_a_colleague', 'join_request')
    op.drop_guard('company_figures_are_a_companys', 'company_figures')
    op.drop_guard('organisation_number_is_accepted_anew_when_it_changes', 'organisation')
    op.drop_guard('organisation_number_is_accepted_by_staff', 'organisation')
    op.drop_guard('invitation_never_goes', 'invitation')
    op.drop_guard('invitation_is_fixed', 'invitation')
    op.drop_guard('invitation_moves_as_declared', 'invitation')
    op.drop_guard('invitation_begins_as_declared', 'invitation')
    op.drop_guard('membership_never_goes', 'membership')
    op.drop_guard('membership_begins_as_declared', 'membership')
    op.drop_guard('membership_is_fixed', 'membership')
    op.drop_guard('invitation_is_accepted_by_whom_it_was_for', 'invitation')
    op.drop_guard('invitation_is_accepted_once_confirmed', 'invitation')
    op.drop_guard('invitation_is_confirmed_by_an_owner_on_update', 'invitation')
    op.drop_guard('invitation_is_confirmed_by_an_owner_on_insert', 'invitation')
    op.drop_guard('membership_of_the_last_owner_stays', 'membership')
    op.drop_guard('person_is_fixed', 'person')
    op.drop_guard('address_change_is_fixed', 'address_change')
    op.drop_guard('address_change_begins_as_declared', 'address_change')
    op.drop_guard('passkey_is_fixed', 'passkey')
    op.drop_guard('browser_session_is_fixed', 'browser_session')
    op.drop_guard('passkey_counts_on', 'passkey')
    op.drop_guard('external_identity_is_fixed', 'external_identity')
    op.drop_guard('external_identity_that_is_the_last_way_in_stays', 'external_identity')
    op.drop_guard('external_identity_is_of_a_confirmed_person', 'external_identity')
    op.drop_guard('organisation_name_never_goes', 'organisation_name')
    op.drop_guard('organisation_name_never_changes', 'organisation_name')
    op.drop_view('hint')
    op.drop_view('involvement')
    op.drop_view('held_role')
    op.drop_view('acting_for')
    op.drop_view('unseen')
    op.drop_table('owed_transfer')
    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.drop_index('uq_transfer_once_credit_id', sqlite_where=sa.text("kind <> 'return'"), postgresql_where=sa.text("kind <> 'return'"))
        batch_op.drop_index(batch_op.f('ix_transfer_debit_id'))
        batch_op.drop_index(batch_op.f('ix_transfer_credit_id'))

    op.drop_table('transfer')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index('uq_release_live_milestone_id', sqlite_where=sa.text("state <> 'refused'"), postgresql_where=sa.text("state <> 'refused'"))
        batch_op.drop_index('ix_release_state')
        batch_op.drop_index('ix_release_refused_by_id')
        batch_op.drop_index('ix_release_proposed_by_id')
        batch_op.drop_index('ix_release_paid_by_id')
        batch_op.drop_index(batch_op.f('ix_release_milestone_id'))
        batch_op.drop_index('ix_release_approved_by_id')

    op.drop_table('release')
    with op.batch_alter_table('deliverable', schema=None) as batch_op:
        batch_op.drop_index('uq_deliverable_undecided_milestone_id', sqlite_where=sa.text("state = 'delivered'"), postgresql_where=sa.text("state = 'delivered'"))
        batch_op.drop_index('ix_deliverable_decided_by_id')

    op.drop_table('deliverable')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index('uq_account_kind_challenge_id_stage_id', sqlite_where=sa.text('milestone_id IS NULL'), postgresql_where=sa.text('milestone_id IS NULL'))
        batch_op.drop_index('ix_account_kind_challenge_id_milestone_id_balance_pence', sqlite_where=sa.text('balance_pence != 0'), postgresql_where=sa.text('balance_pence != 0'))
        batch_op.drop_index('ix_account_challenge_id_stage_id')

    op.drop_table('account')
    with op.batch_alter_table('milestone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_milestone_agreement_id'))

    op.drop_table('milestone')
    with op.batch_alter_table('stage_agreement', schema=None) as batch_op:
        batch_op.drop_index('ix_stage_agreement_stage_id_state')
        batch_op.drop_index('ix_stage_agreement_activated_at_id')

    op.drop_table('stage_agreement')
    op.drop_table('score')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcome_proposal_id'))

    op.drop_table('outcome')
    with op.batch_alter_table('background_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_background_item_statement_id'))

    op.drop_table('background_item')
    op.drop_table('submission')
    op.drop_table('section')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_judge_id'))

    op.drop_table('seat')
    op.drop_table('rights_statement')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index('uq_decision_live_panel_id', sqlite_where=sa.text("state <> 'returned'"), postgresql_where=sa.text("state <> 'returned'"))
        batch_op.drop_index(batch_op.f('ix_decision_panel_id'))

    op.drop_table('decision')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_proposal_id'))
        batch_op.drop_index('ix_assignment_panel_id_proposal_id')
        batch_op.drop_index('ix_assignment_judge_id_state')

    op.drop_table('assignment')
    with op.batch_alter_table('viewing', schema=None) as batch_op:
        batch_op.drop_index('uq_viewing_one_in_a_browser', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('viewing')
    op.drop_table('stage_budget')
    with op.batch_alter_table('sent_back', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sent_back_challenge_id'))

    op.drop_table('sent_back')
    with op.batch_alter_table('rights_check', schema=None) as batch_op:
        batch_op.drop_index('uq_rights_check_of_one_text', sqlite_where=sa.text("state IN ('recorded', 'approved')"), postgresql_where=sa.text("state IN ('recorded', 'approved')"))
        batch_op.drop_index(batch_op.f('ix_rights_check_challenge_id'))

    op.drop_table('rights_check')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_challenge_id_state')
        batch_op.drop_index(batch_op.f('ix_question_asker_id'))

    op.drop_table('question')
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_organisation_id'))
        batch_op.drop_index('ix_proposal_challenge_id_state')

    op.drop_table('proposal')
    with op.batch_alter_table('panel', schema=None) as batch_op:
        batch_op.drop_index('ix_panel_stage_id_challenge_id')

    op.drop_table('panel')
    op.drop_table('opening')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_stage_id'))

    op.drop_table('criterion')
    with op.batch_alter_table('considered_hint', schema=None) as batch_op:
        batch_op.drop_index('ix_considered_hint_challenge_id')

    op.drop_table('considered_hint')
    with op.batch_alter_table('challenge_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_challenge_round_challenge_id'))

    op.drop_table('challenge_round')
    with op.batch_alter_table('stage', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stage_round_id'))

    op.drop_table('stage')
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.drop_index('ix_organisation_name_organisation_id_since')

    op.drop_table('organisation_name')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_held', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.drop_index('uq_join_request_waiting', sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))
        batch_op.drop_index(batch_op.f('ix_join_request_person_id'))
        batch_op.drop_index(batch_op.f('ix_join_request_organisation_id'))

    op.drop_table('join_request')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index('uq_invitation_waiting', sqlite_where=sa.text("state = 'sent'"), postgresql_where=sa.text("state = 'sent'"))
        batch_op.drop_index(batch_op.f('ix_invitation_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_email'))

    op.drop_table('invitation')
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hold_person_id'))
        batch_op.drop_index(batch_op.f('ix_hold_organisation_id'))

    op.drop_table('hold')
    op.drop_table('company_figures')
    with op.batch_alter_table('challenge', schema=None) as batch_op:
        batch_op.drop_index('ix_challenge_state_opens_at_id')
        batch_op.drop_index('ix_challenge_state_closes_at_id_opens_at')
        batch_op.drop_index(batch_op.f('ix_challenge_sponsor_id'))
        batch_op.drop_index('ix_challenge_round_id_state_closes_at_id_opens_at')

    op.drop_table('challenge')
    op.drop_table('round')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_user_id'))
        batch_op.drop_index(batch_op.f('ix_role_grant_state'))

    op.drop_table('role_grant')
    with op.batch_alter_table('problem_report', schema=None) as batch_op:
        batch_op.drop_index('ix_problem_report_state')
        batch_op.drop_index(batch_op.f('ix_problem_report_reporter_id'))

    op.drop_table('problem_report')
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_passkey_user_id'))

    op.drop_table('passkey')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_message_state_id')
        batch_op.drop_index('ix_outbox_message_state_due_at_id_queued_at')
        batch_op.drop_index(batch_op.f('ix_outbox_message_recipient_id'))

    op.drop_table('outbox_message')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('uq_organisation_number', sqlite_where=sa.text("identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')"), postgresql_where=sa.text("identifier_scheme NOT IN ('DE-CR', 'EG-CR', 'ES-RMC', 'LB-CR')"))
        batch_op.drop_index(batch_op.f('ix_organisation_trading_stem'))
        batch_op.drop_index(batch_op.f('ix_organisation_number_key'))
        batch_op.drop_index(batch_op.f('ix_organisation_name_stem'))
        batch_op.drop_index('ix_organisation_kind_legal_name')

    op.drop_table('organisation')
    op.drop_table('external_identity')
    with op.batch_alter_table('erasure_request', schema=None) as batch_op:
        batch_op.drop_index('uq_erasure_request_waiting', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f('ix_erasure_request_person_id'))

    op.drop_table('erasure_request')
    op.drop_table('erasure')
    with op.batch_alter_table('browser_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_browser_session_user_id'))

    op.drop_table('browser_session')
    with op.batch_alter_table('audit_binding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_binding_sequence'))

    op.drop_table('audit_binding')
    with op.batch_alter_table('address_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_change_user_id'))

    op.drop_table('address_change')
    op.drop_table('used_key')
    with op.batch_alter_table('unsent_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unsent_form_person'))

    op.drop_table('unsent_form')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_domain'))

    op.drop_table('person')
    op.drop_table('pathway')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index('ix_audit_entry_event')
        batch_op.drop_index('ix_audit_entry_at')
        batch_op.drop_index('ix_audit_entry_actor')

    op.drop_table('audit_entry')
    op.drop_table('audit_checkpoint')
