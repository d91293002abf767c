"""Without an extra, whoever meets a document that needs it is told which one, and nothing else suffers."""

import pytest

from monitor.collect import collect
from monitor.config import Config, DocumentRule
from monitor.console import progress
from monitor.documents import read_document
from monitor.errors import UsageError
from monitor.extract import registry
from monitor.extract.formats import markdown
from monitor.extract.markup import yaml_head
from monitor.extract.registry import FORMATS
from monitor.text_io import pdf
from tests.support.watching import request

CFF = "cff-version: 1.2.0\nmessage: cite\ntitle: T\nurl: https://source.example/a\n"
HEAD = "---\nreferences:\n- id: a\n  title: A\n  URL: https://source.example/a\nbibliography: b.bib\n---\n"
BODY = "- [A page](https://source.example/page). Accessed 3 May 2011.\n"


@pytest.fixture
def bare(monkeypatch):
    """A plain installation."""
    monkeypatch.setattr(registry, "find_spec", lambda _: None)
    monkeypatch.setattr(pdf, "can_read", lambda: False)
    monkeypatch.setattr("monitor.check.probe.can_read", lambda: False)
    for module in (yaml_head, markdown):
        monkeypatch.setattr(module, "can_read", lambda: False)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "CITATION.cff",
            CFF.encode(),
            "cff is read with the extra `yaml`: pip install 'citation-monitor[yaml]'",
        ),
        ("list.csl.yaml", b"references:\n- id: a\n", "csl-yaml is read with the extra `yaml`"),
        (
            "paper.pdf",
            b"%PDF-1.4\n",
            "a PDF, which is read with the extra `pdf`: pip install 'citation-monitor[pdf]'",
        ),
    ],
)
def test_a_document_that_needs_an_extra_names_it(bare, tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match="extra") as told:
        read_document(tmp_path / name, FORMATS)
    assert str(tmp_path / name) in str(told.value)
    assert said in str(told.value)


def test_markdown_is_read_and_what_its_head_lists_is_not_passed_over(bare, tmp_path):
    (tmp_path / "paper.md").write_text(HEAD + BODY)
    rules = (DocumentRule(path=str(tmp_path / "paper.md")),)
    bar = progress(quiet=True, bars=False)
    said = []
    bar.note = said.append
    ((_, found),) = collect(Config(documents=rules), (), bar, strict=True)
    assert [one.url for one in found.citations] == ["https://source.example/page"]
    assert any("the references in its YAML head are read with the extra `yaml`" in line for line in said)
    assert any("bibliography its head names is found with the extra `yaml`" in line for line in said)


def test_settings_in_yaml_are_left_out_of_a_folder_and_counted_and_bibliographies_are_not(bare, tmp_path):
    (tmp_path / "compose.yaml").write_text("services:\n  a:\n    image: b\n    title: c\n")
    (tmp_path / "works.yml").write_text("a:\n  type: article\n  serial-number:\n    doi: 10.1/a\n")
    (tmp_path / "list.md").write_text(BODY)
    bar = progress(quiet=True, bars=False)
    said = []
    bar.note = said.append
    found = list(collect(Config(), [tmp_path], bar, strict=True))
    assert [(one.path.rpartition("/")[2], one.error is not None) for one, _ in found] == [
        ("list.md", False),
        ("works.yml", True),
    ]
    assert "1 YAML file left out: settings, it seems; to read them all: pip install" in said[0]
    with pytest.raises(UsageError, match="extra `yaml`"):
        list(collect(Config(), [tmp_path / "compose.yaml"], bar, strict=True))


async def test_a_cited_pdf_is_there_and_says_what_would_read_it(bare):
    from tests.support.certificates import certificates
    from tests.support.watching import Watch
    from tests.support.zoo import Zoo

    async with Zoo(certificates()) as zoo:
        (report,) = await Watch(zoo).check([request("http://a-pdf.zoo.test/paper.pdf", "Tides of the ports")])
    assert (report.observation.outcome, report.facts["k"].quote.match) == ("alive", "unknown")
    assert (
        "page: a PDF, which is read with the extra `pdf`: pip install 'citation-monitor[pdf]'"
        in report.observation.notes
    )
