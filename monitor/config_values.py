"""Tables of the configuration, and what a value may be beyond its type: limits, choices; `${NAME}`.

What is said of a key stands in its `Meta`: `description`, `ge`, `le`, and in `extra` "choices" and "check", a
function that says what is wrong with one item, "env_only" and "secret" for what is shown to nobody, "expand"
for `${NAME}`, "internal" for what no file may set.
"""

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from msgspec import Meta, Struct, structs

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Key(NamedTuple):
    """One key of a table: the type of its value, whether it must be given, and what is said of it."""

    hint: Any
    required: bool
    meta: Meta

    def has(self, what: str) -> Any:
        """Return what `extra` says, None where it says nothing."""
        return (self.meta.extra or {}).get(what)


@cache
def keys(table: type[Struct]) -> dict[str, Key]:
    """Return the keys of a table by name."""
    return {one.name: _key(one) for one in structs.fields(table)}


def _key(one: structs.FieldInfo) -> Key:
    hint, *told = get_args(one.type) if get_origin(one.type) is Annotated else (one.type,)
    return Key(hint, one.required, next((meta for meta in told if isinstance(meta, Meta)), Meta()))


class Policy(Struct, frozen=True):
    """A table of the configuration; shown without its secrets."""

    def __repr__(self) -> str:
        """Return what it says, as a dataclass does."""
        shown = (
            f"{name}={getattr(self, name)!r}"
            for name, key in keys(type(self)).items()
            if not (key.has("secret") or key.has("env_only"))
        )
        return f"{type(self).__name__}({', '.join(shown)})"


def limits(value: Any, key: Key) -> str | None:
    """Say what is wrong with a value of the right type, or None."""
    if value is None:
        return None
    if any(isinstance(item, str) and _CONTROL.search(item) for item in _items(value)):
        return "control characters are not allowed"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is no number to count with"
    if check := key.has("check"):
        found = [fault for item in _items(value) if (fault := check(item))]
        if found:
            return "; ".join(found)
    choices = key.has("choices")
    if choices and not all(item in choices for item in (value if isinstance(value, tuple) else (value,))):
        return f"{value!r} is not allowed; allowed: {', '.join(map(str, choices))}"
    least, most = key.meta.ge, key.meta.le
    if least is not None and isinstance(value, int | float) and value < least:
        return f"{value} is too small; at least {least}"
    if most is not None and isinstance(value, int | float) and value > most:
        return f"{value} is too large; at most {most}"
    return None


def base_url_fault(url: str) -> str | None:
    """Say why an address cannot be the one a site is published at, or None."""
    if re.match(r"https?://[^\s/?#]+(?:/[^\s?#]*)?$", url, re.IGNORECASE) is None:
        return f"{url!r} is no address of a site; write it as https://example.org/docs/"
    return None


def address_fault(url: str) -> str | None:
    """Say why an address cannot be one of a page to be read, or None."""
    if re.match(r"https?://[^\s/?#]+(?:[/?][^\s#]*)?$", url, re.IGNORECASE) is None:
        return f"{url!r} is no address of a page; write it as https://example.org/page"
    return None


def day_fault(text: str) -> str | None:
    """Say why a text is no day of the calendar, or None; days written so sort as they follow each other."""
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = None
    return None if written == text else f"{text!r} is no day; write it as 2027-12-31"


def pattern_fault(pattern: str) -> str | None:
    """Say why a text is no regular expression, or None."""
    try:
        re.compile(pattern)
    except re.error as error:
        return f"{pattern!r}: not a regular expression ({error}); a dot is written \\."
    return None


def time_zone_fault(name: str) -> str | None:
    """Say why a text names no time zone, or None."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # few configurations name one

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"{name!r} names no time zone; write an IANA name, as in Europe/Zurich"
    return None


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def expanded(value: Any, environment: Mapping[str, str]) -> tuple[str | None, Any]:
    """Return (fault, value) with `${NAME}` replaced by environment variables.

    So secrets stay out of the file.
    """
    missing: list[str] = []

    def found(match: re.Match[str]) -> str:
        if match[1] not in environment:
            missing.append(match[1])
        return environment.get(match[1], "")

    items = [_VARIABLE.sub(found, item) for item in _items(value)]
    if missing:
        return f"the environment variable {missing[0]} is not set", value
    return None, tuple(items) if isinstance(value, tuple) else items[0]
