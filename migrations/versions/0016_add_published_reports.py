"""Add where and when each annual report was published: the task that stands until then (art. 49; R58)."""

from alembic import op
import sqlalchemy as sa


revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table('published_reports',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_published_reports_recorded_by_id')),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_published_reports'))
    )


def downgrade() -> None:
    op.drop_table('published_reports')
