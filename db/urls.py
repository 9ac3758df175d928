"""URL identity: which addresses mean the same page.

Knows URL syntax and what trackers, comment forms, sessions and other views of a page hang on its address. Must not
know the database or the network: text in, text out, and no text makes it raise.

One page has four names here:

- `canonical_url`: the address that is shown. It works: scheme, ``www.`` and slash stay as they were given.
- `request_form`: the same, but still that of the comment page, AMP or print form that was asked for.
- `page_key`, `request_key`: the two with scheme, ``www.``, slash and index file folded as well. Equal keys, one page.
  Ids are made of them, nobody has to read them, and nothing is requested under them.

What a URL alone does not tell stays apart here; a redirect or a confirmed ``rel=canonical`` joins it: an AMP form at
a host or under a path of its own (``amp.example.org``, ``/amp/…``: its path is often another than the article's, and
a shop for guitars has them too), ``print.php?id=3``, a mobile host, parts of one article (``/2/``), ``?page=2``.
"""

import re
from collections.abc import Callable
from functools import lru_cache
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
        # the comment form or one comment of the whole page: WordPress, Blogger
        "replytocom",
        "showcomment",
        # AMP viewers and caches; ``noamp`` asks WordPress for the page itself
        "amp_gsa",
        "amp_js_v",
        "noamp",
    }
)
# Names that PHP, Java, osCommerce and ColdFusion give sessions. ``sid``, ``session`` name stories and talks elsewhere
SESSION_PARAMETERS: Final = frozenset({"phpsessid", "jsessionid", "oscsid", "cftoken", "cfid"})
# They name comments and a page of them. ``cp``, ``page``, ``start`` name parts of the article elsewhere
COMMENT_PAGE_PARAMETERS: Final = frozenset(
    {
        "cpage",
        "comment-page",
        "comment_page",
        "commentpage",
        "comments-page",
        "comments_page",
        "commentspage",
        "kommentarseite",
        "page_comment",
        "page_comments",
        "pagecomment",
        "pagecomments",
    }
)
# Switches, if their value says no more than "on": ``?print=17`` may be a picture in a shop
FORM_SWITCHES: Final = frozenset(
    {"amp", "print", "printable", "printer_friendly", "printerfriendly", "printview", "print_view"}
)
_ON: Final = frozenset({"", "1", "true", "yes", "y", "on"})
# Settings of which one value is such a form: Arc's ``outputType=amp``, phpBB's ``view=print``, ``pagewanted=print``
FORM_SETTINGS: Final = frozenset({"outputtype", "output", "view", "layout", "format", "mode", "pagewanted"})
_FORMS: Final = frozenset({"amp", "print", "printable", "printer-friendly"})

_HTTP = re.compile(r"\s*https?://", re.IGNORECASE)
_COMMENT_PAGE = re.compile(r"(?:/comments?-page-[0-9]+)+(/?)\Z")
# Java's path parameter, ASP.NET's cookieless sessions
_PATH_SESSION = re.compile(r";jsessionid=[^/;]*|/\(S\([a-z0-9]{24}\)\)(?=/|\Z)", re.IGNORECASE)
# phpBB gives a visitor without cookies another one on every page; beside ``t=`` or ``p=`` it tells nothing
_PHPBB_SESSION = re.compile(r"[0-9a-f]{32}")
_PHPBB_TOPIC = "/viewtopic.php"
_FILE = re.compile(r"\.(?:s?html?|php|aspx?|jsp)\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{5}")
_DATED = re.compile(r"/(?:19|20)[0-9]{2}/(?:[0-9]{1,2}/){0,2}(?![0-9]+\Z)[^/]+\Z")
_LONG_SLUG = 25
# How many hyphens a slug has before such a last part is a form of it. "Print" is a trade too: /our-services/print/
_HYPHENS = {"amp": 1, "print": 2}
_INDEX = re.compile(r"/index\.(?:html?|php)\Z")
# What canonicalize_url leaves as it is, told without it: the addresses of most articles
_PLAIN = re.compile(
    r"https?://(?:[a-z0-9]+[.-])+[a-z0-9]+(?::(?:[1-9][0-9]{1,3}|[1-5][0-9]{4}))?(?:/[A-Za-z0-9_~-]+)+/?"
)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_MOST_ROUNDS: Final = 8


def canonical_url(url: str) -> str:
    """Return the clean address of the page that this URL shows, whichever form of it; idempotent.

    1. w3lib's ``canonicalize_url``: safe escapes, sorted query, dot segments resolved, host lowercased,
       fragment dropped;
    2. user name, password and default port dropped;
    3. tracking parameters and session ids dropped (``TRACKING_PREFIXES``, ``TRACKING_PARAMETERS``,
       ``SESSION_PARAMETERS``, ``;jsessionid=…``, ``/(S(…))/``, phpBB's ``sid``);
    4. what names a comment page dropped: ``/comment-page-N`` at the end of the path, ``COMMENT_PAGE_PARAMETERS``;
    5. what names the AMP or print form dropped: ``FORM_SWITCHES``, ``FORM_SETTINGS``, ``.amp`` and ``.amp.html``, and
       ``/amp`` or ``/print`` at the end of a path, where what stands before it looks like an article's address
       (a slug with hyphens, a long one, one under a date, a number, a file): ``/tag/print/`` is a page of its own.

    What is no http(s) URL (``urn:sha256:…``), or none that can be read, comes back unchanged.
    """
    return _settled(url, _as_page)


