"""Finds the headings of sections that run on into the titles below them.

"Upper Quay Harbour schools close early": where lines are lost, a heading stands before the title as
if it were its beginning. One title tells nothing; a document in which every entry but the first
begins with a name before its title has such headings.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.extract.words.vocabulary import words as entries
from monitor.patterns import lazy

_PLACE = lazy(lambda: any_of(Words.PLACES))
_BEFORE_PLACE = lazy(lambda: any_of(Words.BEFORE_PLACES))
_STOPPED_NAME = lazy(lambda: rf"(?:[A-Z]\.)+|{any_of(Words.SAINT)}")
_LONGEST = 4
_REACH = 4
_FEWEST = 2


def heading_ends(texts: Sequence[str]) -> list[int]:
    """Return how many characters of each text are the heading of its section; zeros where there are none.

    The first text of a document stands under the heading of the page; only a name that has the shape of a
    place's is the heading of a section there.
    """
    words = [re.findall(r"\S+", text[:200]) for text in texts]
    leads = [_lead(one) for one in words]
    told = sum(_sentence_follows(one, lead) for one, lead in zip(words[1:], leads[1:], strict=True))
    plausible = all(
        lead > 1 or (lead == 1 < len(one) and _opens_title(one[1]))
        for one, lead in zip(words[1:], leads[1:], strict=True)
    )
    if told < _FEWEST or not plausible or 2 * told < len(texts) - 1:
        return [0] * len(texts)
    ends: list[int] = []
    for text, one, lead in zip(texts, words, leads, strict=True):
        number = _heading(one, lead)
        if not ends and not (_sentence_follows(one, lead) and _place_shaped(one[:number])):
            number = 0
        place = 0
        for word in one[:number]:
            place = text.index(word, place) + len(word)
        ends.append(place)
    return ends


def _lead(words: Sequence[str]) -> int:
    """Return how many words of a name, or of names in a row, a text begins with."""
    number = 0
    while number < len(words) and (
        words[number][0].isupper() or (number and words[number] in entries(Words.NAME_JOINTS))
    ):
        number += 1
        if words[number - 1][-1] in ":,.?!" and not _STOPPED_NAME.fullmatch(words[number - 1]):
            break
    while number and words[number - 1] in entries(Words.NAME_JOINTS):
        number -= 1
    return number


def _opens_title(word: str) -> bool:
    return word[0].isdigit() or word[0] in "\"“'‘"


def _sentence_follows(words: Sequence[str], lead: int) -> bool:
    """Tell whether a title in lower case begins with a lead's last word: "Upper Quay Harbour schools"."""
    if lead <= 1 or lead >= len(words):
        return False
    if words[lead - 1].endswith(":"):
        return True
    following = takewhile(lambda word: word[0].islower(), words[lead : lead + _REACH])
    joints = {*entries(Words.CLAUSE_WORDS), *entries(Words.NAME_JOINTS)}
    return any(word not in joints for word in following)


def _place_shaped(words: Sequence[str]) -> bool:
    return len(words) > 1 and bool(_PLACE.fullmatch(words[-1]) or _BEFORE_PLACE.fullmatch(words[0]))


def _heading(words: Sequence[str], lead: int) -> int:
    """Return how many words of a lead are the heading: by the shape of place names, else two."""
    open_end = lead < len(words) and _opens_title(words[lead])
    best, best_score = 0, 0.0
    for number in range(1, min(_LONGEST, lead if open_end else lead - 1) + 1):
        if words[number - 1] in entries(Words.NAME_JOINTS) or (
            number < lead and words[number] in entries(Words.NAME_JOINTS)
        ):
            continue
        score = {1: 0.4, 2: 0.8, 3: 0.2}.get(number, 0.1)
        if any(word in entries(Words.PLACE_OF) for word in words[:number]) or _PLACE.fullmatch(
            words[number - 1]
        ):
            score += 2
        if number == 2 and _BEFORE_PLACE.fullmatch(words[0]):
            score += 1
        if number == lead - (not open_end) or (
            number < lead and words[number] in entries(Words.CAPITAL_ARTICLES)
        ):
            score += 1.2
        if score > best_score:
            best, best_score = number, score
    return best
