"""From trafilatura's text to the article's: what is no paragraph of the body is taken out, and nothing else.

Knows the lines sites print around a body (headline, byline, editor, tags, appeals); must not know markup. A rule
that may take a real paragraph is no rule: lines go only where their whole wording, their place or both say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.extract.text import clean, one_line

_EDITED = re.compile(
    r"^(?:edited by|editor|editing by|edit(?:ed)? and translated by|redaktion|redigiert von|edición|édité par)"
    r"(?:\s*:\s*|\s+(?=[A-Z]))(?P<names>[^\n]{2,100})$",
    re.IGNORECASE,
)
_EDITED_COLON = re.compile(r"^(?:edited by|editing by|editor|redaktion|redigiert von)\s*:", re.IGNORECASE)
_LABELS = re.compile(
    r"^(?:tags?|tagged(?: with| as)?|posted in|filed under|categor(?:y|ies)|categorized as|schlagw(?:ort|orte|örter)"
    r"|kategorien?|verschlagwortet mit|abgelegt unter|topics|keywords|etiquetas|étiquettes)\s*:?(?:\s|$)",
    re.IGNORECASE,
)
_APPEAL_OPENING = re.compile(
    r"^(?:dear readers?|liebe leser|support (?:us|our|independent)|help (?:us|keep)|if you (?:like|enjoy|value)"
    r"|we need your (?:help|support)|please (?:donate|support|consider)|donate|become a (?:patron|member|supporter)"
    r"|since you.{1,3}(?:re here|ve made it))",
    re.IGNORECASE,
)
_APPEAL_WORDS = re.compile(
    r"donat(?:e|ion|ions)\b|your (?:financial )?support|support (?:us|our work)|patreon|spende|shoestring"
    r"|keep us online|independent journalis|contribution|subscribe|financial goal|help us",
    re.IGNORECASE,
)
_FEWEST_APPEAL_WORDS = 2
_TAIL = re.compile(
    r"^(?:(?:follow|like|find|join) (?:us|me|@?\w{1,30}) on\b.{0,120}"
    r"|(?:sign up|subscribe|register) (?:for|to) (?:our|the|my)\b.{0,160}"
    r"(?:newsletter|e-?mail|updates|channel|podcast).{0,80}"
    r"|get (?:our|the) .{0,60}newsletter.{0,80}"
    r"|(?:folgen sie|folge) uns (?:auf|bei)\b.{0,120}|share this:?|like this:?|leave a (?:comment|reply)\.?"
    r"|(?:copyright\s*)?(?:©|\(c\)|copyright ©?)\s*\d{4}.{0,160}|all rights reserved\.?"
    r"|click here to (?:subscribe|sign up).{0,100}|(?:download|get) (?:the|our) .{0,40}\bapp\b.{0,100})$",
    re.IGNORECASE,
)
_MOST_TAIL_LINES, _MOST_HEAD_LINES = 6, 4
_BYLINE = re.compile(r"^(?:by|von|par|por)\s+(?P<name>.{2,80})$", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:[;&/]|,(?!\s*(?:jr|sr|ph)\b)|\s(?:and|und|et|y)\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    paragraphs: tuple[str, ...]
    editors: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def clean_text(paragraphs: Iterable[str], *, title: str | None, authors: Iterable[str] = ()) -> Cleaned:
    lines = [line for line in (clean(paragraph).strip() for paragraph in paragraphs) if line]
    kept = _without_head(lines, title, tuple(authors))
    kept, editors = _take_editors(kept)
    kept = [line for line in _without_tail(kept) if not _is_appeal(line)]
    return Cleaned(paragraphs=tuple(kept), editors=tuple(dict.fromkeys(editors)))


def _key(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", text or "")).casefold()


def _without_head(lines: list[str], title: str | None, authors: tuple[str, ...]) -> list[str]:
    """Headline and byline repeated before the first paragraph."""
    names = {_key(author) for author in authors}
    start = 0
    for line in lines[: min(_MOST_HEAD_LINES, len(lines) - 1)]:
        byline = _BYLINE.match(line)
        is_head = _key(line) == _key(title) or _key(line) in names or (byline and _key(byline["name"]) in names)
        if not is_head:
            break
        start += 1
    return lines[start:]


def _take_editors(lines: list[str]) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    editors: list[str] = []
    for index, line in enumerate(lines):
        names = editor_names(line) if len(lines) - index <= _MOST_TAIL_LINES + 4 or index <= 1 else ()
        editors += names
        if not names:
            kept.append(line)
    return kept, editors


def editor_names(line: str) -> tuple[str, ...]:
    """``Edited by: A. N.`` names A. N.; a sentence that begins alike names no one."""
    match = _EDITED.match(line)
    if not match:
        return ()
    names = [one_line(name) for name in _NAME_BREAK.split(match["names"])]
    if not _EDITED_COLON.match(line) and not all(name[:1].isupper() and len(name.split()) <= 4 for name in names):  # noqa: PLR2004
        return ()
    return tuple(name for name in names if name)


def _is_appeal(line: str) -> bool:
    words = {match.lower() for match in _APPEAL_WORDS.findall(line)}
    return bool(_APPEAL_OPENING.match(line)) and len(words) >= _FEWEST_APPEAL_WORDS


def is_label_line(line: str) -> bool:
    """``Tags: a, b`` or ``Posted in X``: labels with few words each, not a sentence."""
    match = _LABELS.match(line)
    if not match or len(line) > 300 or line.endswith(("!", "?")):  # noqa: PLR2004 - longer is a paragraph
        return False
    rest = line[match.end() :]
    has_colon = ":" in line[: match.end()]
    labels = [label.split() for label in rest.split(",")]
    return all(len(label) <= (6 if has_colon else 3) for label in labels) and not rest.rstrip().endswith(".")


def _without_tail(lines: list[str]) -> list[str]:
    kept = list(lines)
    for index in range(len(kept) - 1, max(len(kept) - 1 - _MOST_TAIL_LINES, 0), -1):
        line = kept[index]
        if _TAIL.match(line) or is_label_line(line):
            del kept[index]
    return kept
