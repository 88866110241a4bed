"""Keep what was declared with a dossier, question by question."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "declared",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_declared_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_declared")),
        sa.UniqueConstraint("dossier", "key", name=op.f("uq_declared_dossier_key")),
    )
