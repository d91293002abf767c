"""CPU of extraction in one tree of the project beside another's, on the same documents, in one run.

    python -m tests.bench.extract_cpu FOLDER [--beside TREE] [--turns 5]

The trees take turns, each in a fresh process that reads all documents of the folder and extracts from them once, as a
run does: patterns, word lists and the libraries of formats are first used then. Printed are the least CPU seconds of
the imports and of extraction.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

WORK = """
import sys, time
began = time.process_time()
from pathlib import Path
from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
imported = time.process_time()
documents = []
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file() and not path.name.endswith(".json"):
        try:
            documents.append(read_document(path, FORMATS))
        except Exception as error:
            print(path, error, file=sys.stderr)
read = time.process_time()
citations = sum(len(extract(document).citations) for document in documents)
print(len(documents), citations, imported - began, time.process_time() - read)
"""


def measured(tree: Path, folder: Path) -> list[float]:
    """Return documents, citations, and the CPU seconds of imports and of extraction."""
    done = subprocess.run(
        [sys.executable, "-c", WORK, folder],
        env={**os.environ, "PYTHONPATH": str(tree)}, cwd=tree, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--beside", type=Path, help="another tree of the project, to compare with")
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    trees = [Path.cwd(), *([given.beside.resolve()] if given.beside else [])]
    turns = [[measured(tree, given.folder.resolve()) for tree in trees] for _ in range(given.turns)]
    least = [[min(values) for values in zip(*one, strict=True)] for one in zip(*turns, strict=True)]
    for tree, (documents, citations, *costs) in zip(trees, least, strict=True):
        told = ", ".join(
            f"{name} {cost:.3f} s" + (f" ({cost / other:.2f})" if tree != trees[-1] else "")
            for name, cost, other in zip(("imports", "extraction"), costs, least[-1][2:], strict=True)
        )
        print(f"{tree.name}: {documents:.0f} documents, {citations:.0f} citations: {told}")


if __name__ == "__main__":
    main()