def request_form(url: str) -> str:
    """Return the canonical URL that still says which comment page, AMP or print form was asked for (steps 1 to 3)."""
    return _settled(url, _as_request)


def is_main_form(url: str) -> bool:
    """Whether this is the page itself: no further comment page, no AMP or print form of it."""
    return request_form(url) == canonical_url(url)


def is_front_page(url: str) -> bool:
    """Whether a URL names a site and no page of it."""
    try:
        parts = urlsplit(page_key(url))
    except ValueError:
        return False
    return bool(parts.netloc) and parts.path == "/" and not parts.query


def page_key(url: str) -> str:
    """Return what all addresses of one page have in common; idempotent, and the same for its ``canonical_url``.

    Folded beyond `canonical_url`, each because a server that answers differently there is a broken one:

    - ``http`` and ``https``: one site, before and after it got its certificate;
    - ``www.``: as in the SURT keys of web archives. Nobody publishes two papers at www.e.org and e.org;
    - ``index.html``, ``index.htm``, ``index.php`` at the end: the file that servers answer with for its folder;
    - slashes at the end: one is put after a name without a dot, none after a file's. So the commonest forms of
      addresses are their own keys, and keep the ids that were cited before there was this fold.
    """
    return _key(url, canonical_url)


def request_key(url: str) -> str:
    """Return the `request_form` folded like `page_key`: whether a comment page that is linked was captured."""
    return _key(url, request_form)


def host_of(url: str) -> str:
    """Return the host in lower case without port, or ``""`` where the text names none."""
    try:
        return (urlsplit(canonical_url(url)).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=4096)  # each load asks for the same few forms of a URL again and again
def _settled(url: str, simplified: Callable[[SplitResult], tuple[str, str]]) -> str:
    if not _HTTP.match(url):
        return url
    seen = url
    # One round can uncover work for the next, such as an escape made plain.
    for _ in range(_MOST_ROUNDS):
        try:
            parts = _parts(seen)
            if not parts.hostname:
                return url
            path, query = simplified(parts)
            after = urlunsplit((parts.scheme, _authority(parts), path or "/", query, ""))
        except ValueError:  # UnicodeError is one too
            return url
        if after == seen:
            return after
        seen = after
    return url


@lru_cache(maxsize=1024)  # of one address several forms are asked for, one after the other
def _parts(url: str) -> SplitResult:
    return urlsplit(url if _PLAIN.fullmatch(url) else canonicalize_url(url))


def _as_request(parts: SplitResult) -> tuple[str, str]:
    path = _PATH_SESSION.sub("", parts.path)
    return path, _without(parts.query, lambda name, value: _is_noise(name, value, path))


def _as_page(parts: SplitResult) -> tuple[str, str]:
    path, query = _as_request(parts)
    return _main_path(_COMMENT_PAGE.sub(r"\1", path)), _without(query, _is_form)


def _key(url: str, form: Callable[[str], str]) -> str:
    clean = seen = form(url)
    if not _HTTP.match(clean):
        return clean
    for _ in range(_MOST_ROUNDS):
        try:
            after = form(_folded(seen))
        except ValueError:
            return clean
        if after == seen:
            return after
        seen = after
    return clean


def _folded(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    path = _INDEX.sub("", parts.path.rstrip("/"))
    slash = "" if "." in path.rpartition("/")[2] else "/"
    return urlunsplit(("https", host if "." in host else parts.netloc, path + slash, parts.query, ""))


def _authority(parts: SplitResult) -> str:
    authority = parts.netloc.rpartition("@")[2]
    if parts.port is not None and parts.port == _DEFAULT_PORTS.get(parts.scheme):
        return authority.rpartition(":")[0]
    return authority


def _without(query: str, is_dropped: Callable[[str, str], bool]) -> str:
    kept: list[str] = []
    for part in query.split("&"):
        name, _, value = part.lower().partition("=")
        if not is_dropped(name, value):
            kept.append(part)
    return "&".join(kept)


def _is_noise(name: str, value: str, path: str) -> bool:
    if name in SESSION_PARAMETERS:
        return "%3b" not in value and ";" not in value  # else the rest of the query hangs on it
    if name == "sid":
        return path.endswith(_PHPBB_TOPIC) and _PHPBB_SESSION.fullmatch(value) is not None
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _is_form(name: str, value: str) -> bool:
    if name in COMMENT_PAGE_PARAMETERS:
        return value.isdecimal() or name == "cpage"
    return (name in FORM_SWITCHES and value in _ON) or (name in FORM_SETTINGS and value in _FORMS)


def _main_path(path: str) -> str:
    """The path without what names the AMP or print form at its end."""
    bare = path.removesuffix("/")
    slash = path[len(bare) :]
    before, _, last = bare.rpartition("/")
    if last in _HYPHENS:
        return before + slash if _is_article(before, hyphens=_HYPHENS[last]) else path
    if last.endswith(".amp.html"):
        return f"{before}/{last.removesuffix('.amp.html')}.html{slash}"
    stem = f"{before}/{last.removesuffix('.amp')}"
    return stem + slash if last.endswith(".amp") and _is_article(stem, hyphens=1) else path


def _is_article(path: str, *, hyphens: int) -> bool:
    """Whether a path looks like an article's: a folder, a tag or a month is none."""
    slug = path.rpartition("/")[2]
    return (
        slug.count("-") + slug.count("_") >= hyphens
        or len(slug) >= _LONG_SLUG
        or any(pattern.search(slug) for pattern in (_NUMBER, _FILE))
        or _DATED.search(path) is not None
    )
