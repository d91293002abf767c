"""Invented pages for tests: enough plain words to be pages, different for every name."""

import random

_WHO = [
    "The miller",
    "A ferryman",
    "Old Berta",
    "The council",
    "Her nephew",
    "The harbour office",
    "A surveyor",
]
_DID = ["counted", "repaired", "described", "sold", "painted", "measured", "carried", "recorded", "kept"]
_WHAT = ["the eel weirs", "seven barrels of salt", "the chapel roof", "a map of the dunes", "the toll books",
         "every lantern on the quay", "the winter fodder", "two borrowed oxen", "the lower sluice"]  # fmt: skip
_WHEN = ["before the spring flood", "in the year of the comet", "on market days", "after the harvest",
         "while the bridge was closed", "for eleven winters", "without asking anybody"]  # fmt: skip
_WHY = ["because the tithe was due", "to settle a bet", "as the charter demanded", "for the sake of the school",
        "so that the pilots could find the channel", "and nobody thanked them"]  # fmt: skip


def prose(name: str, sentences: int = 24) -> list[str]:
    """Return sentences that depend on the name only."""
    pick = random.Random(name).choice
    return [f"{pick(_WHO)} {pick(_DID)} {pick(_WHAT)} {pick(_WHEN)} {pick(_WHY)}." for _ in range(sentences)]


def page(title: str, *extra: str, name: str | None = None, sentences: int = 24, head: str = "") -> bytes:
    """Return an HTML page with a title, some prose and further paragraphs."""
    paragraphs = "".join(f"<p>{text}</p>\n" for text in [*prose(name or title, sentences), *extra])
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><nav><a href=/>Start</a> <a href=/about>About</a></nav><main><h1>{title}</h1>\n"
        f"{paragraphs}</main></body></html>"
    ).encode()
