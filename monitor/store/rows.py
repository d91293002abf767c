"""The only way between the model's frozen values and rows: JSON in, dataclasses out, checked.

A field at its default is left out, so rows stay small and a field added later reads as its default.
A word that the model does not know (a database written by another version) is a StoreError.
"""

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from monitor.errors import StoreError
from monitor.model.citation import Citation
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import CoverageResult

T = TypeVar("T")

_NOT_STORED = {(CoverageResult, "text")}
"""The text of an archived page is needed within a run only."""


def to_json(value: Any) -> Any:
    """Return a frozen value as what JSON can hold; naive datetimes are refused with ValueError."""
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        return {
            f.name: to_json(getattr(value, f.name))
            for f in fields(value)
            if (kind, f.name) not in _NOT_STORED and getattr(value, f.name) != _default(f)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], data: Any) -> T:
    """Return the frozen value that `to_json` wrote; StoreError where the data is no such value."""
    try:
        value: T = _read(kind, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(
            f"the database holds a {kind.__name__} this program cannot read ({error}); "
            "use the version that wrote it, or upgrade the program"
        ) from error
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _default(f: Field[Any]) -> Any:
    if f.default is not MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not MISSING else MISSING


def _read(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        (kind,) = (a for a in typing.get_args(kind) if a is not types.NoneType)
        return _read(kind, data)
    if origin is tuple:
        return _read_tuple(typing.get_args(kind), data)
    if origin is not None:  # Mapping[str, X]
        inner = typing.get_args(kind)[1]
        return {key: _read(inner, item) for key, item in data.items()}
    if is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        values = {name: _read(hints[name], item) for name, item in data.items() if name in hints}
        return typing.cast("Any", kind)(**values)
    if kind is datetime or kind is date:
        return kind.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data


def _read_tuple(inner: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], item) for item in data)
    return tuple(_read(kind, item) for kind, item in zip(inner, data, strict=True))


def digest(*parts: Any) -> str:
    """Return a short stable name of some JSON-able values."""
    text = json.dumps(parts, sort_keys=True, default=to_json)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def name_digest(name: str) -> str:
    """Return the key by which a source (canonical URL) or a document (path) is unique."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def question_of(citation: Citation) -> str:
    """Name what a citation asks of the page and of archives; facts answer only what they were asked."""
    when = citation.access_date
    return digest(
        citation.canonical_url,
        citation.quote,
        when.date if when else None,
        citation.title,
        citation.archive_url,
    )


def observation_identity(seen: Observation) -> str:
    """Name what must stay the same for an observation to extend the last one.

    The page's text, title and validators may change: that is counted as a change of content, not kept
    as a new row. A 304 says that the status is as it was.
    """
    status = 200 if seen.unchanged else seen.http_status
    return digest(
        seen.url,
        seen.outcome,
        seen.cause,
        seen.phase,
        seen.confidence,
        status,
        seen.permanent_target,
        sorted(seen.notes),
    )


def fact_identity(facts: CitationFacts, question: str, *, readable: bool) -> str:
    """Name what must stay the same for a citation's facts to extend the last ones."""
    quote = facts.quote
    return digest(question, readable, quote.match, quote.diff, quote.flags, quote.reason, facts.drift)


def coverage_identity(result: CoverageResult, question: str) -> str:
    """Name what must stay the same for an archive's answer to extend the last one."""
    shown = [
        None if s is None else (s.url, s.timestamp, s.verified)
        for s in (result.snapshot, result.before, result.after)
    ]
    return digest(question, result.coverage, result.pinned, result.vanished, result.reason, shown)


def finding_identity(judged: Finding, outcome: str) -> str:
    """Name what must stay the same for a finding to be the same one; its wording may count the days."""
    return digest(
        judged.rule, judged.rule_version, judged.severity, judged.confidence, judged.status, judged.edit,
        judged.proven, judged.waived, outcome,
    )  # fmt: skip


def confirms(facts: CitationFacts) -> bool:
    """Tell whether facts confirm the citation: quote found, or nothing quoted and the page the same."""
    match = facts.quote.match
    return match is QuoteMatch.FOUND or (match is QuoteMatch.NONE and facts.drift is Drift.SAME)
