"""Add the index by which the cases of a telephone number are found."""

from alembic import op


revision = '0033'
down_revision = '0032'


def upgrade() -> None:
    op.create_index('ix_applicants_phone', 'applicants', ['phone'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_applicants_phone', table_name='applicants')
