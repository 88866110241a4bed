"""Keep the office's own versions of procedures, and which of them were put up to read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "edition",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", text, nullable=False),
        sa.Column("revision", text, nullable=False),
        sa.Column("origin", text, nullable=False),
        sa.Column("kept_at", moment, nullable=False),
        sa.Column("officer", text, nullable=False),
        sa.Column("body", text, nullable=False),
        sa.Column("undone_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", "revision", name=op.f("uq_edition_code_revision")),
    )
    op.create_index(op.f("ix_edition_batch"), "edition", ["batch"])
    op.create_table(
        "publication",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("code", text, nullable=False),
        sa.Column("revision", text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("officer", text, nullable=False),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_publication")),
        sa.UniqueConstraint("code", "revision", name=op.f("uq_publication_code_revision")),
    )
