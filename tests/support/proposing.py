"""Edits proposed for invented citations, independent of any extractor."""

from monitor.amend.registry import propose
from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Document
from monitor.model.finding import AmendmentKind
from monitor.model.values import replaced
from tests.support.fixing import TODAY, judged

ADD, DATE, MOVE, MEND = (
    AmendmentKind.ADD_ARCHIVE,
    AmendmentKind.REFRESH_DATE,
    AmendmentKind.REPLACE_URL,
    AmendmentKind.FIX_URL,
)
TEXT = "A title\nhttp://a.example/x\n[accessed 17 February 2011]\nThe quote.\n"
LINK = "https://web.archive.org/web/20110216120000/http://a.example/x"


def cited(text, url="http://a.example/x", date="17 February 2011", iso="2011-02-17", **more):
    shape = more.pop("format", "text")
    doc = Document(path="d", text=text, format=shape, editable=more.pop("editable", True))
    at = text.index(url)
    dates = ()
    if date:
        found = text.index(date)
        dates = (AccessDate(date=iso, text=date, span=doc.span(found, found + len(date))),)
    one = Citation(
        document="d",
        span=doc.span(0, len(text)),
        url=url,
        url_span=doc.span(at, at + len(url)),
        access_dates=dates,
        key="k",
        **more,
    )
    return doc, one


def proposed(kind, text=TEXT, *, change=lambda a: a, **more):
    doc, one = cited(text, **more)
    return propose(doc, change(judged(one, kind)), TODAY)


def with_coverage(coverage, verified=True):
    def change(assessment):
        covered = replaced(
            assessment.coverage,
            coverage=coverage,
            snapshot=replaced(assessment.coverage.snapshot, verified=verified),
        )
        return replaced(assessment, coverage=covered)

    return change


def applied(text, made):
    for edit in sorted(made.edits, key=lambda one: one.span.start, reverse=True):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text
