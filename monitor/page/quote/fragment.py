"""Text fragments: `#:~:text=` suffixes that scroll a browser to a quote (WICG Scroll to Text Fragment)."""

from urllib.parse import quote

_EXACT_WORDS = 10
_END_WORDS = 4


def text_fragment(first: str, last: str | None = None) -> str | None:
    """Return a suffix that marks from the words of `first` to those of `last`.

    `first` and `last` are runs of the page's own words, each within one block. With `last` None a
    short `first` is given whole, a long one by its ends.
    """
    words = first.split()
    if not words:
        return None
    if last is None:
        if len(words) <= _EXACT_WORDS:
            return f"#:~:text={_encode(' '.join(words))}"
        return f"#:~:text={_encode(' '.join(words[:_END_WORDS]))},{_encode(' '.join(words[-_END_WORDS:]))}"
    ends = last.split()
    if not ends:
        return text_fragment(first)
    return f"#:~:text={_encode(' '.join(words[:_END_WORDS]))},{_encode(' '.join(ends[-_END_WORDS:]))}"


def _encode(text: str) -> str:
    return text.translate(_ESCAPES) if text.isascii() else _escaped(text)


def _escaped(text: str) -> str:
    # The directive's own syntax uses "-", "," and "&": all three are escaped.
    return quote(text, safe="", errors="replace").replace("-", "%2D")


_ESCAPES = {code: _escaped(chr(code)) for code in range(128)}
