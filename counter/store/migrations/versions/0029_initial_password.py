"""Keep of which accounts somebody else has set the password; those there are stay as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.add_column(
        "officer",
        sa.Column("initial", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
