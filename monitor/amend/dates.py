"""Writing a new day the way the old one is written.

`restyle("17 February 2011", "2011-02-17", day)` keeps order, language, width, case, separators,
padding, digits and era; a weekday is written anew or dropped, a time of day dropped. What it cannot
account for, character by character, is named (`Unread`): then a person edits.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from monitor.amend.date_names import Form, month_forms, month_name, weekday_forms, weekday_name
from monitor.amend.said import NOTHING, WORD, Said, said
from monitor.extract.dates.months import is_weekday
from monitor.extract.dates.values import DIGIT_SETS, NO_HINTS, DateHints, parse_date, plain_digits
from monitor.patterns import lazy


@dataclass(frozen=True, slots=True)
class Unread:
    """A date's style is not understood: the `part` that is not, as written."""

    part: str


_DOT_AFTER_DAY = frozenset({"de", "da", "nb", "fi", "is", "cs", "sk", "sl", "hr", "sr", "et", "lv"})
_FIRST_ORDINAL = frozenset({"pt", "es", "it", "ca", "gl"})
_JOINERS = frozenset(
    {"of", "the", "de", "del", "di", "do", "da", "dal", "d", "ta", "gada", "tháng", "năm", "m", "g", "г"}
)
_MARKS = frozenset("年月日号號년월일")
_ENGLISH_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_ORDINALS = _ENGLISH_ORDINALS | {"er", "ère", "ème", "º", "ª", "го", "ого", "е", "й", "e", "a"}
_BETWEEN = frozenset(" \t\n\r\xa0\u202f\u2009-‐‑–—./,'’()°")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PARTS = rf"\d+|{WORD}|[\W_]"
_BASIC = lazy(r"(?:19|20)\d{6}")
_ERA = lazy(r"(?P<era>令和|平成|昭和|民國|民国)(?P<gap>\s*)(?P<year>\d{1,3}|元)(?P<rest>\s*年.*)", re.DOTALL)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_REIWA = dt.date(2019, 5, 1)
_ZONE = r"(?:\s?(?:[ap]\.?\s?m\b\.?|uhr\b|h\b|[A-Z]{2,4}T\b|UTC\b|GMT\b|Z\b|[+\-−]\d\d:?\d\d\b)){0,3}"
TIME_AFTER = lazy(
    rf"(?:T|[\s\xa0,;]{{1,3}}(?:(?:at|um|à|a las|alle|alle ore|às|om|kl\.?|klo|o|в|о|ore)[\s\xa0])?)"
    rf"(?:\d{{1,2}}(?::\d\d){{1,2}}(?:[.,]\d{{1,6}})?{_ZONE}|\d{{1,2}}[.h]\d\d\s?(?:uhr|[ap]\.?m\b\.?|h\b)|\d{{1,2}}h\d\d\b)",
    re.IGNORECASE,
)
"""A time of day behind a date, with what joins it: "T10:00Z", ", 14:05", " um 9.30 Uhr"."""
TIME_BEFORE = lazy(rf"\d{{1,2}}(?::\d\d){{1,2}}{_ZONE},?[\s\xa0]{{1,2}}", re.IGNORECASE)
"""A time of day before a date, as in a wiki's signatures: "14:05, "."""
_SIGNED_DAYS = ("月火水木金土日", "월화수목금토일")


def restyle(
    text: str,
    iso: str,
    day: dt.date,
    *,
    before: str = "",
    hints: DateHints = NO_HINTS,
    markup: re.Pattern[str] | None = None,
) -> str | Unread:
    """Return `text`, a date that means `iso`, rewritten to mean `day` at the same precision.

    `before` is what stands in front of it ("Accessed "), `hints` what the document's other dates tell
    of order and language. What `markup` matches is kept and means nothing ("&nbsp;", "<b>").
    """
    style = _taken_apart(plain_digits(text), iso, hints, markup)
    return _restyled(text, iso, day, said(before) if before and style.heeds else NOTHING, hints, markup)


@lru_cache(maxsize=4096)
def _restyled(
    text: str, iso: str, day: dt.date, words: Said, hints: DateHints, markup: re.Pattern[str] | None
) -> str | Unread:
    """Return what `restyle` does: most citations of a document were looked up on the same few days."""
    plain = plain_digits(text)
    made = (
        _in_era(plain, iso, day)
        or _basic(plain, day)
        or _taken_apart(plain, iso, hints, markup).write(day, words)
    )
    if isinstance(made, Unread):
        return made
    expected = day.isoformat()[: len(iso)]
    bare = [markup.sub(" ", one) if markup else one for one in (plain, made)]
    read = [parse_date(one, hints) for one in bare]
    if read[0] and read[0].date == iso and (read[1] is None or read[1].date != expected):
        return Unread(text)
    if text.isascii():
        return made
    digits = next((one for one in DIGIT_SETS if any(char in one for char in text)), None)
    return made if digits is None else made.translate(str.maketrans("0123456789", digits))


