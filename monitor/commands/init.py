"""`monitor init`: a configuration written by looking at the folder."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ExitCode, UsageError
from monitor.model.wording import count

CONFIG = "config.toml"
_SITES = (
    "mkdocs.yml",
    "zensical.toml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "hugo.toml",
    "_config.yml",
)
"""Files by which a documentation site is known; its own links are worth a look."""
_OURS = ("reports/", "citation-report/")
"""What this program and its Action write by default."""
_SITE_URL = re.compile(r"^(?:site_url|url|baseURL)\s*[:=]\s*[\"']?(https?://[^\s\"',]+)", re.MULTILINE)
_MANY = 12
"""More single documents than this are watched as their folder."""


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """What a folder holds: citations and links by document, shown from the folder."""

    cited: dict[str, int]
    linked: int
    site_url: str | None
    is_site: bool


def init(folder: Path, *, force: bool) -> int:
    """Write the configuration for a folder, and say what was seen and what comes next."""
    file = folder / CONFIG
    if file.exists() and not force:
        raise UsageError(f"{file}: is there already; --force writes it anew, or edit it by hand")
    seen = _look(folder)
    if not seen.cited and not seen.linked:
        raise UsageError(
            f"{folder}: no document here cites a web address; `monitor extract --explain` shows why"
        )
    file.write_text("".join(f"{line}\n" for line in _lines(seen)), encoding="utf-8")
    cited = sum(seen.cited.values())
    sys.stdout.write(
        f"{file}: {count(cited, 'citation')} in {count(len(seen.cited), 'document')}"
        f"{f', {seen.linked:,} other links' if seen.linked else ''}\n"
        "Next: `monitor doctor` looks whether all is there, `monitor run` begins.\n"
    )
    return ExitCode.OK


def _look(folder: Path) -> FolderSeen:
    from monitor.document_search import find_documents
    from monitor.documents import read_document
    from monitor.extract.registry import FORMATS, extract
    from monitor.model.site import Site

    try:
        found = find_documents([folder], FORMATS.suffixes, exclude=_OURS)
    except UsageError:
        return FolderSeen({}, 0, None, is_site=False)
    cited: dict[str, int] = {}
    linked = 0
    for path in found.files:
        try:
            document = read_document(path, FORMATS)
            every = extract(document, links=Site())
            few = extract(document)
        except UsageError as error:
            sys.stderr.write(f"monitor: passed over: {error}\n")
            continue
        linked += len(every.citations) - len(few.citations)
        if few.citations:
            cited[path.relative_to(folder).as_posix()] = len(few.citations)
    sites = [folder / name for name in _SITES if (folder / name).is_file()]
    texts = (one.read_text("utf-8", "replace") for one in sites)
    url = next((named[1] for text in texts if (named := _SITE_URL.search(text))), None)
    return FolderSeen(cited, linked, url, is_site=bool(sites))


def _lines(seen: FolderSeen) -> Iterator[str]:
    yield "# Written by `monitor init`. Every other key has a default: see the manual's page Configuration."
    yield ""
    yield 'database = "monitor.sqlite3"'
    for path in _grouped(seen):
        yield from ("", "[[documents]]", f"path = {json.dumps(path, ensure_ascii=False)}")
        if path in seen.cited:
            yield f"# {count(seen.cited[path], 'citation')}"
    yield ""
    if seen.is_site and seen.linked:
        yield "# A documentation site: its own links are looked for on disk."
        rooted = "" if _in_docs(seen) else "# "
        yield from ("[selection]", 'links = "all"', f'{rooted}root_dir = "docs"')
        if seen.site_url:
            yield f"base_url = {json.dumps(seen.site_url)}"
        yield ""
    yield "[check]"
    yield '# contact = "https://example.org/about-us" # who asks: named to every host; please set it'
    yield ""
    yield "[report]"
    yield 'directory = "reports"'
    yield 'fail_on = "error" # error, warning, info, never: what makes the exit code 1'


def _in_docs(seen: FolderSeen) -> bool:
    return any(path.startswith("docs/") for path in seen.cited)


def _grouped(seen: FolderSeen) -> list[str]:
    """Return what to watch: single documents, or their folder where there are many, or links are watched."""
    if seen.is_site and seen.linked:
        return ["docs"] if _in_docs(seen) else ["."]
    folders = Counter(path.partition("/")[0] for path in seen.cited if "/" in path)
    whole = [name for name, number in folders.items() if number > 1]
    single = [path for path in seen.cited if path.partition("/")[0] not in whole]
    return ["."] if len(single) > _MANY else sorted([*whole, *single])
