"""Let the database itself refuse to change or delete an event, or an issued letter's bytes.

History is append-only (house decision 13) and what was issued is frozen (decision 11); code that forgets this is stopped here.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

FROZEN = ("events", "issued_documents")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in FROZEN:
        for deed in ("UPDATE", "DELETE"):
            _guard(table, deed)


def _guard(table: str, deed: str) -> None:
    name = f"{table}_no_{deed.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
    else:
        op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")


def downgrade() -> None:
    for table in FROZEN:
        for deed in ("update", "delete"):
            on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
            op.execute(f"DROP TRIGGER {table}_no_{deed}{on}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
