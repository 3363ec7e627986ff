"""Alembic's environment: runs on the connection that `bot.storage.schema` hands over, inside its transaction."""

from alembic import context

from bot.storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, transactional_ddl=False)
context.run_migrations()
