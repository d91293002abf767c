"""Publication dates as pages state them, to ISO 8601 at the precision written."""

from datetime import date

from monitor.patterns import lazy

_ISO = lazy(r"\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_COMPACT = lazy(r"\s*(\d{4})(\d{2})(\d{2})(?:T|\s|$|\d{6}(?!\d))")
_YEAR = lazy(r"\s*(\d{4})\s*$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_DAY_FIRST = lazy(
    r"(?:[A-Za-z]{3,9},?\s{1,3})?(\d{1,2})(?:st|nd|rd|th)?[\s.-]{1,3}([A-Za-z]{3,9})\.?,?[\s-]{1,3}(\d{4})"
)
_MONTH_FIRST = lazy(
    r"(?:[A-Za-z]{3,9},?\s{1,3})?([A-Za-z]{3,9})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})"
)


def iso_date(text: str | None) -> str | None:
    """Return the day, month or year a metadata value states; None where it names no possible one.

    Reads ISO 8601 (any time and zone behind it), `20240131`, RFC 9110 dates and English long dates.
    The day is taken as written, in whatever zone the page means.
    """
    if not text or len(text) > 200:
        return None
    text = text.strip()
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _YEAR.match(text):
        return _checked(int(match[1]), None, None)
    if (match := _DAY_FIRST.match(text)) and (month := _MONTHS.get(match[2][:3].lower())):
        return _checked(int(match[3]), month, int(match[1]))
    if (match := _MONTH_FIRST.match(text)) and (month := _MONTHS.get(match[1][:3].lower())):
        return _checked(int(match[3]), month, int(match[2]))
    return None


def _checked(year: int, month: int | None, day: int | None) -> str | None:
    if not 1000 <= year <= 2999:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])
