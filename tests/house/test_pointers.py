"""Whoever follows a pointer in code or prose arrives: pages, sections, files and numbered cases exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Where prose and code of ours stand; corpora and documents that tests read are other people's prose.
READ = (
    "monitor/**/*.py",
    "tests/**/*.py",
    "docs/**/*.md",
    "*.md",
    "pyproject.toml",
    "config.toml",
    ".ci/run",
)
MADE = {"commands.md", "configuration.md", "schema.md"}  # by docs/hooks.py, when the manual is built
OTHERS = ("tests/cases/", "tests/amend/cases/", "docs/reference/")

#: A path of ours, or a page at the top; names in capitals or "xx" inside a path are patterns to fill in.
_PAGE = re.compile(
    r"(?<![\w/.-])((?:docs|tests|monitor)/(?:[a-z0-9_./-](?!xx\.))*?\w\.(?:md|py|toml|json|ya?ml|lock)\b|[A-Z]{4,}\.md)(#[\w-]+)?"
)
_CASE = re.compile(r"hard cases? (\d+)(?:(?: and |-|, )(\d+))?")
_LINK = re.compile(r"\]\(<?(?!\w+:|#)([^)\s>#]*)(#[^)\s>]+)?>?\)")
_OWN_LINK = re.compile(r"\]\((#[^)\s]+)\)")


def sources() -> list[Path]:
    found = {path for pattern in READ for path in ROOT.glob(pattern)}
    return sorted(
        path
        for path in found
        if not str(path.relative_to(ROOT)).startswith(OTHERS) and ".venv" not in str(path)
    )


def slugs(page: Path) -> set[str]:
    """Anchors of a page's headings, as code forges and mkdocs make them."""
    prose = re.sub(r"(?ms)^```.*?^```", "", page.read_text("utf-8"))
    found: set[str] = set()
    for heading in re.findall(r"(?m)^#+ +(.+?) *#*$", prose):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[(.+?)\]\(.*?\)", r"\1", heading)).strip().lower()
        found.add(words.replace(" ", "-"))
    return found


def has_anchor(page: Path, anchor: str) -> bool:
    return anchor.removeprefix("#") in slugs(page)


def hard_cases() -> set[int]:
    text = (ROOT / "tests" / "check" / "hard_cases.py").read_text("utf-8")
    return {int(number) for number in re.findall(r"\bCase\(\s*(\d+),", text)}


def test_pages_and_sections_that_are_named_exist():
    missing = []
    for path in sources():
        for name, anchor in _PAGE.findall(path.read_text("utf-8")):
            if path.suffix == ".py" and not anchor and "/" in name:
                continue  # tests name files of documents that they make up
            target = ROOT / name
            if not target.exists() or (anchor and not has_anchor(target, anchor)):
                missing.append(f"{path.relative_to(ROOT)}: {name}{anchor}")
    assert not missing


def test_nothing_points_at_a_page_outside_the_repository():
    outside = re.compile(r"DESIGN(?:\.md)? §|[( ]anchors? (?:research|link_checkers|archives|§)")
    found = [
        str(path)
        for path in sources()
        if path.name != "test_pointers.py" and outside.search(path.read_text("utf-8"))
    ]
    assert not found


def test_links_between_pages_arrive():
    missing = []
    for path in (path for path in sources() if path.suffix == ".md"):
        prose = re.sub(r"(?ms)^```.*?^```|`[^`\n]*`", "", path.read_text("utf-8"))
        links = [*_LINK.findall(prose), *((path.name, anchor) for anchor in _OWN_LINK.findall(prose))]
        missing += [
            f"{path}: {name}{anchor}" for name, anchor in links if not _arrives(path.parent / name, anchor)
        ]
    assert not missing


def _arrives(target: Path, anchor: str) -> bool:
    if target.parent == ROOT / "docs" and target.name in MADE:
        return True
    return target.exists() and (not anchor or target.suffix != ".md" or has_anchor(target, anchor))


def test_hard_cases_that_are_named_exist():
    found = (
        _CASE.findall(path.read_text("utf-8")) for path in sources() if path.is_relative_to(ROOT / "monitor")
    )
    named = {int(number) for pairs in found for pair in pairs for number in pair if number}
    assert named
    assert named <= hard_cases()


def test_a_broken_pointer_would_be_seen():
    design = ROOT / "docs" / "design.md"
    assert has_anchor(design, "#outcomes")
    assert not has_anchor(design, "#no-such-section")
    assert _PAGE.findall("see docs/design.md#outcomes, SECURITY.md") == [
        ("docs/design.md", "#outcomes"),
        ("SECURITY.md", ""),
    ]
    assert _CASE.findall("(hard cases 54 and 61), hard case 91") == [("54", "61"), ("91", "")]
