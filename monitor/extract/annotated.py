from collections.abc import Iterable

from monitor.extract.access_dates import DateHints
from monitor.extract.bibliography import Reading
from monitor.extract.passage import Passage
from monitor.model.document import Document


def is_annotated(passages: Iterable[Passage], hints: DateHints) -> bool:
    return False


def read_annotated(document: Document, passages: Iterable[Passage], hints: DateHints) -> Reading:
    raise NotImplementedError
