"""Column types that hold on both databases what the model promises."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from monitor.errors import StoreError
from monitor.store.json_text import damaged, dumps, loads

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
            if value.tzinfo is not UTC:
                if value.tzinfo is None or value.utcoffset() is None:
                    raise ValueError(f"a time without a zone cannot be stored: {value!r}")
                value = value.astimezone(UTC)
            return value.isoformat(" ", "microseconds")[:-6] if text else value

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
