"""Files of the site's own that documents link to: are they there, spelt so, with the place that is named?

A document may be a stranger's: nothing outside the site's folders is looked at, and no report tells of it.

Names are compared with the folder's own list, letter by letter: what a case-insensitive disk forgives, a
server does not. Generators link a page by many names; each of them is taken (`_CANDIDATES`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from monitor.check.interface import CheckReport, CheckRequest
from monitor.errors import MonitorError
from monitor.model.observation import CitationFacts, Evidence, Observation, Outcome
from monitor.model.ports import Clock
from monitor.model.site import NEAREST, NO_FILE, NOT_ASKED, OTHER_CASE, OUTSIDE, SPELT, local_path

_SOURCES = (".md", ".mdx", ".markdown", ".html", ".rst", ".adoc", ".qmd", ".ipynb", ".org")
_INDEXES = ("index", "README", "_index", "readme")
MAX_BYTES = 16 * 2**20
"""Larger files are looked for, but their places are not read."""

Places = Callable[[Path], frozenset[str] | None]
"""Reads the fragments that name something in a file; None where its format tells of none."""


@dataclass(slots=True)
class LocalFiles:
    """The disk within some folders, asked once for each folder and file; without folders, not at all."""

    places: Places
    within: tuple[Path, ...] = ()
    _names: dict[Path, frozenset[str] | None] = field(default_factory=dict)
    _known: dict[Path, frozenset[str] | None] = field(default_factory=dict)

    def find(self, path: str) -> tuple[Path | None, str | None]:
        """Return a file or folder as it is on disk, and why it is not what was written: a cause, or None."""
        if not self.within:
            return None, NOT_ASKED
        if not self._holds(Path(path)):
            return None, OUTSIDE
        other: Path | None = None
        for candidate in _candidates(path):
            found, exact = self._spelt(candidate)
            if found is None:
                continue
            if not self._holds(found):  # a symbolic link out of the site
                return None, OUTSIDE
            if exact:
                return found, None
            other = other or found
        return other, NO_FILE if other is None else OTHER_CASE

    def _holds(self, path: Path) -> bool:
        """Tell whether a path lies in one of the folders, wherever symbolic links lead."""
        try:
            whole = path.resolve()
        except (OSError, RuntimeError, ValueError):  # links in a circle; a name that can be none
            return True  # nothing is there
        return any(whole.is_relative_to(folder) for folder in self.within)

    def _spelt(self, path: Path) -> tuple[Path | None, bool]:
        """Return a path as the disk spells it, and whether it was spelt so; None where it is not there."""
        here, exact = Path(path.anchor), True
        for part in path.parts[1 if path.anchor else 0 :]:
            names = self._listed(here) if part != ".." else None
            if names is None and not (here / part).exists():
                return None, False
            if names is not None and part not in names:
                near = next((one for one in sorted(names) if one.casefold() == part.casefold()), None)
                if near is None:
                    return None, False
                part, exact = near, False  # noqa: PLW2901 - the disk's spelling goes on
            here /= part
        return here, exact

    def _listed(self, folder: Path) -> frozenset[str] | None:
        """Return the names in a folder; None where it may be passed through, but not listed."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(one.name for one in folder.iterdir())
            except OSError:
                self._names[folder] = None
        return self._names[folder]

    def places_of(self, file: Path) -> frozenset[str] | None:
        """Return the fragments that name something in a file, or in a folder's index; None if unknown."""
        if file.is_dir():
            index = (file / f"{name}{end}" for name in _INDEXES for end in _SOURCES)
            file = next((one for one in index if one.is_file()), file)
        if file not in self._known:
            self._known[file] = self._read(file)
        return self._known[file]

    def _read(self, file: Path) -> frozenset[str] | None:
        try:
            if not file.is_file() or file.stat().st_size > MAX_BYTES:
                return None
            return self.places(file)
        except (MonitorError, OSError):
            return None


def _candidates(path: str) -> Iterator[Path]:
    """Yield what a link may mean, the nearest first: the path, without its ending, as the page's source."""
    whole = Path(path)
    yield whole
    bare = path.rstrip("/")
    if bare and not bare.endswith(".."):
        yield from (Path(bare + end) for end in _SOURCES)
        if whole.suffix == ".html":
            yield from (whole.with_suffix(end) for end in _SOURCES)
            if whole.stem == "index":
                yield whole.parent


def look(request: CheckRequest, files: LocalFiles, clock: Clock) -> CheckReport:
    """Look for one file, and for the places in it that citations name."""
    path = local_path(request.source.url)
    found, cause = files.find(path)
    evidence = []
    if found is not None and cause == OTHER_CASE:
        evidence.append(Evidence(SPELT, found.as_posix()))
    known = {None: Outcome.ALIVE, OUTSIDE: Outcome.UNCHECKED, NOT_ASKED: Outcome.UNCHECKED}
    outcome = known.get(cause, Outcome.GONE)
    astray: set[str] = set()
    if found is not None and cause is None and request.fragments:
        named = files.places_of(found)
        for key, name in request.fragments.items():
            if named is not None and not _names_something(name, named):
                astray.add(key)
                evidence += _nearest(name, named)
    seen = Observation(
        source=request.source.canonical_url, url=request.source.url, observed_at=clock(), outcome=outcome,
        cause=cause, evidence=tuple(dict.fromkeys(evidence)),
    )  # fmt: skip
    facts = {key: CitationFacts(citation=key, fragment_missing=key in astray) for key in request.titles}
    return CheckReport(observation=seen, facts=facts)


def _names_something(fragment: str, known: frozenset[str]) -> bool:
    """Tell whether a fragment names a place; text fragments and the page's top always do."""
    name = fragment.partition(":~:")[0]
    return name.lower() in ("", "top") or not {name, unquote(name), f"user-content-{name}"}.isdisjoint(known)


def _nearest(fragment: str, known: frozenset[str]) -> Iterator[Evidence]:
    folded = {one.casefold(): one for one in sorted(known, reverse=True)}
    asked, most = unquote(fragment).casefold()[:200], list(folded)[:2000]
    import difflib  # for a missing file's neighbours; most runs do without

    for near in difflib.get_close_matches(asked, most, n=1, cutoff=0.6):
        yield Evidence(NEAREST, f"#{fragment}: #{folded[near]}")
