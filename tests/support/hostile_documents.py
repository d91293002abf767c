"""Seeded documents that are hard to edit: the layouts of `edited_documents.py` with what people put around them.

Each stays a document its own reader takes: titles with markup in them, blanks that are no blanks, comments
and code that hold the same citation, quotes in quotes, entries between which others stand.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.support.edited_documents import Cited, Made, made

Change = Callable[[random.Random, str], str]
_OLD = "http://left.example/alone"
_SAYS = f"Reed, A. Left alone. {_OLD}. Accessed 4 June 2011."


def _lead(text: str) -> Change:
    return lambda rng, whole: text + whole


def _between(pattern: str, text: str) -> Change:
    """Put a text before one of the places that a pattern finds, the first left out."""

    def change(rng: random.Random, whole: str) -> str:
        places = [match.start() for match in re.finditer(pattern, whole, re.MULTILINE)][1:]
        if not places:
            return whole
        at = rng.choice(places)
        return whole[:at] + text + whole[at:]

    return change


def _lines(prefix: str) -> Change:
    return lambda rng, whole: "".join(prefix + line for line in whole.splitlines(keepends=True))


def _each(pattern: str, replacement: str) -> Change:
    return lambda rng, whole: re.sub(pattern, replacement, whole, flags=re.MULTILINE)


def _twice(pattern: str) -> Change:
    """Say one entry twice."""

    def change(rng: random.Random, whole: str) -> str:
        found = list(re.finditer(pattern, whole, re.MULTILINE | re.DOTALL))
        if not found:
            return whole
        one = rng.choice(found)
        return whole[: one.end()] + one[0] + whole[one.end() :]

    return change


CHANGES: dict[str, tuple[Change, ...]] = {
    "md": (
        _lead(f"---\ntitle: N\nabout: {_OLD}\n---\n\n"),
        _lead(f"<!-- {_SAYS} -->\n\n"),
        _lead(f"```\n{_SAYS}\n```\n\n"),
        _lead(f"    {_SAYS}\n\n"),
        _lines("> "),
        _twice(r"^- [^\n]*\n"),
        _each(r"^(- [^\n]*)$", r"\1  "),
        _between(r"^- ", "- Something else, of 2009 (p. 4).\n"),
        _each(r"^- ", "-   "),
        _each(r"^- ", "1) "),
    ),
    "html": (
        _between(r"<li>", f"<!-- <li>{_SAYS}</li> -->\n"),
        _between(r"<li>", f"<li><script type='application/json'>{json.dumps({'u': _OLD})}</script>Nothing.</li>\n"),
        _each(r"<li>", "<LI class='a > b'>"),
        _each(r"</li>", "<br></li>"),
        _twice(r"<li>[^\n]*</li>\n"),
        _each(r"<a ", "<a rel=nofollow title='say \"x > y\"' "),
    ),
    "wiki": (
        _lead(f"<!-- {{{{cite web |url={_OLD} |title=T |access-date=4 June 2011}}}} -->\n"),
        _lead(f"<nowiki>{{{{cite web |url={_OLD} |title=T |access-date=4 June 2011}}}}</nowiki>\n"),
        _each(r"\|title=", r"|author={{nowrap|A. | B.}} |title="),
        _each(r"\|title=", r"|work=[[The Post|Post]] |title="),
        _each(r"\|title=", r"<!-- | a=b -->|title="),
        _each(r"<ref>", '<ref name="a|b">'),
        _twice(r"^Text[^\n]*</ref>\n"),
        _each(r"^(Text\.<ref>[^\n]*</ref>)$", '{| class="wikitable"\n| x || \\1\n|}'),
    ),
    "bib": (
        _lead(f"% {_SAYS}\n\n"),
        _lead(f"@comment{{left, url = {{{_OLD}}}, urldate = {{2011-06-04}}}}\n\n"),
        _lead('@preamble{"\\newcommand{\\noop}[1]{}"}\n\n'),
        _each(r"(title\s*=\s*)", r"keywords = {a, {b = c}, d}, \1"),
        _between(r"^@", "Words between entries, of no meaning.\n\n"),
        _each(r"(title\s*=\s*)", r"abstract = {Said {"  r"\\em twice}: accessed, 50\\% of it}, \1"),
    ),
    "ris": (
        _each(r"^(TY  - [^\n]*\n)", r"\1KW  - weirs\nKW  - locks\n"),
        _each(r"^(ER  - )", "N2  - Said twice, of which one was\n  in two lines.\n\\1"),
        _each(r"^(ER  - )", r"SN  - 1234-5678\nL1  - file:///a/b.pdf\n\1"),
        _twice(r"^TY  - .*?^ER  - \n"),
    ),
    "tex": (
        _between(r"^\\bibitem", f"% {_SAYS}\n"),
        _between(r"^\\bibitem", "\\bibitem{other} Somebody, \\emph{Else \\& more}, p.~4.\n"),
        _each(r"\.$", ". % seen"),
        _each(r"^(\\bibitem\{\w+\}) ", "\\1\n  {\\\\raggedright} "),
    ),
    "rst": (
        _lead(f".. {_SAYS}\n\n"),
        _lead(f"So::\n\n   {_SAYS}\n\n"),
        _between(r"^\* ", "* Something else, of 2009 (p. 4).\n"),
        _twice(r"^\* [^`\n][^\n]*\n"),
    ),
    "csl.json": (
        lambda rng, whole: whole.replace("/", "\\/"),
        lambda rng, whole: json.dumps(json.loads(whole), indent=rng.choice((None, 1, 4)), ensure_ascii=True) + "\n",
        lambda rng, whole: json.dumps(json.loads(whole), indent="\t") + "\n",
        _each(r'("title")', r'"abstract": "Said \\"twice\\", {\\u00e4}, [url]: 4", \1'),
    ),
    "csl.yaml": (
        _lead("# accessed: 2011-06-04\n"),
        _each(r"^(  title: [^\n]*)$", r"\1  # a note: of sorts"),
        _each(r"^(  title: [^\n]*)$", "\\1\n  abstract: >\n    Said twice, url: of no kind,\n    in two lines."),
    ),
    "cff": (_lead("# url: nothing\n"), _each(r"^(    title: [^\n]*)$", r"\1  # note")),
    "txt": (
        _lead("Something before, of 2009.\n\n\n"),
        _each(r"^(?=\S)", "  "),
        _lead("\ufeff"),
        _each(r"$", "  "),
    ),
    "adoc": (_lead(f"// {_SAYS}\n\n"), _lead(f"----\n{_SAYS}\n----\n\n"), _twice(r"^\* [^\n]*\n")),
    "org": (_lead(f"# {_SAYS}\n\n"), _lead(f"#+BEGIN_SRC text\n{_SAYS}\n#+END_SRC\n\n"), _twice(r"^- [^\n]*\n")),
    "typ": (_lead(f"// {_SAYS}\n\n"), _twice(r"^- [^\n]*\n")),
    "textile": (_lead("p. Something before.\n\n"), _twice(r"^\* [^\n]*\n")),
    "dokuwiki": (_lead("Something before.\n\n"), _twice(r"^  \* [^\n]*\n")),
}  # fmt: skip

TITLES: dict[str, tuple[str, ...]] = {
    "md": ("{} \\[sic\\]", "{} *and* more", "{} &amp; more", "{} (part 1)", "“{}”, again", "{} of 2009", "{} `x` more"),
    "html": ("{} &amp; more", "{} (part 1)", "“{}”, again", "{} [sic]", "{} of 2009"),
    "wiki": ("{} (part 1)", "{} of 2009", "''{}''", "{}: more"),
    "bib": ("{{{}}}", "{} \\& more", "{} of {{N}}orth", "{} (part 1)"),
    "tex": ("{} \\& more", "{} \\emph{{and}} more", "{} of 2009"),
    "rst": ("{} (part 1)", "{} of 2009", "{}, again"),
    "txt": ("{} (part 1)", "{} of 2009", "{}, again"),
    "ris": ("{} (part 1)", "{}: more & more"),
}  # fmt: skip
_BLANKS = {"md": "&nbsp;", "html": "&nbsp;", "tex": "~", "wiki": "&nbsp;"}


def hostile(seed: int, said: Callable[[Cited], Cited] = lambda one: one) -> Made:
    """Return a hard document of one seed: its layout, and up to three changes of it."""
    plain = made(seed)
    ending = plain.name.split(".", 1)[1]
    rng = random.Random(f"hostile {seed}")
    shape = rng.choice(TITLES.get(ending, ("{}",)))
    blank = _BLANKS.get(ending, " ") if rng.random() < 0.4 else " "

    def spelled(one: Cited) -> Cited:
        one = said(one)
        claim = one.claim.replace(one.date, one.date.replace(" ", blank))
        return replace(one, title=shape.format(one.title), claim=claim)

    document = made(seed, spelled)
    if document.text.count("\r\n"):
        return document
    changes = CHANGES.get(ending, ())
    for change in rng.sample(changes, min(len(changes), rng.randint(1, 3))):
        document = replace(document, text=change(rng, document.text))
    return document
