"""Know who stands for what, in which order, and where else numbers come from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

STATES = "state IN ('waiting', 'called', 'serving', 'held', 'served', 'absent', 'void')"


def upgrade() -> None:
    op.execute("CREATE TABLE old_ticket AS SELECT * FROM ticket")
    op.execute("CREATE TABLE old_period AS SELECT * FROM period")
    op.drop_table("period")
    op.drop_table("ticket")
    _tickets()
    _around_tickets()
    _copy_back()
    op.drop_table("old_period")
    op.drop_table("old_ticket")


def _tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("officer", sa.String(), nullable=True),
        sa.Column("ahead", sa.Integer(), nullable=True),
        sa.Column("for_counter", sa.String(), nullable=True),
        sa.Column("for_officer", sa.String(), nullable=True),
        sa.Column("comes_back", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.String(27), nullable=True),
        sa.Column("recalled", sa.Boolean(), nullable=False),
        sa.Column("paper", sa.String(), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_ticket_state")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_ticket")),
        sa.UniqueConstraint("id", name=op.f("uq_ticket_id")),
        sa.UniqueConstraint("day", "letter", "number", name=op.f("uq_ticket_day_letter_number")),
    )
    op.create_index(op.f("ix_ticket_day_state_service"), "ticket", ["day", "state", "service"])
    op.create_table(
        "errand",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.row"], name=op.f("fk_errand_ticket_ticket")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_errand")),
    )
    op.create_index(op.f("ix_errand_ticket"), "errand", ["ticket"])
    op.create_index(
        "uq_errand_live",
        "errand",
        ["day", "service", "person"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "period",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("officer", sa.String(), nullable=True),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.row"], name=op.f("fk_period_ticket_ticket")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_period")),
    )
    op.create_index(op.f("ix_period_ticket"), "period", ["ticket"])


def _around_tickets() -> None:
    op.create_table(
        "day_key",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_key")),
    )
    op.create_table(
        "place",
        sa.Column("desk_id", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("services", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("desk_id", name=op.f("pk_place")),
        sa.UniqueConstraint("letter", name=op.f("uq_place_letter")),
    )
    op.create_table(
        "call",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=True),
        sa.Column("stream", sa.String(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.row"], name=op.f("fk_call_ticket_ticket")),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_call")),
    )
    op.create_index(op.f("ix_call_day"), "call", ["day"])
    op.create_index(op.f("ix_call_ticket"), "call", ["ticket"])
    op.create_table(
        "booking",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("begins_at", sa.String(27), nullable=True),
        sa.Column("ticket", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.row"], name=op.f("fk_booking_ticket_ticket")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_booking")),
    )
    op.create_table(
        "rating",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_rating")),
    )
    op.create_index(op.f("ix_rating_day"), "rating", ["day"])
    op.create_table(
        "typed_call",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.PrimaryKeyConstraint("row", name=op.f("pk_typed_call")),
        sa.UniqueConstraint("id", name=op.f("uq_typed_call_id")),
    )
    op.create_index(op.f("ix_typed_call_day"), "typed_call", ["day"])
    op.create_table(
        "doubt",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubt")),
    )


def _copy_back() -> None:
    """Keep the tickets of before; what was not asked then is left open."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    id_ = "decode(lpad(to_hex(row), 32, '0'), 'hex')" if postgresql else "randomblob(16)"
    no = "false" if postgresql else "0"
    copied = (
        "INSERT INTO ticket (row, id, day, letter, number, service, priority, issued_at, given_by,"
        " state, counter, comes_back, calls, recalled)"
        " SELECT row, {id}, day, letter, number, service, priority, issued_at, '', state,"
        " counter, {no}, 0, {no} FROM old_ticket"
    )
    op.execute(copied.format(id=id_, no=no))
    op.execute(
        "INSERT INTO errand (ticket, position, day, service, ended_at)"
        " SELECT t.row, 0, t.day, t.service, p.began_at FROM old_ticket t"
        " LEFT JOIN old_period p ON p.ticket = t.row AND p.ended_at IS NULL"
        " AND p.state IN ('served', 'absent')"
    )
    op.execute(
        "INSERT INTO period (row, ticket, state, service, counter, began_at, ended_at)"
        " SELECT p.row, p.ticket, p.state, t.service, p.counter, p.began_at, p.ended_at"
        " FROM old_period p JOIN old_ticket t ON t.row = p.ticket"
    )
    if postgresql:
        for table in ("ticket", "period"):
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'row'),"  # noqa: S608 - ours
                f" (SELECT coalesce(max(row), 0) + 1 FROM {table}), false)"
            )
