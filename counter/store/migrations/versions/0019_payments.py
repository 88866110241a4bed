"""Keep the payments by VietQR that the portal was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "payment",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("dossier_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("origin", text, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("purpose", text, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("officer_id", text, nullable=False),
        sa.Column("officer_name", text, nullable=False),
        sa.Column("qr", text, nullable=True),
        sa.Column("account", text, nullable=False),
        sa.Column("expires_at", moment, nullable=True),
        sa.Column("looked_at", moment, nullable=True),
        sa.Column("paid_at", moment, nullable=True),
        sa.Column("paid_amount", sa.Integer(), nullable=True),
        sa.Column("bank_ref", text, nullable=True),
        sa.Column("trouble", text, nullable=True),
        sa.Column("booked_at", moment, nullable=True),
        sa.Column("odd", text, nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'shown', 'dropping', 'paid', 'expired', 'cancelled', 'refused')",
            name=op.f("ck_payment_state"),
        ),
        sa.CheckConstraint(
            "state != 'paid' OR paid_amount IS NOT NULL", name=op.f("ck_payment_paid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    for column in ("dossier_id", "state", "booked_at"):
        op.create_index(op.f(f"ix_payment_{column}"), "payment", [column])