def _basic(text: str, day: dt.date) -> str | None:
    return f"{day:%Y%m%d}" if _BASIC.fullmatch(text) else None


def _in_era(text: str, iso: str, day: dt.date) -> str | Unread | None:
    """Return a date of a Japanese era or of Minguo; the era is the one of the new day."""
    match = _ERA.fullmatch(text)
    if match is None:
        return None
    era = match["era"] if match["era"] in {"民國", "民国"} else "令和"
    if era == "令和" and day < _REIWA:
        return Unread(match["era"])
    year = day.year - _ERAS[era]
    rest = _Style(f"{iso[:4]}{match['rest']}", iso, NO_HINTS, None).write(day, NOTHING)
    if isinstance(rest, Unread):
        return rest
    return f"{era}{match['gap']}{'元' if year == 1 and era == '令和' else year}{rest[4:]}"


class _Style:
    """One date taken apart: its tokens, and which of them are year, month and day."""

    def __init__(self, text: str, iso: str, hints: DateHints, markup: re.Pattern[str] | None) -> None:
        time = TIME_AFTER.search(text)
        early = TIME_BEFORE.match(text)
        text = text[: time.start()] if time and time.end() == len(text) else text
        text = text[early.end() :] if early else text
        pattern = f"(?:{markup.pattern})|{_PARTS}" if markup else _PARTS
        flags = (markup.flags if markup else 0) & ~re.UNICODE
        self.tokens = [match[0] for match in re.finditer(pattern, text, flags)]
        self.kept = {n for n, token in enumerate(self.tokens) if markup and markup.fullmatch(token)}
        self.values = [int(part) for part in iso.split("-")]
        self.old = dt.date(*self.values) if len(self.values) == 3 else None
        self.hints = hints
        self.month_word = self._word_of_month()

    def write(self, day: dt.date, words: Said) -> str | Unread:
        unknown = next((n for n in range(len(self.tokens)) if not self._known(n)), None)
        if unknown is not None:
            return Unread(self.tokens[unknown])
        order = self._order()
        if order is None:
            return Unread("".join(self.tokens))
        new = list(self.tokens)
        year, month, number = (*order, None, None)[:3]
        assert year is not None  # noqa: S101 - every reading has a year
        new[year] = f"{day.year:04d}" if len(self.tokens[year]) == 4 else f"{day.year % 100:02d}"
        language = self._write_month(new, month, number, day, words) if month is not None else ""
        if isinstance(language, Unread):
            return language
        if number is not None:
            self._write_day(new, number, month, day, language)
        self._write_weekday(new, day, language)
        return "".join(new)

    def _word_of_month(self) -> int | None:
        if len(self.values) < 2:
            return None
        for place, token in enumerate(self.tokens):
            if place in self.kept or not token[0].isalpha():
                continue
            if token in _ROMAN and _ROMAN.index(token) + 1 == self.values[1]:
                return place
            if len(token) > 1 and month_forms(token, self.values[1], self.hints.languages):
                return place
        return None

    def _known(self, place: int) -> bool:
        token = self.tokens[place]
        if place in self.kept or place == self.month_word or token.isdigit() or token in _MARKS:
            return True
        if token[0].isalpha():
            return token.casefold() in _JOINERS or self._ordinal(place) is not None or self._is_weekday(place)
        return token in _BETWEEN

    def _is_weekday(self, place: int) -> bool:
        token = self.tokens[place]
        # Two letters are too near to ordinary words; "Do.," is none.
        told = len(token) > 2 or self.tokens[place + 1 : place + 2] in (["."], [","])
        return (told and is_weekday(token)) or self._signed(place) is not None

    def _signed(self, place: int) -> str | None:
        """Return the row of signs a bracketed weekday is from: "5月3日(日)"."""
        around = "".join(self.tokens[max(0, place - 1) : place + 2])
        if self.old is None or len(around) != 3 or around[0] not in "(（" or around[2] not in ")）":
            return None
        return next((row for row in _SIGNED_DAYS if self.tokens[place] == row[self.old.weekday()]), None)

    def _ordinal(self, place: int) -> int | None:
        """Return the place of the number a token makes an ordinal: "17th", "1er", "17-го"."""
        token = self.tokens[place].casefold()
        if token not in _ORDINALS or not place:
            return None
        at = place - 1
        if self.tokens[at] == "-" and at:
            at -= 1
        return at if self.tokens[at].isdigit() else None

    def _order(self) -> tuple[int, ...] | None:
        """Return the places of year, month and day; None where the numbers do not mean the date."""
        numbers = [
            place for place, token in enumerate(self.tokens) if token.isdigit() and place not in self.kept
        ]
        named = self.month_word is not None
        if len(numbers) != len(self.values) - named:
            return None
        year = self._year(numbers)
        if year is None:
            return None
        rest = [place for place in numbers if place != year]
        order = self._months_and_days(year, rest)
        if order is None:
            return None
        written = [None if place == self.month_word else int(self.tokens[place]) for place in order]
        fits = written[0] in {self.values[0], self.values[0] % 100}
        fits = fits and all(
            have in (None, want) for have, want in zip(written[1:], self.values[1:], strict=True)
        )
        return order if fits else None

    def _months_and_days(self, year: int, rest: list[int]) -> tuple[int, ...] | None:
        if self.month_word is not None:
            return (year, self.month_word, *rest)
        if len(rest) < 2:
            return (year, *rest)
        first, second = (int(self.tokens[place]) for place in rest)
        _, month, day = self.values
        if first == second:
            # Nothing tells them apart: year first is ISO's order, else as the document writes others.
            leads = year < rest[0] or (self.hints.month_leads and "." not in self.tokens)
        else:
            leads = (first, second) == (month, day)
        return (year, *rest) if leads else (year, *reversed(rest))

    def _year(self, numbers: list[int]) -> int | None:
        full = [place for place in numbers if len(self.tokens[place]) == 4]
        if full:
            return full[0] if len(full) == 1 else None
        # Two digits: no order that is read puts such a year first.
        last = numbers[-1] if numbers else None
        return last if last is not None and len(self.tokens[last]) == 2 else None

    def _write_month(
        self, new: list[str], place: int, number: int | None, day: dt.date, words: Said
    ) -> str | Unread:
        """Write the month; return its language, "" for a number."""
        token = self.tokens[place]
        if place != self.month_word:
            new[place] = _padded(day.month, pads=self._pads(place, number))
            return ""
        if token in _ROMAN:
            new[place] = _ROMAN[day.month - 1]
            return ""
        choices = self._choices(place, day.month, words)
        if len({(word, dot) for word, dot, _ in choices}) != 1:
            return Unread(token)
        word, dot, language = choices[0]
        new[place] = word
        if not dot and place + 1 < len(self.tokens) and self.tokens[place + 1] == ".":
            new[place + 1] = ""
        self._elide(new, place, language)
        return language

    def _choices(self, place: int, month: int, words: Said) -> list[tuple[str, bool, str]]:
        """Return what the month may be written as: the word, whether a dot behind it stays, the language."""
        token, old = self.tokens[place], self.values[1]
        dotted = self.tokens[place + 1 : place + 2] == ["."]
        found = []
        for form in self._likely(place, words):
            name, whole = month_name(form, month), month_name(form.whole, month)
            was_whole = token.casefold() == month_name(form.whole, old).casefold()
            if was_whole and form.width == "abbreviated" and not dotted:
                continue  # "May" alone is the whole word
            # An abbreviation that is the whole word (May) takes no dot; a cut one keeps it.
            keeps = not dotted or (was_whole and form.width == "wide") or name.casefold() != whole.casefold()
            found.append((_cased(name, token), keeps, form.language))
        return found

    @cached_property
    def heeds(self) -> bool:
        """Tell whether the words before the date matter: nothing else may tell the language of its month."""
        place = self.month_word
        return place is not None and self.tokens[place] not in _ROMAN and not self._plainly_english(place)

    def _meant(self, place: int) -> tuple[Form, ...]:
        """Return the meanings of a month word that its spelling leaves."""
        token, old = self.tokens[place], self.values[1]
        forms = month_forms(token, old, self.hints.languages)
        return tuple(form for form in forms if month_name(form, old) == token) or forms

    def _day_dot(self, place: int) -> bool:
        return place > 1 and self.tokens[place - 2 : place - 1] == ["."]

    def _plainly_english(self, place: int) -> bool:
        return not self._day_dot(place) and any(form.language == "en" for form in self._meant(place))

    def _likely(self, place: int, words: Said) -> tuple[Form, ...]:
        """Return the meanings of a month word that its spelling and surroundings leave.

        English writes months with a capital and no dot after the day; German has the capital and the
        dot; most others write them small. Then the words before the date tell; the document's other
        dates do not, for they change with every edit.
        """
        left, day_dot = self._meant(place), self._day_dot(place)
        english = tuple(form for form in left if form.language == "en")
        if english and (not day_dot or words.english):
            return english
        dotting = tuple(form for form in left if form.language in _DOT_AFTER_DAY)
        left = dotting if day_dot and dotting else left
        cued = (tuple(form for form in left if form.language == one) for one in self._cues(place, words))
        return next((forms for forms in cued if forms), left)

    def _cues(self, place: int, words: Said) -> Iterator[str]:
        """Return the languages that the words before a month speak for: "1er mars", "consulté le 3 mai"."""
        before = [token.casefold() for token in self.tokens[max(0, place - 3) : place] if not token.isspace()]
        if before[-1:] in (["er"], ["ère"], ["ème"]):
            yield "fr"
        if before[-2:] in (["d", "’"], ["d", "'"]):
            yield "ca"
        yield from words.languages

    def _elide(self, new: list[str], place: int, language: str) -> None:
        """Write the Catalan particle as the new name asks: "de març", "d’abril"."""
        if language != "ca" or place < 2:
            return
        vowel = new[place][:1].casefold() in "aeiou"
        pair = [one.casefold() for one in self.tokens[place - 2 : place]]
        if pair[0] == "d" and pair[1] in "’'" and not vowel:
            new[place - 2 : place] = ["de", " "]
        elif pair == ["de", " "] and vowel:
            new[place - 2 : place] = ["d", "’"]

    def _write_day(self, new: list[str], place: int, month: int | None, day: dt.date, language: str) -> None:
        named = month == self.month_word
        pads = self.tokens[place].startswith("0") if named else self._pads(place, month)
        new[place] = _padded(day.day, pads=pads)
        ordinal = next(
            (n for n in range(place + 1, min(place + 3, len(new))) if self._ordinal(n) == place), None
        )
        if ordinal is None:
            if language == "fr" and day.day == 1 and self.values[2] != 1:
                new[place] += "er"
            return
        suffix = self.tokens[ordinal]
        if suffix.casefold() in _ENGLISH_ORDINALS:
            new[ordinal] = _english_ordinal(day.day, suffix)
        elif day.day != 1 and (
            suffix.casefold() == "er"
            or (suffix == "º" and self.values[2] == 1 and language in _FIRST_ORDINAL)
        ):
            # Only the first of a month is an ordinal: "1er mars", "1º de março".
            new[ordinal] = ""

    def _write_weekday(self, new: list[str], day: dt.date, language: str) -> None:
        for place, token in enumerate(self.tokens):
            if place in self.kept or place == self.month_word or not self._is_weekday(place):
                continue
            if row := self._signed(place):
                new[place] = row[day.weekday()]
                continue
            names = set()
            if self.old is not None:
                forms = weekday_forms(token, self.old.weekday())
                own = [form for form in forms if form.language == language] or forms
                names = {_cased(weekday_name(form, day.weekday()), token) for form in own}
            if len(names) == 1:
                new[place] = names.pop()
                continue
            # A weekday that does not fit its date, or of no one language, is dropped with its comma.
            new[place] = ""
            for after in range(place + 1, len(new)):
                if self.tokens[after] not in {".", ",", " ", "\xa0"}:
                    break
                new[after] = ""

    def _pads(self, place: int, other: int | None) -> bool:
        """Tell whether a day or month number is written with two digits."""
        seen = [self.tokens[place]]
        if other is not None and self.tokens[other].isdigit():
            seen.append(self.tokens[other])
        if any(token.startswith("0") for token in seen):
            return True
        return not any(len(token) == 1 for token in seen)


_taken_apart = lru_cache(maxsize=1024)(_Style)


def _cased(name: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return name.upper()
    return name[:1].upper() + name[1:] if like[:1].isupper() else name[:1].lower() + name[1:]


def _padded(value: int, *, pads: bool) -> str:
    return f"{value:02d}" if pads else str(value)


def _english_ordinal(day: int, like: str) -> str:
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return suffix.upper() if like.isupper() else suffix
