"""The clauses of a reference in none of the known styles: which of them is the title.

Addresses and dates were taken out of the reference (`HOLE`).
"""

import re

from monitor.extract.passage import HOLE
from monitor.extract.references.authors import (
    COLON_AUTHOR,
    FULL_NAME,
    GOST_AUTHOR,
    INITIALS_FIRST,
    LAST_FIRST,
    NAME_INITIALS,
    ONE_PERSON,
    PERSONS,
    VANCOUVER,
)
from monitor.extract.references.east_asian import holds_east_asian
from monitor.extract.references.organisations import body_like, without_body
from monitor.extract.references.sentences import sentences
from monitor.extract.references.title_marks import single_quoted
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

EDGES = "{}<> \t\r\n,;:.。，、；：،؛·|/\\–—-*_=>"
"""What stands around a title and is none of it."""
SITE_WORDS = 3
IN_COLON = lazy(lambda: rf"(?=I){any_of(Words.IN_BOOK)}:\x20")
"""What begins with the book a part is in."""
_CONTAINED = lazy(lambda: rf"[,.]?\s{any_of(Words.IN_BOOK)}:\s.*$|,\s{any_of(Words.GIVEN_AT)}\s.*$")
# "Sluices, part 2": what goes on with the title, and "Weir Board, Inc.": what goes on with a name.
_COMMA = lazy(
    lambda: (
        rf"[,،]\s(?=\S)(?!(?:{any_of(Words.AFTER_NAME)}|{any_of(Words.PART)}\s(?:\d|[IVX]+\b|{any_of(Words.PART_NUMBERS)}))\b)(?![^()]{{0,80}}\))"
    ),
    re.IGNORECASE,
)


def segments(text: str, most: int = 0) -> list[str]:
    """Split at the commas between a title and what surrounds it; `most` cuts, 0 for all."""
    return _COMMA.split(text, maxsplit=most)


_WORD = lazy(r"\w{2}")
_DIGIT = lazy(r"\d")
_IN_PARTS = lazy(r"\s[–—-]\s|:\s")
# "12(3), 2014", "3 May 2011": a sentence of numbers.
_NUMBERS = lazy(r"\W*(?:(?:19|20)\d\d|\d[\d\W]*|\d{1,2}\s[^\W\d_]{3,9}\.?\s\d{4})\W*")
_YEAR_AT_EDGE = lazy(r"^(?:19|20)\d\d|\d{4}$")
YEAR_ALONE = lazy(r"\W*(?:19|20)\d\d[a-z]?\W*")
_UNDATED = lazy(r"^[Nn]\.\s?d\.\s(?=\S)")


def first_clause(text: str) -> str | None:
    """Return the first sentence that is no year: the title where nothing stands before it."""
    whole = _CONTAINED.sub("", text.partition(HOLE)[0])
    if single := single_quoted(whole, first=True):
        return single
    pieces = [_UNDATED.sub("", piece) for piece in sentences(whole) if not YEAR_ALONE.fullmatch(piece)]
    return pieces[0] if pieces else None


_EDITED = lazy(lambda: rf"^[^:()]{{3,80}}\({any_of(Words.EDITORS)}\.?\)\s?[:,]\s", re.IGNORECASE)
# "R. Lock, O. Reed, and Weir Board. Title"
_LAST_BODY = lazy(lambda: rf"(?:{any_of(Words.AND)}|&)\s[^.,:]{{2,60}}\.\s")
_ENDS_IN_YEAR = lazy(r",\s.*,\s(?:19|20)\d\d\W*$")


_ET_AL = lazy(lambda: rf"(?:[^.\x00]|\b[A-Z]\.){{2,80}}?\b{any_of(Words.ET_AL)}\.,?\s(?=[^\W\da-z])")


def clauses(text: str) -> str | None:
    """Everything else: the first clause that is no author, without the organization that it names."""
    head = next((piece for piece in text.split(HOLE) if _WORD.search(piece)), "")
    head = head.strip(EDGES)
    head = _EDITED.sub("", head, count=1) if "(" in head else head
    title = _after_authors(head) if head else None
    if title is None and head:
        author = GOST_AUTHOR.match(head) if not PERSONS.match(head) else None
        pieces = sentences(head[author.end() :] if author else head)
        # "Хміль І. О. Назва. Вісник університету": after the author comes the title.
        title = (
            pieces[0]
            if author and len(pieces) > 1
            else _title_sentence(pieces)
            if len(pieces) > 1
            else title_segment("".join(pieces[:1]))
        )
    return without_body(_YEAR_LAST.sub("", title.strip(EDGES))) if title else None


