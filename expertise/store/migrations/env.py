"""How Alembic reaches the database: the connection is given, nothing is read from an ini file."""

from __future__ import annotations

from alembic import context

from expertise.store import audit_tables, case_tables, people_tables, service_tables  # noqa: F401  (tables register)
from expertise.store.base import Base
from expertise.store.schema import ours

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_object=ours,
)
with context.begin_transaction():
    context.run_migrations()
