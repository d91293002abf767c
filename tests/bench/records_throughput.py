"""MB/s of the structured formats beside a bare parse by the library of the field: `records_throughput.py [MB]`.

Prints one line a format: ours, the library's, and their ratio, in one process and one run.
"""

import json
import sys
import time
from collections.abc import Callable

import mwparserfromhell
import yaml
from bibtexparser import parse_string
from docutils.core import publish_doctree
from pylatexenc.latexwalker import LatexWalker
from rispy import loads

from monitor.extract.registry import extract
from monitor.model.document import Document

SAMPLES: dict[str, tuple[str, str, str, Callable[[str], object]]] = {
    "bibtex": ("", '@online{{k{n},\n  author = {{Brandt, K{{\\"a}}the}},\n  title = {{Salt marshes {n}}},\n  journal = {{Harbour Notes}},\n  url = {{https://salt.example/{n}}},\n  urldate = {{2019-05-12}},\n}}\n', "", parse_string),
    "wikitext": ("", "Words of {n} [[quays|walls]] and ''ice''.<ref>{{{{cite web|url=https://salt.example/{n}|title=Salt {n}|access-date=12 May 2019}}}}</ref> More words follow here.\n", "", mwparserfromhell.parse),
    "latex": ("\\begin{thebibliography}{9}\n", "\\bibitem{{k{n}}} K.~Brandt, ``Salt {n},'' \\emph{{Harbour Notes}}, \\url{{https://salt.example/{n}}}, accessed 12 May 2019.\n\n", "\\end{thebibliography}", lambda text: LatexWalker(text).get_latex_nodes()),
    "csl-json": ("[", '{{"id": "k{n}", "title": "Salt {n}", "URL": "https://salt.example/{n}", "accessed": {{"date-parts": [[2019, 5, 12]]}}}},\n', "{}]", json.loads),
    "csl-yaml": ("references:\n", "- id: k{n}\n  title: Salt {n}\n  URL: https://salt.example/{n}\n  accessed:\n  - year: 2019\n    month: 5\n    day: 12\n", "", lambda text: yaml.load(text, Loader=yaml.CSafeLoader)),
    "ris": ("", "TY  - ELEC\nTI  - Salt {n}\nAU  - Brandt, K.\nUR  - https://salt.example/{n}\nY2  - 2019/05/12/\nER  - \n", "", loads),
    "rst": ("", "- Brandt, K. (2019). Salt {n}. Retrieved May 12, 2019, from https://salt.example/{n}\n", "", publish_doctree),
}  # fmt: skip


def main() -> None:
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 0.2
    for name, (head, record, tail, parse) in SAMPLES.items():
        count = int(size * 1e6 / len(record))
        text = head + "".join(record.format(n=number) for number in range(count)) + tail
        extract(Document(path="warm", text=record.format(n=0), format=name))
        start = time.perf_counter()
        found = extract(Document(path="x", text=text, format=name))
        ours = time.perf_counter() - start
        start = time.perf_counter()
        parse(text)
        bare = time.perf_counter() - start
        mb = len(text) / 1e6
        print(
            f"{name:10} {len(found.citations):6} citations  ours {mb / ours:6.2f} MB/s  library {mb / bare:6.2f} MB/s  ratio {ours / bare:5.1f}"
        )


if __name__ == "__main__":
    main()
