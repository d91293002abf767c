"""Writes the citations of a folder as the JSON contract has them (docs/design.md#json), for a scorer.

python tests/bench/extract_score.py FOLDER > report.json
"""

import json
import sys
from pathlib import Path

from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
from monitor.model.citation import Citation


def row(citation: Citation) -> dict[str, object]:
    return {
        "document": citation.document,
        "line": citation.line,
        "title": citation.title,
        "attribution": citation.attribution,
        "url": citation.url,
        "access_dates": [{"date": date.date, "text": date.text} for date in citation.access_dates],
        "access_date_missing": citation.access_date_missing,
        "archive_url": citation.archive_url,
        "quote": citation.quote,
    }


def main() -> None:
    folder = Path(sys.argv[1])
    rows = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(".gold.json"):
            continue
        try:
            document = read_document(path, FORMATS)
            rows += [row(citation) for citation in extract(document).citations]
        except ModuleNotFoundError as error:
            print(path, error, file=sys.stderr)
    json.dump({"citations": rows}, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
