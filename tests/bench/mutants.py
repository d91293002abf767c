"""Changes one thing at a time in a module and tells which changes no test notices.

    python -m tests.bench.mutants monitor/fetch/guard.py --tests tests/fetch/test_guard.py [--most 60] [--seed 1]

Mutants: comparisons widened, narrowed and turned round, `and` for `or`, a condition negated, a number one higher,
True for False, a set or tuple of constants without one of its members. Each runs in a forked process, which has the
libraries loaded already and gets the changed source through an import hook; nothing on disk changes. Survivors of
`--tests` meet `--then`, slower tests, before they are printed. Messages and docstrings are left alone.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT_S = 300
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what may stand for a node: how it is called, and the node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            made = copy.deepcopy(node)
            made.ops = [COMPARED[type(op)]()]
            yield type(op).__name__, made
        case ast.BoolOp(op=op):
            made = copy.deepcopy(node)
            made.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield type(op).__name__, made
            for place in range(len(node.values)):
                fewer = copy.deepcopy(node)
                del fewer.values[place]
                yield (
                    f"{type(op).__name__} without part {place + 1}",
                    fewer.values[0] if len(fewer.values) == 1 else fewer,
                )
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            yield "not", inner
        case ast.IfExp(test=test):
            made = copy.deepcopy(node)
            made.test = ast.UnaryOp(op=ast.Not(), operand=test)
            yield "if-else turned", made
        case ast.Constant(value=bool() as value):
            yield str(value), ast.Constant(value=not value)
        case ast.Constant(value=int() | float() as value):
            yield str(value), ast.Constant(value=value + 1)
        case ast.BinOp(op=ast.Add() | ast.Sub() as op):
            made = copy.deepcopy(node)
            made.op = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield type(op).__name__, made
        case ast.Set(elts=members) | ast.Tuple(elts=members) if len(members) > 1 and isinstance(
            node, ast.Set
        ):
            for place in range(len(members)):
                made = copy.deepcopy(node)
                del made.elts[place]
                yield f"set without {ast.unparse(members[place])}", made


class Replace(ast.NodeTransformer):
    """Puts one node in the place of another, told by its number in walking order."""

    def __init__(self, number: int, by: ast.AST) -> None:
        self.number, self.by, self.seen = number, by, -1

    def visit(self, node: ast.AST) -> ast.AST:
        self.seen += 1
        if self.seen == self.number:
            self.seen += sum(1 for _ in ast.walk(node)) - 1
            return ast.copy_location(self.by, node)
        return super().generic_visit(node)


def numbered(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield nodes as Replace counts them: each before its children."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from numbered(child)


def mutants(source: str) -> list[tuple[int, str, ast.Module]]:
    """Return every mutant of a module: line, what changed, its tree."""
    tree = ast.parse(source)
    found = []
    for number, node in enumerate(numbered(tree)):
        for name, by in changes(node):
            made = Replace(number, by).visit(copy.deepcopy(tree))
            assert isinstance(made, ast.Module)
            found.append((getattr(node, "lineno", 0), name, ast.fix_missing_locations(made)))
    return found


class Hook(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives a mutant for the module of that name."""

    def __init__(self, name: str, tree: ast.Module, path: str) -> None:
        self.name, self.tree, self.path = name, tree, path

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self, origin=self.path)

    def get_source(self, fullname):
        return None

    def exec_module(self, module):
        exec(compile(self.tree, self.path, "exec"), module.__dict__)  # noqa: S102 - a mutant of our own source


def killed(name: str, path: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Run tests against a mutant in a child; True if one failed or it never ended."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Hook(name, tree, str(path)))
        import pytest

        os._exit(min(int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--timeout=200", *tests])), 100))
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def chosen(modules: list[Path], most: int, seed: int) -> Iterator[tuple[Path, int, str, ast.Module, str]]:
    """Yield so many mutants of each module, in the order of their lines."""
    for path in modules:
        found = mutants((ROOT / path).read_text("utf-8"))
        random.Random(seed).shuffle(found)
        for line, what, tree in sorted(found[:most], key=lambda one: one[0]):
            yield path, line, what, tree, ".".join(path.with_suffix("").parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.mutants", description=__doc__.splitlines()[0]
    )
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--then", nargs="*", default=[])
    parser.add_argument(
        "--most", type=int, default=1_000_000, help="so many of each module, chosen by --seed"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    import aiohttp  # noqa: F401 - loaded once for all children, as are the next
    import hypothesis  # noqa: F401
    import lxml.html  # noqa: F401
    import pytest  # noqa: F401
    import rapidfuzz  # noqa: F401

    tried = survived = 0
    try:
        for path, line, what, tree, name in chosen(given.modules, given.most, given.seed):
            alive = not killed(name, path, tree, given.tests)
            if alive and given.then:
                alive = not killed(name, path, tree, given.then)
            tried, survived = tried + 1, survived + alive
            if alive:
                print(f"{path}:{line}: {what}", flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
    print(f"{tried} mutants, {tried - survived} killed, {survived} survived", flush=True)


if __name__ == "__main__":
    main()
