"""Edits in Jupyter notebooks: inside the strings of the cells, the notebook as it was."""

import json

import pytest

from monitor.model.finding import AmendmentKind as Kind
from tests.support.fixing import fix

LINES = [
    "## References\n",
    "\n",
    '- Hale, "Weirs \\\\ é". [Weirs](http://x.example/p). Accessed 3 May 2015.\n',
    "- Löcks. <http://y.example/q>, consulté le 1er février 2014.",
]
COPY = "https://web.archive.org/web/20110216120000/"
CASES = {
    Kind.ADD_ARCHIVE: {
        "2015.": f"2015 ([archived]({COPY}http://x.example/p)).",
        "2014.": f"2014 ([archived]({COPY}http://y.example/q)).",
    },
    Kind.REFRESH_DATE: {"3 May 2015": "21 November 2026", "1er février 2014": "21 novembre 2026"},
    Kind.REPLACE_URL: {
        "http://x.example/p": "https://new.example.org/home%282%29?a=1&b=2",
        "http://y.example/q": "https://new.example.org/home%282%29?a=1&b=2",
    },
}


def notebook(source, *, indent=1, ascii_only=True):
    cells = [
        {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": LINES},
        {"cell_type": "markdown", "id": "b", "metadata": {"tags": ["accessed 3 May 2015"]}, "source": source},
    ]  # fmt: skip
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=indent, ensure_ascii=ascii_only)


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize(("source", "indent"), [(LINES, 1), (LINES, None), ("".join(LINES), 1)])
def test_only_the_line_changes_as_the_notebook_writes_it(tmp_path, kind, source, indent, ascii_only):
    before = notebook(source, indent=indent, ascii_only=ascii_only)
    fixed = fix(tmp_path / "n.ipynb", before.encode(), kind)

    def told(text):
        for old, new in CASES[kind].items():
            assert old in "".join(source)
            text = text.replace(old, new)
        return text

    wanted = [told(line) for line in source] if isinstance(source, list) else told(source)
    assert fixed.text == notebook(wanted, indent=indent, ascii_only=ascii_only)
    assert fixed.again == fixed.data
    assert len(fixed.after) == 2


def test_nothing_is_said_of_another_version(tmp_path):
    from monitor.amend.registry import propose
    from tests.support.fixing import TODAY, judged, read

    path = tmp_path / "n.ipynb"
    path.write_text(notebook(LINES), "utf-8")
    _, cited = read(path)
    path.write_text(notebook(["short"]), "utf-8")
    document, _ = read(path)
    assert propose(document, judged(cited[-1], Kind.REFRESH_DATE), TODAY) is None
