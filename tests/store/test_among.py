"""One statement for any number of keys, and the index is used on either database."""

import sqlite3

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from monitor.store import tables as t
from monitor.store.among import among
from monitor.store.chains import newest_query

STATEMENTS = {
    "by-number": select(t.citation.c.body).where(among(t.citation.c.id, [1, 2])),
    "by-key": select(t.citation.c.id).where(among(t.citation.c.key, ["a", "b"])),
    "with-more": select(t.source.c.id).where(among(t.source.c.id, [1]), t.source.c.rot.is_not(None)),
    "newest-of-a-chain": newest_query(
        t.observation, columns=("id", "body"), keep=3, some_void=True, bounded=True
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_sqlite_searches_and_scans_nothing_but_the_list(name):
    statement = STATEMENTS[name]
    with sqlite3.connect(":memory:") as connection:
        for table in t.metadata.sorted_tables:
            connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            for index in table.indexes:
                connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
        compiled = statement.compile(dialect=sqlite.dialect())
        values = [None] * len(compiled.positiontup)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]
    connection.close()
    scanned = [line.split()[1] for line in plan if line.startswith("SCAN")]
    assert not {table.name for table in t.metadata.sorted_tables} & set(scanned), plan


def test_any_number_of_keys_is_the_same_statement():
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        asked = (select(t.run.c.id).where(among(t.run.c.id, keys)) for keys in ([], [1], range(9)))
        assert len({str(one.compile(dialect=dialect)) for one in asked}) == 1
