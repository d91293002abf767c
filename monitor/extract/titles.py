# ruff: noqa: E501 - one pattern, one line
"""Parts a reference into title and attribution, by the grammar of the style it is written in.

Quoted titles (MLA, IEEE, Chicago), year in brackets (APA, Harvard), year between commas
(Australian Harvard), authors-sentence-title (Vancouver, ISO 690, ABNT), slashes (GOST), type marks
(GB/T 7714). A title is what these rules find; where none fits, the first clause.
"""

import re
from dataclasses import dataclass

from monitor.extract.bodies import body_like, without_body
from monitor.extract.reference_words import medium_pattern, retrieval_pattern
from monitor.extract.sentences import sentences

HOLE = "\x00"
"""Stands where an address, a date or a standing phrase was taken out."""

_QUOTES = {
    "“": "”",
    "„": '“”"',
    "‟": "”",
    '"': '"',
    "«": "»",
    "「": "」",
    "『": "』",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "”": "”",
    "»": "«",
}
_CLOSING = frozenset('”“’»"」』》〉')
_ENUMERATOR = re.compile(
    r"^(?:[\s*•·‣▪◦–—>|/#+-]*(?:\[\^?[\w.:+-]{1,24}\]:?|\(\d{1,3}\)|#?\d{1,3}(?:\.(?!\d)|\)|\.?-)|\^|[¹²³⁴-⁹]{1,3}|\d{1,3}(?=\s+[^\W\d_])|[ivx]{1,5}[.)])?[\s*•·‣▪◦–—>|/-]*)"
)  # fmt: skip
_LABELLED = re.compile(
    r"^(?:citation|source|title|image|photo|video|figure|map|reference|ref|quelle|fuente|fonte|bron|источник|джерело)\s?\d{0,3}\s?:\s",
    re.IGNORECASE,
)
_YEAR_BRACKET = re.compile(
    r"[(（\[](?:c\.?\s?|©\s?)?(?:(?:19|20)\d\d[a-z]?(?:[^()（）]{0,24})?|[^()\d（）]{0,12}\d{0,2}[^()\d（）]{0,14}(?:19|20)\d\d|20--|[bnostuz]\.\s?[adfjyå]\.?|sin fecha|s/f|б\.\s?г\.|o\.\s?J\.|undated|no date|ohne Jahr|in press)[)）\]]",
    re.IGNORECASE,
)
_YEAR_COMMA = re.compile(
    r"^(?P<author>.{2,160}?),?\s(?P<year>(?:19|20)\d\d[a-z]?|n\.\s?d\.|s\.\s?d\.),\s(?=\S)"
)
_INITIALS = r"(?:[A-ZÀ-ÞА-ЯЁІЇЄ]\.[\s-]?){1,3}"
_NAME = r"[A-ZÀ-ÞА-ЯЁІЇЄ][\w'’-]+"
_GOST_AUTHOR = re.compile(rf"^(?:{_NAME},?\s{_INITIALS}(?:,\s?(?:{_NAME},?\s{_INITIALS}))*)\s*")
_INITIALS_FIRST = re.compile(
    rf"^(?:{_INITIALS}\s?(?:(?:van|von|de|der|den|di|la|le)\s)*{_NAME}(?:\s{_NAME}){{0,2}}(?:,\s(?:and|und|et|y|e|&)\s|\s(?:and|und|et|y|e|&)\s|,\s)){{1,12}}(?:et al\.,?\s?)?(?<=,\s)"
)
_VANCOUVER = re.compile(
    rf"^(?:{_NAME}(?:[\s-]{_NAME}){{0,2}}\s[A-Z]{{1,3}},\s){{0,30}}{_NAME}(?:[\s-]{_NAME}){{0,2}}\s[A-Z]{{1,3}}(?:,\set\sal)?\.\s"
)
_SHOUTED = re.compile(
    r"^(?=[^,.]{0,40}[A-ZÀ-Þ]{3})[A-ZÀ-Þ][A-ZÀ-Þ'’.\s-]+(?:,\s[^.;:]{2,40}(?:\s[A-Z]\.)*|(?=\.))(?:;\s[A-ZÀ-Þ' -]+,\s[^.;:]{2,40}){0,8}\.\s"
)
_SHOUTED_TITLE = re.compile(
    r"^(?:[AOE]S?\s|UMA?\s|L[AE]S?\s)?(?=[A-ZÀ-Þ'’-]{3})[A-ZÀ-Þ'’-]*[AEIOUÀ-Þ][A-ZÀ-Þ'’-]*(?:\s[a-zß-ÿ][\w'’-]*){2}"
)
_ORGAN = re.compile(
    r"(?:Minist[éèe]r|Secretar[ií]a|Instituto|Institut|Ag[êée]n[cz]i|Conselho|Consejo|Presid[êe]ncia|C[âa]mara|Senado|Tribunal|Departamento|Diretoria|Superintend|Comiss|Comisi|Assembl|Supremo|Procuradoria|Prefeitura|Coordena)\w*(?!.{0,12}\bn[.º°])",
)
_PERSONS = re.compile(
    rf"^(?:{_NAME}(?:[\s-]{_NAME}){{0,2}}\s[A-Z]{{1,3}}(?:,\s|(?=\.)|$))+(?:et al)?|^{_NAME}(?:\s{_NAME}){{0,2}},\s(?:{_INITIALS}|{_NAME})"
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LAST_FIRST = re.compile(
    rf"^(?:{_NAME}(?:[\s-]{_NAME})?,\s{_INITIALS}(?:,?\s?(?:&|and|und|et|y|e|och|og|ja)\s|,\s|;\s|\s)?){{1,12}}(?:et al\.\s?)?(?=\S{{2}}|[AEIOUYÀÉ]\s)"
)
_NAME_INITIALS = re.compile(
    rf"^(?:{_NAME}(?:[\s-]{_NAME})?\s{_INITIALS}(?:,\s(?:and|und|et|y|e|i|a|og|och)\s|\s(?:and|und|et|y|e|i|a|og|och|&)\s|,\s))+(?=\S)"
)
_YEAR_SENTENCE = re.compile(
    r"^(?P<author>[^\x00]{2,200}?)\.?\s(?:(?:19|20)\d\d[a-z]?|\[?n\.\s?d\.\]?|\[(?:19|20)\d\d\])\.\s(?=[^\W\d_]|[\"“‘'¿¡«„(\[]|\d)"
)
_COLON_AUTHOR = re.compile(
    rf"^(?:{_INITIALS}\s?{_NAME}(?=:)|{_NAME},\s(?:{_NAME}|{_INITIALS})|{_NAME}\s(?:[A-ZÀ-Þ][a-zß-ÿ]{{0,2}}\.[\s-]?){{1,2}}(?=:))(?:\s{_NAME})?(?:\s?[;/]\s{_NAME},\s{_NAME})*(?:\s\([^)]{{1,12}}\))?:\s"
)
_ENDS_IN_YEAR = re.compile(r",\s.*,\s(?:19|20)\d\d\W*$")
_OPEN_PHRASE = re.compile(
    r"(?:[\s,;:.(\[–—/-]|\b(?:from|at|via|on|in|em|en|de|am|unter|van|op|by|and|available|retrieved|accessed|dostęp|or|see|also|cf|the|date of|last|web|archiv(?:ed?|é|iert|iviert|ado|iato)|copy|adresse|à l['’]adresse)\b)*$",
    re.IGNORECASE,
)
_EDGES = "{}<> \t\r\n,;:.·|/\\–—-*_=>"
_SITE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Parted:
    """A reference's title and the rest of it; either may be None."""

    title: str | None
    attribution: str | None


# Bold or italics before a stop, not an author's initial: "**Title.** Publisher", "*Title*, Publisher".
_LEAD_ENDS = re.compile(r"\s?[,.]\s$|(?<!\b[^\W\d_])[.!?]\s.?$")


def part(text: str, label: str | None = None, lead: str | None = None) -> Parted:
    """Part the text of one reference, from which addresses and dates were taken out (`HOLE`).

    `label` is the text of its link, `lead` what it begins with in italics or bold, if it does.
    """
    text = _ENUMERATOR.sub("", " ".join(text.split()), count=1)
    text = _SIGNAL.sub("", _LABELLED.sub("", text, count=1), count=1)
    text = retrieval_pattern().sub(HOLE, text)
    if label and (len(label) < 140 or not _YEAR_BRACKET.search(label)):
        marked = quoted(text)
        before = text[: text.find(marked)] if marked else ""
        beside = marked and label not in before and label not in marked and marked not in label
        title = marked if beside else label
        return _made(text, title)
    if lead and text.startswith(lead) and _LEAD_ENDS.search(lead + text[len(lead) : len(lead) + 2]):
        return _made(text, lead)
    for rule in (
        _typed,
        quoted,
        _gost,
        _mediated,
        _year_in_brackets,
        _shouted,
        _year_sentence,
        _year_between_commas,
        _clauses,
    ):
        title = rule(text)
        if title and re.search(r"\w", tidy(title)):
            return _made(text, without_body(title.strip(_EDGES)) if rule is _clauses else title)
    return _made(text, None)


# APA describes odd works in brackets: "[Doctoral dissertation, University of Sedge]".
_DESCRIBED = re.compile(
    r"(?<=\w)\s\[[^\[\]]{0,60}\b(?:dissertation|thesis|report|post|file|paper|article|presentation|slides|review|interview|episode|webinar|course|"
    r"testimony|recording|film|series|letter|manual|policy|exhibit|painting|comment|memo(?:randum)?|preprint|poster|speech|album|song|game)\b[^\[\]]{0,60}\](?=[\s.]*$)",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Return a title or attribution without edges, holes and marks of emphasis."""
    text = _DESCRIBED.sub("", medium_pattern().sub(" ", text.replace(HOLE, " ")))
    text = " ".join(text.split()).strip(_EDGES)
    text = re.sub(r"\s+([,;.])(?=\s|$)", r"\1", text)
    if text[:1] in '“"„«「『‘' and _QUOTES.get(text[:1]) and text[-1:] in _QUOTES[text[0]] and len(text) > 2:
        text = text[1:-1]
    for opening, closing in ("()", "[]", "「」", "“”"):
        if text.count(opening) != text.count(closing):
            text = text.strip(opening + closing)
    # An opening mark at the end, a closing one at the beginning: the rest of a pair that was taken out.
    text = re.sub(r"(?:^|(?<=\s))[“„«\"]$", "", text.strip(_EDGES))
    text = re.sub(r"^[”»](?=$|[\s,.;])", "", text)
    return text.strip(_EDGES)


def _made(text: str, title: str | None) -> Parted:
    shown = _SITE_KIND.sub("", tidy(title)) if title else ""
    rest = text
    if title and (place := text.find(title)) >= 0:
        end = place + len(title)
        begin = place - (text[place - 1 : place] in _QUOTES)
        rest = text[:begin] + HOLE + text[end + (text[end : end + 1] in _CLOSING) :]
    pieces = [tidy(piece) for piece in rest.split(HOLE)]
    kept = [piece for piece in pieces if re.search(r"\w{2}|\d", piece) and not _OPEN_PHRASE.fullmatch(piece)]
    return Parted(shown or None, tidy(", ".join(kept)) or None)


def quoted(text: str) -> str | None:
    """The first passage in quotation marks, if it stands where a title stands."""
    for place, char in enumerate(text[:600]):
        closers = _QUOTES.get(char)
        if closers is None or (place and text[place - 1].isalnum() and char in "\"'‘”»"):
            continue
        end = _closing(text, place, char, closers)
        if end is None:
            continue
        inside = text[place + 1 : end]
        if len(inside.strip(" .,")) < 2 or len(inside) > 400:
            continue
        before, after = text[:place].rstrip(), text[end + 1 :].lstrip()
        if char == "„" and _NAME_INITIALS.match(before) and before.endswith(","):
            # Polish: "Jasińska M., Tytuł, „Czasopismo” 2014".
            return None
        if char == "«" and before and before[-1] not in ".,;:/)–—-" + HOLE:
            return None
        if len(after) > 1 and after[0].isalnum() and after[0].islower() and not before:
            return None
        return inside
    return None


def _closing(text: str, place: int, opener: str, closers: str) -> int | None:
    depth = 0
    for index in range(place + 1, min(len(text), place + 420)):
        char = text[index]
        if char == opener and opener not in closers:
            depth += 1
        elif char in closers:
            if char in '"’' and index + 1 < len(text) and text[index + 1].isalnum():
                continue
            if depth == 0:
                return index
            depth -= 1
    return None


_TYPE = re.compile(r"[\[［](?:EB|J|M|N|D|R|S|C|P|Z|A|DB|CP|G|K|DS)(?:\s?/\s?(?:OL|CD|MT|DK))?[\]］]")


def _typed(text: str) -> str | None:
    """GB/T 7714: "作者. 题名[EB/OL]"."""
    mark = _TYPE.search(text)
    if mark is None:
        return None
    pieces = re.split(r"(?<=[^\W\d_])(?:[.．]\s?|。)(?=\S)", text[: mark.start()], maxsplit=1)
    return pieces[1] if len(pieces) == 2 and len(pieces[0]) <= 90 else text[: mark.start()]


# GOST R 7.0.5 names the kind of a source after a colon: "Речфлот : офиц. сайт".
_SITE_KIND = re.compile(
    r"\s:\s\[?(?:(?:офиц\w*\.?|офіц\w*\.?|информ\w*\.?|інформ\w*\.?|електрон\w*\.?|электрон\w*\.?|сетев\w*\.?|новост\w*\.?)\s)*(?:веб-?|web-?|интернет-?|інтернет-?)?"
    r"(?:сайт|портал|ресурс|журн\w*\.?|газета|блог|сторінка|страница)\]?[^:/]{0,40}?(?=[.\s]*$)",
    re.IGNORECASE,
)


def _gost(text: str) -> str | None:
    """GOST: "Author A. B. Title [Электронный ресурс] / A. B. Author // Source"."""
    cut = re.search(r"\s//\s|\s/\s(?=[^\W\d_]\.)", text)
    if cut is None:
        return None
    before = _SITE_KIND.sub("", text[: cut.start()])
    return _GOST_AUTHOR.sub("", before, count=1) or before


def _mediated(text: str) -> str | None:
    """Vancouver, ISO 690: the sentence before "[Internet]"."""
    mark = medium_pattern().search(text)
    if mark is None or not text[: mark.start()].strip(" –—-" + HOLE):
        return None
    before = text[: mark.start()].rpartition(HOLE)[2]
    if year := _YEAR_BRACKET.search(before):
        return _year_in_brackets(text) if before[year.end() :].strip(" .,") else before[: year.start()]
    if dated := _year_sentence(before):
        return dated
    shouted = _SHOUTED.match(before)
    authors = _VANCOUVER.match(before) or shouted or _LAST_FIRST.match(before) or _GOST_AUTHOR.match(before)
    pieces = sentences(before[authors.end() :] if authors else before)
    if not pieces:
        return None
    # "Title. In: Container [online]"; after named authors the title comes first, whatever follows it.
    contained = next((place for place, piece in enumerate(pieces) if _IN.match(piece)), 0)
    if contained or (authors and not (shouted and "," not in authors[0])):
        return pieces[max(0, contained - 1) if contained else 0]
    return pieces[-1]


_IN = re.compile(r"In:?\s|//")
_CONTAINED = re.compile(r"[,.]?\s[Ii]n:\s.*$")


def _year_in_brackets(text: str) -> str | None:
    """APA, Harvard: "Author (2015, October 13). Title. Rest"; without author the title comes first."""
    mark = _YEAR_BRACKET.search(text, 0, 400)
    if mark is None:
        return None
    before, after = text[: mark.start()].strip(" .,"), text[mark.end() :].lstrip(" .,:;")
    if dated := _year_sentence(before):
        return dated
    if single := _SINGLE_QUOTED.search(before):
        return single["title"]
    if authors := _COLON_AUTHOR.match(before):
        return _first_clause(before[authors.end() :])
    if text.startswith(", ", mark.end()) and not after.startswith(("'", "‘")):
        clause = after.partition(HOLE)[0].partition(", ")[0]
        return clause if re.search(r"\w", clause) else _title_segment(_LAST_FIRST.sub("", before, count=1))
    following = _first_clause(after)
    if "," not in before and re.match(r"In\s[A-ZÀ-Þ]", after) and re.search(r"\w{2}", before):
        return before
    if not before or not re.search(r"\w{2}", before):
        return following
    if not _author_like(before) and (not following or len(following.split()) <= _SITE_WORDS):
        return before
    return following or _LAST_FIRST.sub("", before, count=1) or before


def _first_clause(text: str) -> str | None:
    whole = _CONTAINED.sub("", text.partition(HOLE)[0])
    if single := re.match(r"['‘](.{3,300}?)['’](?=[,.\s])(?!s\s)", whole):
        return single[1]
    pieces = sentences(whole)
    return pieces[0] if pieces else None


_FULL_NAMES = re.compile(
    rf"(?:{_NAME}(?:\s(?:{_NAME}|[A-Z]\.|van|von|de|der|den|di|da)){{1,3}}(?:,\s(?:and\s)?|\s(?:and|&|und|et|y|e)\s|\.?$)){{1,12}}(?:et al\.?)?"
)


def _author_like(text: str) -> bool:
    if (
        len(text.split()) <= 4
        or _FULL_NAMES.fullmatch(text)
        or re.search(r"(?:^|\s)[A-ZÀ-ÞА-Я]\.", text)
        or _PERSONS.match(text)
    ):
        return True
    return text.count(",") >= 1 and not re.search(r"\d", text) and len(text) < 300


def _shouted(text: str) -> str | None:
    """ABNT: "SOBRENOME, Nome. Título. Local, ano"."""
    author = _SHOUTED.match(text)
    if author is None:
        # An entry that begins with its title: "MERCADO do peixe reabre. Diário do Cais, Santos"
        return _first_clause(text) if _SHOUTED_TITLE.match(text) else None
    rest = text[author.end() :]
    pieces = sentences(rest.partition(HOLE)[0])
    # "BRASIL. Ministério da Saúde. Título": an organ of what is shouted is author, too.
    organs = next((place for place, piece in enumerate(pieces) if not _ORGAN.match(piece)), 0)
    return pieces[organs] if pieces and organs and "," not in author[0] else _first_clause(rest)


def _year_sentence(text: str) -> str | None:
    """ACM, Chicago author-date, Leeds Harvard: "Author. 2019. Title. Rest"."""
    head = text.partition(HOLE)[0]
    match = _YEAR_SENTENCE.match(head)
    if match is None or not _author_like(match["author"]) or re.search(r"[:?!]\s", match["author"]):
        return None
    return _first_clause(head[match.end() :])


def _year_between_commas(text: str) -> str | None:
    """Australian Harvard: "Author 2021, Title, Publisher"."""
    head = text.split(HOLE, maxsplit=1)[0]
    match = _YEAR_COMMA.match(head)
    if match is None or len(sentences(match["author"])) > 1 or re.search(r"[“”„«»\"]", match["author"]):
        return None
    rest = head[match.end() :]
    return re.split(r",\s(?=\S)|(?<=[a-z)])\.\s", rest, maxsplit=1)[0]


_EDITED = re.compile(
    r"^[^:()]{3,80}\((?:Hrsg|Hg|eds?|éds?|dir|coords?|orgs?|red|szerk|ред)\.?\)\s?[:,]\s", re.IGNORECASE
)
# British styles: "Harriet Bose, 'Tide and Title' (Foreshore Law Forum, 2015)".
_SINGLE_QUOTED = re.compile(
    r"(?:^|[,.:]\s)['‘](?P<title>(?![a-z]\s)[^'’\x00]{3,200}(?:['’][a-z][^'’\x00]{0,100}){0,4})['’](?=[\s,.(]|$)"
)


def _clauses(text: str) -> str | None:
    """Everything else: the first clause that is no author."""
    head = next((piece for piece in text.split(HOLE) if re.search(r"\w{2}", piece)), "")
    head = _EDITED.sub("", head.strip(_EDGES), count=1)
    if not head:
        return None
    if single := _SINGLE_QUOTED.search(head):
        return single["title"]
    if authors := _VANCOUVER.match(head):
        return _first_clause(head[authors.end() :])
    if authors := _INITIALS_FIRST.match(head):
        return re.split(r",\s|(?<=\w\w)\.\s(?=\d)", head[authors.end() :], maxsplit=1)[0]
    if (authors := _NAME_INITIALS.match(head)) and "," in authors[0]:
        return re.split(r",\s", _first_clause(head[authors.end() :]) or "", maxsplit=1)[0]
    if authors := _LAST_FIRST.match(head) or _COLON_AUTHOR.match(head):
        clause = _first_clause(_CONTAINED.sub("", head[authors.end() :])) or ""
        # "Title, Publisher, 2018"
        return clause.partition(", ")[0] if _ENDS_IN_YEAR.search(clause) else clause
    head = _GOST_AUTHOR.sub("", head, count=1) if not _PERSONS.match(head) else head
    pieces = sentences(head)
    if len(pieces) > 1:
        return _title_sentence(pieces)
    return _title_segment(pieces[0]) if pieces else None


def _title_sentence(pieces: list[str]) -> str:
    first, second = pieces[0], pieces[1]
    if _EAST_ASIAN.search(first):
        return second if len(first.rstrip(" .")) <= 5 or "、" in first else first
    if re.search(r"\s[–—-]\s|:\s", first) and not _PERSONS.match(first):
        return first
    if re.fullmatch(r"\W*(?:(?:19|20)\d\d|\d[\d\W]*)\W*", second):
        return _title_segment(first)
    if re.fullmatch(rf"{_INITIALS}\s?{_NAME}(?:[\s-]{_NAME})?\.?", first.strip()):
        return second
    if body_like(first) != body_like(second):
        return second if body_like(first) else first
    words = len(second.split())
    short = len(first.split()) <= 4 and not re.search(r"\d", first)
    if _PERSONS.match(first) or (short and words > 1) or (len(first.split()) <= 9 and words > _SITE_WORDS):
        return second
    return first


_SIGNAL = re.compile(
    r"^(?:See(?: also|,? e\.g\.,?| generally)?|Cf\.|Accord|But see|Siehe|Vgl\.|Voir|Véase|Zie)\s"
)
_HOST_NAME = re.compile(r"(?:[\w-]+\.){1,3}[A-Za-z]{2,4}")


def _title_segment(text: str) -> str:
    """A reference of one sentence with commas: "heise developer, Neues in Python 3.4"."""
    segments = [one for one in re.split(r",\s(?!(?:Inc|Ltd|LLC|Jr)\b)(?![^()]{0,80}\))", text) if one.strip()]
    if len(segments) < 2:
        return text
    first, second = segments[0], segments[1]
    if body_like(second) and not body_like(first) and len(first.split()) > 1:
        return first
    if (
        not _HOST_NAME.fullmatch(second.strip(" ."))
        and len(first.split()) <= 4
        and not re.search(r"\d", first)
        and len(second) >= 5
        and not re.search(r"^(?:19|20)\d\d|\d{4}$", second.strip())
    ):
        return second
    return first
