"""Make the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "letter", name=op.f("pk_series")),
    )
    op.create_table(
        "ticket",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'called', 'served', 'absent')", name=op.f("ck_ticket_state")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_ticket")),
        sa.UniqueConstraint("day", "letter", "number", name=op.f("uq_ticket_day_letter_number")),
    )
    op.create_index(op.f("ix_ticket_day"), "ticket", ["day"], unique=False)
    op.create_table(
        "period",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.row"], name=op.f("fk_period_ticket_ticket")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_period")),
    )
    op.create_index(op.f("ix_period_ticket"), "period", ["ticket"], unique=False)
