"""Keep when the numbers a day left over were recorded as void."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("lease", sa.Column("voided_at", sa.String(length=27), nullable=True))
