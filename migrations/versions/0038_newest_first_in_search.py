"""Keep the index that cases are searched by under negative ids on SQLite: FTS5 reads forwards twice as fast as back."""

from alembic import op


revision = '0038'
down_revision = '0037'

TURNED = (
    "DROP TRIGGER search_entries_follow",
    "CREATE VIRTUAL TABLE search_entries_turned USING fts5(tokens, tokenize='ascii')",
    "INSERT INTO search_entries_turned (rowid, tokens) SELECT -rowid, tokens FROM search_entries ORDER BY -rowid",
    "DROP TABLE search_entries",
    "ALTER TABLE search_entries_turned RENAME TO search_entries",
)
FOLLOW = (
    "CREATE TRIGGER search_entries_follow AFTER DELETE ON cases "
    "BEGIN DELETE FROM search_entries WHERE rowid = {id}; END"
)


def upgrade() -> None:
    _turn('-old.id')


def downgrade() -> None:
    _turn('old.id')


def _turn(entry: str) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for statement in (*TURNED, FOLLOW.format(id=entry)):
            op.execute(statement)
