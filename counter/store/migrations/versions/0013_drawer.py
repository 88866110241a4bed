"""Keep the counts with which the cash drawer is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "drawer",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", text, nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closed_at", moment, nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("by_transfer", sa.Integer(), nullable=False),
        sa.Column("counts", text, nullable=False),
        sa.Column("remark", text, nullable=False),
        sa.Column("officer_id", text, nullable=False),
        sa.Column("officer_name", text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawer")),
        sa.UniqueConstraint("number", name=op.f("uq_drawer_number")),
    )
    op.create_index(op.f("ix_drawer_closed_at"), "drawer", ["closed_at"])
