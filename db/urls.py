"""URL identity: which addresses mean the same page.

Knows URL syntax and the parameters that trackers and comment forms hang on addresses. Must not know the
database or the network: text in, text out, and no text makes it raise.
"""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

TRACKING_PREFIXES: Final = ("utm_", "mtm_", "pk_")
TRACKING_PARAMETERS: Final = frozenset(
    {
        # advertising clicks
        "dclid",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "igshid",
        "msclkid",
        "srsltid",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
        "ysclid",
        # newsletters and analytics
        "__twitter_impression",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "oly_anon_id",
        "oly_enc_id",
        "vero_id",
        # WordPress comment forms and comment pages: the same article
        "cpage",
        "replytocom",
    }
)

_HTTP = re.compile(r"\s*https?://", re.IGNORECASE)
_COMMENT_PAGE = re.compile(r"(?:/comment-page-[0-9]+)+(/?)\Z")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_MOST_ROUNDS: Final = 8


def canonical_url(url: str) -> str:
    """Return the form under which all addresses of one page meet; idempotent.

    1. w3lib's ``canonicalize_url``: safe escapes, sorted query, dot segments resolved, host lowercased,
       fragment dropped;
    2. user name, password and default port dropped;
    3. tracking parameters dropped (``TRACKING_PREFIXES``, ``TRACKING_PARAMETERS``);
    4. WordPress's ``/comment-page-N`` dropped from the end of the path.

    What is no http(s) URL (``urn:sha256:…``), or none that can be read, comes back unchanged.
    """
    if not _HTTP.match(url):
        return url
    seen = url
    # One round can uncover work for the next, such as an escape made plain.
    for _ in range(_MOST_ROUNDS):
        try:
            after = _simplified(seen)
        except ValueError:  # UnicodeError is one too
            return url
        if after == seen:
            return after
        seen = after
    return url


def host_of(url: str) -> str:
    """Return the host in lower case without port, or ``""`` where the text names none."""
    try:
        return (urlsplit(canonical_url(url)).hostname or "").lower()
    except ValueError:
        return ""


def _simplified(url: str) -> str:
    parts = urlsplit(canonicalize_url(url))
    return urlunsplit(
        (
            parts.scheme,
            _authority(parts),
            _COMMENT_PAGE.sub(r"\1", parts.path) or "/",
            "&".join(part for part in parts.query.split("&") if not _is_tracking(part)),
            "",
        )
    )


def _authority(parts: SplitResult) -> str:
    authority = parts.netloc.rpartition("@")[2]
    if parts.port is not None and parts.port == _DEFAULT_PORTS.get(parts.scheme):
        return authority.rpartition(":")[0]
    return authority


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def request_form(url: str) -> str:
    return url.partition("#")[0]


def is_main_form(url: str) -> bool:
    return not _COMMENT_PAGE.search(urlsplit(url).path)


def is_front_page(url: str) -> bool:
    """Whether a URL names a site and no page of it."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
