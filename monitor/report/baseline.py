"""Failing only on what is new: comparing a run with an earlier JSON report; pure."""

import json
from collections.abc import Iterator
from typing import Any

from monitor.errors import UsageError
from monitor.model.finding import Severity
from monitor.model.run import Assessment
from monitor.report.json_report import SCHEMA_VERSION
from monitor.report.weight import effective

_RANK = {severity.value: severity.rank for severity in Severity}
Known = dict[str, int]
"""Citation key, or document and source, → the worst severity it had."""


def load(text: str) -> Known:
    """Read the baseline from a JSON report; UsageError says what is wrong with it.

    Citations are known by key and, should keys ever change, by document, source and title.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UsageError(f"the baseline is not JSON ({error}); make it with --format json") from None
    if not isinstance(data, dict) or not isinstance(data.get("citations"), list):
        raise UsageError("the baseline is no report of this program; make it with --format json")
    if data.get("schema_version") != SCHEMA_VERSION:
        raise UsageError(
            f"the baseline has schema version {data.get('schema_version')!r}, this program reads "
            f"{SCHEMA_VERSION}; make a new one with --format json"
        )
    known: Known = {}
    for citation in data["citations"]:
        if isinstance(citation, dict):
            rank = _RANK.get(str(citation.get("severity")), 0)
            for name in _recorded(citation):
                known[name] = max(known.get(name, 0), rank)
    return known


def is_new(assessment: Assessment, known: Known) -> bool:
    """Tell whether a finding is new: the citation was not there, or it was less bad then."""
    citation = assessment.citation
    names = [f"key:{citation.key}"] if citation.key else []
    names.append(_place(citation.document, citation.canonical_url, citation.title))
    ranks = [known[name] for name in names if name in known]
    return not ranks or effective(assessment).rank > max(ranks)


def _recorded(citation: dict[str, Any]) -> Iterator[str]:
    if citation.get("key"):
        yield f"key:{citation['key']}"
    yield _place(citation.get("document"), citation.get("canonical_url"), citation.get("title"))


def _place(document: object, source: object, title: object) -> str:
    return f"place:{document}\0{source or title}"
