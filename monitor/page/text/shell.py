"""Shells: pages that have no text of their own and need a script to get some."""

import re
from collections.abc import Iterable

from monitor.model.page import weight
from monitor.patterns import lazy

MOUNTS = frozenset(
    {"root", "app", "app-root", "main-app", "react-root", "reactroot", "__next", "__nuxt", "___gatsby",
     "svelte", "q-app", "ember-app", "application", "mount", "spa", "vue-app", "elm", "flutter", "ng-app"}
)  # fmt: skip
"""Ids of the elements that single-page applications fill."""
APP_ELEMENTS = frozenset({"app-root", "my-app", "ion-app", "flt-glass-pane", "flutter-view"})

SHELL_WORDS = 100
FEW_WORDS = 5
OWN_WORDS = 10
_SCRIPT = lazy(
    r"java\s?script|ecmascript|ג'אווה סקריפט|ジャバスクリプト|자바스크립트|جافا\s?سكربت|جاوااسکریپت",
    re.IGNORECASE,
)


def asks_for_script(text: str) -> bool:
    """Tell whether a text speaks of JavaScript: what stands there for readers without it."""
    return _SCRIPT.search(text) is not None


def is_shell(words: int, blocks: Iterable[str], *, scripts: int, mounts: bool) -> bool:
    """Tell whether only a script would fill a page.

    `blocks` are its visible texts outside menus and footers, `mounts` whether it has a place that
    applications fill or tells readers without scripts to switch them on; some say it to all. A few
    words and nothing else are a shell with any script; a sentence is a text of its own.
    """
    if not scripts or words >= SHELL_WORDS:
        return False
    if words <= FEW_WORDS:
        return True
    own = False
    for block in blocks:
        asks = asks_for_script(block)
        mounts = mounts or asks
        own = own or (not asks and weight(block) >= OWN_WORDS)
    return mounts and not own
