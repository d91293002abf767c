"""Asking a person about each edit, as `git add -p` does."""

from collections.abc import Callable, Iterable

from monitor.amend.diff import unified
from monitor.amend.places import changed_lines, local, touched
from monitor.amend.read_back import edited
from monitor.model.document import Document
from monitor.model.finding import Amendment, Edit
from monitor.model.run import Assessment
from monitor.model.values import replaced

HELP = """y - make this edit
n - leave it
e - change the new text in an editor, then make the edit
a - make this edit and all further ones of this document that have proof
s - skip the rest of this document
q - quit; what was answered with y is made
? - this help
"""


class Prompter:
    """Shows each edit as a diff and asks. `ask` returns an answer, or None where nobody answers any more;
    `edit` returns a text as a person left it, or None where they gave it up.
    """

    def __init__(
        self,
        ask: Callable[[str], str | None],
        edit: Callable[[str], str | None],
        show: Callable[[Iterable[str]], None],
    ) -> None:
        self._ask, self._edit, self._show = ask, edit, show
        self._quit = False
        self._skipped: str | None = None
        self._all: str | None = None

    def __call__(self, document: Document, assessment: Assessment) -> Assessment | None:
        """Return the assessment with the edit as wanted; None to leave it."""
        amendment = assessment.amendment
        if amendment is None or self._quit or self._skipped == document.path:
            return None
        if self._all == document.path:
            return assessment if amendment.proven else None
        self._show(_shown(document, assessment, amendment))
        while True:
            answer = self._ask("Make this edit [y,n,e,a,s,q,?]? ")
            match (answer or "q").strip().lower()[:1]:
                case "y":
                    return assessment
                case "n":
                    return None
                case "e":
                    changed = self._changed(document, amendment)
                    if changed is not None:
                        return replaced(assessment, amendment=changed)
                case "a":
                    self._all = document.path
                    return assessment
                case "s":
                    self._skipped = document.path
                    return None
                case "q":
                    self._quit = True
                    return None
                case _:
                    self._show([HELP])

    def _changed(self, document: Document, amendment: Amendment) -> Amendment | None:
        """Return the amendment with its lines as a person wants them: one edit over all it touches."""
        wanted = self._edit(changed_lines(document, amendment.edits) + "\n")
        if wanted is None:
            return None
        start, end = touched(document, amendment.edits)
        one = Edit(document.span(start, end), document.text[start:end], wanted.removesuffix("\n"))
        return replaced(amendment, edits=(one,), replacement=one.after)


def _shown(document: Document, assessment: Assessment, amendment: Amendment) -> Iterable[str]:
    line = document.line_of(local(document, assessment.citation.span)[0])
    proof = "" if amendment.proven else "no proof: "
    yield f"\n{document.path}:{line}: {amendment.kind}: {proof}{amendment.reason}\n"
    before, after = (
        one.bom + one.as_written(one.text).encode(one.encoding, "surrogateescape")
        for one in (document, edited(document, [amendment]))
    )
    yield from unified(document, before, after)
