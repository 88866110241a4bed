"""Keep where a citizen wants the result: by the public post, or as a file."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "return_wish",
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.CheckConstraint("way IN ('post', 'online')", name=op.f("ck_return_wish_way")),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_return_wish_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("dossier", name=op.f("pk_return_wish")),
    )
    op.create_index(op.f("ix_return_wish_way"), "return_wish", ["way"])
