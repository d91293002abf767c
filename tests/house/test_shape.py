"""The size of things: no block that nobody can hold in the head."""

from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "monitor").rglob("*.py"))
MOST_BRANCHES = 25
ROOT_OF_EXTRACT = ROOT / "monitor" / "extract"


def blocks():
    for path in MODULES:
        for block in cc_visit(path.read_text("utf-8")):
            if hasattr(block, "methods"):
                continue
            yield f"{path.stem}.{block.name}", block.complexity


def test_no_block_has_too_many_branches():
    over = {name: count for name, count in blocks() if count > MOST_BRANCHES}
    assert not over


def test_packages_hold_a_docstring_only():
    held = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name == "__init__.py" and len(path.read_text("utf-8").split('"""')) != 3
    }
    assert not held


def test_extraction_keeps_its_root_small():
    held = [path.name for path in ROOT_OF_EXTRACT.glob("*.py") if path.name != "__init__.py"]
    assert len(held) <= 8, held
