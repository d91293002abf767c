"""The project's addresses, as whoever builds the package has them: a fork's package must not point elsewhere.

`CITATION_MONITOR_URL` is the repository's address; the release workflow sets it. Without it none is named.
"""

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class AddressHook(MetadataHookInterface):
    """Adds the addresses to the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """See the module."""
        address = os.environ.get("CITATION_MONITOR_URL", "").rstrip("/")
        metadata["urls"] = (
            {
                "Source": address,
                "Documentation": f"{address}/tree/v{metadata['version']}/docs",
                "Changelog": f"{address}/blob/v{metadata['version']}/CHANGELOG.md",
                "Issues": f"{address}/issues",
            }
            if address
            else {}
        )
