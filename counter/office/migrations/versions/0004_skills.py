"""Keep what a supervisor says of a counter: what it serves, and whether it calls numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("place", sa.Column("assigned", sa.String(), nullable=True))
    op.add_column("place", sa.Column("closed_at", sa.String(27), nullable=True))
