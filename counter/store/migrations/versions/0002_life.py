"""Keep what happens to a dossier after its reception, and find people by a few letters."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NAMES = """
CREATE VIRTUAL TABLE dossier_name USING fts5(
    applicant_folded, content='dossier', content_rowid='row', detail='none', prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 0'
)
"""
KEPT = (
    """
CREATE TRIGGER dossier_name_new AFTER INSERT ON dossier BEGIN
    INSERT INTO dossier_name(rowid, applicant_folded) VALUES (new.row, new.applicant_folded);
END
""",
    """
CREATE TRIGGER dossier_name_changed AFTER UPDATE OF applicant_folded ON dossier BEGIN
    INSERT INTO dossier_name(dossier_name, rowid, applicant_folded)
        VALUES ('delete', old.row, old.applicant_folded);
    INSERT INTO dossier_name(rowid, applicant_folded) VALUES (new.row, new.applicant_folded);
END
""",
    """
CREATE TRIGGER dossier_name_gone AFTER DELETE ON dossier BEGIN
    INSERT INTO dossier_name(dossier_name, rowid, applicant_folded)
        VALUES ('delete', old.row, old.applicant_folded);
END
""",
)


def upgrade() -> None:
    text = sa.String()
    op.add_column(
        "dossier",
        sa.Column("due_rule", text, nullable=False, server_default="same_clock_time"),
    )
    op.add_column("dossier", sa.Column("left_status", sa.Integer(), nullable=True))
    op.add_column("dossier", sa.Column("suspended_at", sa.String(27), nullable=True))
    op.add_column("dossier", sa.Column("unit", text, nullable=False, server_default=""))
    op.add_column("dossier", sa.Column("shelf", text, nullable=False, server_default=""))
    op.add_column("history", sa.Column("text", text, nullable=False, server_default=""))
    op.create_index(op.f("ix_dossier_phone"), "dossier", ["phone"], unique=False)
    op.add_column(
        "dossier",
        sa.Column(
            "serial", text, sa.Computed("substr(coalesce(code, provisional_code), -4)", False)
        ),
    )
    op.create_index(op.f("ix_dossier_serial"), "dossier", ["serial"], unique=False)
    op.create_table(
        "due_change",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("before", sa.String(27), nullable=True),
        sa.Column("after", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_due_change_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_due_change")),
    )
    op.create_index(op.f("ix_due_change_dossier"), "due_change", ["dossier"], unique=False)
    op.create_table(
        "supplement",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("respond_by", sa.String(10), nullable=True),
        sa.Column("answered_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_supplement_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_supplement")),
        sa.UniqueConstraint("number", name=op.f("uq_supplement_number")),
    )
    op.create_index(op.f("ix_supplement_dossier"), "supplement", ["dossier"], unique=False)
    op.create_table(
        "wanted_paper",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("supplement", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["supplement"], ["supplement.row"], name=op.f("fk_wanted_paper_supplement_supplement")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_wanted_paper")),
        sa.UniqueConstraint(
            "supplement", "position", name=op.f("uq_wanted_paper_supplement_position")
        ),
    )
    op.create_table(
        "hand_over",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_hand_over_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_dossier"), "hand_over", ["dossier"], unique=False)
    op.create_index(op.f("ix_hand_over_sheet"), "hand_over", ["sheet"], unique=False)
    op.create_table(
        "result",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_result_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_result")),
    )
    op.create_index(op.f("ix_result_dossier"), "result", ["dossier"], unique=False)
    op.create_table(
        "result_return",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("last4", sa.String(), nullable=True),
        sa.Column("authorisation", sa.String(), nullable=False),
        sa.Column("slip_collected", sa.Boolean(), nullable=False),
        sa.Column("undertaking", sa.Boolean(), nullable=False),
        sa.Column("recalled_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_result_return_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_result_return")),
    )
    op.create_index(op.f("ix_result_return_dossier"), "result_return", ["dossier"], unique=False)
    op.create_table(
        "letter",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("due_at", sa.String(27), nullable=True),
        sa.Column("drafted_at", sa.String(27), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(27), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('apology', 'stop')", name=op.f("ck_letter_kind")),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_letter_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_decided_at"), "letter", ["decided_at"], unique=False)
    op.create_index(op.f("ix_letter_dossier"), "letter", ["dossier"], unique=False)
    op.create_table(
        "money",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("officer_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("of", sa.LargeBinary(16), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("official_number", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('receipt', 'void', 'refund')", name=op.f("ck_money_kind")),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_money_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money")),
        sa.UniqueConstraint("number", name=op.f("uq_money_number")),
    )
    op.create_index(op.f("ix_money_at"), "money", ["at"], unique=False)
    op.create_index(op.f("ix_money_dossier"), "money", ["dossier"], unique=False)
    op.execute(NAMES)
    for trigger in KEPT:
        op.execute(trigger)
    op.execute("INSERT INTO dossier_name(dossier_name) VALUES ('rebuild')")
