"""Tell files that a sister desk scanned, which are fetched when somebody asks for them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column(
        "file",
        sa.Column("on_demand", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
