"""Give every answer that withheld something its first yearly review, one year after it was given (art. 18; R60)."""

from alembic import op


revision = '0012'
down_revision = '0011'

YEAR_LATER = {'sqlite': "date(answered_on, '+1 year')", 'postgresql': "(answered_on + interval '1 year')::date"}


def upgrade() -> None:
    op.execute(
        'INSERT INTO withheld_reviews (case_id, due_on, reason)'
        f" SELECT id, {YEAR_LATER[op.get_bind().dialect.name]}, '' FROM cases"
        " WHERE status = 'answered' AND outcome IN ('withheld', 'partial')"
    )


def downgrade() -> None:
    op.execute('DELETE FROM withheld_reviews WHERE done_on IS NULL')
