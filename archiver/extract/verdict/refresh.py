"""A redirect that stands in the page instead of the head: ``<meta http-equiv=refresh>`` that goes on at once.

Knows the form of such a statement; must not know HTTP.
"""

import re

from archiver.extract.links import absolute, without_fragment
from archiver.extract.verdict.look import Look

_REFRESH = re.compile(r"^\s*(\d{1,4})(?:\.\d{0,9})?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_LONGEST_DELAY_S, _MOST_PROSE = 5, 40


def refresh_target(look: Look) -> str | None:
    """Where a page without an article of its own sends its reader at once; None where it does not."""
    if look.is_stated or look.prose > _MOST_PROSE or look.has_comments:
        return None
    for meta in look.tree.select("meta[http-equiv][content]"):
        if (
            meta.get("http-equiv", "").strip().lower() != "refresh"
            or next(meta.iterancestors("noscript"), None) is not None
        ):
            continue
        match = _REFRESH.match(meta.get("content", "")[:4_000])
        target = absolute(look.url, match.group(2)) if match and int(match.group(1)) <= _LONGEST_DELAY_S else None
        if target and without_fragment(target) != without_fragment(look.url):
            return target
    return None
