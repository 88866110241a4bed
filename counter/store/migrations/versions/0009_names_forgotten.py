"""Let a name that is deleted or corrected leave the index of names at once."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("INSERT INTO dossier_name(dossier_name, rank) VALUES ('secure-delete', 1)")
