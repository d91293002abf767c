"""Edits a generated document as `monitor fix --write` does, and compares what its readers see."""

import datetime as dt
import html
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.amend.apply import apply_edits
from monitor.amend.dates import Unread, restyle
from monitor.amend.mend import mended
from monitor.amend.read_back import read_back
from monitor.amend.registry import propose
from monitor.documents import read_document
from monitor.extract.dates.hints import collect_hints
from monitor.extract.registry import FORMATS, extract
from monitor.extract.urls.repair import repair_url
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import AmendmentKind
from monitor.model.run import Assessment
from monitor.model.values import replaced
from monitor.run.amender import Amender
from tests.support.edited_documents import Cited, Made, called_dead, made, misspelt
from tests.support.fixing import NOW, TODAY, judged, snapshot_url
from tests.support.shown import Shown, shown

NEW = "https://new.example.org/home(2)?a=1&b=2"
_ARCHIVE_LINES = re.compile(
    r"^.*(?:\.archive|archive_location|archiveurl)=.*$|^.*?\.(?:note|addendum)=Archived \S+ at .*$",
    re.MULTILINE,
)
_WIKI_LINES = re.compile(
    r"^\| (?:archive?-?(?:url|date|datum)|archief(?:url|datum)|arquivo(?:url|data)|(?:url|data)archivio|url-status|urlmorta)=.*$"
    r"|^(?:Webarchive|dead link):(?:\n\| .*)*$",
    re.MULTILINE,
)


@dataclass
class Trial:
    """What became of one kind of edit in one document."""

    asked: int = 0
    made: int = 0
    by_hand: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def document(seed: int, kind: AmendmentKind, make: Callable[..., Made] = made) -> Made:
    """Return the document of a seed, with something to do for a kind of edit."""
    said = {AmendmentKind.FIX_URL: misspelt, AmendmentKind.UNMARK_DEAD: called_dead}.get(kind)
    return make(seed, said) if said else make(seed)


def trial(folder: Path, given: Made, *kinds: AmendmentKind) -> Trial:
    """Edit every citation of a document, write it, and compare; faults say what went wrong.

    Sources take turns at the kinds of edit; all edits of a document are made together.
    """
    path = folder / given.name
    path.write_bytes(given.text.encode())
    turns = {_meant(one.url): kinds[number % len(kinds)] for number, one in enumerate(given.cited)}
    found = Trial()
    document, ready = _proposals(path, turns, kinds[-1], found)
    read = read_back(document, ready, TODAY, extract)
    found.misread = [f"{given.name}: {one.citation.url}" for one in read.refused]
    found.made = len(read.kept)
    new = apply_edits(given.text.encode(), document, [one.amendment for one in read.kept if one.amendment])
    path.write_bytes(new)
    changed, further = _proposals(path, turns, kinds[-1], Trial())
    second = read_back(changed, further, TODAY, extract).kept
    if second:
        found.faults.append(f"{given.name}: a second fix would edit {[one.citation.url for one in second]}")
    ending = given.name.split(".", 1)[1]
    edited = {_meant(one.citation.url or "") for one in read.kept}
    expected = shown(ending, given.text)
    for kind in dict.fromkeys(kinds):
        sources = [one for one in given.cited if _meant(one.url) in edited and turns[_meant(one.url)] is kind]
        if kind is AmendmentKind.UNMARK_DEAD:
            words = expected.words.replace(" [dead link]", "", found.made)
            expected = replace(expected, words=words)
        else:
            expected = _expected(expected, kind, sources, given.text)
    copies = {
        snapshot_url(one.citation) for one in read.kept if one.finding.edit is AmendmentKind.ADD_ARCHIVE
    }
    seen = shown(ending, new.decode())
    seen = _without_copies(seen, copies) if copies else seen
    if _folded(seen) != _folded(expected):
        found.faults.append(f"{given.name}: shows\n{_folded(seen)}\nnot\n{_folded(expected)}")
    return found


def edits_on_changed_words(folder: Path, given: Made, seed: int) -> list[str]:
    """Change what a document says of one source after it was judged; return the edits made of that source."""
    path = folder / given.name
    path.write_bytes(given.text.encode())
    rng = random.Random(seed)
    kind, one = rng.choice(KINDS), rng.choice(given.cited)
    judgements = [judged(citation, kind) for citation in extract(read_document(path, FORMATS)).citations]
    changes = {
        one.title: "Mills of the south",
        urlsplit(one.url).netloc: "mills.example",
        one.date: "4 May 2003",
    }
    wrong = []
    for old, new in changes.items():
        if old not in given.text:
            continue
        path.write_bytes(given.text.replace(old, new).encode())
        amender = Amender(NOW, {})
        mine = [
            each for each in judgements if each.citation.url and _meant(each.citation.url) == _meant(one.url)
        ]
        wrong += [
            f"{given.name}: {kind} though {old!r} changed" for each in mine if amender(each) is not None
        ]
    return wrong


KINDS = (AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL)


def _meant(url: str) -> str:
    """Return an address as it was meant, however it is misspelt."""
    return repair_url(url).url or url


