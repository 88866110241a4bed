"""Keep the files of dossiers: which there are, whose they are, and whether the portal has them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    text, moment = sa.String(), sa.String(length=27)
    op.create_table(
        "file",
        sa.Column("sha256", text, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mime", text, nullable=False),
        sa.Column("noted_at", moment, nullable=False),
        sa.Column("state", text, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.Column("upload", text, nullable=True),
        sa.Column("trouble", text, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'settled', 'parked', 'wanted')", name=op.f("ck_file_state")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file")),
    )
    op.create_index(op.f("ix_file_state"), "file", ["state"])
    op.create_table(
        "attachment",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", text, nullable=False),
        sa.Column("sha256", text, nullable=False),
        sa.Column("filename", text, nullable=False),
        sa.Column("paper_code", text, nullable=True),
        sa.CheckConstraint("kind IN ('paper', 'result')", name=op.f("ck_attachment_kind")),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_attachment_dossier_dossier")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["file.sha256"], name=op.f("fk_attachment_sha256_file")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_attachment")),
        sa.UniqueConstraint("dossier", "position", name=op.f("uq_attachment_dossier_position")),
    )
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"])
