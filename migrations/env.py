"""How migrations run: on the app's own database, in batch mode on SQLite, each step in one transaction."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db
engine = db.engine


def _is_ours(name, kind, _parents) -> bool:
    """Leave out the search indexes, which each database keeps in its own way (0017, 0025)."""
    return kind != "table" or not (name or "").startswith(("search_entries", "item_entries"))


def run() -> None:
    """Run the migrations that were asked for."""
    with engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            transaction_per_migration=True,
            compare_type=True,
            include_name=_is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("migrations run on a live database only")
run()
