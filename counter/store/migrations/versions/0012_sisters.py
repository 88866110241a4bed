"""Keep dossiers that sister desks received or citizens sent online, and how far they are told."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    text = sa.String()
    op.add_column("dossier", sa.Column("origin", text, nullable=False, server_default="counter"))
    op.add_column("dossier", sa.Column("elsewhere", text, nullable=False, server_default=""))
    op.add_column(
        "portal_copy", sa.Column("events_seen", sa.Integer(), nullable=False, server_default="0")
    )
