"""Tells names of organizations and periodicals from names of works, by the words they are made of."""

import re

_BODY = re.compile(
    r"\b(?:Agency|Archives?|Assembly|Association|Authority|Board|Bureau|Cent(?:er|re)|Commission|Committee|Company|Corp(?:oration)?|Council|Dep(?:artmen)?t|"
    r"Federation|Foundation|Gazette|GmbH|Herald|Inc|Institute|Journal|Library|LLC|Ltd|Ministry|Museum|Network|Office|Organi[sz]ation|Partnership|Press|Project|"
    r"Secretariat|Service|Society|Times|Tribune|Trust|Union|Universit(?:y|ät|é|à|eit|et|ad)|Universidade?|Verlag|Verein|Verband|Ministerium|Bundesamt|Amt|Behörde|Stiftung|"
    r"Museo|Minist(?:ère|erio|ério|ero)|Ayuntamiento|Câmara|Comune|Consorzio|Fundación|Fundação|Fondation|Asociación|Associação|Associazione|Institut|Instituto|Istituto|"
    r"Office|Mairie|Gemeente|Stichting|Ministerie|Urząd|Ministerstwo|Stowarzyszenie|Towarzystwo|Hivatal|Minisztérium|Ministerstvo|Úřad|Spolek|Styrelsen|Verket|Bakanlığı|Müdürlüğü|Derneği|Müzesi)\b"
)


# Languages that write such names in one word.
_COMPOUND = re.compile(
    r"[A-ZÀ-Þ]\w{2,}(?:amt|ämter|anstalt|archiv|behörde|bund|dienst|gesellschaft|institut(?:et)?|kammer|ministerium|museum|museet|stiftung|verband|verein|werke|universität|"
    r"styrelsen?|verket|ministeriet|nämnden|nævnet|direktoratet|foreningen|förbundet|forbundet|tidningen|bladet|posten|universitetet?|raad|schap|bond|virasto|laitos|liitto|seura|ministeriö|museo|yliopisto)"
)


def body_like(text: str) -> bool:
    """Tell whether a short clause names an organization or a periodical rather than a work."""
    words = text.split()
    if len(words) == 1:
        return _COMPOUND.fullmatch(text.strip(" .,")) is not None
    return (
        1 < len(words) <= 7
        and _BODY.search(text) is not None
        and not re.search(r"[:?!]|\b(?:19|20)\d\d\b", text)
    )


_DASHED = re.compile(r"(?P<first>[^–—]{3,160}?)\s(?:[–—]|-)\s(?P<second>[^–—]{3,80})")
_COLON_BODY = re.compile(r"(?P<body>[^:]{4,60}):\s(?=[^\W\d_a-z])(?P<title>[^:]{3,200})")


def without_body(title: str) -> str:
    """Part "Title — Organization", "Organization: Title"."""
    if (match := _COLON_BODY.fullmatch(title)) and body_like(match["body"]):
        return match["title"]
    if (match := _DASHED.fullmatch(title)) and body_like(match["first"]) != body_like(match["second"]):
        return match["second" if body_like(match["first"]) else "first"]
    return title
