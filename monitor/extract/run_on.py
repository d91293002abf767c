"""Parts "Title Attribution" where nothing separates the two but a reader's sense of names.

Each place between two words is scored: does a person's or an organisation's name begin here, did
a lower-case title just end, would a preposition be torn off. The best place wins.
"""

import re

_ORGANISATION = re.compile(
    r"(?:agence|agency|aid|alliance|amnesty|archive|assembly|association|authority|bank|board|bulletin|bureau|campaign|cent(?:er|re)|chronicle|circle|club|"
    r"coalition|college|commission(?:er)?|committee|congress|council|courier|daily|department|dept\.?|desk|dispatch|division|echo|embassy|express|federation|forum|"
    r"foundation|front(?:line)?|fund|gazette|globe|government|group|guardian|herald|house|independent|information|initiative|inquirer|institut\w*|international|journal|"
    r"laboratory|league|library|magazine|mail|mercury|mirror|ministry|mission|monitor|monthly|museum|nation(?:al)?|network|news\w*|notes|observatory|observer|office|"
    r"organi[sz]ation|parliament|partnership|post|press|programme?|project|province|quarterly|radio|record|register|registry|report(?:er|s)?|republic|research|review|school|secretariat|"
    r"sentinel|service|society|standard|star|state(?:s|desk)?|statistics|studies|sun|survey|telegraph|television|times|tribune|trust|union|unit|university|voice|watch\w*|weekly|world|"
    r"un|u\.n\.|u\.s\.|us|uk|eu|unicef|unhcr|undp|ilo|iom|osce|irin|bbc|cnn|afp|reuters|ap|rfe/rl|paper|edition|consultation|ltd|inc|el|la|le|der|die|das|il)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:[A-Z]\.\s?){1,3}[A-ZÀ-Þ][\w'’-]+(?=,|\s(?:and|&|--)\s|;)|(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Fr|Rev)\.\s)?[A-ZÀ-Þ][\w'’-]+(?:\s(?:[A-ZÀ-Þ]\.|de|del|der|van|von|da|di|bin|al|el|la))*(?:\s[A-ZÀ-Þ][\w'’-]+){1,2}(?=,|\s(?:and|&|--)\s|;)"
)
_CUE = re.compile(
    r"(?:Adapted from|Contributors?|Source|Author|Editors?|By|Posted by|Written by|Interview with)\b:?"
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b")
_FUNCTION_WORDS = frozenset(
    [
        "of",
        "the",
        "and",
        "in",
        "for",
        "from",
        "by",
        "to",
        "a",
        "an",
        "on",
        "at",
        "with",
        "or",
        "as",
        "is",
        "are",
        "be",
        "de",
        "la",
        "le",
        "del",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "e",
        "von",
        "van",
        "into",
        "over",
        "under",
        "between",
        "against",
        "&",
        "than",
        "but",
        "its",
        "their",
        "his",
        "her",
        "our",
        "your",
        "who",
        "that",
    ]
)
# Words that end a clause as often as they open one: "pupils weigh in", "three years on".
_PARTICLES = frozenset({"in", "on", "up", "out", "off", "over"})
_WORD = re.compile(r"\S+")


def part_run_on(text: str) -> tuple[str, str | None]:
    """Return title and attribution of a text that holds both in a row; attribution None where none begins."""
    words = [(match.start(), match[0]) for match in _WORD.finditer(text)][:80]
    best, best_score = None, 1.5
    for number in range(1, len(words)):
        score = _score(text, words, number)
        if score > best_score:
            best, best_score = number, score
    if best is None:
        return text.strip(), None
    cut = words[best][0]
    return text[:cut].strip(), text[cut:].strip()


def _score(text: str, words: list[tuple[int, str]], number: int) -> float:
    place, word = words[number]
    before = words[number - 1][1]
    if not (word[0].isupper() or word[0].isdigit()):
        return -9.0
    score = 0.0
    if before.casefold() in _PARTICLES and number >= 5:
        score += 1.5
    elif before.casefold() in _FUNCTION_WORDS or before[-1] in ",:-–—(&":
        score -= 4
    elif before[0].islower() and word[0].isupper():
        score += 3
    elif before[-1] in "?!":
        score += 1
    if person := _PERSON.match(text, place):
        score += 3.1 - 0.4 * len(person[0].split()) + (0.8 if text.startswith(" and ", person.end()) else 0.0)
    score += _organisation(words, number)
    if _CUE.match(text, place):
        score += 3
    if word[0].isdigit():
        score -= 2 if not _DATE.match(word) else 0.5
    title = text[:place]
    score -= 3.0 * len(_DATE.findall(title[8:]))
    rest = text[place:]
    if "," not in rest and not _DATE.search(rest):
        score -= 0.5
    if number == 1 or (number == 2 and words[0][1].casefold() in {"the", "a", "an"}):
        score -= 1.0
    return score


def _organisation(words: list[tuple[int, str]], number: int) -> float:
    for distance, (_, word) in enumerate(words[number : number + 5]):
        if _ORGANISATION.match(word.rstrip(",;:.")) and (distance or len(word) > 3):
            return 2.2 - 0.35 * distance
        if word[-1] in ",;.":
            return 0.0
    return 0.0
