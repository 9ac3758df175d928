"""The language of searches: what a person typed, as terms and filters. Text in, values out; no text raises.

    hoist harbour           both words, in any of their forms
    "raised it"             these words in this order
    terror*                 what begins so; "for the harb"* too
    -crane  -"raised it"    without it; -author: and -site: too
    site:example.org        of this host and those under it, or of the site of this name; several: of any of them
    author:smith            written by; author:"Dirk Smith"
    after:2024-05           from then on; the day, month or year itself belongs to it
    before:2024-05-03       until then, without it
    gone:yes  gone:no       comments that are gone, articles whose page says so; the rest

What stands in a script without spaces is found wherever it stands; a Korean word with what hangs on its end. Any
other name before a colon is a word like others. A filter that says nothing is left out, with a note that says why.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from db.scripts import ends_in_hangul, is_unspaced
from db.storable import storable_text

MOST_TERMS: Final = 32
"""FTS5 refuses very deep expressions; nobody types so many words."""

_LONGEST: Final = 1000
"""So many characters of a word or phrase are looked for; SQLite refuses very long patterns."""

_PART: Final = re.compile(
    r"(?P<without>(?<!\S)-(?=[^\s-]))?(?:(?<!\w)(?P<name>site|author|after|before|gone):)?"
    r'(?:"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"(site|author|after|before|gone):", re.IGNORECASE)
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_EXAMPLES: Final = {
    "site": "site:example.org",
    "author": 'author:smith or author:"Dirk Smith"',
    "after": "after:2024, after:2024-05 or after:2024-05-03",
    "before": "before:2024, before:2024-05 or before:2024-05-03",
    "gone": "gone:yes or gone:no",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, a phrase or a part of a text without spaces (``unspaced``); ``author``: looked for in names only."""

    text: str
    prefix: bool = False
    without: bool = False
    author: bool = False

    @property
    def unspaced(self) -> bool:
        return is_unspaced(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """``after`` and ``before`` are years, months or days; ``notes`` say what was left out, each in one line."""

    terms: tuple[Term, ...] = ()
    sites: tuple[str, ...] = ()
    without_sites: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    gone: bool | None = None
    notes: tuple[str, ...] = ()

    @property
    def lists(self) -> bool:
        """Whether no word says what fits better: what is found is listed, newest first."""
        return not any(not term.without and not term.author for term in self.terms)

    @property
    def is_empty(self) -> bool:
        """Whether nothing says what to find; what to leave out does not."""
        filtered = self.sites or self.after or self.before or self.gone is not None
        return not filtered and all(term.without for term in self.terms)


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    terms: list[Term] = field(default_factory=list[Term])
    sites: list[str] = field(default_factory=list[str])
    without_sites: list[str] = field(default_factory=list[str])
    after: str | None = None
    before: str | None = None
    gone: bool | None = None
    notes: list[str] = field(default_factory=list[str])


def parse(typed: str) -> Query:
    read = _Reading()
    for found in _PART.finditer(storable_text(typed)):
        phrase, star, word, name = found.group("phrase", "star", "word", "name")
        value = phrase if word is None else word
        if name is None and _EMPTY.fullmatch(value):
            name, value = value[:-1], ""
        without = found["without"] is not None
        if name is None or name.casefold() == "author":
            _read_term(read, value, star=star, quoted=word is None, without=without, author=name is not None)
        else:
            _read_filter(read, name.casefold(), value, without=without)
    if len(read.terms) > MOST_TERMS:
        read.notes.append(f"only the first {MOST_TERMS} words were looked for")
    query = Query(
        terms=tuple(read.terms[:MOST_TERMS]),
        sites=tuple(read.sites),
        without_sites=tuple(read.without_sites),
        after=read.after,
        before=read.before,
        gone=read.gone,
        notes=tuple(read.notes),
    )
    if query.is_empty and (query.terms or query.without_sites):
        return replace(query, notes=(*query.notes, "nothing was looked for, only left out; say what to find, too"))
    if query.is_empty and not query.notes:
        return replace(query, notes=("nothing was looked for: only letters and digits can be found",))
    return query


def _read_term(read: _Reading, value: str, *, star: str | None, quoted: bool, without: bool, author: bool) -> None:
    prefix = bool(star) if quoted else value.endswith("*")
    text = " ".join((value if quoted else value.rstrip("*")).split())
    if len(text) > _LONGEST:
        text, prefix = text[:_LONGEST], True
        read.notes.append(f"only the first {_LONGEST} characters of one word or phrase were looked for")
    # Punctuation is no word for the index: a term without any would find nothing.
    if any(character.isalnum() for character in text):
        read.terms.append(Term(text=text, prefix=prefix or ends_in_hangul(text), without=without, author=author))
    elif author:
        read.notes.append(_ignored("author", value, "it names nobody"))
    elif not text.isascii():  # an emoji, as a rule: who types one wants it
        read.notes.append(f"{_cut(text)} was ignored: only letters and digits can be found")


def _read_filter(read: _Reading, name: str, value: str, *, without: bool) -> None:
    value = " ".join(value.split())
    if name == "site":
        if value:
            (read.without_sites if without else read.sites).append(value)
        else:
            read.notes.append(_ignored(name, value, "it names no site"))
    elif without:
        read.notes.append(_ignored(f"-{name}", value, "only words, author: and site: can be left out"))
    elif name == "gone":
        if value.casefold() in {"yes", "no"}:
            read.gone = value.casefold() == "yes"
        else:
            read.notes.append(_ignored(name, value, "it is yes or no"))
    elif (bound := _bound(value)) is None:
        read.notes.append(_ignored(name, value, "it is no date"))
    elif name == "after":
        read.after = max(bound, read.after or bound)
    else:
        read.before = min(bound, read.before or bound)


def _ignored(name: str, value: str, why: str) -> str:
    return f"{name}:{_cut(value)} was ignored, {why}; write {_EXAMPLES[name.removeprefix('-')]}"


def _cut(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:40]}…"  # noqa: PLR2004  # enough to know it by


def _bound(value: str) -> str | None:
    """The date without what only says that it is the first of its kind.

    Sites give dates of any precision, and a bare year counts as its beginning. ``2024`` sorts before every text
    that begins with it, ``2024-01-01`` does not; both are the same bound.
    """
    found = _DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return value.removesuffix("-01") if day is None else value.removesuffix("-01").removesuffix("-01")
