"""Keep when an officer put right what the portal refused about a legal receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("legal_receipt", sa.Column("settled_at", sa.String(length=27), nullable=True))
