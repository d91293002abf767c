"""What `monitor extract` shows: citations found, and with `explain` what was mended or rejected and why."""

import json
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from monitor.model.citation import Citation, Extraction, TitleCertainty, presentable_extraction
from monitor.model.document import Span
from monitor.model.wording import count
from monitor.report.words import plain

LeftOut = tuple[str, str]
"""A file of a watched folder that is no document, and why."""

WIDTH = 80
"""Columns of a terminal the table keeps to."""

_INDENT = " " * 9
_SURE = {
    TitleCertainty.GIVEN: "given by the document",
    TitleCertainty.STYLED: "told by the style of the reference",
    TitleCertainty.GUESSED: "a guess: only its words tell it from author and publisher",
}
_LONGEST_SHOWN = 240
"""Titles and rejected text are cut here; `--format json` has them whole."""


def as_json(found: Sequence[Extraction], *, explain: bool, left_out: Sequence[LeftOut] = ()) -> Iterator[str]:
    """Yield the `documents` and `citations` part of the JSON contract (docs/design.md#json), with spans.

    One record a piece: a long document's report is larger than the document.
    """
    found = [presentable_extraction(one) for one in found]
    lists: dict[str, Iterator[dict[str, Any]]] = {
        "documents": (
            {"path": one.document, "format": one.format, "title": one.title, "citations": len(one.citations)}
            for one in found
        ),
        "citations": (citation_record(citation) for one in found for citation in one.citations),
    }
    if explain:
        lists["rejected"] = (
            {"document": one.document, "line": r.line, "text": r.text, "reason": r.reason}
            for one in found
            for r in one.rejected
        )
        lists["identified"] = (
            {"document": one.document, "line": e.line, "url": e.url, "title": e.title}
            for one in found
            for e in one.identified
        )
        lists["excluded"] = (
            {"document": one.document, "line": e.line, "text": e.text, "by": e.by, "detail": e.detail}
            for one in found
            for e in one.excluded
        )
        lists["left_out"] = ({"path": path, "reason": reason} for path, reason in left_out)
    if explain or any(one.notes for one in found):
        lists["notes"] = ({"document": one.document, "note": note} for one in found for note in one.notes)
    yield '{\n "schema_version": 1'
    for key, records in lists.items():
        yield f',\n "{key}": ['
        separator, end = "\n  ", "]"
        for record in records:
            yield separator + _dumped(record)
            separator, end = ",\n  ", "\n ]"
        yield end
    yield "\n}\n"


def _dumped(record: dict[str, Any]) -> str:
    """Return a record indented as an element of a list of the outermost object."""
    # Inside strings a line feed is escaped, so that each one found is the layout's.
    text = json.dumps(record, indent=1, ensure_ascii=False).replace("\n", "\n  ")
    # Lone surrogates of a damaged document must not break the consumer's decoder.
    return text.encode("utf-8", "replace").decode("utf-8")


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return one citation as the JSON contract spells it, with where everything stands."""
    # The table does without what reports need.
    from monitor.report.json_records import cited_record

    record = cited_record(citation)
    places = [{"repair": date.repair, "span": _span(date.span)} for date in citation.access_dates]
    return {
        **record,
        "access_dates": [date | place for date, place in zip(record["access_dates"], places, strict=True)],
        "published": citation.published,
        "title_certainty": citation.title_certainty,
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


def as_table(
    found: Sequence[Extraction], *, explain: bool, left_out: Sequence[LeftOut] = ()
) -> Iterator[str]:
    """Yield a plain table within 80 columns: per citation its line, title, address and access dates.

    Addresses are whole, so that they can be copied, and may stick out.
    """
    for one in map(presentable_extraction, found):
        dates = sum(len(citation.access_dates) for citation in one.citations)
        excluded = f", {len(one.excluded):,} excluded" if one.excluded else ""
        yield (
            f"{plain(one.document)} ({one.format}): {count(len(one.citations), 'citation')}, "
            f"{count(dates, 'access date')}{excluded}\n"
        )
        for citation in one.citations:
            yield from _entry(citation, explain=explain)
        if explain and one.rejected:
            yield "\n  not taken\n"
            for rejected in one.rejected:
                yield from _row(f"{rejected.line:>7}  ", plain(rejected.text, _LONGEST_SHOWN))
                yield from _row(_INDENT, f"({plain(rejected.reason)})")
        if one.identified:
            known = count(len(one.identified), "reference")
            yield f"\n  {known} by identifier alone, without an access date; --identifiers watches them\n"
            for citation in one.identified if explain else ():
                yield from _row(
                    f"{citation.line:>7}  ", plain(citation.title or "(no title)", _LONGEST_SHOWN)
                )
                yield from _row(_INDENT, plain(citation.url or ""))
        if explain and one.excluded:
            yield "\n  excluded\n"
            for left in one.excluded:
                yield from _row(f"{left.line:>7}  ", plain(left.text, _LONGEST_SHOWN))
                yield from _row(_INDENT, f"({plain(left.detail)})")
        for note in one.notes:
            yield from _row("  note: ", plain(note))
        yield "\n"
    if explain and left_out:
        yield "left out\n"
        for path, reason in left_out:
            yield from _row("  ", f"{plain(path)} ({reason})")


def _entry(citation: Citation, *, explain: bool) -> Iterator[str]:
    guessed = " (title guessed)" if citation.title_certainty is TitleCertainty.GUESSED else ""
    shown = plain(citation.title or "(no title)", _LONGEST_SHOWN) + guessed
    yield from _row(f"{citation.line:>7}  ", shown)
    where = citation.url or f"no address: {citation.unlocated_reason or 'none given'}"
    yield from _row(_INDENT, plain(where))
    claims = ", ".join(date.date or f"impossible: {plain(date.text)}" for date in citation.access_dates)
    unsaid = "marked as unavailable" if citation.access_date_missing else "no date"
    yield from _row(_INDENT, f"accessed: {claims or unsaid}")
    if citation.archive_url and citation.archive_url != citation.url:
        yield from _row(_INDENT, f"archived: {plain(citation.archive_url)}")
    if citation.quote:
        yield from _row(_INDENT, f"quotes: {plain(citation.quote, WIDTH - len(_INDENT) - 8)}")
    if explain:
        if citation.title_certainty is not None:
            yield from _row(_INDENT, f"title: {_SURE[citation.title_certainty]}")
        for repair in citation.repairs:
            yield from _row(_INDENT, f"mended: {repair.kind}")
            yield from _row(_INDENT + "  ", plain(repair.before, _LONGEST_SHOWN))
            yield from _row(_INDENT + "  ", f"-> {plain(repair.after, _LONGEST_SHOWN)}")
        for date in citation.access_dates:
            if date.repair:
                yield from _row(_INDENT, f"mended: {plain(date.repair)}")
        for note in citation.notes:
            yield from _row(_INDENT, f"note: {plain(note)}")


def _row(lead: str, text: str) -> Iterator[str]:
    """Yield a text wrapped at blanks, the first line led by `lead`, the others below its text."""
    for line in wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead),
        break_long_words=False, break_on_hyphens=False,
    ) or [lead]:  # fmt: skip
        yield f"{line}\n"
