"""A throw-away PostgreSQL, for the tests that want a real one."""

import contextlib
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
    numbers = itertools.count(1)

    def new_database():
        name = f"monitor_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(database=name)

    def restart():
        # With the settings of its start, from postmaster.opts.
        command = [
            server.bin_path / "pg_ctl",
            "restart",
            "-D",
            folder,
            "-m",
            "immediate",
            "-w",
            "-l",
            server.log,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=server.system_user)

    new_database.restart = restart
    try:
        yield new_database
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
