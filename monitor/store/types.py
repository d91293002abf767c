"""Column types that hold on both databases what the model promises."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from monitor.errors import StoreError
from monitor.store.json_text import damaged, dumps, loads

Key = BigInteger().with_variant(Integer(), "sqlite")
"""Surrogate keys. SQLite counts up only in columns declared INTEGER."""


_INSTANTS = 4096
"""Instants kept beside their text: a night writes and reads the same few of them for every source."""


def _in_utc(value: datetime | None) -> datetime | None:
    """Return an aware instant as UTC; ValueError for a naive one."""
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {value!r}")
    return value.astimezone(UTC)


def _text_of(value: datetime | None) -> str | None:
    """Return an instant as SQLite keeps it: SQLAlchemy's own way to this text takes three calls a value."""
    known = _in_utc(value)
    return None if known is None else _utc_text(known)


@lru_cache(_INSTANTS)
def _utc_text(value: datetime) -> str:
    return value.isoformat(" ", "microseconds")[:-6]


def _read(value: Any) -> datetime | None:
    """Return an instant as UTC; StoreError for what is none (SQLite keeps anything)."""
    try:
        if value is None:
            return None
        found: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(damaged("an instant", value)) from error
    return found


@lru_cache(_INSTANTS)
def _read_text(value: Any) -> datetime | None:
    """Return the instant that SQLite keeps as a text; StoreError for what is none."""
    try:
        return None if value is None else _read(datetime.fromisoformat(value))
    except (ValueError, TypeError) as error:
        raise StoreError(damaged("an instant", value)) from error


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept as UTC. Naive values are refused with ValueError: SQLite forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return what turns an aware instant into what the driver keeps."""
        return _text_of if dialect.name == "sqlite" else _in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 - SQLAlchemy's
        """Return what reads what the driver keeps; StoreError for no instant (SQLite keeps anything)."""
        return _read_text if dialect.name == "sqlite" else _read


class JsonText(TypeDecorator[str]):
    """JSON as the text it is: who writes and reads it knows of what kind it is."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Return what hands a text to the driver."""
        return (
            None
            if dialect.name == "sqlite"
            else self.impl_instance.dialect_impl(dialect).bind_processor(dialect)
        )

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002 - SQLAlchemy's
        """Leave what the driver gives as it is."""
        return None


class Json(JsonText):
    """JSON as the plain value it holds."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Return what writes a value."""
        hand_over = super().bind_processor(dialect)

        def write(value: Any) -> Any:
            text = None if value is None else dumps(value)
            return text if hand_over is None else hand_over(text)

        return write

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002 - SQLAlchemy's
        """Return what reads a text; StoreError where it is no JSON."""
        return lambda text: None if text is None else loads(text)


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
