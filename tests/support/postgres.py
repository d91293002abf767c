"""A throw-away PostgreSQL, for the tests that want a real one."""

import contextlib
import itertools
import shutil
import tempfile
from pathlib import Path


@contextlib.contextmanager
def postgres_address(pgserver):
    """Run a server in a new folder; yield a function that makes an empty database and returns its address."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pgserver.get_server(folder, cleanup_mode="stop")
    numbers = itertools.count(1)

    def new_database():
        name = f"monitor_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(database=name)

    try:
        yield new_database
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
