"""The words of every language by what they are for, from the files in `languages/`, and patterns of them.

A language is a file: `languages/pl.toml` holds what Polish reference lists say. `words.json`, which
`tests/tools/vocabulary.py` makes, holds the same by purpose: reading forty files would cost more at every
start than all else. Nothing is read before the first word is asked for.
"""

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from monitor.extract.words.phrase_index import Beginnings, Filed, entries_in

PATH = Path(__file__).with_name("words.json")
LANGUAGE_FILES = Path(__file__).with_name("languages")


class Words(StrEnum):
    """What words are for. Each entry is a regular expression fragment, in lower case but for names.

    A blank stands for white space. `…_signs` are of scripts that write no blanks between words.
    """

    ACCESSED = "accessed"
    """ "accessed", "date of access": the date follows."""
    ACCESSED_EITHER = "accessed_either"
    """ "abgerufen", "tarihinde erişildi": the date follows or stands right before."""
    ACCESSED_SIGNS = "accessed_signs"
    UPDATED = "updated"
    UPDATED_SIGNS = "updated_signs"
    ARCHIVED = "archived"
    ARCHIVED_SIGNS = "archived_signs"
    PUBLISHED = "published"
    PUBLISHED_SIGNS = "published_signs"
    CONNECTORS = "connectors"
    """Words (no fragments) that may stand between a phrase and its date: "on", "dnia"."""
    UNAVAILABLE = "unavailable"
    """Notes that there is no access date."""
    STATE = "state"
    """Phrases that may tell of a page's state as well as of a visit: "as of"."""
    COUNTED = "counted"
    """What is counted where a number is no year: "accessed 2019 times"."""
    AND = "and"
    OR = "or"
    UNTIL = "until"
    FROM = "from"
    """Words between a phrase and the address it leads to."""
    ON = "on"
    """Words right before a day."""
    AGAIN = "again"
    OF = "of"
    """Words between the parts of a date: "12 de mayo de 2019"."""
    ORDINALS = "ordinals"
    """What makes the number of a day an ordinal."""
    ERA_MARKS = "era_marks"
    """What names the era before a year: "พ.ศ. 2564"."""
    ABOUT = "about"
    """Parts of a month: "early", "mediados de"."""
    SEASONS = "seasons"
    YEAR_MARKS = "year_marks"
    """Words for "year" after its number: "2019 r."."""
    AFTER_DATE = "after_date"
    """What stands between a date and the phrase that claims it."""
    BEFORE_ACCESS = "before_access"
    """Words between a bracket and the access phrase: "[en ligne, consulté le …]"."""
    ADDRESS_LABEL = "address_label"
    """Words for the address right before an access phrase: "URL consultato il"."""
    DATE_LETTERS = "date_letters"
    """Letters for the parts of a date that a template leaves open: "tt.mm.jjjj"."""
    HEADINGS = "headings"
    """What a reference list is called."""
    HEADING_QUALIFIERS = "heading_qualifiers"
    """Words before or after it that leave a heading what it is: "official", "principales"."""
    HEADING_COMPANIONS = "heading_companions"
    """What may stand beside it in a heading: "References and links"."""
    HEADING_TAILS = "heading_tails"
    """What may follow: "used in this article"."""
    HEADING_SIGNS = "heading_signs"
    """Whole headings in scripts without blanks."""
    RETRIEVAL = "retrieval"
    """ "available from": what leads to an address."""
    MEDIUM = "medium"
    """Kinds of a source, as references put them in brackets: "[Internet]"."""
    LABELS = "labels"
    """What links are called that are no titles: "here", "volltext"."""
    QUOTE_CUES = "quote_cues"
    """What announces a quotation: "Quote:", "schreibt"."""
    FIELD_URL = "field_url"
    """Names of fields and columns, by what they hold."""
    FIELD_ARCHIVE = "field_archive"
    FIELD_TITLE = "field_title"
    FIELD_ATTRIBUTION = "field_attribution"
    FIELD_OTHER = "field_other"
    ALL_LINKS = "all_links"
    """What one date is said of: "all links", "tous les sites"."""
    ALL_LINKS_SIGNS = "all_links_signs"
    ALL_ALONE = "all_alone"
    """ "All" without a noun."""
    SELF_CITATION = "self_citation"
    """How a page tells readers to cite it."""
    DEAD_LINK = "dead_link"
    SOURCE = "source"
    """The word for a source, as labels and signatures use it."""
    NOTE_BEGINS = "note_begins"
    """Beginnings of notes that may be glued to an address: "/x.htmlConsultado el"."""
    SHOWS_HOW = "shows_how"
    """What says that an example follows."""
    SIGNALS = "signals"
    """What leads to a reference: "see also", "vgl."."""
    CONTAINER = "container"
    """The word between a part and the book it is in."""
    VOLUME = "volume"
    PART = "part"
    """Parts of a work that a title names: "Sluices, part 2"."""
    EDITORS = "editors"
    UNDATED = "undated"
    """What stands for the year of an undated work."""
    SITE_KIND = "site_kind"
    """Kinds of a site after a colon (GOST R 7.0.5)."""
    NAME_PARTICLES = "name_particles"
    SMALL_WORDS = "small_words"
    """Words in lower case within names (no fragments)."""
    FUNCTION_WORDS = "function_words"
    """Words in lower case within names of works and of those who made them (no fragments)."""
    SITE_LINKS = "site_links"
    """What a site links on each of its pages, and no page cites."""
    ABBREVIATIONS = "abbreviations"
    """Abbreviations whose stop ends no sentence."""
    ORGANISATIONS = "organisations"
    """Words that names of organisations and periodicals are made of, with their capitals."""
    ORGANISATION_ENDINGS = "organisation_endings"
    """Ends of such names in languages that write them in one word."""
    STATE_ORGANS = "state_organs"
    """Beginnings of the organs that ABNT names after the state."""
    ONLINE = "online"
    """The word for "online" before a day in brackets: "[Online, 3 May 2011]"."""
    HOLE_SIGNS = "hole_signs"
    """What a placeholder for a date, or the note that there is none, cannot do without."""
    UNAVAILABLE_NEEDS = "unavailable_needs"
    """Words one of which every note holds that there is no access date (no fragments)."""
    CLOCK_MARKS = "clock_marks"
    """What follows the time of a day: "14:30 Uhr"."""
    ON_DAY = "on_day"
    """Words right before a day that are none of the day's date."""
    PLACEHOLDERS = "placeholders"
    """What stands for a date that is still to come: "insert date", "n.d."."""
    LAST = "last"
    """The word for "last" before an access phrase."""
    AFTER_YEAR = "after_year"
    """Words that may follow a year that is a whole date."""
    MONTH_FIRST_CUES = "month_first_cues"
    """What access phrases hold in a language that may write the month first."""
    ARTICLES = "articles"
    """Articles that may stand before a name or a day."""
    GONE = "gone"
    """What says that a page is no more, before "as of"."""
    AS_OF = "as_of"
    """The phrase that tells of a state on a day."""
    ORDINAL_ENDS = "ordinal_ends"
    """What makes the number of a day an ordinal, whatever follows."""
    SHARED_MONTHS = "shared_months"
    """Beginnings of names of months that mean another one in the language of `SHARED_MONTH_CUES`."""
    SHARED_MONTH_CUES = "shared_month_cues"
    """What documents say whose months they are."""
    YEAR_OF = "year_of"
    """The word for "of the year" after its number, before a day."""
    MONTH_SAID = "month_said"
    """The word for "month" before its number or name."""
    YEAR_SAID = "year_said"
    """The word for "year" before its number."""
    MONTH_NUMBER_ENDS = "month_number_ends"
    """Second words of numbers that name months: "tháng mười hai"."""
    NUMBER_OF = "number_of"
    """Words between the numbers of a date."""
    DAY_ARTICLES = "day_articles"
    """Articles between a weekday and the number of its day."""
    SEASON_OF = "season_of"
    """Words between a season and its year."""
    CALENDAR_YEAR_SAID = "calendar_year_said"
    """Words before the year of another calendar."""
    CALENDAR_OF = "calendar_of"
    """Words between the day and the month of another calendar."""
    ET_AL = "et_al"
    """What stands for further authors."""
    LAST_AUTHOR_AND = "last_author_and"
    """The word before the last of several persons."""
    GIVEN_NAME_PARTICLES = "given_name_particles"
    """Particles between a first and a last name."""
    AUTHOR_WORDS = "author_words"
    """Words in lower case in lists of authors that are no names (no fragments)."""
    IN_BOOK = "in_book"
    """The word before the book a part is in, as styles write it before a colon."""
    GIVEN_AT = "given_at"
    """What tells where a talk was given, after its title."""
    AFTER_NAME = "after_name"
    """What goes on with a name after a comma."""
    PART_NUMBERS = "part_numbers"
    """Numbers of parts, in words."""
    WORK_KINDS = "work_kinds"
    """What MLA says a work is, in a sentence after its title."""
    COMPANY_FORMS = "company_forms"
    """Forms of companies after their names."""
    SHORT_MONTHS = "short_months"
    """Names of months cut short; a stop and a day follow."""
    IN_PRESS = "in_press"
    """What stands for the year of a work that is not out yet."""
    FORTHCOMING = "forthcoming"
    """What does so in round brackets alone."""
    ENCYCLOPEDIAS = "encyclopedias"
    """Beginnings of names of works that contain what is cited."""
    PUBLISHER_ENDS = "publisher_ends"
    """Last words of names of publishers."""
    SHOUTED_ARTICLES = "shouted_articles"
    """Articles before a first word in capitals (ABNT)."""
    MEDIA_SITES = "media_sites"
    """Names of sites before the kind of what they show."""
    MEDIA_KINDS = "media_kinds"
    """What a sentence between year and title describes."""
    ADDED_BY = "added_by"
    """What tells who put something online."""
    BEFORE_TITLE = "before_title"
    """Words right before a quoted title."""
    TITLE_LABELS = "title_labels"
    """What a title is labelled with, before a colon."""
    PHRASE_WORDS = "phrase_words"
    """Words that phrases of address and date leave behind."""
    SOURCE_BEGINS = "source_begins"
    """Beginnings of the word for a source."""
    REMARK_IN = "remark_in"
    """The word before the language of a source: "(in German)"."""
    DEBRIS = "debris"
    """What is left where a title was looked for in vain."""
    DESCRIBED = "described"
    """Kinds of works that APA puts in brackets after the title."""
    ARCHIVED_FROM = "archived_from"
    """What leads to the address a copy was made of."""
    SLASHED = "slashed"
    """Words with a slash that are no rest of an address."""
    ACCESS_STEM = "access_stem"
    """The beginning of the word for "accessed"."""
    VISIT_STEMS = "visit_stems"
    """Beginnings of other words for it."""
    CITED = "cited"
    """A further one."""
    ACCESS_NEXT = "access_next"
    """What begins an access phrase after the end of an address."""
    ASIDES = "asides"
    """Words that end what stands between an address and the next word, and are no part of it."""
    RECORD_PLACEHOLDERS = "record_placeholders"
    """What stands in a record for a date that is still to come."""
    DATED_NOTE = "dated_note"
    """What a note that tells a day, or that there is none, holds."""
    STILL_TO_WRITE = "still_to_write"
    """What stands in a template for an address."""
    NOBODY = "nobody"
    """What stands in a template for an author."""


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


def filed(purpose: Words) -> Filed:
    """Return a purpose's entries, as numbers, by the letters they can begin with."""
    return cast("Mapping[str, Filed]", _data()["filed"])[purpose]


@cache
def unfiled(purpose: Words) -> tuple[str, ...]:
    """Return a word of each entry that can begin with anything: the longest, which it cannot do without."""
    entries, (_, numbers) = words(purpose), filed(purpose).get("", ((), ()))
    return tuple(max(re.findall(r"[^\W\d_]+", entries[number]), key=len) for number in numbers)


@cache
def beginnings(purpose: Words) -> Beginnings:
    """Return what tells at which words of a text an entry of a purpose may begin."""
    return Beginnings(head for heads, _ in filed(purpose).values() for head in heads)


def words_in(purpose: Words, low: str) -> tuple[str, ...]:
    """Return the entries of a purpose that may begin at a word of a text in lower case."""
    return entries_in(low, words(purpose), filed(purpose), beginnings(purpose))


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
