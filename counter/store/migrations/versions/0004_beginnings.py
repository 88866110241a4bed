"""Keep the beginnings of names up to six letters, so that none is put together when asked."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("DROP TABLE dossier_name")
    op.execute(
        """
CREATE VIRTUAL TABLE dossier_name USING fts5(
    applicant_folded, content='dossier', content_rowid='row', detail='none',
    prefix='1 2 3 4 5 6', tokenize='unicode61 remove_diacritics 0'
)
"""
    )
    op.execute("INSERT INTO dossier_name(dossier_name) VALUES ('rebuild')")
