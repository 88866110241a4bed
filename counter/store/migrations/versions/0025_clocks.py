"""Keep what the computer's clocks stood at when a message was written."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("boot", sa.String(), nullable=True))
    op.add_column("outbox", sa.Column("uptime_ms", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("skew_ms", sa.Integer(), nullable=True))
