"""What counts as a URL that can be fetched. Pure; knows the URL's form, not whether anyone answers there."""

import re
from urllib.parse import urljoin, urlsplit

_LONGEST = 8192
_UNFIT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_web_url(text: str) -> bool:
    """An absolute http or https URL with a host and, if any, a real port; no white space, no control characters.

    No user name and password either: they would be kept in the archive for ever, and shown in every message.
    """
    if len(text) > _LONGEST or _UNFIT.search(text):
        return False
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a broken IPv6 literal, a port that is no number
        return False
    return has_host and "@" not in parts.netloc and parts.scheme in ("http", "https")


def absolute_link(base: str, href: str) -> str | None:
    """The URL that a link on a page or in a feed leads to, without its fragment; None where it cannot be fetched."""
    try:
        link = urljoin(base, href.strip()).partition("#")[0].replace(" ", "%20")
    except ValueError:
        return None
    scheme, colon, rest = link.partition(":")
    link = scheme.lower() + colon + rest
    return link if is_web_url(link) else None
