"""Is this page an article? Block pages and index pages told by what stands in them.

Knows the marks of challenges and of link lists; must not know HTTP beyond the status, nor how text is extracted.
"""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

_BLOCK_STATUS = {401, 403, 429, 503}
_CHALLENGE = re.compile(
    r"cf-chl|cf_chl|challenge-platform|cf-browser-verification|/cdn-cgi/challenge|g-recaptcha|h-captcha|hcaptcha\.com"
    r"|captcha-delivery|px-captcha|_Incapsula_Resource|ddos-guard|sucuri_cloudproxy|<title>\s*just a moment"
    r"|<title>\s*attention required|are you a (?:human|robot)|verify (?:that )?you are (?:a )?human|unusual traffic"
    r"|\bcaptcha\b",
    re.IGNORECASE,
)
# What stands only in the page of a challenge, and never in a page that merely guards its form with one
_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|are you a (?:human|robot)|captcha|access denied|security check|ddos-guard"
    r"|bot verification|verify you are human",
    re.IGNORECASE,
)
_CHALLENGE_NODES = (
    "#challenge-form, #px-captcha, #cf-wrapper, .cf-browser-verification, script[src*='captcha-delivery.com'],"
    " iframe[src*='captcha-delivery.com'], iframe[src*='_Incapsula_Resource']"
)
_SEARCHED_CHARS = 100_000
_MOST_TEXT_OF_A_CHALLENGE = 1500
_LIST_CLASSES = {"home", "blog", "archive", "category", "tag", "author", "search", "search-results", "date", "paged"}
_SINGLE_CLASSES = {"single", "single-post", "page", "singular", "attachment"}
_TEASERS = "article h1 a, article h2 a, article h3 a, .post h2 a, .entry-title a"
_LONG_LINE, _MOST_TEASER_TEXT, _FEWEST_LINKS, _MANY_TEASERS = 80, 1500, 3, 5


def status_reason(status: int) -> str:
    """``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def blocked_by_status(status: int, text: str) -> bool:
    return status in _BLOCK_STATUS and bool(_CHALLENGE.search(text[:_SEARCHED_CHARS]))


def is_challenge(tree: Tree) -> bool:
    """A CAPTCHA or browser check served with status 200: its marks, and hardly any text beside them."""
    titles = "".join(title.text or "" for title in tree.by_tag("title")[:1])
    if not _CHALLENGE_TITLE.search(titles) and not tree.select(_CHALLENGE_NODES):
        return False
    return len(inline_text(tree.first("body"))) <= _MOST_TEXT_OF_A_CHALLENGE


def is_index_page(tree: Tree, url: str, raw_text: str) -> bool:
    """A list of links to articles; for a page that has neither comments nor JSON-LD of an article."""
    if _is_marked_single(tree):
        return False
    classes = _body_classes(tree)
    if classes & _LIST_CLASSES and not classes & _SINGLE_CLASSES:
        return True
    links = _worded_links(tree)
    prose = sum(len(line) for line in raw_text.split("\n") if len(line) >= _LONG_LINE and not line.startswith("- "))
    teasers = len(tree.select(_TEASERS))
    return (
        (_is_front(url) and links >= _FEWEST_LINKS)
        or (teasers >= _MANY_TEASERS and prose < _MOST_TEASER_TEXT)
        or (links >= _FEWEST_LINKS and prose == 0)
    )


def _is_marked_single(tree: Tree) -> bool:
    types = [node.get("content", "").lower() for node in tree.select("meta[property='og:type']")]
    return "article" in types


def _body_classes(tree: Tree) -> set[str]:
    return {each for body in tree.by_tag("body")[:1] for each in body.get("class", "").lower().split()}


def _is_front(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and not parts.query and parts.path in {"", "/", "/index.html", "/index.php"}
    )


def _worded_links(tree: Tree) -> int:
    return sum(1 for link in tree.by_tag("a") if link.get("href") and len(inline_text(link).split()) > 1)
