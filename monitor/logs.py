"""The log: what a run does while it does it, on standard error, as lines or as JSON.

Rooms write through the standard library's logging: an event in fixed words, and its facts beside it
(`extra=facts(source=…, host=…)`), so that nobody has to parse prose. The run's id is added here.
"""

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Annotated, Any

from msgspec import Meta

from monitor.config_values import Policy
from monitor.model.urls import masked_text

_ROOT = "monitor"
_LEVELS = {"warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
_run: ContextVar[str | None] = ContextVar("run", default=None)


class LogPolicy(Policy, frozen=True, kw_only=True):
    """What is logged and how, `[log]`: `info` each probe and host, `debug` each request and wait."""

    level: Annotated[str, Meta(extra={"choices": tuple(_LEVELS)})] = "warning"
    format: Annotated[str, Meta(extra={"choices": ("text", "json")})] = "text"


def configure(policy: LogPolicy) -> None:
    """Log as a policy says from now on; a second call replaces the first."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if policy.format == "json" else _Text())
    for name in (_ROOT, "apscheduler"):
        logging.getLogger(name).handlers = [handler]
    logging.getLogger(_ROOT).setLevel(_LEVELS[policy.level])


@contextmanager
def of_run(run: str) -> Iterator[None]:
    """Let what is logged within name a run by its id."""
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """Return what an event says of itself, without what has no value; passwords in addresses blotted out."""
    said: Mapping[str, Any] = getattr(record, "facts", {})
    given = {"run": _run.get(), **said}
    return {
        name: masked_text(value) if isinstance(value, str) else value
        for name, value in given.items()
        if value is not None
    }


def _at(record: logging.LogRecord) -> str:
    return (
        datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def _room(record: logging.LogRecord) -> str:
    return record.name.removeprefix(f"{_ROOT}.")


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; control characters are escaped by JSON itself."""
        line = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "room": _room(record),
            "event": masked_text(record.getMessage()),
            **_facts(record),
        }
        if record.exc_info:
            line["traceback"] = masked_text(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True, default=str)


class _Text(logging.Formatter):
    """`monitor: 2026-11-21T03:00:07.120Z info check.probe probed run=… host=… outcome=alive`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a control character from outside becomes a mark."""
        if record.levelno >= logging.WARNING:
            head = masked_text(record.getMessage())
        else:
            head = f"{_at(record)} {record.levelname.lower()} {_room(record)} {record.getMessage()}"
        words = "".join(f" {name}={_value(value)}" for name, value in _facts(record).items())
        line = "".join(char if char.isprintable() else "�" for char in f"monitor: {head}{words}")
        if record.exc_info:
            line += "\n" + masked_text(self.formatException(record.exc_info))
        return line


def _value(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or " " in text or '"' in text else text
