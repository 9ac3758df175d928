"""Whether a page is a list of articles: a front, section, tag's or author's page, search results, a forum's board.

Knows the marks and the shape of lists; must not know how text is extracted. A thread, a question with its answers
and a page with a list beneath its article are no lists.
"""

from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from archiver.extract.links import absolute, article_path
from archiver.extract.text import inline_text
from archiver.extract.tree import Tree
from archiver.extract.verdict.look import Look, is_front, is_marked_single, stated_types

_LIST_CLASSES = {"home", "blog", "archive", "category", "tag", "author", "search", "search-results", "date", "paged"}
_SINGLE_CLASSES = {"single", "single-post", "page", "singular", "attachment"}
_LIST_TYPES = {"CollectionPage", "SearchResultsPage", "ProfilePage"}
_BOARDS = (
    "a.topictitle, a.forumtitle, #threads .threadtitle, .threadbit .threadtitle, a[id^='thread_title_'],"
    " .structItem--thread .structItem-title, .node--forum .node-title, .topic-list a.raw-topic-link,"
    " .topic-list a.raw-link, .topic-list-item a.title, #messageindex .subject, #boardindex a.subject,"
    " tr.athing .titleline"
)
_BOARD_TEMPLATES = {"forum_view", "forum_list", "category_view"}
_LIST_PATHS = ("/category/", "/tag/", "/tags/", "/author/", "/search/", "/kategorie/", "/schlagwort/", "/page/")
_LIST_PAGES = ("/viewforum.php", "/forumdisplay.php", "/search", "/search.php", "/tags", "/archive", "/archives")
_SEARCH_KEYS = {"s", "q", "query", "search"}
_TEASERS = "article h1 a, article h2 a, article h3 a, .post h2 a, .entry-title a"
_BESIDE = frozenset({"aside", "nav", "footer", "header"})
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_POST_TITLES = "[id^='post-'] h1 a[rel~=bookmark], [id^='post-'] h2 a[rel~=bookmark], [id^='post-'] h3 a[rel~=bookmark]"
_LONG_LINE, _MOST_TEASER_TEXT, _FEWEST_LINKS, _MANY_TEASERS = 80, 1500, 3, 5
_MANY_LINKS, _FEWEST_POSTS, _FEW_WORDS, _LONG_WORD = 50, 3, 60, 12
_MOST_LINES, _NEARLY_ALL = 0.6, 0.9


def is_index_page(look: Look, raw_text: str) -> bool:
    """For a page that has neither comments nor JSON-LD of an article."""
    tree = look.tree
    if is_marked_single(tree):
        return False
    if look.classes & _LIST_CLASSES and not look.classes & _SINGLE_CLASSES:
        return True
    if stated_types(tree) & _LIST_TYPES or _is_board(tree):
        return True
    return (
        _is_list_of_links(look, raw_text)
        or _has_teasers(tree, raw_text)
        or _has_posts(look)
        or _is_list_of_posts(look, raw_text)
    )


def _has_teasers(tree: Tree, raw_text: str) -> bool:
    prose = sum(len(line) for line in raw_text.split("\n") if len(line) >= _LONG_LINE and not line.startswith("- "))
    return prose < _MOST_TEASER_TEXT and len(tree.select(_TEASERS)) >= _MANY_TEASERS


def _is_board(tree: Tree) -> bool:
    templates = {node.get("data-template", "") for node in tree.by_tag("html")[:1]}
    return bool(templates & _BOARD_TEMPLATES) or len(tree.select(_BOARDS)) >= _FEWEST_LINKS


def _is_list_of_links(look: Look, raw_text: str) -> bool:
    linked = _worded_links(look.tree)
    if len(linked) < _FEWEST_LINKS:
        return False
    if is_front(look.url):
        return True
    if look.prose < _FEW_WORDS and (
        _share_of_links(raw_text, linked) >= _MOST_LINES or (len(linked) >= _MANY_TEASERS and _is_list_url(look.url))
    ):
        return True
    return len(linked) >= _MANY_LINKS and sum(map(len, linked)) >= _NEARLY_ALL * _chars(look.tree)


def _share_of_links(raw_text: str, linked: list[str]) -> float:
    """How much of the extracted text are lines that are links."""
    titles = set(linked)
    lines = [line.removeprefix("- ").strip() for line in raw_text.split("\n")]
    return sum(len(line) for line in lines if line in titles) / max(sum(map(len, lines)), 1)


def _is_list_url(url: str) -> bool:
    """An address that sites give to lists; only with other marks is the page one."""
    try:
        parts = urlsplit(url)
        path = f"{parts.path.lower()}/" if not parts.path.endswith("/") else parts.path.lower()
        keys = {key for key, value in parse_qsl(parts.query) if value}
    except ValueError:
        return False
    return (
        any(each in path for each in _LIST_PATHS)
        or parts.path.lower().endswith(_LIST_PAGES)
        or bool(keys & _SEARCH_KEYS)
    )


def _worded_links(tree: Tree) -> list[str]:
    texts = (inline_text(link) for link in tree.by_tag("a") if link.get("href"))
    return [text for text in texts if " " in text or len(text) >= _LONG_WORD]


def _chars(tree: Tree) -> int:
    nodes = tree.select("*")
    inside = sum(len(node.text.strip()) for node in nodes if node.text and node.tag not in _UNSEEN)
    return inside + sum(len(node.tail.strip()) for node in nodes if node.tail)


# Several posts, each under a heading that leads to its own page


def _has_posts(look: Look) -> bool:
    """Several WordPress posts, each with a title that leads to it."""
    targets = {link.get("href") for link in look.tree.select(_POST_TITLES)} - {None, look.url}
    return len(targets) >= _FEWEST_POSTS


def _is_list_of_posts(look: Look, raw_text: str) -> bool:
    """Extracted paragraphs under many linked headings; in an article they stand before the first, or most under one."""
    targets = {_target(node, look.url) for node in look.tree.select("h1, h2, h3")} - {None}
    if len(targets) < _FEWEST_POSTS:
        return False
    chars = _prose_by_heading(look, {line[:_LONG_LINE] for line in raw_text.split("\n") if len(line) >= _LONG_LINE})
    before = chars.pop("", 0)
    filled = [each for each in chars.values() if each]
    total = before + sum(filled)
    return len(filled) >= _FEWEST_POSTS and before * 4 < total and max(filled) * 5 < total * 3


def _prose_by_heading(look: Look, openings: set[str]) -> Counter[str]:
    """How much of the long paragraphs that open so follows each linked heading; "" before the first."""
    found: Counter[str] = Counter()
    target = ""
    for node in look.tree.select("h1, h2, h3, p"):
        if any(each.tag in _BESIDE for each in node.iterancestors()):
            continue
        if node.tag != "p":
            target = _target(node, look.url) or target
            continue
        text = inline_text(node)
        found[target] += len(text) if text[:_LONG_LINE] in openings else 0
    return found


def _target(heading: HtmlElement, url: str) -> str | None:
    """The other page that a heading leads to: not this one, a place in it, or the front."""
    link = next(heading.iter("a"), next(heading.iterancestors("a"), None))
    target = absolute(url, link.get("href")) if link is not None else None
    if target is None or "#" in target or target == url or is_front(target):
        return None
    path = article_path(target)
    return target if path is None or path != article_path(url) else None
