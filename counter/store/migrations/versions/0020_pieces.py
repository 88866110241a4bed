"""Keep what has come of a file whose download broke, so that it goes on after a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "file_piece",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("begin", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["file.sha256"], name=op.f("fk_file_piece_sha256_file")
        ),
        sa.PrimaryKeyConstraint("sha256", "begin", name=op.f("pk_file_piece")),
    )
