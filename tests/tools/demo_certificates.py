"""Makes the certificates of `monitor demo` anew: `python -m tests.tools.demo_certificates`.

The rehearsal's servers need certificates for the names of the seeds' sources, one of them expired. Made once and
shipped, they spare every user a cryptography library. The authority's key is thrown away here, so that nothing more can
ever be signed with it; the servers' key is public, and nobody but the rehearsal trusts its authority.
"""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import trustme

from monitor.demo.servers import ARCHIVE_HOST, CERTIFICATES
from monitor.demo.world import SITES

BEGIN, END, PAST = (datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 3000, 2020))


def main(folder: Path = CERTIFICATES) -> None:
    """Write the authority and both servers' certificates."""
    authority = trustme.CA(
        organization_name="The rehearsal of citation-monitor", organization_unit_name="Trust no site by this"
    )
    names = sorted({urlsplit(site.url).hostname or "" for site in SITES} | {ARCHIVE_HOST})
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    for name, end in (("good", END), ("expired", PAST)):
        leaf = authority.issue_cert(*names, not_before=BEGIN, not_after=end)
        leaf.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{name}.pem"))


if __name__ == "__main__":
    main()
