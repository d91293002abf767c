"""The JSON contract of docs/design.md#json: stable, versioned, additive; streamed citation by citation."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from monitor.model.run import DocumentSummary, Report, Run
from monitor.report.ascii_json import dumps
from monitor.report.json_records import iso
from monitor.report.spool import lines
from monitor.report.summary import Summary, summarise

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).parent / "schema.json"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every JSON report satisfies."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return loaded


class JsonReport:
    """`--format json` and `reports/report.json`."""

    name = "json"

    def render(self, report: Report) -> Iterator[str]:
        """Yield one JSON object, one line per document and citation."""
        yield f'{{"schema_version": {SCHEMA_VERSION},\n"run": {dumps(run_record(report.run))},\n'
        yield '"documents": ['
        for number, document in enumerate(report.documents):
            yield (",\n" if number else "\n") + dumps(document_record(document))
        yield '],\n"citations": ['
        begin = "\n"
        for some in lines(report.assessments):
            yield begin + some
            begin = ",\n"
        yield f'],\n"summary": {dumps(summary_record(summarise(report)))}}}\n'


def run_record(run: Run) -> dict[str, Any]:
    """Return the `run` object."""
    return {
        "id": run.id,
        "started_at": iso(run.started_at),
        "finished_at": iso(run.finished_at),
        "now": iso(run.now),
        "complete": run.complete,
        "void": run.void,
        "void_reason": run.void_reason,
        "requests": {"check": 0, "archive": 0, **run.requests},
        "notes": list(run.notes),
    }


def document_record(document: DocumentSummary) -> dict[str, Any]:
    """Return one entry of `documents`."""
    return {
        "path": document.path,
        "format": document.format,
        "title": document.title,
        "citations": document.citations,
        "error": document.error,
        "excluded": document.excluded,
    }


def summary_record(summary: Summary) -> dict[str, Any]:
    """Return the `summary` object."""
    return {
        "citations": summary.citations,
        "sources": summary.sources,
        "by_outcome": _sorted(summary.by_outcome),
        "by_access_date_status": _sorted(summary.by_status),
        "by_coverage": _sorted(summary.by_coverage),
        "by_severity": _sorted(dict(summary.by_severity)),
        "waived": summary.waived,
    }


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts) if counts[key]}
