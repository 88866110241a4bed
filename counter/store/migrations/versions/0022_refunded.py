"""Keep that the portal gave money of a payment back, and when that entered the books."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    for column in ("refunded_at", "refund_booked_at"):
        op.add_column("payment", sa.Column(column, sa.String(length=27), nullable=True))
    op.create_index(op.f("ix_payment_refunded_at"), "payment", ["refunded_at"])
