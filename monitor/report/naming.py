"""How reports call a citation's source, and how they tell its access dates."""

import datetime as dt
from collections.abc import Sequence

from monitor.model.citation import Citation
from monitor.model.run import Assessment
from monitor.report import words


def name(assessment: Assessment) -> str:
    """Return what a person calls the source: title, else attribution, else address."""
    citation = assessment.citation
    called = citation.title or citation.attribution or citation.url or "untitled citation"
    return words.plain(called, 100).strip()


def place(assessment: Assessment) -> str:
    """Return "path:line" of a citation, printable."""
    return f"{words.plain(assessment.citation.document)}:{assessment.citation.line}"


def accessed(assessment: Assessment, today: dt.date) -> str:
    """Return the access dates with their ages in words, as a clause."""
    return clause(assessment.citation, dates(assessment, today))


def clause(citation: Citation, said: str) -> str:
    """Return what `dates` says of a citation as a clause."""
    return f"accessed {said}" if citation.access_dates else f"access date {said}"


def dates(assessment: Assessment, today: dt.date) -> str:
    """Return the access dates as written with their ages, "17 February 2011 (15 years ago)"."""
    citation = assessment.citation
    return aged(written(citation), today, missing=citation.access_date_missing)


def written(citation: Citation) -> tuple[tuple[str, str | None], ...]:
    """Return each access date as written, printable, and as a date."""
    return tuple([(words.plain(date.text, 60), date.date) for date in citation.access_dates])


def aged(found: Sequence[tuple[str, str | None]], today: dt.date, *, missing: bool) -> str:
    """Return access dates with their ages; `missing` where the citation says that it has none."""
    if not found:
        return "said to be unavailable" if missing else "not given"
    return ", ".join([f"{text} ({words.age(date, today) or 'not a possible date'})" for text, date in found])
