"""What Alembic runs: the migrations on the connection that upgrade.py hands over, in its transaction."""

from alembic import context

from monitor.store.tables import metadata

applied = context.config.attributes.get("applied", lambda: None)
context.configure(
    on_version_apply=lambda **_: applied(),
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_server_default=True,
)
context.run_migrations()
