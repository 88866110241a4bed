"""Keep who looks after a dossier where that is not the officer who received it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for name in ("charge_id", "charge_name"):
        op.add_column("dossier", sa.Column(name, sa.String(), nullable=False, server_default=""))
