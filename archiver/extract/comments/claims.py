"""How many comments a page says it has, and whether it shows all of them.

Knows headings; must not know how comments are read.
"""

import re
from collections.abc import Container, Sequence
from itertools import islice

from lxml.html import HtmlElement

from archiver.extract.links import article_path
from archiver.extract.text import inline_text, is_element
from archiver.extract.tree import Tree

_HEADINGS = (
    (
        ".comments-title, #comments-title, .wp-block-comments-title, .comments-heading, .comments-h, .comment-title,"
        " .comments_title, .commentcount, .comments-count, .comment-count, .wpd-thread-info"
    ),
    "#comments h1, #comments h2, #comments h3, #comments h4, h1#comments, h2#comments, h3#comments, h4#comments",
    "[class*=comment] > h2, [class*=comment] > h3, [class*=comment] > h4, [id*=comment] > h2, [id*=comment] > h3",
)
_NOT_THE_THREADS = "#respond, .comment-respond, aside, .widget"
_WORD = (
    r"(?:comments?|kommentare?n?|responses?|repl(?:y|ies)|thoughts?|antwort(?:en)?|meinung(?:en)?|discussions?|"
    r"comentarios?|coment[áa]rios?|commentaires?|commenti|commento|reacties?|kommentarer|komentarz\w*|komentar\w*|"
    r"(?:留言|評論|评论|回應|コメント|댓글)\w{0,4}|комментари\w*|коментар\w*|hozzászólás|yorum|réponses?|respuestas?|risposte|gedanken?)"
)
_NUMBER = r"(\d{1,3}(?:[.,'\s]\d{3})+|\d{1,7})"
_BEFORE = re.compile(
    rf"(?<![\w.,]){_NUMBER}\s+(?:\w+\s+)?{_WORD}\b|(?<![\w.,]){_NUMBER}\s?(?:則|条|條|件の|个|個)\s?{_WORD}",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\b{_WORD}\s*[(:\[]\s*{_NUMBER}(?!\d)", re.IGNORECASE)
_ONE = re.compile(rf"\b(?:one|ein(?:e)?|un[ao]?|une|один|eén)\s+{_WORD}\b", re.IGNORECASE)
_NONE = re.compile(rf"\b(?:no|keine|noch keine|sin|aucun|nessun)\s+{_WORD}\b", re.IGNORECASE)
_COMMENT_FRAGMENT = re.compile(
    r"(?:leser)?(?:comment|kommentar|coment|komment|disqus_thread|reacties|forum|discussion)", re.IGNORECASE
)
_LONGEST_HEADING, _LONGEST_LINE = 300, 60
_STEPS_UP, _STEPS_BACK, _MOST_CHILDREN = 5, 4, 12


def claimed_count(tree: Tree, thread: Sequence[HtmlElement], own_paths: Container[str]) -> int | None:
    """By the thread's heading, by what stands just above it, by links to it; the first that gives a number.

    ``thread`` are the thread's nodes in page order.
    """
    excluded = set(tree.select(_NOT_THE_THREADS))
    for tier in _HEADINGS:
        for node in tree.select(tier):
            count = _count_in(inline_text(node)[:_LONGEST_HEADING])
            if count is not None and not any(each in excluded for each in node.iterancestors()):
                return count
    if thread:
        above = _count_above(thread[0], excluded)
        if above is not None:
            return above
    return _count_of_links(tree, own_paths)


def _count_above(first: HtmlElement, excluded: Container[HtmlElement]) -> int | None:
    """In short texts that stand before the thread, not far away."""
    node = first
    for _ in range(_STEPS_UP):
        for before in islice(node.itersiblings(preceding=True), _STEPS_BACK):
            if before in excluded or not is_element(before):
                continue
            text = " ".join(before.text_content().split()) if len(before) < _MOST_CHILDREN else ""
            count = _count_in(text) if len(text) <= _LONGEST_LINE else None
            if count is not None:
                return count
        parent = node.getparent()
        if parent is None or parent.tag == "body":
            return None
        node = parent
    return None


def _count_of_links(tree: Tree, own_paths: Container[str]) -> int | None:
    """``571 comments`` that leads to the comments of this page."""
    for link in tree.by_tag("a"):
        target, sign, fragment = link.get("href", "").partition("#")
        if sign and _COMMENT_FRAGMENT.match(fragment) and (not target or (article_path(target) or "") in own_paths):
            text = inline_text(link)
            count = _count_in(text) if len(text) <= _LONGEST_LINE else None
            if count is not None:
                return count
    return None


def _count_in(heading: str) -> int | None:
    match = _BEFORE.search(heading) or _AFTER.search(heading)
    if match:
        return int(re.sub(r"\D", "", next(filter(None, match.groups()))))
    if _NONE.search(heading):
        return 0
    return 1 if _ONE.search(heading) else None


def is_complete(*, claimed: int | None, shown: int, has_more: bool) -> bool | None:
    """``shown`` counts pingbacks too: themes differ in whether their heading does.

    ``has_more``: there are other pages of the thread, or another system holds it.
    """
    if has_more:
        return False
    return None if claimed is None else shown >= claimed
