"""Kept lists name the drafter by the field that now takes any officer: `drafted_by`, which was `mine`."""

from alembic import op


revision = '0039'
down_revision = '0038'

RENAMED = "UPDATE saved_lists SET narrowed_by = REPLACE(narrowed_by, '{before}=me', '{after}=me')"


def upgrade() -> None:
    op.execute(RENAMED.format(before='mine', after='drafted_by'))


def downgrade() -> None:
    op.execute(RENAMED.format(before='drafted_by', after='mine'))
