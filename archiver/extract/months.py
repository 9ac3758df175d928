"""Days written with the name of their month: ``March 4, 2019``, ``4. März 2019``, ``4 de março de 2019``.

The names are dateparser's (CLDR's). Its parser is asked only in languages that write days in another way: it takes a
second to get ready for each language it tries. Knows names and their order; must not know clocks or markup.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final

# Tried when the page's own language gives nothing: themes are often in another one than the site says.
LANGUAGES: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sv", "da", "nb", "id", "tr", "fi", "ro", "hu",
    "sk", "hr", "sl", "bg", "el", "ca", "lt", "lv", "et", "sr", "vi",
)  # fmt: skip
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>[^\W\d_]{3,14})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = (
    re.compile(rf"(?<![\w.]){_DAY}\s?(?:of |de |d')?{_MONTH},?\s(?:de |del |г\.? )?{_YEAR}"),  # noqa: RUF001 - Cyrillic is meant
    re.compile(rf"(?<![\w.]){_MONTH}\s{_DAY},?\s{_YEAR}"),
    re.compile(rf"(?<![\w.]){_YEAR}[.,]?\s{_MONTH}\s{_DAY}(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
)


def written_day(text: str, language: str) -> str | None:
    """ISO 8601 of the first day in ``text``, whose words are parted by single blanks; ``language`` may be empty."""
    for form in _FORMS:
        for match in form.finditer(text):
            month = _month(match["month"], language)
            if month is not None and 1 <= int(match["day"]) <= 31:  # noqa: PLR2004
                return f"{match['year']}-{month:02}-{int(match['day']):02}"
    return None if language in ("", *LANGUAGES) else _parsed(text, language)


def _month(word: str, language: str) -> int | None:
    if word.isdecimal():
        return int(word) if 1 <= int(word) <= len(_MONTHS) else None
    word = word.casefold()
    for candidate in (language, *LANGUAGES):
        number = month_names(candidate).get(word)
        if number is not None:
            return number
    return None


@cache
def month_names(language: str) -> Mapping[str, int]:
    """Names and abbreviations of months, case folded; empty for a language that is not known."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return {}
    try:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
    except ImportError:
        return {}
    return {
        name.casefold().rstrip("."): number
        for number, month in enumerate(_MONTHS, start=1)
        for name in info.get(month, ())
    }


@lru_cache(maxsize=4096)  # a thread of thousands was written on a few days
def _parsed(text: str, language: str) -> str | None:
    """By dateparser, for scripts and calendars of their own."""
    settings: dict[str, Any] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",  # else it asks the machine for its zone
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        parsed: Any = _dateparser().parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError, TypeError):
        return None  # a language it does not know, or a date that does not exist
    return str(parsed.date().isoformat()) if parsed else None


@cache
def _dateparser() -> ModuleType:
    import dateparser  # noqa: PLC0415 - a quarter of a second, and most pages need no visible date

    return dateparser
