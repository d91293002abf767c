"""Where a whole date stands: the weekday before it and the time of day beside it belong to it."""

import re

from monitor.amend.dates import TIME_AFTER, TIME_BEFORE
from monitor.extract.dates.months import is_weekday
from monitor.patterns import lazy

_LOOK = 40
_LONGEST_WORD = 16
_LONGEST_ZONE = 5
"""Letters of what names a time zone, or the half of the day, at most (`TIME_BEFORE`)."""
_WEEKDAY = lazy(
    rf"(?P<word>[^\W\d_]{{2,{_LONGEST_WORD}}})(?P<mark>\.?(?:,|，)?)"
    r"(?:[ \t\xa0~]|\r?\n[ \t]{0,20}|&nbsp;|\\[ ,]){1,3}$"
)
_SIGNED_DAY = lazy(r"\s?[(（][月火水木金土日월화수목금토일][)）]")
_TIME_ENDS = lazy(lambda: rf"(?:{TIME_BEFORE.pattern})$", re.IGNORECASE)


_SHORT = 3


def _names_a_day(word: str, mark: str) -> bool:
    """Tell whether a word is a weekday; a short one that goes on without a mark is "on", "la" or "do"."""
    return is_weekday(word) and (len(word) >= _SHORT or bool(mark))


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a date with what tells more of the same moment.

    >>> widened("Accessed Sunday, 3 May 2015, 14:05.", 17, 27)
    (9, 34)
    """
    head = text[max(0, start - _LOOK) : start]
    last = head[head.rfind(" ", 0, -1) + 1 : -1]
    if head[-1:] == " " and _LONGEST_ZONE < len(last) <= _LONGEST_WORD and last.isalpha():
        # "Accessed 3 May 2015": a word and a blank, as before most dates; no time of day ends so.
        start -= len(last) + 1 if is_weekday(last) else 0
    elif (word := _WEEKDAY.search(head)) and _names_a_day(word["word"], word["mark"]):
        start -= len(head) - word.start()
    elif ":" in head and (time := _TIME_ENDS.search(head)):
        start -= len(head) - time.start()
    if after := TIME_AFTER.match(text, end, end + _LOOK):
        end = after.end()
    elif signed := _SIGNED_DAY.match(text, end, end + _LOOK):
        end = signed.end()
    return start, end
