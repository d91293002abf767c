"""The finder's data: scripts that call back, because a page opened as a file may not fetch."""

from collections.abc import Callable, Iterable
from typing import Any

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.observation import Outcome
from monitor.report import names, words
from monitor.report.ascii_json import dump_lines, dumps
from monitor.report.gist import Gist

ROWS_PER_SHARD = 5000
Write = Callable[[str, Iterable[str]], None]

_SEVERITY = {one: number for number, one in enumerate(reversed(Severity))}
_STATUS = {one: number for number, one in enumerate(AccessDateStatus)}
_OUTCOME = {one: number for number, one in enumerate(Outcome)}


def _js(value: object) -> str:
    """Return JSON that is safe as a script: ASCII, and nothing in it ends a script element."""
    return _safe(dumps(value))


def _safe(json: str) -> str:
    return json.replace("<", "\\u003c")


class Data:
    """Collects rows and writes them in shards as they fill."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._rows: list[tuple[Any, ...]] = []
        self._codes: dict[tuple[Severity, AccessDateStatus, Outcome], tuple[int, int, int]] = {}
        self._shards = 0
        self._documents: dict[str, tuple[int, int]] = {}

    def add(self, one: Gist, page: int) -> None:
        """Add one citation, which stands on `page` of its document."""
        path = one.document
        number, pages = self._documents.get(path, (len(self._documents), 0))
        if page > pages:
            self._documents[path] = number, page
        kind = one.severity, one.status, one.outcome
        codes = self._codes.get(kind)
        if codes is None:
            codes = self._codes[kind] = _SEVERITY[one.severity], _STATUS[one.status], _OUTCOME[one.outcome]
        self._rows.append((one.name, one.url, number, page, one.line, one.anchor, *codes, one.date))
        if len(self._rows) == ROWS_PER_SHARD:
            self._flush()

    def _flush(self) -> None:
        rows = _safe(dump_lines(self._rows)).replace("\n", ",\n")
        self._write(f"data/rows-{self._shards}.js", [f"citationMonitor.rows({self._shards},[\n{rows}]);\n"])
        self._shards += 1
        self._rows.clear()

    def finish(self) -> None:
        """Write what is left and the tables the rows point into."""
        if self._rows:
            self._flush()
        meta = {
            "shards": self._shards,
            "severities": [(s.value, words.SEVERITIES[s]) for s in _SEVERITY],
            "statuses": [(s.value, words.STATUSES[s]) for s in _STATUS],
            "outcomes": [(o.value, words.OUTCOMES[o][:1].upper() + words.OUTCOMES[o][1:]) for o in _OUTCOME],
            "documents": [
                (
                    words.plain(path, 200),
                    [names.document_page(path, page) for page in range(1, pages + 1)],
                )
                for path, (_, pages) in self._documents.items()
            ],
        }
        self._write("data/meta.js", [f"citationMonitor.meta({_js(meta)});\n"])
