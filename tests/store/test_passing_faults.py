"""What of the database passes by itself is tried again, within a bound; the rest is said at once."""

import datetime as dt

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from monitor.errors import StoreError
from monitor.model.run import Run
from monitor.store.addresses import database_url
from monitor.store.database import Database
from monitor.store.engine import make_engine
from monitor.store.faults import PassingStoreError, explained
from monitor.store.policy import PostgresPolicy
from monitor.store.sql_store import open_store
from monitor.store.threaded import ThreadedEngine

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
FAILED = 'connection failed: connection to server at "h", port 5432 failed:'
URL = database_url("postgresql://u:s3cret@h/n")


class ServerError(Exception):
    def __init__(self, words, sqlstate=None):
        super().__init__(words)
        self.sqlstate = sqlstate


def said(error):
    with pytest.raises(StoreError) as raised, explained(URL):
        raise OperationalError("SELECT 1", {}, error)
    assert "s3cret" not in str(raised.value)
    return raised.value


@pytest.mark.parametrize(
    ("words", "state", "passes", "remedy"),
    [
        ("terminating connection due to administrator command", "57P01", True, "run again, nothing is lost"),
        (f"{FAILED} FATAL: the database system is starting up", None, True, "try again in a moment"),
        (f"{FAILED} FATAL: the database system is not yet accepting connections", None, True, "in a moment"),
        (f"{FAILED} FATAL: the database system is shutting down", None, True, "start it, and run again"),
        (f"{FAILED} Connection refused", None, True, "check that the server runs"),
        (f"{FAILED} No such file or directory", None, True, "check that the server runs"),
        (f"{FAILED} Connection reset by peer", None, True, "check that the server runs"),
        ("connection timeout expired", None, True, "check the address"),
        ("deadlock detected", "40P01", True, "run again"),
        ("FATAL: sorry, too many clients already", "53300", True, "lower [postgresql] pool_size"),
        ("canceling statement due to statement timeout", "57014", False, "raise [postgresql] statement_timeout_s"),
        (f"{FAILED} server does not support SSL, but SSL was required", None, False, "leave sslmode out"),
        (f'{FAILED} FATAL: role "x" does not exist', None, False, "CREATE ROLE"),
        (f'{FAILED} FATAL: password authentication failed for user "u"', None, False, "correct the address"),
        (f'{FAILED} FATAL: database "n" does not exist', None, False, "create it"),
        ("failed to resolve host 'x'", None, False, "correct the address"),
        ("could not extend file: No space left on device", "53100", False, "the server's disk is full"),
        ("cannot execute INSERT in a read-only transaction", "25006", False, "name the primary"),
        ("canceling statement due to user request", "57014", False, "mend that and run again"),
        ("permission denied for schema public", "42501", False, "GRANT"),
    ],
)  # fmt: skip
def test_each_failure_is_told_with_its_remedy(words, state, passes, remedy):
    error = said(ServerError(words, state))
    assert isinstance(error, PassingStoreError) is passes
    assert remedy in str(error)


async def test_trying_again_ends_with_its_bound():
    now, tries = 0.0, 0

    async def sleep(seconds):
        nonlocal now
        now += seconds

    async def work():
        nonlocal tries
        tries += 1
        raise PassingStoreError("down")

    engine = ThreadedEngine(make_engine(database_url("sqlite://")))
    database = Database(engine, retry_s=60.0, sleep=sleep, monotonic=lambda: now)
    with pytest.raises(PassingStoreError):
        await database.again(work)
    assert 10 < tries < 20
    assert 50 < now <= 60
    await database.close()


@pytest.mark.slow
async def test_a_connection_cut_in_the_middle_of_a_transaction_costs_nothing(postgres_server):
    store = await open_store(postgres_server(), lambda: NOW)
    cut = []

    def kill_once(_conn, cursor, statement, *_):
        if not cut and statement.startswith("INSERT INTO run"):
            cut.append(statement)
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    event.listen(store.engine.sync_engine, "before_cursor_execute", kill_once)
    await store.begin(Run(id="run-1", started_at=NOW, now=NOW))
    assert cut
    assert [run.id for run in await store.unfinished()] == ["run-1"]
    await store.close()


@pytest.mark.slow
async def test_limits_reach_the_server_and_the_address_wins(postgres_server):
    address = postgres_server()
    policy = PostgresPolicy(statement_timeout_s=7.0, lock_timeout_s=3.0)
    for options, wanted in (("", "7s"), ("&options=-cstatement_timeout%3D9s", "9s")):
        engine = make_engine(database_url(address + options), policy)
        with engine.begin() as connection:
            shown = connection.execute(text("SHOW statement_timeout")).scalar_one()
            lock = connection.execute(text("SHOW lock_timeout")).scalar_one()
            name = connection.execute(text("SHOW application_name")).scalar_one()
        assert (shown, lock) == (wanted, "3s")
        assert name.startswith("citation-monitor ")
        engine.dispose()
