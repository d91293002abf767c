"""Frozen values that reading makes by the thousand: structs are made, and made anew, at the speed of C."""

from typing import Any, TypeVar

from msgspec import Struct, structs

S = TypeVar("S", bound=Struct)


def replaced(value: S, **changes: Any) -> S:
    """Return a struct with some fields changed: what `dataclasses.replace` is for a dataclass."""
    return structs.replace(value, **changes)
