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

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return what turns an aware instant into what the driver keeps."""
        # SQLite has no type for instants: SQLAlchemy's own way to this very text takes three calls a value.
        text = dialect.name == "sqlite"

        def write(value: datetime | None) -> Any:
            if value is None:
                return None
            if value.tzinfo is None or value.utcoffset() is None:
                raise ValueError(f"a time without a zone cannot be stored: {value!r}")
            value = value.astimezone(UTC)
            return value.replace(tzinfo=None).isoformat(" ", "microseconds") if text else value

        return write

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 - SQLAlchemy's
        """Return what reads what the driver keeps; StoreError for no instant (SQLite keeps anything)."""
        text = dialect.name == "sqlite"

        def read(value: Any) -> datetime | None:
            if value is None:
                return None
            try:
                found: datetime = datetime.fromisoformat(value) if text else value
                return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
            except (ValueError, TypeError, AttributeError) as error:
                raise StoreError(damaged("an instant", value)) from error

        return read


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
