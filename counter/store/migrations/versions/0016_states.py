"""Let lists be narrowed by state, procedure and name from an index alone."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_dossier_status_procedure", "dossier", ["status", "procedure_code"])
    op.create_index("ix_dossier_status_name", "dossier", ["status", "applicant_folded"])
