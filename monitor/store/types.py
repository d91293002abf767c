"""Column types that hold on both databases what the model promises."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from monitor.errors import StoreError

Key = BigInteger().with_variant(Integer(), "sqlite")
"""Surrogate keys. SQLite counts up only in columns declared INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept as UTC. Naive values are refused with ValueError: SQLite forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the driver keeps."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """Read what the driver keeps; StoreError for what is no instant (SQLite keeps anything)."""
        inner = super().result_processor(dialect, coltype)

        def read(value: Any) -> datetime | None:
            try:
                return inner(value) if inner else value
            except (ValueError, TypeError) as error:
                raise StoreError(damaged("an instant", value)) from error

        return read

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def damaged(what: str, value: object) -> str:
    """Say that a cell holds something else than it should, and what to do."""
    return (
        f"the database is damaged: where {what} should stand there is {str(value)[:60]!r}; "
        "restore a backup, or move it away and run again to start afresh"
    )


def storable(text: str) -> str:
    """Return text both databases take: lone surrogates and NUL are written as escapes.

    Document names may be bytes that are no UTF-8, and pages may hold anything. The escape is only
    for columns that are searched; the JSON beside them keeps the exact text.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


class PlainText(TypeDecorator[str]):
    """Text of any origin, made storable on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Make the text storable."""
        return None if value is None else storable(value)
