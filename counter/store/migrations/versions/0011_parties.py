"""Keep who brings a dossier, and what names people without a card and organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    text = sa.String()
    op.create_table(
        "party",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("role", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("number", text, nullable=True),
        sa.Column("document_kind", text, nullable=True),
        sa.Column("document_number", text, nullable=True),
        sa.Column("nationality", text, nullable=False),
        sa.Column("tax_code", text, nullable=True),
        sa.Column("representative", text, nullable=False),
        sa.Column("birth_date", text, nullable=True),
        sa.Column("sex", text, nullable=True),
        sa.Column("address", text, nullable=True),
        sa.Column("phone", text, nullable=True),
        sa.Column("email", text, nullable=True),
        sa.Column("source", text, nullable=False),
        sa.Column("verdict", text, nullable=True),
        sa.Column("relation", text, nullable=False),
        sa.Column("authorisation", text, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_party_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_party")),
        sa.UniqueConstraint("dossier", "role", name=op.f("uq_party_dossier_role")),
    )
    for column in ("number", "document_number", "tax_code", "phone"):
        op.create_index(op.f(f"ix_party_{column}"), "party", [column])
