"""Add the lists of cases that people keep under a name."""

from alembic import op
import sqlalchemy as sa


revision = '0031'
down_revision = '0030'


def upgrade() -> None:
    op.create_table('saved_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('narrowed_by', sa.String(length=2000), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_lists_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_lists')),
    sa.UniqueConstraint('person_id', 'name', name='uq_saved_lists_person_id')
    )
    op.create_index('ix_saved_lists_shared', 'saved_lists', ['shared', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_saved_lists_shared', table_name='saved_lists')
    op.drop_table('saved_lists')
