"""RTF 1.9: striprtf turns it into text, links beside their labels; then the grammar of plain text."""

from monitor.errors import UsageError
from monitor.extract.formats.text import read_text
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

MAX_BYTES = 64 * 2**20
# striprtf leaves out what is no running text: the targets of links, and footnotes.
_FIELD = lazy(
    r"\{\\\*\\fldinst\s{0,4}\{?[^{}\"]{0,200}HYPERLINK\s{1,4}\"([^\"{}\\]{1,4000})\"[^{}]{0,400}\}{1,2}"
)
_NOTE = lazy(r"\\footnote\b ?")
_PARAGRAPH = lazy(r"\n(?=\S)")


def load(data: bytes) -> str:
    """Return the text of an RTF file, a paragraph a block; UsageError where it is none or too large."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UsageError("not an RTF file; open it in a word processor and save it as .rtf or .docx")
    if len(data) > MAX_BYTES:
        raise UsageError(f"an RTF file of {len(data)} bytes; pictures in it? Save it without them")
    written = _NOTE.sub(r"\\par ", _FIELD.sub(r"{ \1 }", data.decode("latin-1")))
    text: str = rtf_to_text(written, errors="replace")
    return _PARAGRAPH.sub("\n\n", text)


class RtfExtractor:
    """Reads the text of RTF files."""

    name = "rtf"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; spans address the derived text, not the file."""
        return read_text(document)


EXTRACTOR = RtfExtractor()
