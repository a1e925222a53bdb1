"""Write into which row of table three each case that has ended counts, and from which day (3.6)."""

import json

from alembic import op
import sqlalchemy as sa


revision = '0014'
down_revision = '0013'

BATCH = 1000
# As the rules had it when this was written; the ground decides where the outcome does not.
BY_OUTCOME = {
    'disclosed': '3.1', 'already_public': '3.1', 'partial': '3.2', 'business_lookup': '3.3.8', 'not_found': '3.4.1',
    'not_ours': '3.4.1', 'needs_processing': '3.4.2', 'unclear': '3.4.3', 'petition': '3.5.1', 'repeated': '3.5.2',
    'publication': '3.5.3', 'excessive': '3.5.4', 'reconfirmation': '3.5.5', 'lapsed': '3.6.1', 'unpaid': '3.6.2',
    'withdrawn': '3.6.3', 'corrected': '', 'not_corrected': '', 'correction_passed_on': '', 'correction_elsewhere': '',
}
BY_GROUND = {
    'E14a': '3.3.1', 'E14b': '3.3.2', 'E14c': '3.3.3', 'E15': '3.3.4', 'E16a': '3.3.5', 'E16b': '3.3.6', 'E16c': '3.3.7',
}


def upgrade() -> None:
    connection = op.get_bind()
    ended = sa.text(
        'SELECT cases.id, cases.outcome, cases.answered_on, cases.closed_on, replies.content FROM cases'
        ' LEFT JOIN replies ON replies.case_id = cases.id'
        ' WHERE cases.outcome IS NOT NULL AND cases.reported_on IS NULL AND cases.id > :last'
        ' AND (cases.answered_on IS NOT NULL OR cases.closed_on IS NOT NULL) ORDER BY cases.id LIMIT :most'
    )
    write = sa.text('UPDATE cases SET report_row = :row, reported_on = :day WHERE id = :id')
    last = 0
    while rows := connection.execute(ended, {'last': last, 'most': BATCH}).all():
        for row in rows:
            content = json.loads(row.content) if isinstance(row.content, str) else row.content or {}
            code = BY_GROUND.get(content.get('ground') or '') if row.outcome == 'withheld' else BY_OUTCOME.get(row.outcome)
            connection.execute(write, {'row': code or '', 'day': row.answered_on or row.closed_on, 'id': row.id})
        last = rows[-1].id


def downgrade() -> None:
    op.execute('UPDATE cases SET report_row = NULL, reported_on = NULL')