# "Deep reading of ledgers, 2014": when it came out.
_YEAR_LAST = lazy(r"(?<=\w),\s(?:19|20)\d\d$")


def _after_authors(head: str) -> str | None:
    """Return what follows the authors, None where none are named first."""
    if single := single_quoted(head):
        return single
    if authors := VANCOUVER.match(head) or _ET_AL.match(head):
        return first_clause(head[authors.end() :])
    if authors := INITIALS_FIRST.match(head):
        if last := _LAST_BODY.match(head, authors.end()):
            return first_clause(head[last.end() :])
        return re.split(r"(?<=\w\w)\.\s(?=\d)", segments(head[authors.end() :], 1)[0], maxsplit=1)[0]
    if (authors := NAME_INITIALS.match(head)) and "," in authors[0]:
        return segments(first_clause(head[authors.end() :]) or "", 1)[0]
    if authors := LAST_FIRST.match(head) or COLON_AUTHOR.match(head):
        clause = first_clause(_CONTAINED.sub("", head[authors.end() :])) or ""
        # "Title, Publisher, 2018"
        return segments(clause, 1)[0] if _ENDS_IN_YEAR.search(clause) else clause
    return None


# MLA names what a work is made of after its title: "Kitchen on Fire. Digital image. Harbour Times".
_MADE_OF = lazy(lambda: rf"{any_of(Words.WORK_KINDS)}\.")


# "Tide Reference. Quay, Inc., 2024", not "Orla Brandt. Deep reading of ledgers, 2014": a publisher's words are capital.
_PUBLISHER_YEAR = lazy(
    lambda: (
        rf"(?=[^,]*[^\Wa-zß-ÿ\d_])(?![^,]*\b[a-zß-ÿ]{{4}})[^,.]{{2,40}},(?:\s{any_of(Words.COMPANY_FORMS)}\.?,)?\s(?:19|20)\d\d\.?"
    )
)


def _title_sentence(pieces: list[str]) -> str:
    """A reference of several sentences: the first or the second one is the title."""
    first, second = pieces[0], pieces[1]
    if holds_east_asian(first):
        return second if len(first.rstrip(" .")) <= 5 or re.search(r"[、；]", first) else first
    if (
        IN_COLON.match(second)
        or _MADE_OF.fullmatch(second)
        or _PUBLISHER_YEAR.fullmatch(second.strip())
        or (_IN_PARTS.search(first) and not PERSONS.match(first))
    ):
        return first
    if _NUMBERS.fullmatch(second):
        return title_segment(first)
    if ONE_PERSON.fullmatch(first.strip()):
        return second
    if body_like(first) != body_like(second):
        return second if body_like(first) else first
    words = len(second.split())
    if words == 1 and len(pieces) == 2 and FULL_NAME.fullmatch(first.strip(EDGES)) and second[0].isupper():
        # "Ada Pilot. Lanterns.": who is named first wrote what follows.
        return second
    short = len(first.split()) <= 4 and not _DIGIT.search(first)
    if PERSONS.match(first) or (short and words > 1) or (len(first.split()) <= 9 and words > SITE_WORDS):
        return second
    return first


_HOST_NAME = lazy(r"(?:[\w-]+\.){1,3}[A-Za-z]{2,4}")


def title_segment(text: str) -> str:
    """A reference of one sentence with commas: "heise developer, Neues in Python 3.4"."""
    if holds_east_asian(text):
        return text
    pieces = [one for one in segments(text) if one.strip()]
    if len(pieces) < 2:
        return text
    first, second = pieces[0], pieces[1]
    if len(pieces) == 2 and ": " in first:
        # "Zatoka: pływy, prądy i mapy": no author is called so.
        return text
    if body_like(second) and not body_like(first) and len(first.split()) > 1:
        return first
    if (
        not _HOST_NAME.fullmatch(second.strip(" ."))
        and len(first.split()) <= 4
        and not _DIGIT.search(first)
        and len(second) >= 5
        and not _YEAR_AT_EDGE.search(second.strip())
    ):
        return second
    return first
