"""Write the one row that names the last event: none yet, at the start of the chain."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CHAIN_HEAD = sa.table("chain_head", sa.column("id"), sa.column("position"), sa.column("digest"))


def upgrade() -> None:
    op.execute(sa.insert(CHAIN_HEAD).values(id=1, position=0, digest="0" * 64))


def downgrade() -> None:
    op.execute(sa.delete(CHAIN_HEAD))
