"""Add the facts that move a period: supplements, consultations, fees, requests for reasons (art. 30, 32, 34, 35, 42)."""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table('consultations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('contact', sa.String(length=300), nullable=False),
    sa.Column('matter', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('delivery_proof', sa.String(length=120), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('position', sa.String(length=40), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('judgement', sa.Text(), nullable=False),
    sa.Column('is_reasonable', sa.Boolean(), nullable=True),
    sa.Column('public_interest', sa.Text(), nullable=False),
    sa.Column('judged_by_id', sa.Integer(), nullable=True),
    sa.Column('judged_on', sa.Date(), nullable=True),
    sa.Column('applicant_letter_id', sa.Integer(), nullable=True),
    sa.Column('notice_letter_id', sa.Integer(), nullable=True),
    sa.Column('notice_delivered_on', sa.Date(), nullable=True),
    sa.Column('notice_proof', sa.String(length=120), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(closed_on IS NULL) = (position IS NULL)', name=op.f('ck_consultations_closed_with_a_position')),
    sa.CheckConstraint('closed_on IS NULL OR closed_on >= opened_on', name=op.f('ck_consultations_closed_after_opening')),
    sa.CheckConstraint('delivered_on IS NULL OR delivered_on >= opened_on', name=op.f('ck_consultations_delivered_after_opening')),
    sa.ForeignKeyConstraint(['applicant_letter_id'], ['letters.id'], name=op.f('fk_consultations_applicant_letter_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_consultations_case_id')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['people.id'], name=op.f('fk_consultations_judged_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_consultations_letter_id')),
    sa.ForeignKeyConstraint(['notice_letter_id'], ['letters.id'], name=op.f('fk_consultations_notice_letter_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['people.id'], name=op.f('fk_consultations_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations'))
    )
    op.create_index('ix_consultations_case', 'consultations', ['case_id', 'id'], unique=False)
    op.create_index('ix_consultations_open', 'consultations', ['closed_on', 'id'], unique=False)

    op.create_table('fees',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('basis', sa.String(length=40), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('earlier', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('pay_by', sa.Date(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('paper', sa.String(length=60), nullable=False),
    sa.Column('closing_note', sa.Text(), nullable=False),
    sa.CheckConstraint("(status = 'paid') = (paid_on IS NOT NULL)", name=op.f('ck_fees_paid_when_dated')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_fees_worth_a_notice')),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_fees_two_people')),
    sa.CheckConstraint('delivered_on IS NULL OR noticed_on IS NOT NULL', name=op.f('ck_fees_delivered_after_sending')),
    sa.CheckConstraint('(delivered_on IS NULL) = (pay_by IS NULL)', name=op.f('ck_fees_payable_from_delivery')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_fees_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_fees_decided_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_fees_letter_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_fees_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fees'))
    )
    op.create_index('ix_fees_case', 'fees', ['case_id', 'id'], unique=False)
    op.create_index('ix_fees_waiting', 'fees', ['status', 'id'], unique=False)
    op.create_index(
        'uq_fees_one_alive', 'fees', ['case_id'], unique=True,
        sqlite_where=sa.text("status NOT IN ('refused', 'cancelled')"),
        postgresql_where=sa.text("status NOT IN ('refused', 'cancelled')"),
    )

    op.create_table('reasons_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('recorded_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('is_accepted', sa.Boolean(), nullable=True),
    sa.Column('judgement', sa.Text(), nullable=False),
    sa.Column('judged_by_id', sa.Integer(), nullable=True),
    sa.Column('judged_on', sa.Date(), nullable=True),
    sa.Column('delayed_until', sa.Date(), nullable=True),
    sa.CheckConstraint('is_accepted IS NULL OR recorded_on IS NOT NULL', name=op.f('ck_reasons_requests_judged_after_answer')),
    sa.CheckConstraint('(is_accepted IS NULL) = (judged_on IS NULL)', name=op.f('ck_reasons_requests_judged_when_dated')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_reasons_requests_asked_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reasons_requests_case_id')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['people.id'], name=op.f('fk_reasons_requests_judged_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_reasons_requests_letter_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_reasons_requests_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reasons_requests')),
    sa.UniqueConstraint('case_id', name='uq_reasons_requests_once')
    )

    op.create_table('supplements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('items', sa.Text(), nullable=False),
    sa.Column('guidance', sa.Text(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('reply_by', sa.Date(), nullable=False),
    sa.Column('override', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('taken_on', sa.Date(), nullable=True),
    sa.Column('taken_text', sa.Text(), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('lapsed_on', sa.Date(), nullable=True),
    sa.Column('lapse_judgement', sa.Text(), nullable=False),
    sa.Column('lapsed_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(status = 'lapsed') = (lapsed_on IS NOT NULL)", name=op.f('ck_supplements_lapsed_when_dated')),
    sa.CheckConstraint("(status = 'taken') = (taken_on IS NOT NULL)", name=op.f('ck_supplements_taken_when_dated')),
    sa.CheckConstraint('reply_by > asked_on', name=op.f('ck_supplements_time_to_answer')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_supplements_asked_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_supplements_case_id')),
    sa.ForeignKeyConstraint(['lapsed_by_id'], ['people.id'], name=op.f('fk_supplements_lapsed_by_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_supplements_letter_id')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['people.id'], name=op.f('fk_supplements_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supplements'))
    )
    op.create_index('ix_supplements_case', 'supplements', ['case_id', 'id'], unique=False)



def downgrade() -> None:
    op.drop_index('ix_supplements_case', table_name='supplements')

    op.drop_table('supplements')
    op.drop_table('reasons_requests')
    op.drop_index('uq_fees_one_alive', table_name='fees')
    op.drop_index('ix_fees_waiting', table_name='fees')
    op.drop_index('ix_fees_case', table_name='fees')

    op.drop_table('fees')
    op.drop_index('ix_consultations_open', table_name='consultations')
    op.drop_index('ix_consultations_case', table_name='consultations')

    op.drop_table('consultations')
