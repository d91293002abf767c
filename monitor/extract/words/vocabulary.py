"""The words of every language by what they are for, from the files in `languages/`, and patterns of them.

A language is a file: `languages/pl.toml` holds what Polish reference lists say. `words.json`, which
`tests/tools/vocabulary.py` makes, holds the same by purpose: reading forty files would cost more at every
start than all else. Nothing is read before the first word is asked for.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from monitor.extract.words.phrase_index import Beginnings, Filed
from monitor.extract.words.purposes import Words

PATH = Path(__file__).with_name("words.json")
LANGUAGE_FILES = Path(__file__).with_name("languages")


@lru_cache(maxsize=1)
def _data() -> Mapping[str, object]:
    return cast("Mapping[str, object]", json.loads(PATH.read_text(encoding="utf-8")))


@cache
def words(purpose: Words) -> tuple[str, ...]:
    """Return the entries of all languages for a purpose, the longest first, each once."""
    return tuple(cast("list[str]", _data().get(purpose, [])))


BLANK = r"(?:\s{1,4})"
"""What a blank of an entry matches."""


@cache
def any_of(purpose: Words) -> str:
    """Return a group that matches any entry of a purpose."""
    return f"(?:{'|'.join(words(purpose))})".replace(" ", BLANK)


@cache
def filed(purpose: Words) -> Filed:
    """Return a purpose's entries, as numbers, by what they can begin with."""
    return cast("Mapping[str, Filed]", _data()["filed"])[purpose]


@cache
def unfiled(purpose: Words) -> tuple[str, ...]:
    """Return the entries of a purpose that can begin with anything."""
    return tuple(words(purpose)[number] for number in filed(purpose).get("", ()))


@cache
def unfiled_words(purpose: Words) -> tuple[str, ...]:
    """Return a word of each such entry that none of its matches is without; "" where it has none."""
    return tuple(_stem(_SIGN.sub(" ", entry)) for entry in unfiled(purpose))


@cache
def stems(purpose: Words) -> tuple[str, ...]:
    """Return a word of each entry that none of its matches is without: the longest outside of groups."""
    every = {_stem(entry) for entry in words(purpose)}
    return tuple(sorted(one for one in every if not any(part in one for part in every - {one})))


def _stem(entry: str) -> str:
    return max(re.findall(r"[^\W\d_]+", _OPTIONAL.sub(" ", entry)) or ("",), key=len)


_SIGN = re.compile(r"\\\W")
_OPTIONAL = re.compile(r"\((?:[^()]|\([^()]*\))*\)[?*]?|\[[^\]]*\][?*+]?|\\\w[?*+]?|\w[?*]|\{[^{}]*\}")
"""What an entry may do without, or says as a class of characters."""


@cache
def beginnings(purpose: Words) -> Beginnings:
    """Return what tells at which words of a text an entry of a purpose may begin."""
    return Beginnings([*filed(purpose)])


@cache
def _by_beginning(purpose: Words) -> tuple[Sequence[int], ...]:
    return tuple(filed(purpose).values())


def begun(purpose: Words, low: str) -> dict[int, list[int]]:
    """Return by place in a text in lower case the numbers of the entries that may begin there, in order.

    Those that can begin with anything (`unfiled`) are not among them.
    """
    found, _ = beginnings(purpose).heads(low)
    if not found:
        return {}
    numbers = _by_beginning(purpose)
    return {
        place: sorted({number for head in heads for number in numbers[head]})
        for place, heads in found.items()
    }


@cache
def heads(purpose: Words) -> tuple[str, ...]:
    """Return the letters that the entries of a purpose begin with; "" for one that begins with a sign."""
    return tuple({head[0] if (head := _HEAD.match(one)) else "" for one in words(purpose)})


_HEAD = re.compile(r"[^\W\d_]+(?![?*{])")


def any_word(purpose: Words) -> str:
    """Return a group that matches any of a purpose's words, which are no fragments."""
    return f"(?:{'|'.join(map(re.escape, words(purpose)))})"


def eras() -> Mapping[str, int]:
    """Return eras by the name that stands before a year, with the year of ours before their first."""
    return cast("Mapping[str, int]", _data()["eras"])


def months_of(calendar: str) -> tuple[tuple[int, str], ...]:
    """Return number and name (a fragment) of the months of another calendar, the longest names first."""
    names = cast("Mapping[str, list[str]]", _data()["calendars"]).get(calendar, [])
    numbered = enumerate((name.replace(" ", BLANK) for name in names), start=1)
    return tuple(sorted(numbered, key=lambda pair: -len(pair[1])))
