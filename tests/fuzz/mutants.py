"""Mutants of kept inputs for the suite: seeded, so that a failure is the same for everybody."""

import random
from collections.abc import Iterator, Sequence


def mutants(kept: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield inputs that are damaged, cut, doubled, and spliced with one another."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(kept))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data) + 1)
            other = chance.choice(kept)
            cut = chance.randrange(len(other) + 1)
            match chance.randrange(5):
                case 0:
                    data[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case 2:
                    data[at:at] = data[at : at + chance.randint(1, 60)] * chance.randint(1, 20)
                case 3:
                    data[at:at] = other[cut : cut + chance.randint(1, 80)]
                case _:
                    data[at:] = other[cut:]
        yield bytes(data[:100_000])
