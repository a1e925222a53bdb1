"""Add how a request came and when it counts as received: channel, arrival, confirmation, contacts, changes (art. 31).

Every case so far was filed online and confirmed itself on the day of filing (L7). Columns are added one by one, since
SQLite cannot copy a table that others refer to; a check of several columns hangs on the last of them.
"""

from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = '0006'

AWAITING = "status <> 'awaiting_confirmation' OR confirmed_on IS NULL"
TAKEN_UP = "confirmed_on IS NOT NULL OR status IN ('awaiting_confirmation', 'closed')"
ORDER = "confirmed_on >= arrived_on"


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN channel VARCHAR(40) DEFAULT 'online' NOT NULL")
    op.execute("ALTER TABLE cases ADD COLUMN arrived_on DATE DEFAULT '2000-01-01' NOT NULL")
    op.execute("ALTER TABLE cases ADD COLUMN confirmed_on DATE")
    op.execute("ALTER TABLE cases ADD COLUMN receipt_note TEXT DEFAULT '' NOT NULL")
    op.execute("UPDATE cases SET arrived_on = received_on, confirmed_on = received_on")
    op.execute(
        "ALTER TABLE cases ADD COLUMN help_needed BOOLEAN DEFAULT FALSE NOT NULL"
        f" CONSTRAINT ck_cases_awaits_unconfirmed CHECK ({AWAITING})"
        f" CONSTRAINT ck_cases_confirmed_when_taken_up CHECK ({TAKEN_UP})"
        f" CONSTRAINT ck_cases_confirmed_after_arrival CHECK ({ORDER})"
    )

    op.create_table('contact_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('reached', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_contact_attempts_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_contact_attempts_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_attempts'))
    )
    op.create_index('ix_contact_attempts_case', 'contact_attempts', ['case_id', 'id'], unique=False)

    op.create_table('receipt_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('old_on', sa.Date(), nullable=False),
    sa.Column('new_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_receipt_changes_two_people')),
    sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f('ck_receipt_changes_decided_when_dated')),
    sa.CheckConstraint('new_on <> old_on', name=op.f('ck_receipt_changes_another_day')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_receipt_changes_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_receipt_changes_decided_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_receipt_changes_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt_changes'))
    )
    op.create_index('ix_receipt_changes_case', 'receipt_changes', ['case_id', 'id'], unique=False)
    op.create_index('uq_receipt_changes_one_waits', 'receipt_changes', ['case_id'], unique=True, sqlite_where=sa.text("status = 'proposed'"), postgresql_where=sa.text("status = 'proposed'"))


def downgrade() -> None:
    op.drop_index('uq_receipt_changes_one_waits', table_name='receipt_changes', sqlite_where=sa.text("status = 'proposed'"), postgresql_where=sa.text("status = 'proposed'"))
    op.drop_index('ix_receipt_changes_case', table_name='receipt_changes')
    op.drop_table('receipt_changes')
    op.drop_index('ix_contact_attempts_case', table_name='contact_attempts')
    op.drop_table('contact_attempts')

    if op.get_bind().dialect.name == 'postgresql':
        for name in ('awaits_unconfirmed', 'confirmed_when_taken_up', 'confirmed_after_arrival'):
            op.execute(f"ALTER TABLE cases DROP CONSTRAINT ck_cases_{name}")
    op.drop_column('cases', 'help_needed')
    op.execute("UPDATE cases SET status = 'registered' WHERE status = 'awaiting_confirmation'")
    for name in ('receipt_note', 'confirmed_on', 'arrived_on', 'channel'):
        op.drop_column('cases', name)
