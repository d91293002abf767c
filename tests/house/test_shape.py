"""The size of things: no block and no file that nobody can hold in the head, and few that no test names."""

import ast
from pathlib import Path

from radon.complexity import cc_visit

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "monitor").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_BRANCHES = 25
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
ROOT_OF_EXTRACT = ROOT / "monitor" / "extract"


def named_by_tests():
    """Every module, and every name in one, that a test imports."""
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{one.name}" for one in node.names)


def blocks():
    for path in MODULES:
        for block in cc_visit(path.read_text("utf-8")):
            if hasattr(block, "methods"):
                continue
            yield f"{path.stem}.{block.name}", block.complexity


def test_no_block_has_too_many_branches():
    over = {name: count for name, count in blocks() if count > MOST_BRANCHES}
    assert not over


def test_no_file_is_longer_than_can_be_read_at_once():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (*MODULES, *TESTS)
        if (lines := path.read_text("utf-8").count("\n")) > MOST_LINES
    }
    assert not long


def functions(path):
    """Each function with its lines of code: without docstring, comments and blank lines."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = ast.get_docstring(node, clean=False) is not None and len(node.body) > 1
            begin = node.body[1 if documented else 0].lineno
            body = (line.strip() for line in lines[begin - 1 : node.end_lineno])
            yield node.name, sum(bool(line) and not line.startswith("#") for line in body)


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{path.relative_to(ROOT)}: {name}": count
        for path in MODULES
        if "versions" not in path.parts  # a migration is a list of what changes
        for name, count in functions(path)
        if count > MOST_LINES_OF_A_FUNCTION
    }
    assert not long


def _only_a_docstring(module):
    return len(module.body) == 1 and ast.get_docstring(module) is not None


def test_packages_hold_a_docstring_only():
    held = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.name == "__init__.py" and not _only_a_docstring(ast.parse(path.read_text("utf-8")))
    }
    assert not held


def test_extraction_keeps_its_root_small():
    held = [path.name for path in ROOT_OF_EXTRACT.glob("*.py") if path.name != "__init__.py"]
    assert len(held) <= 8, held


def test_at_most_one_module_of_extraction_in_five_is_named_by_no_test():
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in ROOT_OF_EXTRACT.rglob("*.py")
        if path.name != "__init__.py"
    }
    unnamed = modules - set(named_by_tests())
    assert len(unnamed) <= len(modules) / 5, sorted(unnamed)
