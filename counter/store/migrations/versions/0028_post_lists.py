"""Keep which lists of results went to the public post, for the portal to be told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    key = sa.LargeBinary(length=16)
    op.create_table(
        "post_list",
        sa.Column("id", key, nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('wanted', 'taken', 'refused')", name=op.f("ck_post_list_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_list")),
    )
    for column in ("sheet", "state"):
        op.create_index(op.f(f"ix_post_list_{column}"), "post_list", [column])
    op.create_table(
        "post_parcel",
        sa.Column("id", key, nullable=False),
        sa.Column("post_list", key, nullable=False),
        sa.Column("dossier", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_list"], ["post_list.id"], name=op.f("fk_post_parcel_post_list_post_list")
        ),
        sa.ForeignKeyConstraint(
            ["dossier"], ["dossier.row"], name=op.f("fk_post_parcel_dossier_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_parcel")),
    )
    for column in ("post_list", "dossier"):
        op.create_index(op.f(f"ix_post_parcel_{column}"), "post_parcel", [column])
