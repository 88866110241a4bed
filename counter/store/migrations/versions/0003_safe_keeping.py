"""Keep the chain of who did what, the officers, and what is being typed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ENTRY = """
INSERT INTO audit (seq, at, officer, action, subject, detail, link)
SELECT seq, at, officer, action, subject, detail,
       audit_link(before, seq, at, officer, action, subject, detail)
FROM (
    SELECT coalesce((SELECT max(seq) FROM audit), 0) + 1 AS seq,
           coalesce((SELECT link FROM audit ORDER BY seq DESC LIMIT 1), '{genesis}') AS before,
           {line}.at AS at, {line}.officer_id AS officer, {line}.event AS action,
           lower(hex(dossier.id)) AS subject,
           'line ' || {line}.position || ' ' || {line}.status AS detail
    FROM dossier WHERE dossier.row = {line}.dossier
)
"""
GENESIS = "0" * 64
ADDED = f"""
CREATE TRIGGER history_is_audited AFTER INSERT ON history BEGIN
    {ENTRY.format(genesis=GENESIS, line="new")};
END
"""
KEPT = """
CREATE TRIGGER audit_keeps_{what} BEFORE {what} ON audit BEGIN
    SELECT raise(ABORT, 'audit is append-only');
END
"""


def upgrade() -> None:
    text = sa.String()
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        *(
            sa.Column(name, text, nullable=False)
            for name in ("at", "officer", "action", "subject", "detail", "link")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"])
    op.create_table(
        "audit_seal",
        sa.Column("seq", sa.Integer(), nullable=False),
        *(
            sa.Column(name, text, nullable=False)
            for name in ("link", "at", "public_key", "signature")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "officer",
        sa.Column("id", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("title", text, nullable=False),
        sa.Column("roles", text, nullable=False),
        sa.Column("password", text, nullable=False),
        sa.Column("card", text, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_table(
        "sign_in_try",
        sa.Column("account", text, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("closed_until", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_sign_in_try")),
    )
    op.create_table(
        "draft",
        sa.Column("name", text, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("body", text, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_draft")),
    )
    connection = op.get_bind()
    older = sa.text(
        ENTRY.format(genesis=GENESIS, line="line").replace(
            "FROM dossier WHERE dossier.row = line.dossier",
            "FROM dossier JOIN history AS line ON dossier.row = line.dossier WHERE line.row = :row",
        )
    )
    for (row,) in connection.execute(sa.text("SELECT row FROM history ORDER BY row")).all():
        connection.execute(older, {"row": row})
    op.execute(ADDED)
    for what in ("UPDATE", "DELETE"):
        op.execute(KEPT.format(what=what))
