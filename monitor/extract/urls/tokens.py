"""What addresses are made of, and what never belongs to one."""

import re
import sys
from functools import lru_cache

from monitor.domains import known_suffix
from monitor.patterns import lazy

MAX_URL = 4000
"""Characters; longer runs are data, not addresses (RFC 9110 §4.1 recommends support for 8000 octets)."""


# What never belongs to an address: blanks, quotes, braces, dashes between clauses, the stops and commas of
# Arabic, Urdu, Hindi, Armenian, Hebrew, Burmese, Ethiopic and Khmer, CJK and full-width punctuation.
_STOPS = "\\u0589\\u05c3\\u060c\\u061b\\u061f\\u06d4\\u0964\\u0965\\u104a\\u104b\\u1362-\\u1368\\u17d4\\u17d5\\u2014"
STOP = f'\\s<>"“”„«»‹›‘’`^{{}}|\\\\\\u2028\\u3000-\\u303f\\uff00-\\uff65…·\\x00-\\x1f\\x7f{_STOPS}'
_ESCAPED = r"\\~\{\}|\\[\[\]_%&#~(){}*.!$+=?@,;:|<>^-]|\{\\[_%&#~]\}|\\textasciitilde(?:\{\})?"
# A curly apostrophe within a name, not a quotation mark: "/o’brien", "/l’eau".
_APOSTROPHE = r"(?<=[^\W\d_])’(?=[^\W\d_]{2})"
BODY = rf"(?:[^{STOP}]|{_ESCAPED}|{_APOSTROPHE})"

_REST = lazy(rf"{BODY}{{1,{MAX_URL}}}")
_PLAIN_REST = lazy(rf"[^{STOP}]{{1,{MAX_URL}}}")
_SIGNS = ("\\", "{", "’")
"""What begins an escape or is an apostrophe: signs at which `_PLAIN_REST` ends, and an address may go on."""


def rest_at(text: str, start: int, end: int = sys.maxsize) -> re.Match[str] | None:
    """Return what an address goes on with at a place of a text, as far as it does."""
    plain = _PLAIN_REST.match(text, start, end)
    stop = plain.end() if plain else start
    return _REST.match(text, start, end) if text[stop : stop + 1] in _SIGNS else plain


EXTENSION = lazy(r"\.(?:s?html?|pdf|php\d?|aspx?|jspx?|cfm|cgi|docx?|xlsx?|pptx?|txt|xml|json|jpe?g|png|gif|zip|csv|epub|dot|rtf|ps|mp[34])(?=$|[?#\W])", re.IGNORECASE)  # fmt: skip
ADDRESS_START = lazy(r"(?:https?|ftp)\s?:|www\.", re.IGNORECASE)


@lru_cache(maxsize=8192)
def known_host(host: str, tld: str) -> bool:
    """Tell whether a dotted name ends in a real top-level domain and is no file name."""
    if not any(char.isalpha() for char in host.rpartition(".")[0]) or ".." in host:
        return False
    if tld.casefold() in _FILE_SUFFIXES and "/" not in host:
        return host.count(".") > 1
    return known_suffix(tld)


# Real top-level domains that are far more often the ending of a file or a program's word.
_FILE_SUFFIXES = frozenset(
    ["md", "py", "sh", "rs", "pl", "so", "cc", "ps", "zip", "mov", "app", "ml", "mm", "st"]
)
