"""What `monitor extract` shows: citations found, and with `explain` what was mended or rejected and why."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from monitor.model.citation import Citation, Extraction
from monitor.model.document import Span
from monitor.report.json_report import cited_record
from monitor.report.words import plain

WIDTH = 96
"""Titles and addresses are cut here on a terminal; `--format json` has them whole."""


def as_json(found: Sequence[Extraction], *, explain: bool) -> Iterator[str]:
    """Yield the `documents` and `citations` part of the JSON contract (DESIGN §10), with spans."""
    value: dict[str, Any] = {
        "schema_version": 1,
        "documents": [
            {"path": one.document, "format": one.format, "title": one.title, "citations": len(one.citations)}
            for one in found
        ],
        "citations": [citation_record(citation) for one in found for citation in one.citations],
    }
    if explain:
        value["rejected"] = [
            {"document": one.document, "line": r.line, "text": r.text, "reason": r.reason}
            for one in found
            for r in one.rejected
        ]
        value["notes"] = [{"document": one.document, "note": note} for one in found for note in one.notes]
    # Lone surrogates of a damaged document must not break the consumer's decoder.
    yield json.dumps(value, indent=1, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    yield "\n"


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return one citation as the JSON contract spells it, with where everything stands."""
    record = cited_record(citation)
    places = [{"repair": date.repair, "span": _span(date.span)} for date in citation.access_dates]
    return {
        **record,
        "access_dates": [date | place for date, place in zip(record["access_dates"], places, strict=True)],
        "published": citation.published,
        "marked_dead": citation.marked_dead,
        "unlocated_reason": citation.unlocated_reason,
        "repairs": [{"kind": r.kind, "before": r.before, "after": r.after} for r in citation.repairs],
        "notes": list(citation.notes),
        "span": _span(citation.span),
        "url_span": _span(citation.url_span),
    }


def _span(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {
        "line": span.line,
        "column": span.column,
        "byte_start": span.byte_start,
        "byte_end": span.byte_end,
    }


def as_table(found: Sequence[Extraction], *, explain: bool) -> Iterator[str]:
    """Yield a plain table, one citation on two lines, documents as headings."""
    for one in found:
        dates = sum(len(citation.access_dates) for citation in one.citations)
        yield f"{plain(one.document)} ({one.format}): {len(one.citations)} citations, {dates} access dates\n"
        for citation in one.citations:
            yield from _entry(citation, explain=explain)
        if explain:
            for rejected in one.rejected:
                text, why = plain(rejected.text, WIDTH), plain(rejected.reason)
                yield f"  {rejected.line:>5}  not taken: {text} ({why})\n"
        for note in one.notes:
            yield f"         note: {plain(note)}\n"
        yield "\n"


def _entry(citation: Citation, *, explain: bool) -> Iterator[str]:
    claims = ", ".join(date.date or f"impossible: {plain(date.text)}" for date in citation.access_dates)
    if citation.access_date_missing:
        claims = claims or "marked as unavailable"
    yield f"  {citation.line:>5}  {plain(citation.title or '(no title)', WIDTH)}\n"
    where = citation.url or f"no address: {citation.unlocated_reason or 'none given'}"
    yield f"         {plain(where, WIDTH)}  accessed: {claims or 'no date'}\n"
    if citation.quote:
        yield f"         quotes: {plain(citation.quote, WIDTH)}\n"
    if explain:
        for repair in citation.repairs:
            yield f"         mended: {repair.kind}: {plain(repair.before, 60)} -> {plain(repair.after, 60)}\n"
        for date in citation.access_dates:
            if date.repair:
                yield f"         mended: {plain(date.repair)}\n"
