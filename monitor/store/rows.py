"""The only way between the model's frozen values and rows: JSON in, dataclasses out, checked.

A field at its default is left out, so rows stay small and a field added later reads as its default.
A word that the model does not know (a database written by another version) is a StoreError.
"""

import hashlib
import json
import operator
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urldefrag

import msgspec

from monitor.errors import StoreError
from monitor.model.citation import Citation
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import CoverageResult

T = TypeVar("T")

_NOT_STORED = {(CoverageResult, "text")}
"""The text of an archived page is needed within a run only."""


_PLAIN = frozenset({str, int, bool, float, type(None)})
"""Types whose values JSON holds as they are."""


def to_json(value: Any) -> Any:
    """Return a frozen value as what JSON can hold; naive datetimes are refused with ValueError."""
    kind: Any = type(value)
    return _writer(kind)(value)


def from_json(kind: type[T], data: Any) -> T:
    """Return the frozen value that `to_json` wrote; StoreError where the data is no such value."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise StoreError(
            f"the database holds a {kind.__name__} this program cannot read ({error}); "
            "use the version that wrote it, or upgrade the program"
        ) from error


# Twenty thousand cases are some million values a night: what a type needs is worked out once.


@cache
def _writer(kind: type) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, Enum):
        return operator.attrgetter("value")
    if issubclass(kind, datetime):
        return _write_instant
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Mapping):
        return lambda value: {str(key): to_json(item) for key, item in value.items()}
    if issubclass(kind, tuple | list):
        return lambda value: [to_json(item) for item in value]
    return _same


def _same(value: Any) -> Any:
    return value


def _write_instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {value!r}")
    return value.astimezone(UTC).isoformat()


def _dataclass_writer(kind: type) -> Callable[[Any], Any]:
    kept = [f for f in fields(kind) if (kind, f.name) not in _NOT_STORED]
    names, defaults = [f.name for f in kept], [_default(f) for f in kept]
    take = operator.attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)

    def write(value: Any) -> dict[str, Any]:
        return {
            name: item if type(item) in _PLAIN else to_json(item)
            for name, item, default in zip(names, take(value), defaults, strict=True)
            if item is not default and item != default
        }

    return write


def _default(f: Field[Any]) -> Any:
    if f.default is not MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not MISSING else MISSING


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
    place = urldefrag(citation.url or "")[1]
    return digest(
        citation.canonical_url,
        citation.quote,
        when.date if when else None,
        citation.title,
        citation.archive_url,
        *((place,) if place else ()),
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
    place = (facts.fragment_missing,) if facts.fragment_missing else ()
    return digest(question, readable, quote.match, quote.diff, quote.flags, quote.reason, facts.drift, *place)


def coverage_identity(result: CoverageResult, question: str) -> str:
    """Name what must stay the same for an archive's answer to extend the last one."""
    shown = [
        None if s is None else (s.url, s.timestamp, s.verified)
        for s in (result.snapshot, result.before, result.after)
    ]
    told = [result.link_fault] if result.link_fault and not result.vanished else []
    return digest(question, result.coverage, result.pinned, result.vanished, result.reason, shown, *told)


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
