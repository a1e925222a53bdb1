"""Add what a case asks for: information, or the correction of a record about the applicant (art. 41; R62)."""

from alembic import op


revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN case_kind VARCHAR(40) DEFAULT 'disclosure' NOT NULL")


def downgrade() -> None:
    op.drop_column('cases', 'case_kind')
