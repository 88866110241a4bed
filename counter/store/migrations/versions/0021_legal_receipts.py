"""Keep what the portal is asked and answers about the legal receipt of money taken here."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "legal_receipt",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("void_body", text, nullable=True),
        sa.Column("template", text, nullable=False),
        sa.Column("series", text, nullable=False),
        sa.Column("number", text, nullable=False),
        sa.Column("lookup_code", text, nullable=False),
        sa.Column("issued_at", moment, nullable=True),
        sa.Column("trouble", text, nullable=True),
        sa.CheckConstraint(
            "state IN ('wanted', 'issued', 'voided', 'refused')",
            name=op.f("ck_legal_receipt_state"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_legal_receipt_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_receipt")),
    )
    for column in ("dossier", "state"):
        op.create_index(op.f(f"ix_legal_receipt_{column}"), "legal_receipt", [column])
