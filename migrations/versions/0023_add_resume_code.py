"""Add the code by which an applicant takes up a draft again that he set aside, and until when it is kept."""

from alembic import op
import sqlalchemy as sa


revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.add_column('filing_drafts', sa.Column('resume_digest', sa.String(length=64), nullable=True))
    op.add_column('filing_drafts', sa.Column('kept_until', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_filing_drafts_resume_digest', 'filing_drafts', ['resume_digest'], unique=True)


def downgrade() -> None:
    op.drop_index('ix_filing_drafts_resume_digest', table_name='filing_drafts')
    op.drop_column('filing_drafts', 'kept_until')
    op.drop_column('filing_drafts', 'resume_digest')
