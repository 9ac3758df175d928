"""The one text form of a time in the database: UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``.

Its length is fixed, so text order is time order. Knows no clock.
"""

import re
from datetime import UTC, datetime
from typing import Final

_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)


def time_text(moment: datetime) -> str:
    """Return the text form of an aware datetime; a naive one is a mistake of the caller."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parsed_time(text: str) -> datetime:
    return datetime.strptime(checked_time(text), "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def checked_time(text: str) -> str:
    """Return the text itself, or raise ValueError: a time in another form would sort wrongly, silently."""
    if not _FORM.fullmatch(text):
        raise ValueError(f"not a time as YYYY-MM-DDTHH:MM:SS.ffffffZ: {text[:40]!r}")
    return text
