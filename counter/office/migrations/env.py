"""Run the steps on the connection that ``counter.database.migrate`` has open."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
