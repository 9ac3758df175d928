"""The title of an article among what a page calls itself: without the site's name around it.

Knows how titles and site names are put together; must not know trees.
"""

import re
from collections.abc import Iterable, Sequence

_GAP = re.compile(r"\s+(?:::|\|\||[|·•–—«:~<>\\/@-])\s+|\s*[|»]\s*")  # noqa: RUF001 - dashes as pages write them
_NO_WORD = re.compile(r"[\W_]+")
_CUT = re.compile(r"\s*(?:…|\.{3})$")
_ENDING = re.compile(r"(?:com|org|net|info|de|at|ch|fr|es|it|nl|pl|ru|uk|couk)$")
_SHORTEST_LABEL, _MOST_CUTS = 4, 4


def key_of(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()


def without_site(title: str, *, sites: Iterable[str], host: str, headings: Iterable[str] = ()) -> str:
    """``Title | Site``, ``Site: Title`` without the site's name; a title that is nothing else stays.

    What is cut must be a name of the site or its host's, or leave just what a heading of the page says.
    """
    names = {key_of(site) for site in sites} - {""}
    labels = {label for label in map(key_of, host.split(".")[:-1]) if len(label) >= _SHORTEST_LABEL}
    heading_keys = {key_of(heading) for heading in headings} - {""}
    for _ in range(_MOST_CUTS):
        shorter = _cut(title, names, labels, heading_keys)
        if shorter is None:
            return title
        title = shorter
    return title


def _cut(title: str, names: set[str], labels: set[str], headings: set[str]) -> str | None:
    for gap in reversed(list(_GAP.finditer(title))):
        before, after = title[: gap.start()].strip(), title[gap.end() :].strip()
        is_bar = gap.group().strip() in {"|", "»", "::"}
        for kept, cut in ((before, after), (after, before)):
            is_heading = key_of(kept) in headings and len(kept) >= len(cut)
            if key_of(kept) and key_of(cut) and (is_heading or _is_site(key_of(cut), names, labels, is_bar=is_bar)):
                return kept
    return None


def _is_site(key: str, names: set[str], labels: set[str], *, is_bar: bool) -> bool:
    bare = _ENDING.sub("", key)
    if key in names or bare in names or key in labels or bare in labels or key.removeprefix("the") in labels:
        return True
    return is_bar and any(key.startswith(label) for label in labels)


def completed(title: str, headings: Sequence[str]) -> str:
    """A title that was cut off, as the heading that goes on with it."""
    start = _CUT.sub("", title)
    if start == title:
        return title
    return next((each for each in headings if each.startswith(start) and not _CUT.search(each)), title)
