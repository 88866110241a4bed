"""Make the first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "count",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_count")),
    )
    op.create_table(
        "dossier",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("provisional_code", sa.String(), nullable=True),
        sa.Column("procedure_code", sa.String(), nullable=False),
        sa.Column("procedure_revision", sa.String(), nullable=False),
        sa.Column("procedure_name", sa.String(), nullable=False),
        sa.Column("field_code", sa.String(), nullable=False),
        sa.Column("field_name", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column("applicant_folded", sa.String(), nullable=False),
        sa.Column("applicant_number", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("identity_source", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("received_at", sa.String(27), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("time_limit_words", sa.String(), nullable=False),
        sa.Column("sets", sa.Integer(), nullable=False),
        sa.Column("book_volume", sa.String(), nullable=False),
        sa.Column("book_number", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("fee_total", sa.Integer(), nullable=False),
        sa.Column("created_offline", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "code IS NOT NULL OR provisional_code IS NOT NULL", name=op.f("ck_dossier_has_code")
        ),
        sa.CheckConstraint("status BETWEEN 1 AND 10", name=op.f("ck_dossier_status")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_dossier")),
        sa.UniqueConstraint(
            "book_volume", "book_number", name=op.f("uq_dossier_book_volume_book_number")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_dossier_code")),
        sa.UniqueConstraint("id", name=op.f("uq_dossier_id")),
        sa.UniqueConstraint("provisional_code", name=op.f("uq_dossier_provisional_code")),
    )
    op.create_index(
        op.f("ix_dossier_applicant_number"), "dossier", ["applicant_number"], unique=False
    )
    op.create_index(op.f("ix_dossier_due_at"), "dossier", ["due_at"], unique=False)
    op.create_index(op.f("ix_dossier_procedure_code"), "dossier", ["procedure_code"], unique=False)
    op.create_index(op.f("ix_dossier_received_at"), "dossier", ["received_at"], unique=False)
    op.create_index(op.f("ix_dossier_status"), "dossier", ["status"], unique=False)
    op.create_table(
        "lease",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("returned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
    )
    op.create_index(op.f("ix_lease_day"), "lease", ["day"], unique=False)
    op.create_table(
        "lease_request",
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("granted", sa.LargeBinary(16), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lease_request")),
    )
    op.create_table(
        "mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mark")),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("dossier_id", sa.LargeBinary(16), nullable=False),
        sa.Column("dossier_seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("written_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.String(27), nullable=True),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.Column("portal_version", sa.Integer(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'settled', 'parked', 'conflict')", name=op.f("ck_outbox_state")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "dossier_id", "dossier_seq", name=op.f("uq_outbox_dossier_id_dossier_seq")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_dossier_id"), "outbox", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"], unique=False)
    op.create_table(
        "portal_change",
        sa.Column("change_id", sa.LargeBinary(16), nullable=False),
        sa.Column("taken_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_portal_change")),
    )
    op.create_index(op.f("ix_portal_change_taken_at"), "portal_change", ["taken_at"], unique=False)
    op.create_table(
        "portal_copy",
        sa.Column("dossier_id", sa.LargeBinary(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("applied_version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("status_at", sa.String(27), nullable=True),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("answer_by", sa.String(27), nullable=True),
        sa.Column("portal_state", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_portal_copy")),
    )
    op.create_index(op.f("ix_portal_copy_code"), "portal_copy", ["code"], unique=False)
    op.create_index(op.f("ix_portal_copy_status"), "portal_copy", ["status"], unique=False)
    op.create_table(
        "fee",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("exempt_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dossier"], ["dossier.row"], name=op.f("fk_fee_dossier_dossier")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_fee")),
        sa.UniqueConstraint("dossier", "position", name=op.f("uq_fee_dossier_position")),
    )
    op.create_table(
        "history",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_history_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_history")),
        sa.UniqueConstraint("dossier", "position", name=op.f("uq_history_dossier_position")),
    )
    op.create_table(
        "paper",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("originals", sa.Integer(), nullable=False),
        sa.Column("certified", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_paper_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_paper")),
        sa.UniqueConstraint("dossier", "position", name=op.f("uq_paper_dossier_position")),
    )
    op.create_table(
        "print",
        sa.Column("job", sa.LargeBinary(16), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reprint", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("told_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_print_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_print")),
    )
    op.create_index(op.f("ix_print_dossier"), "print", ["dossier"], unique=False)
