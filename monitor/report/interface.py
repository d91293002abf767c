"""What a report format takes and gives."""

from collections.abc import Iterator
from typing import Protocol

from monitor.model.run import Report


class ReportFormat(Protocol):
    """Renders a report as text. Pure; yields pieces so that memory stays bounded."""

    @property
    def name(self) -> str:
        """Return the format's name as in `--format` and config: "text", "json", "html" …"""
        ...

    def render(self, report: Report) -> Iterator[str]:
        """Yield the report in pieces."""
        ...
