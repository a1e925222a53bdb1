"""Add who has a form of a case open, so that two people do not write the same answer."""

from alembic import op
import sqlalchemy as sa


revision = '0037'
down_revision = '0036'


def upgrade() -> None:
    op.create_table('presences',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_presences_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_presences_person_id')),
    sa.PrimaryKeyConstraint('case_id', 'person_id', name=op.f('pk_presences'))
    )


def downgrade() -> None:
    op.drop_table('presences')
