"""A throw-away PostgreSQL, for the tests that want a real one."""

import contextlib
import functools
import itertools
import shutil
import subprocess
import tempfile
from pathlib import Path


@contextlib.contextmanager
def postgres_address(pgserver):
    """Run a server in a new folder; yield a function that makes an empty database and returns its address.

    Its attribute `restart` ends every connection at once and starts the server again.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pgserver.get_server(folder, cleanup_mode="stop")
    # What dies with the folder need not reach the disk; a process that is killed loses nothing by it.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    numbers = itertools.count(1)

    def new_database():
        name = f"monitor_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(database=name)

    def at_once(action, *more):
        command = [server.bin_path / "pg_ctl", action, "-D", folder, "-m", "immediate", "-w", *more]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=server.system_user)

    # With the settings of its start, from postmaster.opts.
    new_database.restart = functools.partial(at_once, "restart", "-l", server.log)
    try:
        yield new_database
    finally:
        at_once("stop")  # in order, it would write hundreds of databases down first
        server.cleanup_mode = None
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
