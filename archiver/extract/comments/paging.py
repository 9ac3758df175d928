"""The other pages of a thread, as far as a page links to them.

Knows paging links and what stands around them; must not know how comments are read. A crawler follows the links to a
fixed point: some themes link to the neighbouring page only.
"""

import re
from collections.abc import Container

from lxml.html import HtmlElement

from archiver.extract.comments.guess import roles
from archiver.extract.comments.vocabulary import Role
from archiver.extract.links import absolute, article_path, web_host, without_fragment
from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

# Names comments itself: it is a comment page wherever the link stands
_COMMENT_PAGE = re.compile(
    r"(?:^|/)comment-page-\d+/?$|[?&](?:cpage|comment_?page|comments?-?page|cp|kommentarseite|pagecomments?|page_comments?)=\d+",
    re.IGNORECASE,
)
# Names a page of something: of the thread, where it stands in the thread
_ANY_PAGE = re.compile(
    r"[?&](?:page|p|pg|pagina|seite|start|offset|from|st)=\d+|/page[-/]?\d+/?$|/p\d+/?$|/seite[-/]?\d+/?$|/index\d+\.html?$"
    r"|[-_,/]\d{1,4}(?:\.html?)?$",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\d{1,4}|[«»‹›<>→←]+|(?:[«‹<←]\s*)?(?:next|previous|prev|older|newer|earlier|later|more|last|first|weiter|zurück|ältere|neuere|nächste|vorherige"  # noqa: RUF001
    r"|suivante?s?|précédente?s?|siguiente|anterior|successiv[ao]|precedente|następn[ay]|poprzedni[a]?|volgende|vorige|nästa|förra)"
    r"(?:\s+(?:comments?|page|kommentare?|seite|commentaires?|comentarios?|página|commenti|komentarze))?(?:\s*[»›>→])?",  # noqa: RUF001
    re.IGNORECASE,
)
# A permalink's fragment names one comment: such a link says on which page that one is, most often on this
_WHOLE = re.compile(r"[a-z_-]*", re.IGNORECASE)
_LAST = ("/", "l", "m")
_MOST_PAGES = 200
_NEAR = 8


def comment_pages(tree: Tree, *, url: str, base: str, own_paths: Container[str], is_forum: bool) -> tuple[str, ...]:
    """Absolute URLs in page order. ``is_forum``: the page is a thread, and turning its pages turns the thread's."""
    found: dict[str, None] = {}
    here = without_fragment(url)
    for link in tree.by_tag("a"):
        href, _, fragment = link.get("href", "").strip().partition("#")
        if "?" not in href and not href[-1:].isdecimal() and not href.endswith(_LAST):
            continue  # most links: nothing that ends so names a page
        if "replytocom=" in href or len(found) >= _MOST_PAGES or not _WHOLE.fullmatch(fragment):
            continue
        if not _COMMENT_PAGE.search(href) and not (_ANY_PAGE.search(href) and _turns_thread(link, is_forum=is_forum)):
            continue
        target = absolute(base, href)
        if target and without_fragment(target) != here and _is_same_article(target, url, own_paths):
            found[without_fragment(target)] = None
    return tuple(found)


def _turns_thread(link: HtmlElement, *, is_forum: bool) -> bool:
    if not _TURNS.fullmatch(inline_text(link)[:60].strip()):
        return False
    if is_forum:
        return True
    for _, around in zip(range(_NEAR), link.iterancestors(), strict=False):
        if around.tag in {"body", "article", "main"}:
            return False
        if roles(around) & Role.COMMENT:
            return True
    return False


def _is_same_article(url: str, here: str, own_paths: Container[str]) -> bool:
    """The same path but for what names the page; addresses that are all query (``/?p=48``) tell by their host."""
    if web_host(url) != web_host(here):
        return False
    path = article_path(url.partition("?")[0])
    if path is None:
        return True
    stems = {path, _COMMENT_PAGE.sub("", f"/{path}").strip("/"), _ANY_PAGE.sub("", f"/{path}").strip("/")}
    return not own_paths or any(stem in own_paths for stem in stems)
