"""A certificate keeps the key of the request that drew it up, so that the same request gets the same certificate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.add_column(sa.Column("once_key", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_certificates_once_key"), ["once_key"])