def _asks(citation: Citation, kind: AmendmentKind) -> bool:
    """Tell whether a citation gives an edit of this kind anything to do."""
    if kind is AmendmentKind.FIX_URL:
        return bool(mended(citation).repairs)
    return kind is not AmendmentKind.UNMARK_DEAD or citation.marked_dead


def _proposals(
    path: Path, turns: Mapping[str, AmendmentKind], otherwise: AmendmentKind, found: Trial
) -> tuple[Document, list[Assessment]]:
    document = read_document(path, FORMATS)
    ready = []
    for citation in extract(document).citations:
        kind = turns.get(_meant(citation.url or ""), otherwise)
        if citation.url is None or not _asks(citation, kind):
            continue
        found.asked += 1
        assessment = judged(citation, kind)
        made = propose(document, assessment, TODAY)
        if made is not None and made.edits:
            ready.append(replaced(assessment, amendment=made))
        elif made is not None:
            found.by_hand.append(f"{path.name}: {made.by_hand}")
    return document, ready


def _expected(before: Shown, kind: AmendmentKind, cited: list[Cited], text: str) -> Shown:
    """Return what the edited document should show, the archived copies left out."""
    if kind is AmendmentKind.ADD_ARCHIVE:
        return before
    words, links = before.words, list(before.links)
    hints = collect_hints(text)
    for one in cited:
        if kind is AmendmentKind.REFRESH_DATE:
            for old in {one.date, one.day.isoformat(), one.day.strftime("%Y/%m/%d")}:
                new = restyle(
                    old, one.day.isoformat(), TODAY, before=one.claim.partition(one.date)[0], hints=hints
                )
                for blank in (" ", "~", "&nbsp;"):
                    spelled = old.replace(" ", blank)
                    words = (
                        words if isinstance(new, Unread) else words.replace(spelled, new.replace(" ", blank))
                    )
            words = _parts(words, one.day)
        else:
            new = NEW if kind is AmendmentKind.REPLACE_URL else repair_url(one.url).url or ""
            tex = one.url.replace("%", "\\%"), new.replace("%", "\\%")
            for old, meant in ((one.url, new), tex, (unquote(one.url), new)):
                words = words.replace(old, meant)
            links = [new if link == one.url else link for link in links]
    return Shown(words, tuple(links))


def _parts(words: str, day: dt.date) -> str:
    """Return the words of CSL, where year, month and day stand apart."""
    pattern = rf"(?P<a>\.accessed[^\n=]*=){day.year}\n(?P<b>\.?[^\n=]*=){day.month}\n(?P<c>\.?[^\n=]*=){day.day}(?=\n|$)"
    return re.sub(
        pattern.replace(r"\.?[^\n=]*=", r"[^\n=]*="),
        rf"\g<a>{TODAY.year}\n\g<b>{TODAY.month}\n\g<c>{TODAY.day}",
        words,
    )


def _without_copies(seen: Shown, copies: set[str]) -> Shown:
    """Return what is shown without the archived copies and the words that lead to them."""
    spelled = {one for copy in copies for one in (copy, copy.replace("%", r"\%"), html.escape(copy))}
    words = re.sub(r" ?\((?:<[^>]*>)?archived(?:</a>)?\)", "", seen.words)
    for copy in sorted(spelled, key=len, reverse=True):
        for shape in (
            r"[ \n]?\[archived {}\]", r" \(archived at \\url\{{{}\}}\)", r" \(\\href\{{{}\}}\{{archived\}}\)",
            r"(?:\. )?Archived 2011-02-16 at \\url\{{{}\}}", r"(?:, )?'Archived 2011-02-16: {}'", r" \(link:{}\[archived\]\)",
            r" \(\[\[{}[|\]]\[?archived\]\]\)",
            r' \(#link\("{}"\)\[archived\]\)',
            r' \["archived":{}\]',
            r" ?\[\[?{} archived\]",
        ):  # fmt: skip
            words = re.sub(shape.format(re.escape(copy)), "", words)
    return Shown(words, tuple(link for link in seen.links if link not in copies))


def _folded(seen: Shown) -> str:
    """Return what is shown without archive fields, which are empty before and gone after."""
    words = _ARCHIVE_LINES.sub("", seen.words)
    words = re.sub(r"\n(?:notes|\w+\.(?:note|addendum))=(?:\[\])?(?=\n|$)", "", words)
    words = _WIKI_LINES.sub("", words)
    words = re.sub(
        r"^(?:Webarchive|dead link):.*$|\{\{(?:Webarchive|dead link)[^{}]*\}\}", "", words, flags=re.MULTILINE
    )
    words = re.sub(r"\{\{[^{}]*\}\}", "", re.sub(r"\{\{[^{}]*\}\}", "", words))
    words = words.replace("%28", "(").replace("%29", ")")
    links = " ".join(link.replace("%28", "(").replace("%29", ")") for link in seen.links)
    words = re.sub(r"\s+", " ", words).strip()
    return words.replace(" ,", ",") + "\n" + links
