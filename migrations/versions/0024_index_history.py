"""Index the history by kind and by person, for those who look through all of it."""

from alembic import op


revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    op.create_index('ix_events_kind', 'events', ['kind', 'position'], unique=False)
    op.create_index('ix_events_actor', 'events', ['actor_id', 'position'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_events_actor', table_name='events')
    op.drop_index('ix_events_kind', table_name='events')
