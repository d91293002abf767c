"""Whether an SQLite file is damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path


def integrity(path: str) -> str | None:
    """Return the first fault SQLite finds in a database file; None for a sound one."""
    try:
        with closing(opened(Path(path))) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        return str(error)
    if found is None or found[0] != "ok":
        return str(found[0]) if found else "no answer"
    return f"a row of {broken[0]} refers to one that is not there" if broken else None


def opened(path: Path) -> sqlite3.Connection:
    """Open a file that is there; for writing too, else what a killed writer left could not be rolled back."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)
