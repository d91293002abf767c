"""Kept inputs, and some mutants of them, to everything that reads hostile input.

More by hand: `make fuzz`, or FUZZ_MUTANTS=10000 pytest tests/fuzz.
"""

import os
import time
from pathlib import Path

import pytest

from tests.fuzz.bounds import CPU_S, MEMORY_BYTES, TooMuchError, bounded
from tests.fuzz.documents import READERS
from tests.fuzz.mutants import mutants
from tests.fuzz.targets import TARGETS

MUTANTS = int(os.environ.get("FUZZ_MUTANTS", "30"))
CORPUS = Path(__file__).parent / "corpus"


def kept(name: str) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted((CORPUS / name).iterdir())]


@pytest.mark.timeout(max(600, MUTANTS))
@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_sent_it_neither_crashes_nor_costs_too_much(name: str) -> None:
    inputs = kept(name)
    # Of the many formats of documents each gets a share.
    count = MUTANTS // 4 if name in READERS else MUTANTS
    made = mutants([data for _, data in inputs], count, seed=16)
    for called, data in [*inputs, *((f"mutant {n}", data) for n, data in enumerate(made))]:
        try:
            bounded(TARGETS[name], data)
        except Exception as error:  # noqa: BLE001 - whatever it is, the input that caused it is what matters
            pytest.fail(f"{name}, {called}: {type(error).__name__}: {error}; input {data[:4000]!r}")


def test_every_corpus_has_its_target_and_inputs() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)
    assert all(kept(name) for name in TARGETS)


def test_what_costs_too_much_is_told() -> None:
    def spin(_: bytes) -> None:
        while True:
            pass

    def hog(_: bytes) -> None:
        bytearray(MEMORY_BYTES + 50_000_000).count(0)

    began = time.process_time()
    with pytest.raises(TooMuchError, match="MB"):
        bounded(hog, b"")
    with pytest.raises(TooMuchError, match="CPU s"):
        bounded(spin, b"", cpu_s=0.2)
    assert time.process_time() - began < CPU_S
