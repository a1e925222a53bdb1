"""Add the index that cases are searched by: FTS5 on SQLite, tsvector with GIN on PostgreSQL; fill it."""

import unicodedata

from alembic import op
import sqlalchemy as sa


revision = '0017'
down_revision = '0016'

SQLITE = (
    "CREATE VIRTUAL TABLE search_entries USING fts5(tokens, tokenize='ascii')",
    "CREATE TRIGGER search_entries_follow AFTER DELETE ON cases "
    "BEGIN DELETE FROM search_entries WHERE rowid = old.id; END",
)
POSTGRESQL = (
    "CREATE TABLE search_entries (case_id INTEGER CONSTRAINT pk_search_entries PRIMARY KEY "
    "CONSTRAINT fk_search_entries_case_id REFERENCES cases (id) ON DELETE CASCADE, tokens TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_entries_tokens ON search_entries USING gin (tokens) WITH (fastupdate = off)",
)
INSERT = {
    'sqlite': "INSERT INTO search_entries (rowid, tokens) VALUES (:case, :tokens)",
    'postgresql': "INSERT INTO search_entries (case_id, tokens) VALUES (:case, to_tsvector('simple', :tokens))",
}
TEXTS = (
    "SELECT cases.id, cases.title, cases.document_no, cases.description, applicants.name FROM cases "
    "LEFT JOIN applicants ON applicants.case_id = cases.id WHERE cases.id > :after ORDER BY cases.id LIMIT 1000"
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)
    insert, after = sa.text(INSERT[connection.dialect.name]), 0
    while rows := connection.execute(sa.text(TEXTS), {'after': after}).all():
        connection.execute(insert, [{'case': row[0], 'tokens': _tokens(row[1:])} for row in rows])
        after = rows[-1][0]


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("DROP TRIGGER search_entries_follow")
    op.execute("DROP TABLE search_entries")


def _tokens(texts) -> str:
    return " x ".join(" ".join(_pairs(text or "")) for text in texts)


def _pairs(text: str) -> list[str]:
    plain = "".join(
        letter for character in text for letter in unicodedata.normalize("NFKC", character).casefold() if letter.isalnum()
    )
    return [f"x{ord(one):x}z{ord(other):x}" for one, other in zip(plain, plain[1:])]
