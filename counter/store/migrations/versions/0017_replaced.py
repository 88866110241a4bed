"""Keep which message an officer chose in place of one that the portal did not take."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("replaced_by", sa.LargeBinary(length=16), nullable=True))
