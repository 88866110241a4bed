"""Keep the portal's catalogues: what it gave, and how far it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    text = sa.String()
    op.create_table(
        "reference_item",
        sa.Column("catalogue", text, nullable=False),
        sa.Column("code", text, nullable=False),
        sa.Column("begins", text, nullable=False),
        sa.Column("ends", text, nullable=True),
        sa.Column("body", text, nullable=False),
        sa.PrimaryKeyConstraint("catalogue", "code", "begins", name=op.f("pk_reference_item")),
    )
    op.create_table(
        "reference_place",
        sa.Column("catalogue", text, nullable=False),
        sa.Column("since", text, nullable=False),
        sa.Column("etag", text, nullable=True),
        sa.Column("fetched_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("catalogue", name=op.f("pk_reference_place")),
    )
