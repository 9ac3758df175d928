"""Text from strangers inside Markdown and YAML: what it says is shown, what it could do is not done. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from archiver.weburl import is_web_url

_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>&#~|{}$]")
_SPECIAL_AT_START: Final = re.compile(r"([-+=:])|(\d{1,9})([.)])")
_BARE_URL: Final = re.compile(r":(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSAFE_IN_LINK: Final = re.compile(r"[^\x21-\x7e]|[<>\\`\"'|*_\[\]{}^()]")


def markdown(text: str) -> str:
    """Text as one or more Markdown paragraphs that show it, line by line, and mean nothing else."""
    paragraphs = (
        "\\\n".join(_line(line) for line in part.split("\n") if line.strip())
        for part in re.split(r"\n[^\S\n]*\n", _plain(text))
    )
    return "\n\n".join(part for part in paragraphs if part)


def inline(text: str) -> str:
    """Text for one line of Markdown, wherever it stands in it; it turns the direction of nothing behind it."""
    return _line(" ".join(_TURNING.sub("", _plain(text)).split()))


def link(label: str, url: str | None) -> str:
    """``label`` (Markdown of ours) as a link, where the URL is one of the web; else the label."""
    if not url or not is_web_url(url):
        return label
    return f"[{label}](<{_UNSAFE_IN_LINK.sub(lambda found: quote(found[0], safe=''), url)}>)"


def front_matter(facts: Iterable[tuple[str, str | int | list[str] | None]]) -> str:
    """YAML between its marks; keys are ours, all texts are quoted, what has no value is left out."""
    lines = [f"{name}: {_yaml(value)}" for name, value in facts if value is not None and value not in ("", [])]
    return "\n".join(["---", *lines, "---", ""])


def _line(line: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", line.strip())
    escaped = _BARE_URL.sub(lambda found: f"\\{found[0]}", escaped)  # GitHub makes links of these by itself
    start = _SPECIAL_AT_START.match(escaped)
    if start is None:
        return escaped
    number = start[2] or ""
    return f"{number}\\{escaped[len(number) :]}"


def _plain(text: str) -> str:
    """Line ends of one kind; other control characters are blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one if one == "\n" or unicodedata.category(one) != "Cc" else " " for one in text)


def _yaml(value: str | int | list[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(value)


def _quoted(text: str) -> str:
    """A double-quoted scalar: what YAML does not print stands as its number."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(one: str) -> str:
    if one in '"\\':
        return f"\\{one}"
    if one == "\n":
        return "\\n"
    if one == " " or (one.isprintable() and one != "\ufeff"):
        return one
    return f"\\U{ord(one):08x}"
