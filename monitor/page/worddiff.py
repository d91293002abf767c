"""Aligned word diffs of a quote against a page, and what the changes touch."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.page.fold import normalise

CONTEXT_WORDS = 3
MAX_WORDS = 400

_WORD = re.compile(r"\S+")
_EDGE = re.compile(r"^[^\w$€£¥%-]+|[^\w%]+$")
_DIGIT = re.compile(r"\d")
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor cannot without hardly unless nowhere
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder
    ne pas non jamais sans aucun aucune rien personne ni
    nunca sin nada nadie ningún ninguna ninguno jamás tampoco
    não sem nem nenhum nenhuma nada ninguém
    senza mai nessuno nessuna niente né
    niet geen nooit zonder niemand niets noch
    не ни нет без никогда ничего никто нельзя ані немає ніколи
    nie bez żaden żadna nigdy nikt nic brak
    ne není nejsou bez nikdy žádný žádná inte ingen inga aldrig utan ikke aldri aldrig uten uden
    ei eivät en emme ette ilman koskaan değil yok hiç hiçbir
    nem nincs soha nélkül nu fără niciodată niciun nicio
    δεν μη μην χωρίς ποτέ לא אין ללא אף לא لا لم لن ليس غير بدون नहीं न मत बिना
    tidak bukan tanpa belum không chưa chẳng 不 没 沒 無 无 未 非 否 ない ず ぬ 않 안 못 없 ไ ม""".split()
)
_NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    hundreds thousand thousands million millions billion billions trillion dozen dozens half third quarter
    twice double triple first second percent per-cent
    null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend
    un une deux trois quatre cinq sept huit neuf dix cent mille
    uno dos tres cuatro cinco seis siete ocho nueve diez cien mil millones
    один два три четыре пять шесть семь восемь девять десять сто тысяча тысяч миллион миллионов
    一 二 三 四 五 六 七 八 九 十 百 千 万 億 亿""".split()
)
_NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "non", "non-", "dis", "mis")


@dataclass(frozen=True, slots=True)
class Change:
    """One hunk: words of the quote that went, words of the page that stand there instead."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    starts_sentence: bool


@dataclass(frozen=True, slots=True)
class WordDiff:
    """A diff in the form "the [-old-] {+new+} words", and its changes."""

    text: str
    changes: tuple[Change, ...]
    kept: int

    @property
    def touched(self) -> int:
        """Return how many words of the quote changed or went, or came where none went."""
        return sum(max(len(change.old), len(change.new)) for change in self.changes)


def word_diff(old: str, new: str) -> WordDiff:
    """Align a quote with the page's words; case and punctuation at word edges do not count."""
    before, after = _WORD.findall(normalise(old))[:MAX_WORDS], _WORD.findall(normalise(new))[: 2 * MAX_WORDS]
    matcher = SequenceMatcher(None, [_key(w) for w in before], [_key(w) for w in after], autojunk=False)
    pieces: list[str] = []
    changes: list[Change] = []
    kept = 0
    codes = matcher.get_opcodes()
    for number, (code, i1, i2, j1, j2) in enumerate(codes):
        if code == "equal":
            kept += i2 - i1
            pieces.append(_context(after[j1:j2], first=number == 0, last=number == len(codes) - 1))
            continue
        gone, come = tuple(before[i1:i2]), tuple(after[j1:j2])
        if not any(_key(word) for word in (*gone, *come)):
            continue
        changes.append(Change(gone, come, starts_sentence=i1 == 0 or before[i1 - 1][-1:] in ".!?:\"'"))
        if gone:
            pieces.append(f"[-{_clip(gone)}-]")
        if come:
            pieces.append(f"{{+{_clip(come)}+}}")
    return WordDiff(" ".join(pieces), tuple(changes), kept)


def _key(word: str) -> str:
    return _EDGE.sub("", word).casefold()


def _clip(words: Sequence[str]) -> str:
    return " ".join(words) if len(words) <= 30 else " ".join((*words[:15], "...", *words[-15:]))


def _context(words: Sequence[str], *, first: bool, last: bool) -> str:
    if len(words) <= 2 * CONTEXT_WORDS:
        return " ".join(words)
    if first:
        return " ".join(("...", *words[-CONTEXT_WORDS:]))
    if last:
        return " ".join((*words[:CONTEXT_WORDS], "..."))
    return " ".join((*words[:CONTEXT_WORDS], "...", *words[-CONTEXT_WORDS:]))


def flags(changes: Sequence[Change], *, names: bool = True) -> tuple[str, ...]:
    """Return which of "number", "negation", "name" the changes touch."""
    found = []
    if any(_number(change) for change in changes):
        found.append("number")
    if any(_negation(change) for change in changes):
        found.append("negation")
    if names and any(_name(change) for change in changes):
        found.append("name")
    return tuple(found)


def _keys(words: Sequence[str]) -> list[str]:
    return [_key(word) for word in words]


def _number(change: Change) -> bool:
    words = _keys((*change.old, *change.new))
    return any(
        _DIGIT.search(word) or word in _NUMBER_WORDS or any(p in _NUMBER_WORDS for p in word.split("-"))
        for word in words
    )


def _negation(change: Change) -> bool:
    old, new = _keys(change.old), _keys(change.new)
    for word in (*old, *new):
        if (
            word in NEGATIONS
            or word.endswith("n't")
            or (not word.isascii() and any(c in NEGATIONS for c in word))
        ):
            return True
    plain, others = set(old), set(new)
    pairs = [(a, b) for a in plain for b in others]
    return any(
        long == prefix + short
        for a, b in pairs
        for long, short in ((a, b), (b, a))
        for prefix in _NEGATIVE_PREFIXES
        if len(long) > len(short) > 2
    )


def _name(change: Change) -> bool:
    for side in (change.old, change.new):
        for index, word in enumerate(side):
            bare = _EDGE.sub("", word)
            initial = index == 0 and change.starts_sentence
            if bare[:1].isupper() and (not initial or bare[1:2].isupper()):
                return True
    return False
