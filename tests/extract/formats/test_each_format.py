"""One source in every text format, by its own extractor: the same title, address and date, and where they stand."""

import pytest

from monitor.extract.formats import (
    asciidoc,
    cff,
    csl_json,
    csl_yaml,
    dokuwiki,
    endnote_tagged,
    endnote_xml,
    feed,
    hayagriva,
    html,
    jats,
    latex,
    markdown,
    mediawiki_export,
    mods,
    notebook,
    org,
    ris,
    rst,
    table,
    text,
    textile,
    typst,
    wikitext,
    zotero_rdf,
)
from monitor.extract.registry import extract
from monitor.model.document import Document

URL, DAY = "https://eel.example/ladder", "2019-05-03"

CITED = {
    asciidoc: f"[bibliography]\n== References\n\n* Marsh, B. {URL}[The eel ladder], accessed 3 May 2019.\n",
    cff: f"cff-version: 1.2.0\nmessage: x\nreferences:\n  - type: website\n    title: The eel ladder\n    url: {URL}\n    date-accessed: 2019-05-03\n",
    csl_json: f'[{{"id": "a", "title": "The eel ladder", "URL": "{URL}", "accessed": {{"date-parts": [[2019, 5, 3]]}}}}]',
    csl_yaml: f"references:\n- id: a\n  title: The eel ladder\n  URL: {URL}\n  accessed: 2019-05-03\n",
    dokuwiki: f"====== References ======\n\n  * Marsh, B. [[{URL}|The eel ladder]], accessed 3 May 2019.\n",
    endnote_tagged: f"%0 Web Page\n%T The eel ladder\n%U {URL}\n%[ 3 May 2019\n",
    hayagriva: f"ladder:\n  type: Web\n  title: The eel ladder\n  url:\n    value: {URL}\n    date: 2019-05-03\n",
    html: f'<h2>References</h2><ol><li>Marsh, B. <a href="{URL}">The eel ladder</a>, accessed 3 May 2019.</li></ol>',
    latex: f"\\begin{{thebibliography}}{{9}}\n\\bibitem{{a}} Marsh, B. \\emph{{The eel ladder}}. \\url{{{URL}}}, accessed 3 May 2019.\n\\end{{thebibliography}}\n",
    markdown: f"# References\n\n- Marsh, B. [The eel ladder]({URL}), accessed 3 May 2019.\n",
    notebook: f'{{"cells": [{{"cell_type": "markdown", "metadata": {{}}, "source": ["## References\\n", "\\n", "1. Marsh, B. [The eel ladder]({URL}), accessed 3 May 2019."]}}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}',
    org: f"* References\n\n- Marsh, B. [[{URL}][The eel ladder]], accessed 3 May 2019.\n",
    ris: f"TY  - ELEC\nTI  - The eel ladder\nUR  - {URL}\nY2  - 2019/05/03\nER  - \n",
    rst: f"References\n==========\n\n- Marsh, B. `The eel ladder <{URL}>`_, accessed 3 May 2019.\n",
    table: f"title,url,accessed\nThe eel ladder,{URL},2019-05-03\n",
    text: f"References\n\nMarsh, B. (2010). The eel ladder. {URL} (accessed 3 May 2019)\n",
    textile: f'h2. References\n\n* Marsh, B. "The eel ladder":{URL}, accessed 3 May 2019.\n',
    typst: f'= References\n\n- Marsh, B. #link("{URL}")[The eel ladder], accessed 3 May 2019.\n',
    wikitext: f"Eels.<ref>{{{{cite web|url={URL}|title=The eel ladder|access-date=3 May 2019}}}}</ref>\n",
}  # fmt: skip


@pytest.mark.parametrize("module", CITED, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_citation_in_each_format(module):
    document = Document(path="d", text=CITED[module], format=module.EXTRACTOR.name)
    (one,) = module.EXTRACTOR.extract(document).citations
    assert (one.title, one.url, [date.date for date in one.access_dates]) == ("The eel ladder", URL, [DAY])
    assert URL in document.verbatim(one.url_span)
    assert document.verbatim(one.access_dates[0].span) == one.access_dates[0].text


@pytest.mark.parametrize(
    "module",
    [endnote_xml, feed, jats, mediawiki_export, mods, zotero_rdf],
    ids=lambda m: m.__name__.rpartition(".")[2],
)
def test_what_is_no_document_of_a_format_yields_nothing(module):
    found = module.EXTRACTOR.extract(Document(path="d", text="<a/>", format=module.EXTRACTOR.name))
    assert found.citations == ()


def test_every_extractor_answers_to_the_name_it_is_registered_with():
    for module in CITED:
        assert (
            extract(Document(path="d", text="", format=module.EXTRACTOR.name)).format == module.EXTRACTOR.name
        )
