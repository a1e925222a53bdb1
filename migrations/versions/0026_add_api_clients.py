"""Add the other systems that may file requests, each with the digest of its key."""

from alembic import op
import sqlalchemy as sa


revision = '0026'
down_revision = '0025'


def upgrade() -> None:
    op.create_table('api_clients',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('key_digest', sa.String(length=64), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_api_clients_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_clients')),
    sa.UniqueConstraint('key_digest', name=op.f('uq_api_clients_key_digest'))
    )


def downgrade() -> None:
    op.drop_table('api_clients')
