"""Names of report formats; each is imported when it is asked for."""

from collections.abc import Iterator
from importlib import import_module

from monitor.errors import UsageError
from monitor.model.run import Report
from monitor.report.interface import ReportFormat

_FORMATS = {
    "text": ("monitor.report.text", "TextReport", "report.txt"),
    "json": ("monitor.report.json_report", "JsonReport", "report.json"),
    "junit": ("monitor.report.junit", "JunitReport", "report.junit.xml"),
    "sarif": ("monitor.report.sarif", "SarifReport", "report.sarif"),
    "github": ("monitor.report.github", "GithubReport", "report.github.txt"),
    "gitlab": ("monitor.report.gitlab", "GitlabReport", "report.gitlab.json"),
    "markdown": ("monitor.report.markdown", "MarkdownReport", "report.md"),
    "csv": ("monitor.report.csv_report", "CsvReport", "report.csv"),
    "atom": ("monitor.report.atom", "AtomReport", "feed.atom"),
    "badge": ("monitor.report.badge", "BadgeReport", "badge.svg"),
}
"""Name → module, class, file name below the reports folder."""

NAMES = tuple(_FORMATS)
PATCH = "proven-edits.patch"
"""The file beside the status page that holds all edits with proof, where there are any."""

SITE = "html"
"""The status page is a folder of pages, so `site` writes it and `render` does not know it."""


def get(name: str) -> ReportFormat:
    """Return a format by name; UsageError for an unknown one."""
    if name not in _FORMATS:
        raise UsageError(f"unknown report format {name!r}; known: {', '.join(NAMES)}")
    module, cls, _ = _FORMATS[name]
    made: ReportFormat = getattr(import_module(module), cls)()
    return made


def file_name(name: str) -> str:
    """Return the file a format is written to below the reports folder."""
    return _FORMATS[name][2]


def render(name: str, report: Report) -> Iterator[str]:
    """Yield a report in a named format; UsageError for an unknown name."""
    return get(name).render(report)
