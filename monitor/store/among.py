"""A column among many values, as one bound value: the same statement for any number of them.

SQLAlchemy builds, names and binds each value of `column IN (?, ?, …)` by itself, and every number of them is
another text to compile: a third of what the store's statements cost. Here the list goes as one value, as JSON
to SQLite and as an array to PostgreSQL.
"""

from collections.abc import Collection
from typing import Any, Self

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from monitor.store.json_text import dumps


class _Listed(TypeDecorator[list[Any]]):
    """Numbers or plain words as one value."""

    impl = Text
    cache_ok = True

    def __init__(self, *, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return what a driver takes a list as."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(ARRAY(BigInteger() if self.numbers else Text()))

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        """Return a list as a driver takes it."""
        return value if dialect.name == "postgresql" else dumps(value)


class _Among(FunctionElement[bool]):
    """A column and the list it may be of."""

    type = Boolean()
    name = "among"
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:  # noqa: ARG002 - SQLAlchemy's signature
        """Stand as it is: with `= 1`, SQLAlchemy's way to ask for truth, SQLite leaves the index alone."""
        return self


def among(column: ColumnElement[Any], values: Collection[Any] | BindParameter[Any]) -> ColumnElement[bool]:
    """Return that a column is one of some numbers, or plain words: these, or those `listed`."""
    if not isinstance(values, BindParameter):
        kind = _Listed(numbers=_counts(column))
        values = bindparam(None, list(values), type_=kind, unique=True)
    return _Among(column, values)


def listed(name: str, column: ColumnElement[Any]) -> BindParameter[Any]:
    """Return the parameter of a statement that is built once: a list of what a column may be."""
    return bindparam(name, type_=_Listed(numbers=_counts(column)))


def _counts(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, Integer | BigInteger)


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, listed = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 - of compiled parts


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **given: Any) -> str:
    column, listed = (compiler.process(one, **given) for one in element.clauses)
    return f"{column} = ANY({listed})"
