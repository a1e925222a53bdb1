"""Add the addresses of staff, and messages to them: a notice goes to a case's applicant or to a member of staff."""

from alembic import op
import sqlalchemy as sa


revision = '0022'
down_revision = '0021'

WAITING = {'sqlite_where': sa.text("state = 'waiting'"), 'postgresql_where': sa.text("state = 'waiting'")}


def upgrade() -> None:
    op.add_column('people', sa.Column('email', sa.String(length=254), nullable=False, server_default=''))
    op.add_column('people', sa.Column('mailed_on', sa.Date(), nullable=True))
    op.drop_index('ix_notices_waiting', table_name='notices')
    with op.batch_alter_table('notices') as table:
        table.alter_column('case_id', existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('subject', sa.String(length=200), nullable=False, server_default=''))
        table.create_foreign_key(op.f('fk_notices_person_id'), 'people', ['person_id'], ['id'])
        table.create_check_constraint(op.f('ck_notices_one_addressee'), "(case_id IS NULL) <> (person_id IS NULL)")
    op.create_index('ix_notices_waiting', 'notices', ['next_try_at', 'id'], unique=False, **WAITING)
    op.create_index('ix_notices_person', 'notices', ['person_id', 'id'], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE case_id IS NULL")
    op.drop_index('ix_notices_person', table_name='notices')
    op.drop_index('ix_notices_waiting', table_name='notices')
    with op.batch_alter_table('notices') as table:
        table.drop_constraint(op.f('ck_notices_one_addressee'), type_='check')
        table.drop_constraint(op.f('fk_notices_person_id'), type_='foreignkey')
        table.drop_column('subject')
        table.drop_column('person_id')
        table.alter_column('case_id', existing_type=sa.Integer(), nullable=False)
    op.create_index('ix_notices_waiting', 'notices', ['next_try_at', 'id'], unique=False, **WAITING)
    op.drop_column('people', 'mailed_on')
    op.drop_column('people', 'email')
