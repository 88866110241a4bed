"""Keep the book of certified copies: one numbered entry for each document."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "certified",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("volume", text, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", text, nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("signed_at", moment, nullable=True),
        sa.Column("signer", text, nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_certified_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_certified")),
        sa.UniqueConstraint("volume", "number", name=op.f("uq_certified_volume_number")),
    )
    op.create_index(op.f("ix_certified_dossier"), "certified", ["dossier"])
    op.create_index(op.f("ix_certified_at"), "certified", ["at"])
