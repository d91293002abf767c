"""The addresses people write for a database, and what is said of those that cannot be used."""

import pytest

from monitor.config import Config
from monitor.errors import UsageError
from monitor.store.addresses import database_url, shown


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgresql://u@h/n", "postgresql+psycopg://u@h/n"),
        ("PostgreSQL://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgres://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql+asyncpg://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql+psycopg2://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql://u@h/n?ssl=true", "postgresql+psycopg://u@h/n?sslmode=require"),
        ("postgresql://u@h/n?ssl=false", "postgresql+psycopg://u@h/n?sslmode=disable"),
        ("postgresql://u@h/n?schema=cited", "postgresql+psycopg://u@h/n?options=-csearch_path%3Dcited"),
        ("postgresql://u:p@h1,h2:5433/n", "postgresql+psycopg://u:p@/n?host=h1&host=h2%3A5433"),
        (" postgresql://u@h/n\n", "postgresql+psycopg://u@h/n"),
        ("postgresql://u:p@ss@h/n", "postgresql+psycopg://u:p%40ss@h/n"),
        ("notes.sqlite3", "sqlite:///notes.sqlite3"),
    ],
)
def test_what_is_meant_is_understood(written, meant):
    assert database_url(written).render_as_string(hide_password=False) == meant


@pytest.mark.parametrize("written", ["host=h dbname=n user=u", "dbname = n", "service=n"])
def test_a_libpq_string_is_no_file_name(written):
    with pytest.raises(UsageError, match=r"write it as an address: postgresql://USER@HOST/NAME"):
        database_url(written)


@pytest.mark.parametrize(
    "written",
    [
        "mysql://u:s3cret@h/n",
        "http://u:s3cret@h/",
        "redis://:s3cret@h",
        "postgresql:/u:s3cret@h/n",
        "postgres:u:s3cret@h/n",
        "jdbc:postgresql://h/n?user=u&password=s3cret",
        "postgresql://u:s3/s3cret@h:p/n",
    ],
)
def test_another_database_is_refused_without_its_password(written):
    with pytest.raises(UsageError, match="no address this program can use") as refused:
        database_url(written)
    assert "s3cret" not in str(refused.value)


def test_a_libpq_string_in_the_configuration_makes_no_file():
    with pytest.raises(UsageError, match="libpq connection string"):
        database_url(Config(database="host=h dbname=n").database_url)


@pytest.mark.parametrize(
    "written",
    ["postgresql://u:s3cret@h/n", "postgresql://u@h/n?password=s3cret", "postgresql://u:s3@s3cret@h/n"],
)
def test_an_address_is_shown_without_its_password(written):
    said = shown(database_url(written))
    assert said in ("postgresql+psycopg://u:***@h/n", "postgresql+psycopg://u@h/n")


def test_a_colon_is_allowed_in_the_name_of_a_file():
    assert database_url("notes: 2026.sqlite3").database == "notes: 2026.sqlite3"
