"""Makes the manual's pictures anew from the rehearsal: `python -m tests.tools.screenshots` (needs Chromium)."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).parents[2] / "docs" / "images"
#: Name -> page below the reports folder, width and height in CSS pixels.
PAGES = {
    "status": ("index.html", 1100, 900),
    "status-narrow": ("index.html", 400, 800),
}
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
]


def main(folder: Path = PICTURES) -> None:
    """Rehearse into a folder of its own and look at its pages."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        reports = Path(room) / "reports"
        subprocess.run(
            [sys.executable, "-m", "monitor", "demo", "--quiet", "--no-progress", "-o", str(reports)],
            check=True,
        )
        for name, (page, width, height) in PAGES.items():
            subprocess.run(
                [chromium, *SWITCHES, f"--user-data-dir={room}/{name}", f"--window-size={width},{height}",
                 f"--screenshot={folder / name}.png", (reports / page).as_uri()],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip


if __name__ == "__main__":
    main()
