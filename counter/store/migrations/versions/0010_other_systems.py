"""Keep which system a dossier belongs to when it is not this desk's, and its code there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("dossier", sa.Column("system", sa.String(), nullable=False, server_default=""))
    op.add_column("dossier", sa.Column("system_code", sa.String(), nullable=True))
    op.create_index(op.f("ix_dossier_system_code"), "dossier", ["system_code"], unique=False)
