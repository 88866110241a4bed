"""Keep what was told to people whose papers were missing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "guidance",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("procedure_code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_guidance")),
        sa.UniqueConstraint("number", name=op.f("uq_guidance_number")),
    )
