"""Add the address to which an applicant consents to have letters sent by e-mail."""

from alembic import op
import sqlalchemy as sa


revision = '0027'
down_revision = '0026'


def upgrade() -> None:
    op.add_column('applicants', sa.Column('email', sa.String(length=254), nullable=False, server_default=''))


def downgrade() -> None:
    op.drop_column('applicants', 'email')
