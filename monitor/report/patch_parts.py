"""What each document gave to the patch beside the status page, so that a night proves only new edits.

The list stands beside the patch and holds its digest: parts are taken from that very patch alone.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from monitor.model.run import PatchPart, ProvenPatch
from monitor.report.registry import PATCH

PARTS = ".proven-edits.json"

KeptParts = Mapping[str, tuple[PatchPart, bytes]]
"""By document: its part, and the bytes of it."""


def written_parts(patch: ProvenPatch) -> bytes:
    """Return the list that `kept_parts` reads."""
    return json.dumps(
        [_digest(patch.data), [[one.document, one.key, one.edits, one.size] for one in patch.parts]]
    ).encode()


def kept_parts(directory: Path) -> KeptParts:
    """Return the parts of the patch in a reports folder; none where there is no list of this very patch."""
    try:
        digest, rows = json.loads((directory / PARTS).read_bytes())
        data = (directory / PATCH).read_bytes()
        parts = [PatchPart(document=name, key=key, edits=edits, size=size) for name, key, edits, size in rows]
        sizes = [0 <= one.size <= len(data) for one in parts]
    except (OSError, ValueError, TypeError):
        return {}
    if digest != _digest(data) or not all(sizes) or sum(one.size for one in parts) != len(data):
        return {}
    kept, start = {}, 0
    for one in parts:
        kept[one.document] = one, data[start : start + one.size]
        start += one.size
    return kept


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
