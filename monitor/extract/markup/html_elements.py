"""Elements of HTML by what they do to the text around them (HTML Living Standard, section 4)."""

_BLOCKS = """
    address article aside body center details dialog dd div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody tfoot
    thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements whose edges end a passage."""
_SKIPPED = """
    script style template code kbd samp nav button select option textarea svg math object iframe
    noscript head
"""
SKIPPED = frozenset(_SKIPPED.split())
"""Elements whose content no reader takes for text."""
_VOID = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(_VOID.split())
"""Elements without an end tag."""
INNER = frozenset({"p", "div", "blockquote", "ul", "ol", "li", "center"})
"""Elements that begin a line within a table's cell."""
CELLS = frozenset({"td", "th"})
GROUPS = frozenset({"ol", "ul", "dl", "table"})
ITEMS = frozenset({"li", "dd", "dt"})
NOTES = frozenset({"li", "p", "div", "dd", "tr", "aside"})
"""Elements that hold a note, if their id says so."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
