"""Add the words of letters and of what applicants corrected to the index that cases are searched by."""

import json
import unicodedata

from alembic import op
import sqlalchemy as sa


revision = '0032'
down_revision = '0031'

ADD = {
    'sqlite': "UPDATE search_entries SET tokens = tokens || :tokens WHERE rowid = :case",
    'postgresql': "UPDATE search_entries SET tokens = tokens || to_tsvector('simple', :tokens) WHERE case_id = :case",
}
LETTERS = "SELECT id, case_id, fields FROM letters WHERE id > :after ORDER BY id LIMIT 500"
SUPPLEMENTS = (
    "SELECT id, case_id, taken_text FROM supplements WHERE id > :after AND taken_text <> '' ORDER BY id LIMIT 500"
)


def upgrade() -> None:
    _add(LETTERS, _words_of)
    _add(SUPPLEMENTS, lambda text: [text])


def downgrade() -> None:
    """Leave the words where they are: they find more than before and break nothing."""


def _add(statement, texts) -> None:
    connection, after = op.get_bind(), 0
    add = sa.text(ADD[connection.dialect.name])
    while rows := connection.execute(sa.text(statement), {'after': after}).all():
        connection.execute(add, [{'case': row[1], 'tokens': f" x {_tokens(texts(row[2]))}"} for row in rows])
        after = rows[-1][0]


def _words_of(fields) -> list[str]:
    read = json.loads(fields) if isinstance(fields, str) else fields
    return [value for name, value in read.items() if isinstance(value, str) and name != 'remedy']


def _tokens(texts) -> str:
    return " x ".join(" ".join(_pairs(text)) for text in texts)


def _pairs(text: str) -> list[str]:
    plain = "".join(
        letter for character in text for letter in unicodedata.normalize("NFKC", character).casefold() if letter.isalnum()
    )
    return [f"x{ord(one):x}z{ord(other):x}" for one, other in zip(plain, plain[1:])]
