"""Create the tables: people, cases, filing drafts, extensions, papers, history, calendar, routing.

The case holds the facts; its due dates are written by one service. Letters keep their bytes in a table of their own, so
that lists never read them."""

from alembic import op
import sqlalchemy as sa


revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('door', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('window', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempts')),
    sa.UniqueConstraint('door', 'subject', 'window', name='uq_attempts_window')
    )
    op.create_index('ix_attempts_sweep', 'attempts', ['window'], unique=False)

    op.create_table('chain_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_chain_head_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chain_head'))
    )
    op.create_table('departments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('short_name', sa.String(length=40), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('organ_kind', sa.String(length=40), nullable=False),
    sa.Column('review_body', sa.String(length=80), nullable=False),
    sa.Column('review_address', sa.String(length=200), nullable=False),
    sa.Column('court', sa.String(length=80), nullable=False),
    sa.Column('letter_prefix', sa.String(length=40), nullable=False),
    sa.Column('number_pattern', sa.String(length=80), nullable=False),
    sa.Column('letter_form', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_departments')),
    sa.UniqueConstraint('code', name=op.f('uq_departments_code'))
    )
    op.create_table('number_patterns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pattern', sa.String(length=200), nullable=False),
    sa.Column('meaning', sa.String(length=60), nullable=False),
    sa.Column('department_code', sa.String(length=20), nullable=False),
    sa.Column('field_code', sa.String(length=20), nullable=False),
    sa.Column('weight', sa.Double(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('weight > 0 AND weight <= 20', name=op.f('ck_number_patterns_weight_in_range')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_patterns')),
    sa.UniqueConstraint('pattern', name=op.f('uq_number_patterns_pattern'))
    )
    op.create_table('routing_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('term', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('department_code', sa.String(length=20), nullable=False),
    sa.Column('field_code', sa.String(length=20), nullable=False),
    sa.Column('weight', sa.Double(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.CheckConstraint("weight <> 0 OR department_code = ''", name=op.f('ck_routing_terms_weighs_something')),
    sa.CheckConstraint('weight >= 0 AND weight <= 20', name=op.f('ck_routing_terms_weight_in_range')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_routing_terms')),
    sa.UniqueConstraint('term', 'kind', 'department_code', name='uq_routing_terms_term')
    )
    op.create_index('ix_routing_terms_department', 'routing_terms', ['department_code', 'term', 'id'], unique=False)
    op.create_index('ix_routing_terms_list', 'routing_terms', ['term', 'id'], unique=False)

    op.create_table('series',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'year', name=op.f('pk_series'))
    )
    op.create_table('cases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('filing_digest', sa.String(length=64), nullable=False),
    sa.Column('query_digest', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('document_no', sa.String(length=100), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('medium', sa.String(length=40), nullable=False),
    sa.Column('delivery_way', sa.String(length=40), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('field_code', sa.String(length=20), nullable=False),
    sa.Column('routing_note', sa.Text(), nullable=False),
    sa.Column('candidates', sa.String(length=200), nullable=False),
    sa.Column('proposed_outside', sa.Boolean(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('counted_from', sa.Date(), nullable=False),
    sa.Column('local_rule_set', sa.String(length=20), nullable=False),
    sa.Column('statute', sa.String(length=20), nullable=False),
    sa.Column('local_due_on', sa.Date(), nullable=True),
    sa.Column('statutory_due_on', sa.Date(), nullable=True),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('urgency_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=40), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'answered') = (answered_on IS NOT NULL)", name=op.f('ck_cases_answered_when_dated')),
    sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_cases_closed_when_dated')),
    sa.CheckConstraint('statutory_due_on >= local_due_on', name=op.f('ck_cases_local_within_statute')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_cases_department_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('filing_digest', name=op.f('uq_cases_filing_digest')),
    sa.UniqueConstraint('number', name=op.f('uq_cases_number'))
    )
    op.create_index('ix_cases_list_both', 'cases', ['department_id', 'status', 'id'], unique=False)
    op.create_index('ix_cases_list_department', 'cases', ['department_id', 'id'], unique=False)
    op.create_index('ix_cases_list_status', 'cases', ['status', 'id'], unique=False)
    op.create_index('ix_cases_worklist_department', 'cases', ['department_id', 'status', 'urgency_on', 'id'], unique=False)
    op.create_index('ix_cases_worklist_office', 'cases', ['status', 'urgency_on', 'id'], unique=False)

    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sign_in_name', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.Column('signed_version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_people_department_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('sign_in_name', name=op.f('uq_people_sign_in_name'))
    )
    op.create_index(op.f('ix_people_department_id'), 'people', ['department_id'], unique=False)

    op.create_table('applicants',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('identity_kind', sa.String(length=40), nullable=True),
    sa.Column('identity_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('identity_masked', sa.String(length=40), nullable=False),
    sa.Column('identity_digest', sa.String(length=64), nullable=False),
    sa.Column('representative', sa.String(length=120), nullable=False),
    sa.Column('contact_person', sa.String(length=120), nullable=False),
    sa.Column('agent_name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_applicants_case_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_applicants'))
    )
    op.create_index(op.f('ix_applicants_identity_digest'), 'applicants', ['identity_digest'], unique=False)
    op.create_table('calendar_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('is_working', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_calendar_days_entered_by_id')),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_days'))
    )
    op.create_table('events',
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_events_actor_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_events_case_id')),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_events')),
    sa.UniqueConstraint('digest', name=op.f('uq_events_digest'))
    )
    op.create_index('ix_events_case', 'events', ['case_id', 'position'], unique=False)

    op.create_table('extensions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('counted_from', sa.Date(), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(status = 'notified') = (notified_on IS NOT NULL)", name=op.f('ck_extensions_notified_when_dated')),
    sa.CheckConstraint("(status IN ('approved', 'notified')) = (approved_on IS NOT NULL)", name=op.f('ck_extensions_approved_when_dated')),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_extensions_two_people')),
    sa.CheckConstraint('working_days >= 1', name=op.f('ck_extensions_at_least_a_day')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_extensions_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_extensions_decided_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_extensions_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extensions'))
    )
    op.create_index('ix_extensions_case', 'extensions', ['case_id', 'id'], unique=False)
    op.create_index('ix_extensions_to_decide', 'extensions', ['status', 'id'], unique=False)
    op.create_index('uq_extensions_one_alive', 'extensions', ['case_id', 'counted_from'], unique=True, sqlite_where=sa.text("status <> 'refused'"), postgresql_where=sa.text("status <> 'refused'"))

    op.create_table('filing_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key_digest', sa.String(length=64), nullable=False),
    sa.Column('answers_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_filing_drafts_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing_drafts')),
    sa.UniqueConstraint('key_digest', name=op.f('uq_filing_drafts_key_digest'))
    )
    op.create_index(op.f('ix_filing_drafts_case_id'), 'filing_drafts', ['case_id'], unique=False)
    op.create_index(op.f('ix_filing_drafts_changed_at'), 'filing_drafts', ['changed_at'], unique=False)

    op.create_table('letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('series', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_letters_case_id')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_letters_department_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_letters_issued_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('department_id', 'series', 'year', 'serial', name='uq_letters_serial'),
    sa.UniqueConstraint('number', name=op.f('uq_letters_number'))
    )
    op.create_index('ix_letters_case', 'letters', ['case_id', 'id'], unique=False)

    op.create_table('person_roles',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_person_roles_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'role', name=op.f('pk_person_roles'))
    )
    op.create_table('reply_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stored_name', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_reply_files_not_empty')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_reply_files_added_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reply_files_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_files')),
    sa.UniqueConstraint('stored_name', name=op.f('uq_reply_files_stored_name'))
    )
    op.create_index('ix_reply_files_case', 'reply_files', ['case_id', 'id'], unique=False)
    op.create_table('replies',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_reason', sa.Text(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('issued_by_id IS NULL OR issued_by_id <> drafted_by_id', name=op.f('ck_replies_two_people')),
    sa.CheckConstraint('issued_by_id IS NULL OR issued_by_id <> submitted_by_id', name=op.f('ck_replies_not_own_proposal')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_replies_case_id')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['people.id'], name=op.f('fk_replies_drafted_by_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['people.id'], name=op.f('fk_replies_issued_by_id')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['people.id'], name=op.f('fk_replies_submitted_by_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_replies'))
    )
    op.create_table('attachments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('stored_name', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(draft_id IS NULL) <> (case_id IS NULL)', name=op.f('ck_attachments_draft_or_case')),
    sa.CheckConstraint('size > 0', name=op.f('ck_attachments_not_empty')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_attachments_case_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['filing_drafts.id'], name=op.f('fk_attachments_draft_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachments')),
    sa.UniqueConstraint('stored_name', name=op.f('uq_attachments_stored_name'))
    )
    op.create_index(op.f('ix_attachments_case_id'), 'attachments', ['case_id'], unique=False)
    op.create_index(op.f('ix_attachments_draft_id'), 'attachments', ['draft_id'], unique=False)

    op.create_table('deliveries',
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('tracking_number', sa.String(length=40), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_deliveries_letter_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_deliveries_recorded_by_id')),
    sa.PrimaryKeyConstraint('letter_id', name=op.f('pk_deliveries'))
    )
    op.create_table('issued_documents',
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_issued_documents_letter_id')),
    sa.PrimaryKeyConstraint('letter_id', name=op.f('pk_issued_documents'))
    )


def downgrade() -> None:
    op.drop_table('issued_documents')
    op.drop_table('deliveries')
    op.drop_index(op.f('ix_attachments_draft_id'), table_name='attachments')
    op.drop_index(op.f('ix_attachments_case_id'), table_name='attachments')

    op.drop_table('attachments')
    op.drop_table('replies')
    op.drop_index('ix_reply_files_case', table_name='reply_files')
    op.drop_table('reply_files')
    op.drop_table('person_roles')
    op.drop_index('ix_letters_case', table_name='letters')

    op.drop_table('letters')
    op.drop_index(op.f('ix_filing_drafts_changed_at'), table_name='filing_drafts')
    op.drop_index(op.f('ix_filing_drafts_case_id'), table_name='filing_drafts')

    op.drop_table('filing_drafts')
    op.drop_index('uq_extensions_one_alive', table_name='extensions')
    op.drop_index('ix_extensions_to_decide', table_name='extensions')
    op.drop_index('ix_extensions_case', table_name='extensions')

    op.drop_table('extensions')
    op.drop_index('ix_events_case', table_name='events')

    op.drop_table('events')
    op.drop_table('calendar_days')
    op.drop_index(op.f('ix_applicants_identity_digest'), table_name='applicants')
    op.drop_table('applicants')
    op.drop_index(op.f('ix_people_department_id'), table_name='people')

    op.drop_table('people')
    op.drop_index('ix_cases_worklist_office', table_name='cases')
    op.drop_index('ix_cases_worklist_department', table_name='cases')
    op.drop_index('ix_cases_list_status', table_name='cases')
    op.drop_index('ix_cases_list_department', table_name='cases')
    op.drop_index('ix_cases_list_both', table_name='cases')

    op.drop_table('cases')
    op.drop_table('series')
    op.drop_index('ix_routing_terms_list', table_name='routing_terms')
    op.drop_index('ix_routing_terms_department', table_name='routing_terms')

    op.drop_table('routing_terms')
    op.drop_table('number_patterns')
    op.drop_table('departments')
    op.drop_table('chain_head')
    op.drop_index('ix_attempts_sweep', table_name='attempts')

    op.drop_table('attempts')
