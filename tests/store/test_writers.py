"""Whoever writes what cases are read from lets fall what was made of them: these are all that write it."""

import ast
from pathlib import Path

from monitor.store import sql_store

READ_FROM = {"source", "citation", "observation", "citation_fact", "coverage", "finding", "capture", "run"}
# Each calls `invalidation`, is called by one that does, or writes what no judgement turns on (a due date, the end
# of a run); a document that goes takes everything with it. `test_standing.py` tries them in any order.
WRITERS = {
    "chains": {"_last", "_hand_over", "extend", "take_back", "_restore"},
    "frontier": {"_add_to_share", "clear"},  # tables of its own
    "results": {"write_results"},
    "sql_store": {"vouch", "recheck", "record_coverage"},
    "taking_back": {"_move", "_due_as_before"},
    "writing": {
        "<module>",
        "put_run", "reopen", "put_sources", "put_document", "_put_citations", "put_capture", "put_rot",
        "put_findings",
    },
    "invalidation": {"<module>"},
}  # fmt: skip


def written(call):
    """Return the tables a call writes: those it names, or "any" where it is given one."""
    named = getattr(call.func, "id", "")
    if named not in {"insert", "update", "delete", "upsert", "add", "update_rows", "extend", "take_back"}:
        return set()
    tables = {
        one.attr
        for given in call.args
        for one in ast.walk(given)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "t"
    }
    given_one = any(isinstance(one, ast.Name) and one.id == "table" for one in call.args)
    return tables | ({"any"} if given_one else set())


def test_nothing_else_writes_what_cases_are_read_from():
    found = {}
    for path in sorted(Path(sql_store.__file__).parent.glob("*.py")):
        if path.stem in {"copying", "bulk"}:  # a whole database; whatever it is told to
            continue
        tree = ast.parse(path.read_text("utf-8"))
        inside = {
            id(one): function.name
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            for one in ast.walk(function)
        }
        for call in (one for one in ast.walk(tree) if isinstance(one, ast.Call)):
            if written(call) & (READ_FROM | {"any"}):
                found.setdefault(path.stem, set()).add(inside.get(id(call), "<module>"))
    assert found == WRITERS
