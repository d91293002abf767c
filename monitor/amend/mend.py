"""What an address that cannot be requested was most likely meant to be."""

from monitor.extract.urls.repair import RepairedUrl, repair_url
from monitor.model.citation import Citation

TRAILING = "trailing punctuation removed"


def mended(citation: Citation) -> RepairedUrl:
    """Return a citation's address with its spelling mended; without repairs where nothing is known to mend.

    A link leads where it says, so that extraction leaves "[Weirs](htp://weirs.example/)" as it stands.
    """
    return repair_url(citation.url or "")


def only_punctuation(citation: Citation) -> bool:
    """Tell whether an address differs from what is meant by punctuation behind it alone."""
    repairs = mended(citation).repairs
    return bool(repairs) and all(repair.kind == TRAILING for repair in repairs)
