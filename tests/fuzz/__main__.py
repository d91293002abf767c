"""Fuzzing led by coverage (atheris, libFuzzer): `python -m tests.fuzz [TARGET …] [--seconds 60]`.

What is new goes to build/fuzz/TARGET and is gone on from the next time; `--keep` takes the few inputs that reach
most into the kept corpus. An input that crashes, or costs too much, is written to build/fuzz and ends with 1.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.bounds import CPU_S

ROOT = Path(__file__).parents[2]
CORPUS, FOUND = Path(__file__).parent / "corpus", ROOT / "build" / "fuzz"
LONGEST = 4096
"""Bytes of an input: what is quadratic shows long before."""
KEPT = 60

ONE = """
import sys
import atheris
with atheris.instrument_imports(include=["monitor"]):
    from tests.fuzz.targets import TARGETS
from tests.fuzz.bounds import bounded
target = TARGETS[sys.argv.pop(1)]
atheris.Setup(sys.argv, lambda data: bounded(target, data))
atheris.Fuzz()
"""


def _libfuzzer(name: str, *words: str) -> int:
    # Its own limits, of wall time and of the whole process, are for what the bounds cannot interrupt.
    limits = [
        f"-timeout={int(20 * CPU_S)}",
        "-rss_limit_mb=2048",
        f"-max_len={LONGEST}",
        "-print_final_stats=1",
    ]
    finds = f"-artifact_prefix={FOUND}/{name}-"
    return subprocess.run(
        [sys.executable, "-c", ONE, name, *limits, finds, *words], cwd=ROOT, check=False
    ).returncode


def fuzz(name: str, seconds: int) -> int:
    """Fuzz one target for so long; return the exit code of libFuzzer, 0 for no find."""
    found = FOUND / name
    found.mkdir(parents=True, exist_ok=True)
    return _libfuzzer(name, f"-max_total_time={seconds}", str(found), str(CORPUS / name))


def keep(name: str) -> None:
    """Take the smallest found inputs that reach something the kept ones do not."""
    with tempfile.TemporaryDirectory() as merged:
        _libfuzzer(name, "-merge=1", merged, str(CORPUS / name), str(FOUND / name))
        fresh = sorted(Path(merged).iterdir(), key=lambda file: file.stat().st_size)
        for file in fresh[: KEPT - len(list((CORPUS / name).iterdir()))]:
            shutil.copy(file, CORPUS / name / file.name[:12])


def main() -> int:
    """Fuzz the targets named, or all."""
    from tests.fuzz.targets import TARGETS

    reader = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    reader.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}")
    reader.add_argument("--seconds", type=int, default=60, help="wall time for each target")
    reader.add_argument("--keep", action="store_true", help="take what was found into the kept corpus")
    asked = reader.parse_args()
    if unknown := sorted(set(asked.targets) - set(TARGETS)):
        reader.error(f"no such target: {', '.join(unknown)}")
    bad = 0
    for name in asked.targets or TARGETS:
        print(f"== {name}", flush=True)
        bad += fuzz(name, asked.seconds) != 0
        if asked.keep:
            keep(name)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
