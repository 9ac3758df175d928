"""Bylines to names: who wrote it, without what sites print around a name.

Knows the words of bylines, archives of an author and job titles; must not know where a byline stands.
"""

import re
from collections.abc import Iterable, Iterator

from archiver.extract.text import one_line

_VIEW_ALL = (
    re.compile(r"^View all of (.+?)['’]s posts\.?$", re.IGNORECASE),  # noqa: RUF001 - as themes print it
    re.compile(
        r"^(?:View all posts|All posts|More posts|Posts|Articles|Alle Beiträge) (?:by|von) (.+?)[\s.→]*$", re.IGNORECASE
    ),
)
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
_NO_BYLINE = re.compile(
    r"\bcommented on\b|^(?:view|see) all\b(?! of| posts)|^(?:фото|foto|photo|image|bild|credit)\b", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"^(?:view all|see all|all posts|more posts|posts? by|alle beiträge|posted|share|follow|unknown|anonymous|guest"
    r"|none|null|undefined|n/a|www|root|editors?|editorial|author|autor|user)\b|^\w*admin(?:istrator)?$|^[a-z]+\d+$|^\W*$"
    r"|\.(?:com|org|net|de|co\.uk|fr|info)$|\bwire services?\b"
    r"|\b(?:staff|team|redaktion|redacción|rédaction|redazione|redakcja|zespół|newsroom|news ?desk|editorial board)\b"
    r"|\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|^\w+\.? \d{1,2}$|^\d+ \w+ ago$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:post author(?: by)?|by|von|par|por|di|door|av|af|written by|story by|words by|text(?: by)?:?"
    r"|interview(?: by|:)?|posted by|authors?:|autor(?:in)?:|article by|reported by|from)\s+",
    re.IGNORECASE,
)
_GLUED = re.compile(r"^[Aa]uthor(?=[A-Z])")
_JOB = re.compile(
    r"\b(?:reporter|writer|editor|correspondent|columnist|contributor|producer|journalist|author|blogger|fellow|analyst"
    r"|director|manager|professor|founder|ceo|redakteur(?:in)?|autor(?:in)?|journaliste|periodista|critic|photographer)s?$",
    re.IGNORECASE,
)
_DEGREE = re.compile(r"^(?:[A-Z]{2,4}|Ph\.? ?D\.?|M\.?D\.?|Esq\.?)$")
# What stands after a name and is none: a bar and what follows it, an agency, the month of a date, words in lower case.
_BAR = re.compile(r"\s*[|•·»(]|\s[–—-]\s")  # noqa: RUF001 - dashes as pages write them
_AFTER = re.compile(
    r"(?:[.,]?\s+(?:(?:the )?associated press|reuters|afp|sputnik international|published\b.*|for \S+\.\S+"
    r"|\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}"
    r"|january|february|march|april|june|july|august|september|october|november|december)|(?:\s+(?-i:[a-z])\S*)+)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;/&]|,(?!\s*(?:jr|sr|ii+)\b)|\s(?:and|und|et|y)\s)\s*", re.IGNORECASE)
_LONGEST, _LONGEST_BYLINE, _MOST_WORDS, _MOST_NAMES, _WHOLE_NAME = 80, 1000, 6, 30, 2


def names(texts: Iterable[str], sites: Iterable[str]) -> tuple[str, ...]:
    """The people that these texts name; ``sites`` are names of the site, which is no author."""
    unwanted = {_key(site) for site in sites} - {""}
    found: dict[str, str] = {}
    for text in texts:
        for index, part in enumerate(_parts(one_line(text)[:_LONGEST_BYLINE])):
            name = _without_rest(part)
            is_name = not _NO_NAME.search(part) and _is_name(name, unwanted)
            if is_name and not (index and _DEGREE.match(name)):
                found.setdefault(_key(name), name)
    return tuple(found.values())[:_MOST_NAMES]


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _parts(text: str) -> Iterator[str]:
    text = _ADDRESS.sub("", text).strip(" ,")
    if _NO_BYLINE.search(text):
        return
    for pattern in _VIEW_ALL:
        match = pattern.match(text)
        if match:
            text = match.group(1)
    text = _GLUED.sub("", _BY.sub("", text))
    bar = _BAR.search(text)
    text = text[: bar.start()] if bar and bar.start() else text
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) == _WHOLE_NAME and "," in text and all(len(part.split()) == 1 for part in parts):
        yield f"{parts[1]} {parts[0]}"  # Hill, Ada
    else:
        yield from parts if parts and _reads_as_name(parts[0]) else [text]


def _reads_as_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_WORDS and (not text[:1].islower() or len(words) == 1)


def _without_rest(text: str) -> str:
    """Only from a whole name is something taken."""
    text = _BY.sub("", text).strip(" ,;|:-–")  # noqa: RUF001 - dashes as pages write them
    shorter = _AFTER.sub("", text)
    return shorter if len(shorter.split()) >= _WHOLE_NAME else text


def _is_name(text: str, unwanted: set[str]) -> bool:
    key = _key(text)
    is_site = key in unwanted or any(len(site) > 2 and key.startswith(site) and key != site for site in unwanted)  # noqa: PLR2004
    is_other = bool(_NO_NAME.search(text) or _JOB.search(text))
    return not is_site and not is_other and _reads_as_name(text) and len(text) <= _LONGEST
