"""The finder's data: scripts that call back, because a page opened as a file may not fetch."""

from collections.abc import Callable

from monitor.report import names, words
from monitor.report.ascii_json import dumps
from monitor.report.finder import OUTCOME_CODES, SEVERITY_CODES, STATUS_CODES

ROWS_PER_SHARD = 5000
Write = Callable[[str, str], None]
Stands = Callable[[str, bytes], bool]
"""Tells whether a file need not be written again: it is there, and made of the same."""


def _js(value: object) -> str:
    """Return JSON that is safe as a script: ASCII, and nothing in it ends a script element."""
    return _safe(dumps(value))


def _safe(json: str) -> str:
    return json.replace("<", "\\u003c")


class Data:
    """Collects rows and writes them in shards as they fill."""

    def __init__(self, write: Write, stands: Stands) -> None:
        self._write, self._stands = write, stands
        self._rows: list[str] = []
        self._shards = 0
        self._documents: dict[str, int] = {}
        """How many pages each has."""

    def add(self, document: str, page: int, rows: str) -> None:
        """Add the rows of some citations, a line each, that stand on a page of a document."""
        self._documents[document] = max(page, self._documents.get(document, 0))
        number = f",{len(self._documents) - 1}]"
        self._rows += [row[:-1] + number for row in rows.split("\n")]
        if len(self._rows) >= ROWS_PER_SHARD:
            self._flush()

    def _flush(self) -> None:
        rows = _safe(",\n".join(self._rows[:ROWS_PER_SHARD]))
        name = f"data/rows-{self._shards}.js"
        if not self._stands(name, rows.encode()):
            self._write(name, f"citationMonitor.rows({self._shards},[\n{rows}]);\n")
        self._shards += 1
        del self._rows[:ROWS_PER_SHARD]

    def finish(self) -> None:
        """Write what is left and the tables the rows point into."""
        if self._rows:
            self._flush()
        meta = {
            "shards": self._shards,
            "severities": [(s.value, words.SEVERITIES[s]) for s in SEVERITY_CODES],
            "statuses": [(s.value, words.STATUSES[s]) for s in STATUS_CODES],
            "outcomes": [
                (o.value, words.OUTCOMES[o][:1].upper() + words.OUTCOMES[o][1:]) for o in OUTCOME_CODES
            ],
            "documents": [
                (
                    words.plain(path, 200),
                    [names.document_page(path, page) for page in range(1, pages + 1)],
                )
                for path, pages in self._documents.items()
            ],
        }
        self._write("data/meta.js", f"citationMonitor.meta({_js(meta)});\n")
