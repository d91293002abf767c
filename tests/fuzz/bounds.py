"""One input to one target, within bounds that a busy machine does not move: CPU, not wall time."""

import gc
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CPU_S = 5.0
MEMORY_BYTES = 300_000_000

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_RESET_PEAK = "5"
"""What Linux wants written there to begin the peak of resident memory anew (proc(5))."""


class TooMuchError(AssertionError):
    """An input that costs more than an input may."""


def bounded(target: Callable[[bytes], None], data: bytes, cpu_s: float = CPU_S) -> None:
    """Give a target an input; TooMuchError where it costs too much, and whatever else the target raises."""
    began, before = time.process_time(), _memory(peak=False)
    _begin_peak()
    with _interrupted_after(cpu_s):
        target(data)
    took, held = time.process_time() - began, _memory(peak=True) - before
    if took > cpu_s:
        raise TooMuchError(f"{took:.1f} CPU s")
    if held > MEMORY_BYTES:
        raise TooMuchError(f"{held / 1e6:.0f} MB")


@contextmanager
def _interrupted_after(cpu_s: float) -> Iterator[None]:
    """Interrupt what does not end by itself, as soon as Python has a word in it."""

    def interrupt(*_: object) -> None:
        raise TooMuchError(f"more than {cpu_s} CPU s")

    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, cpu_s + 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _begin_peak() -> None:
    gc.collect(0)
    try:
        _CLEAR.write_text(_RESET_PEAK)
    except OSError:  # no Linux, or a container that forbids it: the peak of the process is all there is
        return


def _memory(*, peak: bool) -> int:
    """Return bytes of resident memory, now or at most."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)" if peak else r"VmRSS:\s+(\d+)", _STATUS.read_text("ascii"))
    except OSError:
        found = None
    return 1024 * (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
