"""How many comments a page says it has, and whether it shows all of them.

Knows headings and paging links; must not know how comments are read.
"""

import re

from archiver.extract.links import article_path
from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

_HEADINGS = (
    (
        ".comments-title, #comments-title, .wp-block-comments-title, .comments-heading, .comments-h, .comment-title,"
        " .comments_title, .commentcount, .comments-count, .comment-count"
    ),
    "#comments h1, #comments h2, #comments h3, #comments h4, h1#comments, h2#comments, h3#comments, h4#comments",
    "[class*=comment] > h2, [class*=comment] > h3, [class*=comment] > h4, [id*=comment] > h2, [id*=comment] > h3",
)
_NOT_THE_THREADS = "#respond, .comment-respond, aside, .widget"
_WORD = (
    r"(?:comments?|kommentare?n?|responses?|repl(?:y|ies)|thoughts?|antwort(?:en)?|meinung(?:en)?|discussions?|"
    r"comentarios?|coment[áa]rios?|commentaires?|commenti|commento|reacties?|kommentarer|komentarz\w*|komentar\w*|"
    r"комментари\w*|коментар\w*|hozzászólás|yorum|réponses?|respuestas?|risposte|gedanken?)"
)
_NUMBER = r"(\d{1,3}(?:[.,'\s]\d{3})+|\d{1,7})"
_BEFORE = re.compile(rf"(?<![\w.,]){_NUMBER}\s+(?:\w+\s+)?{_WORD}\b", re.IGNORECASE)
_AFTER = re.compile(rf"\b{_WORD}\s*[(:\[]\s*{_NUMBER}(?!\d)", re.IGNORECASE)
_ONE = re.compile(rf"\b(?:one|ein(?:e)?|un[ao]?|une|один|eén)\s+{_WORD}\b", re.IGNORECASE)
_NONE = re.compile(rf"\b(?:no|keine|noch keine|sin|aucun|nessun)\s+{_WORD}\b", re.IGNORECASE)
_LONGEST_HEADING = 300
_PAGE_LINK = re.compile(r"comment-page-\d+/?(?:#comments?)?$|[?&]cpage=\d+(?:#comments?)?$")


def claimed_count(tree: Tree) -> int | None:
    """By the heading of the thread; the first that gives a number."""
    excluded = set(tree.select(_NOT_THE_THREADS))
    for tier in _HEADINGS:
        for node in tree.select(tier):
            count = _count_in(inline_text(node)[:_LONGEST_HEADING])
            if count is not None and not any(each in excluded for each in node.iterancestors()):
                return count
    return None


def _count_in(heading: str) -> int | None:
    match = _BEFORE.search(heading) or _AFTER.search(heading)
    if match:
        return int(re.sub(r"\D", "", match.group(1)))
    if _NONE.search(heading):
        return 0
    return 1 if _ONE.search(heading) else None


def has_other_pages(tree: Tree, own_paths: set[str]) -> bool:
    """Whether the page links to further comment pages of the same article."""
    for link in tree.by_tag("a"):
        href = link.get("href", "").strip()
        if _PAGE_LINK.search(href) and (not own_paths or (article_path(href) or "") in own_paths | {""}):
            return True
    return False


def is_complete(*, claimed: int | None, shown: int, other_pages: bool) -> bool | None:
    """``shown`` counts pingbacks too: themes differ in whether their heading does."""
    if other_pages:
        return False
    return None if claimed is None else shown >= claimed
