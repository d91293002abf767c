"""Words of languages stand in the language files, not in the patterns of other rooms."""

import ast
import re
from pathlib import Path

from monitor.extract.words import vocabulary

ROOM = Path(vocabulary.__file__).parent
WORD = re.compile(
    r"[^\W\d_]*[à-öø-ÿāăąćčďđēęěğīįıłńňőœřśşšťūůűźżžа-яёіїєґα-ωա-ֆא-תء-ي\u0900-\u0dff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][^\W\d_]+"
)
TEMPLATES = {"markup/wiki_words.py"}
"""Names of templates of many Wikipedias: markup, not prose."""
FEW = 9


def texts(source):
    """The strings of a module that are no docstrings and no character classes."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield re.sub(r"\[[^\]]*\]", "", node.value)


def test_modules_outside_hold_few_words_of_languages():
    counted = {
        str(path.relative_to(ROOM.parent)): sum(len(WORD.findall(text)) for text in texts(path.read_text()))
        for path in ROOM.parent.rglob("*.py")
        if ROOM not in path.parents
    }
    assert {name for name, count in counted.items() if count > FEW} == TEMPLATES


def test_the_count_sees_words():
    assert list(texts('"""Straße."""\nX = "[äö] größe"\n')) == [" größe"]
    assert WORD.findall(" größe дата the") == ["größe", "дата"]
