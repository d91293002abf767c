"""One access date said of a whole list: above it, below it, in its heading, in many languages."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document

LINKS = "- [Hafenbuch](https://hafen.example/buch)\n- [Lotsenkarte](https://lotse.example/karte)\n"
PLAIN = "https://hafen.example/buch\nhttps://lotse.example/karte\n"


def dates(text, format="markdown"):
    found = extract(Document(path="notes", text=text, format=format)).citations
    return [(one.url, [date.date for date in one.access_dates]) for one in found]


BOTH = [("https://hafen.example/buch", ["2021-04-07"]), ("https://lotse.example/karte", ["2021-04-07"])]


@pytest.mark.parametrize(
    "text",
    [
        f"Accessed **7 April 2021**:\n\n{LINKS}",
        f"Dostopano 7. aprila 2021:\n\n{LINKS}",
        f"Hepsine **2021-04-07** tarihinde erişildi.\n\n{LINKS}",
        f"Alle abgerufen am 7. April 2021.\n\n{LINKS}",
        f"Tous consultés le 7 avril 2021.\n\n{LINKS}",
        f"Ogni fonte regge una scelta. Ultima consultazione: **7 aprile 2021**.\n\n{LINKS}",
        f"## 出典（2021年4月7日閲覧）\n\n{LINKS}",
        f"## 출처 (접속일: 2021-04-07)\n\n{LINKS}",
        f"## Források (letöltve: 2021-04-07)\n\n{LINKS}",
        f"## 参考\n\n{LINKS}\n访问日期：2021-04-07。\n",
        f"访问日期：2021-04-07。以下均为公开文档；未声明发布日期时不猜测。\n\n{LINKS}",
        "参照日：2021-04-07。以下は確認した版である。\n\n| 参照元 | 箇所 |\n|---|---|\n| [潮](https://hafen.example/buch) | 一 |\n| [灯](https://lotse.example/karte) | 二 |\n",
        f"（最終アクセス日：2021年4月7日）：\n\n{LINKS}",
        f"## 参考資料\n\n公式資料を参照しました。参照日：2021年4月7日。\n\n{LINKS}",
        "## Sources\n\nRecherche du greffe, consultée le 7 avril 2021 :\n[livre](https://hafen.example/buch),\n[carte](https://lotse.example/karte).\n",
        f"#### Źródła\n\nData dostępu: 07.04.2021r\n{PLAIN}",
    ],
)
def test_a_date_said_of_the_list_goes_to_its_entries(text):
    assert dates(text) == BOTH


def test_a_comment_announces_its_sources():
    text = "// Quellen (abgerufen am 7.4.2021):\n// - Hafenordnung § 3: https://hafen.example/buch\n// - § 28 Lotsen\n//   gesetz: https://lotse.example/karte\n"
    assert dates(text, "text") == BOTH


@pytest.mark.parametrize(
    "text",
    [
        # A sentence that goes on tells of something else.
        "- Volgens de haven (geraadpleegd op 2021-04-07) bewaart de loods zijn logboek.\n\n" + LINKS,
        # A list that has dates of its own needs none.
        "Accessed 7 April 2021:\n\n- [Hafenbuch](https://hafen.example/buch), accessed 3 May 2020\n- [Lotsenkarte](https://lotse.example/karte), accessed 4 May 2020\n",
        # A reference without address speaks for itself.
        f"## References\n\nMoor, A. (2019). Tide tables. Accessed 7 April 2021.\n\n{LINKS}",
        # A heading that opens no reference list dates what it tells of.
        f"## Shop figures (retrieved 2021-04-07)\n\n{LINKS}",
    ],
)
def test_a_date_not_said_of_the_list_stays_where_it_is(text):
    assert ["2021-04-07"] not in [found for url, found in dates(text) if url]


@pytest.mark.parametrize(
    "text",
    [
        f"## Sources\n\n{LINKS}\n**Accessed 7 April 2021 and may have changed.** Both move their pages.\n",
        f"## Sources\n\nBoth pages move. Accessed 7 April 2021, they said more.\n\n{LINKS}",
        f"## Fuentes\n\n{LINKS}\n⚠️ **Consultado el 7 de abril de 2021 y puede caducar.** Cambian cada año.\n",
        f"## Quellen\n\n{LINKS}\nAbgerufen am 7. April 2021 und seither nicht mehr geprüft.\n",
        f"## 主要来源\n\n所有链接最后访问：2021-04-07。\n\n{LINKS}",
    ],
)
def test_said_in_any_sentence_under_the_heading_of_the_list(text):
    assert dates(text) == BOTH


def test_said_of_a_list_of_one():
    text = "## المراجع\n\nتاريخ الاطلاع: 7 أبريل 2021. تتغير الصفحات.\n\n- [سد](https://hafen.example/buch)\n"
    assert dates(text) == BOTH[:1]


def test_said_in_prose_or_of_a_work_it_is_not_shared():
    assert dates(f"# Log\n\nAccessed 7 April 2021 and may have changed.\n\n{LINKS}") == []
    text = f"## References\n\nMarsh, B. (2019). Weirs. Accessed 7 April 2021.\n\n{LINKS}"
    assert [found for _, found in dates(text)] == [["2021-04-07"], [], []]
