"""The mark behind an address in running text: the sentence's, or the address's own."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Marsh. The Acme Company, https://a.example/Acme_Inc. Accessed 3 May 2020.", "."),
        ("Marsh. The Acme Company, accessed 3 May 2020: https://a.example/Acme_Inc.", "."),
        ("Marsh. The Acme Company, https://a.example/Acme_Inc, accessed 3 May 2020.", ","),
        ("Marsh. The Acme Company (https://a.example/Acme_Inc), accessed 3 May 2020.", ""),
        ("Marsh. The Acme Company <https://a.example/Acme_Inc.>, accessed 3 May 2020.", ""),
        ("Marsh. [The Acme Company](https://a.example/Acme_Inc). Accessed 3 May 2020.", ""),
        ("Marsh. The Acme Company https://a.example/Acme_Inc accessed 3 May 2020.", ""),
    ],
)
def test_it_is_kept_where_it_may_be_either(line: str, mark: str) -> None:
    document = Document(path="list.md", text=f"# Sources\n\n1. {line}\n", format="markdown")
    (citation,) = extract(document).citations
    assert citation.left_off == mark
