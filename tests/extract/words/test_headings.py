"""What opens a reference list is told by a grammar of headings, in every language."""

import pytest

from monitor.extract.registry import extract
from monitor.extract.words.reference_words import is_heading
from monitor.model.document import Document
from tests.tools import vocabulary

OPENING = """
References · References and Further Reading · Further Reading · Related Articles and References · Official sources
Sources & notes · 🔗 References · References / Links · Sources and further reading · 7.1 References · VI. Bibliography
Notes, references and links · References used in this article · Primary and secondary sources · Sources (seen in May)
**Works cited** · Key references · Resources and references · Reference material · Image credits · Sources for this page
Weiterführende Links · Quellen und weiterführende Links · Literatur- und Quellenverzeichnis · Verwendete Quellen
Sources officielles · Références et liens utiles · Pour en savoir plus · Bibliographie sélective
Fuentes oficiales · Fuentes y enlaces · Lecturas recomendadas · Fontes e leituras · Bibliografia e sitografia
Officiële bronnen · Bronnen en links · Źródła i linki · Literatura uzupełniająca · Zdroje a odkazy · Další literatura
Официальные источники · Ссылки и источники · Дополнительная литература · Джерела та посилання · Използвана литература
Kilder og links · Källor och referenser · Lähteet · Heimildir · Kaynakça ve notlar · Felhasznált irodalom
参考文献与链接 · 主要来源 · 延伸阅读 · 参考資料とリンク · 参考文献 · 참고 문헌 및 링크 · Nguồn tham khảo · อ้างอิง
المراجع والمصادر · منابع · מקורות · संदर्भ · তথ্যসূত্র · மேற்கோள்கள் · წყაროები · Daftar pustaka · Mga sanggunian
"""
OTHER = """
Links · Resources · External links · Related articles · See also · Useful links · Open source · Notes · Notes on usage
Sources of the Nile · Referencing styles · Source code · Citation needed · Literature review · Documentation · Credits
API reference · Reference guide · Methodology and data · Acknowledgements · News · Contact · How to cite
Links und mehr · Liens utiles · Enlaces · Ссылка дня · 链接 · リンク · 링크
"""


def each(table):
    return [one.strip() for line in table.strip().splitlines() for one in line.split("·")]


@pytest.mark.parametrize("heading", each(OPENING))
def test_it_opens_a_reference_list(heading):
    assert is_heading(heading)


@pytest.mark.parametrize("heading", each(OTHER))
def test_it_opens_none(heading):
    assert not is_heading(heading)


@pytest.mark.parametrize(
    ("language", "heading"),
    [(code, one) for code, words in vocabulary.languages().items() for one in words.get("headings", ())],
)
def test_plain_entries_of_a_language_open_a_list(language, heading):
    if heading.isalpha():
        assert is_heading(heading.capitalize()), language


def cited(text, format="markdown"):
    found = extract(Document(path="notes", text=text, format=format)).citations
    return [one.url for one in found]


SLUICE, WEIR = "https://sluice.example/a", "https://weir.example/b"


@pytest.mark.parametrize(
    "heading", ["References and further reading", "🔗 Sources", "Weiterführende Links", "主要来源"]
)
def test_links_below_it_and_below_its_sub_headings_are_cited(heading):
    text = f"# Rivers\n\nSee <https://ferry.example/>.\n\n## {heading}\n\n### Sluices\n\n- [Sluice book]({SLUICE})\n"
    assert cited(f"{text}\n### Weirs\n\n- {WEIR}\n\n## Contact\n\n- https://ferry.example/c\n") == [
        SLUICE,
        WEIR,
    ]


def test_bare_addresses_below_it_are_cited():
    assert cited(f"## Official sources\n\n{SLUICE}\n\n{WEIR}\n") == [SLUICE, WEIR]
    assert cited(f"Sources and notes:\n{SLUICE}\n{WEIR}\n", "text") == [SLUICE, WEIR]


def test_links_below_another_heading_are_none():
    assert cited(f"# Rivers\n\n## Links\n\n- [Sluice book]({SLUICE})\n- [Weir book]({WEIR})\n") == []
    assert cited(f"# Rivers\n\n## Notes\n\n- [Sluice book]({SLUICE})\n- [Weir book]({WEIR})\n") == []
