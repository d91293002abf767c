"""What the status page costs as citations grow: time, memory, sizes, and what a browser makes of it.

python tests/bench/report_site.py [LARGE] [SMALL]   (default 50000 5000; each size in its own process)

Prints ratios: time should grow with the number of citations, memory hardly, the front page not at all.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def write(number: int, folder: Path) -> dict[str, float]:
    """Write a site and measure it; the peak is this process's."""
    from monitor.report.publish import write_site
    from tests.support import report_cases

    started = time.monotonic()
    write_site(report_cases.Many(number).report(), folder, ["html", "json"])
    return {
        "seconds": time.monotonic() - started,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "index_kb": (folder / "index.html").stat().st_size / 1000,
        "files": sum(path.is_file() for path in folder.rglob("*")),
    }


def measured(number: int, folder: Path) -> dict[str, float]:
    """Measure in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--write", str(number), str(folder)],
        capture_output=True,
        check=True,
        text=True,
        timeout=1800,
    )
    return json.loads(done.stdout)


def browse(folder: Path) -> None:
    """Open the front page in Chromium and filter; prints seconds."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("browser: playwright is not installed")
        return
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        print("browser: no Chromium")
        return
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=flags)
        page = browser.new_page()
        started = time.monotonic()
        page.goto(f"file://{folder}/index.html")
        print(f"browser: opened in {time.monotonic() - started:.2f} s")
        for text in ("tarvenia", "cotton part 77", "example.org"):
            found = page.evaluate(
                """async (text) => {
                    const before = performance.now();
                    const box = document.getElementById('q');
                    const count = document.getElementById('result-count');
                    const old = count.textContent;
                    box.value = text;
                    box.dispatchEvent(new Event('input', {bubbles: true}));
                    while (count.textContent === old) await new Promise((done) => setTimeout(done, 5));
                    return [(performance.now() - before) / 1000, count.textContent];
                }""",
                text,
            )
            print(f"browser: {text!r} after {found[0]:.2f} s, debounce 0.12 s included: {found[1]}")
        browser.close()


def main() -> None:
    """Compare two sizes."""
    if sys.argv[1:2] == ["--write"]:
        print(json.dumps(write(int(sys.argv[2]), Path(sys.argv[3]))))
        return
    large, small = (int(text) for text in (*sys.argv[1:], "50000", "5000")[:2])
    with tempfile.TemporaryDirectory() as scratch:
        results = {}
        for number in (small, large):
            results[number] = measured(number, Path(scratch) / str(number))
            print(f"{number} citations: " + ", ".join(f"{k} {v:.1f}" for k, v in results[number].items()))
        for key in ("seconds", "peak_mb", "index_kb"):
            print(
                f"{key}: × {results[large][key] / results[small][key]:.2f} for × {large / small:.0f} citations"
            )
        browse(Path(scratch) / str(large))


if __name__ == "__main__":
    main()
