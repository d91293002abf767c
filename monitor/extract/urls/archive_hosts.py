"""The archives of `archive_hosts.toml`: which of their forms an address has."""

import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from monitor.patterns import lazy

PATH = Path(__file__).with_name("archive_hosts.toml")
_SCHEME = r"https?(?::/{1,2}|%3A(?:%2F%2F|//?))"
_PARTS = {
    "{when}": r"(?P<when>\d{4,14})",
    "{url}": rf"(?P<original>{_SCHEME}.+)",
    "{bare}": rf"(?P<original>(?:{_SCHEME}|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)).*)",
}
_ADDRESS = lazy(r"(?:https?:)?//(?P<host>[\w.-]+)(?::\d+)?/(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)


class ArchivedForm(Struct, frozen=True, gc=False):
    """What an archive's address says: the original, None where it is a code; the time as digits."""

    original: str | None
    when: str | None


class _Archive(Struct, frozen=True, gc=False):
    hosts: tuple[str, ...]
    forms: tuple[re.Pattern[str], ...]
    codes: re.Pattern[str] | None


@cache
def _archives() -> tuple[_Archive, ...]:
    data = tomllib.loads(PATH.read_text("utf-8"))
    return tuple(
        _Archive(
            hosts=tuple("." + name for name in (one["host"], *one.get("also", ()))),
            forms=tuple(lazy(_expanded(form), re.IGNORECASE | re.DOTALL) for form in one["forms"]),
            codes=lazy(one["codes"], re.IGNORECASE) if "codes" in one else None,
        )
        for one in data["archive"]
    )


def _expanded(form: str) -> str:
    for name, pattern in _PARTS.items():
        form = form.replace(name, pattern)
    return form


def archived_form(url: str) -> ArchivedForm | None:
    """Return what an address of a known archive says; None where it has none of the archive's forms."""
    address = _ADDRESS.match(url)
    if address is None:
        return None
    host, rest = "." + address["host"].lower(), address["rest"]
    for archive in _archives():
        if not host.endswith(archive.hosts):
            continue
        for form in archive.forms:
            if (match := form.fullmatch(rest)) is not None:
                told = match.groupdict()
                original = told["original"]
                in_query = "?" in rest[: match.start("original")]
                when = re.sub(r"\D", "", told.get("when") or "") or None
                return ArchivedForm(unquote(original.split("&", 1)[0]) if in_query else original, when)
        if archive.codes is not None and archive.codes.fullmatch(rest):
            return ArchivedForm(None, None)
    return None
