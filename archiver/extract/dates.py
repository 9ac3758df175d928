"""Times as pages give them: machine times checked and normalised, visible dates read, nothing guessed.

Knows ISO 8601 and the words for months; must not know a clock: a date without its year, or one told from
today ("3 hours ago"), is not a date here.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from archiver.extract.months import written_day
from archiver.extract.text import one_line

_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2100
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:?\d{2}.*)?$", re.DOTALL)
_EPOCH_DIGITS = (10, 13)
_MAIL_TIME = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)?(?: [+-]\d{4}| GMT| UTC)?$"
)
_LONGEST = 80
_SHORT, _CENTURY_TURNS = 24, 70
"""A year of two digits (28.09.19 13:39) is one only where little else stands beside it; POSIX draws the line at 69."""
_YEAR = re.compile(r"(?<!\d)(?:19[9]\d|20\d\d)(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:.]|\s?[hH]\s?)(\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\b)?\.?", re.IGNORECASE)
_HOUR = re.compile(r"(?<!\d)(\d{1,2})\s*([ap])\.?m\b\.?", re.IGNORECASE)
_DAY_GOES_ON = re.compile(r"[./-]\d|\.?,?\s(?:19|20)\d\d(?!\d)")
# Words and signs that stand between date and time
_GLUE = re.compile(
    r"(?:(?<=\s)|^)(?:um|at|on|am|a las|à|alle|às|as|kl|klo|o|om|в|о|et|pukul|posted|verfasst|the)(?=\s)|\bUhr\b"  # noqa: RUF001 - Cyrillic is meant
    r"|[@|/•·]\s|\s[-–—/|,](?=\s|$)|^\W+",  # noqa: RUF001 - dashes as pages write them
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.?,?\s(\d{4})(?!\d)")
_MONTH_FIRST = {"en", "en-US", "en-us"}


def machine_time(value: str | None) -> str | None:
    """ISO 8601 as given (precision and zone kept); None for what is not one or cannot be true."""
    value = (value or "").strip()
    if not _ISO.match(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if not _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        return None
    if len(value) == len("2017-02-24"):
        return moment.date().isoformat()
    has_seconds = re.match(r".{10}.\d{2}:?\d{2}:?\d{2}", value)
    return moment.isoformat(timespec="auto" if has_seconds else "minutes")


def stated_time(value: str | None) -> str | None:
    """A time from an attribute made for machines: ISO 8601, seconds or milliseconds since 1970, or as in e-mails."""
    value = (value or "").strip()
    if value.isdecimal() and len(value) in _EPOCH_DIGITS:
        return _epoch_time(value)
    return machine_time(value) or (mail_time(value) if _MAIL_TIME.match(value) else None)


def _epoch_time(digits: str) -> str | None:
    """UTC, to the second. Eleven and twelve digits are no times on pages; nine are before 2001."""
    moment = datetime.fromtimestamp(int(digits[:10]), UTC)
    if not _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def mail_time(value: str | None) -> str | None:
    """ISO 8601 of a time as mail and HTTP write it: ``Mon, 04 Mar 2019 09:05:00 GMT``."""
    try:
        moment = parsedate_to_datetime(one_line(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return machine_time(moment.isoformat())


def visible_date(text: str, language: str | None) -> str | None:
    """ISO 8601 of a date written for people: naive, to the minute where a time is shown, else the day."""
    if not _YEAR.search(text) and not _NUMERIC.search(text):
        return None
    if len(text) > _LONGEST:
        return None
    clock, rest = _take_clock(text)
    day = _day(_GLUE.sub(" ", rest), language, with_clock=clock is not None)
    if day is None:
        return None
    return f"{day}T{clock}" if clock else day


def _take_clock(text: str) -> tuple[str | None, str]:
    for pattern in (_CLOCK, _HOUR):
        for match in pattern.finditer(text):
            clock = _clock(match, with_minutes=pattern is _CLOCK)
            if clock and not _is_part_of_day(text, match):
                return clock, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _is_part_of_day(text: str, match: re.Match[str]) -> bool:
    """Whether a dotted pair is the ``14.09`` of ``14.09.2022`` or of ``14.09, 2022``."""
    return bool(_DAY_GOES_ON.match(text, match.end(2)))


def _clock(match: re.Match[str], *, with_minutes: bool) -> str | None:
    hour, half = int(match.group(1)), match.group(4 if with_minutes else 2)
    minute = int(match.group(2)) if with_minutes else 0
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - hours on a twelve-hour clock
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - hours and minutes
        return None
    seconds = match.group(3) if with_minutes else None
    return f"{hour:02}:{minute:02}" + (f":{seconds}" if seconds and int(seconds) < 60 else "")  # noqa: PLR2004


def _day(text: str, language: str | None, *, with_clock: bool) -> str | None:
    numeric = _NUMERIC.search(text)
    if numeric:
        return _numeric_day(numeric, language, with_clock=with_clock)
    dotted = _DOTTED.search(text)
    if dotted:
        return _iso_day(dotted.group(3), dotted.group(2), dotted.group(1))
    if not any(char.isalpha() for char in text):
        return None
    return machine_time(written_day(" ".join(text.split()), (language or "").partition("-")[0].lower()))


def _numeric_day(match: re.Match[str], language: str | None, *, with_clock: bool) -> str | None:
    first, sign, second, third = match.groups()
    if len(first) == 4:  # noqa: PLR2004 - a year
        return _iso_day(first, second, third)
    if len(third) == 2 and (sign == "." or (sign == "/" and with_clock)) and len(match.string.strip()) <= _SHORT:  # noqa: PLR2004
        third = f"{'20' if int(third) < _CENTURY_TURNS else '19'}{third}"
    if len(third) != 4:  # noqa: PLR2004
        return None
    if sign == ".":
        return _iso_day(third, second, first)
    if int(first) > 12 or int(second) > 12:  # noqa: PLR2004 - months
        return _iso_day(third, second, first) if int(first) > 12 else _iso_day(third, first, second)  # noqa: PLR2004
    if not language:
        return None if first != second else _iso_day(third, first, second)
    return _iso_day(third, first, second) if language in _MONTH_FIRST else _iso_day(third, second, first)


def _iso_day(year: str, month: str, day: str) -> str | None:
    return machine_time(f"{int(year):04}-{int(month):02}-{int(day):02}")
