"""Keep with which letter a file goes on that took the turn of a damaged one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "renewal",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_renewal")),
    )
