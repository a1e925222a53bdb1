"""Add the yearly review of what was withheld, and the question whether to publish what several ask for (art. 18, 44).

Cases filed before have no name to compare; only what is filed from now on is found to be the same.
"""

from alembic import op
import sqlalchemy as sa


revision = '0011'
down_revision = '0010'

OPEN = {'sqlite_where': sa.text('done_on IS NULL'), 'postgresql_where': sa.text('done_on IS NULL')}
UNDECIDED = {'sqlite_where': sa.text('decided_at IS NULL'), 'postgresql_where': sa.text('decided_at IS NULL')}


def upgrade() -> None:
    op.create_table('withheld_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('result', sa.String(length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(result IS NULL) = (done_on IS NULL)', name=op.f('ck_withheld_reviews_done_with_a_result')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_withheld_reviews_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_withheld_reviews_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withheld_reviews'))
    )
    op.create_index('ix_withheld_reviews_case', 'withheld_reviews', ['case_id', 'id'], unique=False)
    op.create_index('ix_withheld_reviews_open', 'withheld_reviews', ['due_on', 'case_id'], unique=False, **OPEN)
    op.create_index('uq_withheld_reviews_one_open', 'withheld_reviews', ['case_id'], unique=True, **OPEN)

    op.create_table('publication_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('other_case_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('information_key', sa.String(length=64), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('publishes', sa.Boolean(), nullable=True),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(decided_at IS NULL) = (publishes IS NULL)', name=op.f('ck_publication_tasks_decided_when_dated')),
    sa.CheckConstraint('publishes IS NOT TRUE OR published_on IS NOT NULL', name=op.f('ck_publication_tasks_published_on_a_day')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_publication_tasks_case_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_publication_tasks_decided_by_id')),
    sa.ForeignKeyConstraint(['other_case_id'], ['cases.id'], name=op.f('fk_publication_tasks_other_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_tasks'))
    )
    op.create_index('ix_publication_tasks_case', 'publication_tasks', ['case_id', 'id'], unique=False)
    op.create_index('ix_publication_tasks_open', 'publication_tasks', ['case_id'], unique=True, **UNDECIDED)
    op.create_index('ix_publication_tasks_name', 'publication_tasks', ['information_key', 'id'], unique=False)

    op.execute("ALTER TABLE cases ADD COLUMN information_key VARCHAR(64) DEFAULT '' NOT NULL")
    op.create_index('ix_cases_information', 'cases', ['information_key', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_cases_information', table_name='cases')
    op.drop_column('cases', 'information_key')
    op.drop_table('publication_tasks')
    op.drop_table('withheld_reviews')
