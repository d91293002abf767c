"""Characters of scripts that part no words: kana, Han and Hangul."""

from itertools import islice


def holds_east_asian(text: str, least: int = 1) -> bool:
    """Tell whether so many such characters stand in a text.

    A class of them as a pattern takes 5 ms to compile, for its map is filled character by character.
    """
    if text.isascii():
        return False
    found = (
        char
        for char in text
        if char >= "\u3040"
        and (char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af")
    )
    return len([*islice(found, least)]) == least
