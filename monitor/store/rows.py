"""The only way between the model's frozen values and rows: JSON in, dataclasses out, checked.

A field at its default is left out, so rows stay small and a field added later reads as its default.
A word that the model does not know (a database written by another version) is a StoreError.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import urldefrag

import msgspec

from monitor.errors import StoreError
from monitor.model.citation import Citation
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import CoverageResult
from monitor.store.json_text import loads

T = TypeVar("T")

_NOT_STORED = {(CoverageResult, "text")}
"""The text of an archived page is needed within a run only."""


def to_json(value: Any) -> str:
    """Return a frozen value as JSON text; naive datetimes are refused with ValueError."""
    kind: Any = type(value)
    shape = _shape(kind)
    as_it_is = shape is Any
    shaped = value if as_it_is else msgspec.convert(value, shape, from_attributes=True, dec_hook=_write)
    try:
        return _ENCODER.encode(shaped).decode()
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(shaped, enc_hook=_written))


def from_json(kind: type[T], text: str | bytes) -> T:
    """Return the frozen value that `to_json` wrote; StoreError where the text holds no such value."""
    try:
        try:
            found: T = _DECODERS[kind].decode(text)
        except msgspec.ValidationError:
            raise
        except (msgspec.DecodeError, UnicodeEncodeError, TypeError):
            found = msgspec.convert(loads(text), kind)
    except msgspec.ValidationError as error:
        raise StoreError(
            f"the database holds a {kind.__name__} this program cannot read ({error}); "
            "use the version that wrote it, or upgrade the program"
        ) from error
    return found


class _Decoders(dict[type, msgspec.json.Decoder[Any]]):
    def __missing__(self, kind: type) -> msgspec.json.Decoder[Any]:
        return self.setdefault(kind, msgspec.json.Decoder(kind))


_DECODERS = _Decoders()


# Twenty thousand cases are some million values a night, so they are written in C. msgspec leaves defaults out
# of its own structures only: each kind has one that takes its fields over, unless it is one without instants.


class _Instant:
    """An instant as it is written."""

    __slots__ = ("text",)

    def __init__(self, value: datetime) -> None:
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be stored: {value!r}")
        self.text = (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()


def _write(kind: type, value: Any) -> Any:
    return kind(value)


def _written(instant: _Instant) -> str:
    return instant.text


_ENCODER = msgspec.json.Encoder(enc_hook=_written)


@cache
def _shape(kind: Any) -> Any:
    """Return what a value of a kind is taken over as; Any where JSON is written of it as it is."""
    own = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    if own or (isinstance(kind, type) and is_dataclass(kind)):
        hints = get_type_hints(kind)
        every: tuple[Any, ...] = msgspec.structs.fields(kind) if own else fields(kind)
        kept = [f for f in every if (kind, f.name) not in _NOT_STORED]
        members = [(f.name, _shape(hints[f.name]), _default(f)) for f in kept]
        if own and all(shape is Any for _name, shape, _said in members):
            return Any
        return msgspec.defstruct(str(kind.__name__), members, kw_only=True, omit_defaults=True)
    if isinstance(kind, type) and issubclass(kind, datetime):
        return _Instant
    parts = [one if one is Ellipsis else _shape(one) for one in get_args(kind)]
    if all(one in (Any, NoneType, Ellipsis) for one in parts):
        return NoneType if kind is NoneType else Any
    origin = get_origin(kind)
    return (Union if origin is UnionType else origin)[tuple(parts)]


def _default(f: Field[Any] | msgspec.structs.FieldInfo) -> Any:
    if f.default is not MISSING and f.default is not msgspec.NODEFAULT:
        return msgspec.field(default=f.default)
    made: Any = f.default_factory
    return msgspec.NODEFAULT if made in (MISSING, msgspec.NODEFAULT) else msgspec.field(default_factory=made)


def digest(*parts: Any) -> str:
    """Return a short stable name of some JSON-able values: of them as one JSON list."""
    return hashlib.sha256(_listed(parts).encode()).hexdigest()[:32]


_often_named = lru_cache(1024)(digest)


def _named(value: Any) -> Any:
    """Return a value as JSON can hold it: an instant, or a frozen value without its defaults."""
    if isinstance(value, datetime):
        return _Instant(value).text
    if isinstance(value, date):
        return value.isoformat()
    every = msgspec.structs.fields(value)
    return {f.name: said for f in every if (said := getattr(value, f.name)) != f.default}


_NAMING = json.JSONEncoder(sort_keys=True, default=_named)


class _Writers(dict[type, Callable[[Any], str]]):
    """How `_NAMING` writes a value of a kind, without making an encoder for each name."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        text = issubclass(kind, str)
        return self.setdefault(kind, json.encoder.encode_basestring_ascii if text else _NAMING.encode)


def _listed(parts: Sequence[Any]) -> str:
    return f"[{', '.join([_WRITERS[type(part)](part) for part in parts])}]"


_WRITERS = _Writers(
    {
        NoneType: lambda _none: "null",
        bool: ("false", "true").__getitem__,
        int: int.__repr__,
        list: _listed,
        tuple: _listed,
    }
)


def name_digest(name: str) -> str:
    """Return the key by which a source (canonical URL) or a document (path) is unique."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def question_of(citation: Citation) -> str:
    """Name what a citation asks of the page and of archives; facts answer only what they were asked."""
    when = citation.access_date
    url = citation.url or ""
    place = urldefrag(url)[1] if "#" in url else ""
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
    return _often_named(
        judged.rule, judged.rule_version, judged.severity, judged.confidence, judged.status, judged.edit,
        judged.proven, judged.waived, outcome,
    )  # fmt: skip


def confirms(facts: CitationFacts) -> bool:
    """Tell whether facts confirm the citation: quote found, or nothing quoted and the page the same."""
    match = facts.quote.match
    return match is QuoteMatch.FOUND or (match is QuoteMatch.NONE and facts.drift is Drift.SAME)
