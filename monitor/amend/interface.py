"""What an amendment writer takes and gives."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from monitor.model.document import Document
from monitor.model.finding import Amendment
from monitor.model.run import Assessment


class NoPlace(StrEnum):
    """Why an edit cannot be written where it belongs; a person puts it in by hand."""

    NOWHERE = "neither address nor date has a place of its own in the document"
    DEFINITION = "the definition of a link has no room for a second one"
    TABLE = "the cells of this table have no room"
    IN_TAG = "it would stand inside a tag"
    COMMENT = "it would stand in a comment"
    FRONT_MATTER = "it would stand in the front matter"
    UNCLOSED = "the entry does not close"
    UNPARTED = "a comma is missing before the address"
    ASSEMBLED = "the address is put together from parts"
    TAKEN = "the field for it is taken"
    NO_FIELD = "the format has no field for it"
    UNKNOWN_TEMPLATE = "how this template names an archived copy is not known"
    OTHER_ADDRESS = "the archived copy this template names is that of its other address"
    UNKNOWN_WIKI = "which template this wiki has for archived copies is not known"
    SPELLING = "the address cannot be spelled where it stands"
    ACROSS_LINES = "it would reach over more than one line of a cell"
    NO_MARK = "how the document says that the link is dead is not understood"
    NO_WRITER = "how this format writes it is not known"


class Writer(Protocol):
    """Writes the edit a finding asks for in one document format. Pure."""

    def amend(self, document: Document, assessment: Assessment, today: date) -> Amendment | None:
        """Return the exact edit for the assessment's finding, or None where there is nothing to write."""
        ...
