"""The bytes of one capture to a ``Page``: a verdict, and for an article its text and thread.

Pure: no clock, no network, no state that changes a result, no exception for any bytes. Knows the order of the
work; what each step knows stands in its own module.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from archiver.extract import charset, measure, media, plaintext, verdict
from archiver.extract.body import read_body
from archiver.extract.clean import Known, Line, clean_text
from archiver.extract.comments.discussion import base_of, read_discussion
from archiver.extract.comments.generic import NEWEST_LISTS
from archiver.extract.comments.thread import Thread
from archiver.extract.jsonld import ArticleNode, article_node
from archiver.extract.links import absolute
from archiver.extract.metadata import Metadata, Sources, read_metadata
from archiver.extract.model import Article, Origin, Page, Verdict
from archiver.extract.text import clean, one_line
from archiver.extract.tree import Tree
from archiver.extract.verdict import Look
from archiver.extract.version import EXTRACTOR

_REDIRECT = range(300, 400)
_LONGEST_REASON, _SHORT_TEXT = 200, 250
# What parsers let through when a tree is too deep, too odd or broken: a page that cannot be read, not a fault of ours.
_UNREADABLE = (LxmlError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def extract(
    body: bytes, *, url: str, status: int | None, headers: Sequence[tuple[str, str]], captured_at: datetime
) -> Page:
    """``body`` has its content coding removed; ``status`` is None for a saved file."""
    content_type = media.header(headers, "content-type")
    if status is not None and status >= _REDIRECT.start:
        return _refused(body, url, status, media.header(headers, "location"), content_type)
    if not body.strip():
        return _page(Verdict.EMPTY)
    kind, name = media.kind_of(body, content_type, url)
    if kind is media.Kind.OTHER:
        return _page(Verdict.NOT_A_PAGE, one_line(name)[:_LONGEST_REASON])
    text = charset.decode(body, content_type)
    return _from_text(text) if kind is media.Kind.TEXT else _from_html(text, url, captured_at)


def _refused(body: bytes, url: str, status: int, location: str | None, content_type: str | None) -> Page:
    """Redirects and errors: the status decides, the body only tells a block page."""
    reason = verdict.status_reason(status)
    if status in _REDIRECT:
        if location:
            return Page(
                verdict=Verdict.REDIRECT, reason=reason, extractor=EXTRACTOR, redirect_url=absolute(url, location)
            )
        return _page(Verdict.NOT_A_PAGE, f"{reason} without a target") if body.strip() else _page(Verdict.EMPTY)
    blocked = verdict.blocked_by_status(status, charset.decode(body, content_type))
    return _page(Verdict.BLOCK_PAGE if blocked else Verdict.ERROR_PAGE, reason)


def _page(what: Verdict, reason: str | None = None) -> Page:
    return Page(verdict=what, reason=reason, extractor=EXTRACTOR)


def _from_text(text: str) -> Page:
    read = plaintext.read_text(text)
    if read is None:
        return _page(Verdict.NOT_A_PAGE, "text that is no article")
    return Page(verdict=Verdict.ARTICLE, extractor=EXTRACTOR, article=read.article, comments=read.comments)


def _from_html(source: str, url: str, captured_at: datetime) -> Page:
    too_much = measure.beyond_reading(source)
    if too_much:
        return _page(Verdict.NOT_A_PAGE, too_much)
    try:
        root = load_html(source)
        if root is None:
            # a fragment, which load_html refuses unless it stands in a document
            root = load_html(f"<html><body>{source}</body></html>")
        if root is None:
            return _page(Verdict.NOT_A_PAGE, "no HTML")
        page = _from_tree(root, url, captured_at)
        return _without_the_cut(page) if page.article and measure.is_cut_off(source) else page
    except _UNREADABLE as problem:
        return _page(Verdict.NOT_A_PAGE, f"unreadable HTML: {type(problem).__name__}")


def _without_the_cut(page: Page) -> Page:
    """A page that ends in the middle: its last comment may not be whole, and what comes behind it is not there."""
    last = len(page.comments) - 1
    is_answered = any(comment.parent == last for comment in page.comments)
    return replace(page, comments=page.comments if is_answered else page.comments[:-1], complete=False)


def _from_tree(root: HtmlElement, url: str, captured_at: datetime) -> Page:
    if measure.is_beyond_walking(root):
        return _page(Verdict.NOT_A_PAGE, "more markup than is read")
    tree = Tree(root)
    node = article_node(tree, url)
    discussion = read_discussion(tree, url=url, stated_count=node.comment_count if node else None)
    thread = discussion.thread
    if _prune(tree, thread):
        tree = Tree(root)
    opening = thread.opening if thread else None
    raw_text = opening.text if opening else _raw_text(root, url)
    look = verdict.look_at(
        tree, url, raw_text=raw_text, has_article_node=node is not None, has_comments=thread is not None
    )
    other = _no_article(look, raw_text)
    if other is not None:
        return other
    metadata = read_metadata(Sources(tree=tree, url=url, node=node or ArticleNode(), captured_at=captured_at))
    is_cut = verdict.is_cut_by_wall(look, raw_text)
    return Page(
        verdict=Verdict.PAY_WALL if is_cut else Verdict.ARTICLE,
        reason="shows the opening only" if is_cut else None,
        extractor=EXTRACTOR,
        article=_article(
            metadata,
            read_body(raw_text, opening.node if opening else root, base_of(tree, url)),
            raw_text,
            Origin.HTML if opening else Origin.TRAFILATURA,
        ),
        comments=discussion.comments,
        claimed_comments=discussion.claimed,
        complete=discussion.complete,
        comment_pages=discussion.pages,
        elsewhere=discussion.elsewhere,
    )


def _no_article(look: Look, raw_text: str) -> Page | None:
    """What the page is instead; None for an article."""
    target = verdict.refresh_target(look)
    if target:
        return Page(verdict=Verdict.REDIRECT, reason="meta refresh", extractor=EXTRACTOR, redirect_url=target)
    refusal = verdict.refused(look)
    if refusal is not None:
        return _page(refusal.verdict, refusal.reason)
    if not look.has_comments and not look.has_article_node and verdict.is_index_page(look, raw_text):
        return _page(Verdict.INDEX_PAGE)
    if raw_text or look.has_comments:
        return None
    return _page(Verdict.NOT_A_PAGE, "no article text found") if look.text else _page(Verdict.EMPTY, "no text")


def _prune(tree: Tree, thread: Thread | None) -> bool:
    """Takes out the thread's nodes and lists of newest comments, the text after each stays; whether there were any."""
    nodes = (*(thread.nodes if thread else ()), *tree.select(NEWEST_LISTS))
    for node in nodes:
        if node.getparent() is not None:
            node.drop_tree()
    return bool(nodes)


def _raw_text(root: HtmlElement, url: str) -> str:
    """What trafilatura reads; where that is next to nothing, with the other extractors it asks as well.

    Asked on every page these are often wrong, and take a third of its time. It copies the tree.
    """
    text = _trafilaturas_text(root, url, fast=True)
    if len(text) >= _SHORT_TEXT or measure.is_beyond_second_look(root):
        return text
    return max(text, _trafilaturas_text(root, url, fast=False), key=len)


def _trafilaturas_text(root: HtmlElement, url: str, *, fast: bool) -> str:
    """Without its metadata, which would take longer than ours."""
    document = bare_extraction(
        root,
        url=url if url.startswith(("http://", "https://")) else None,
        include_comments=False,
        fast=fast,
        with_metadata=False,
    )
    return clean(document.text or "").strip() if isinstance(document, Document) else ""


def _article(metadata: Metadata, lines: Sequence[Line], raw_text: str, origin: Origin) -> Article:
    cleaned = clean_text(lines, Known(titles=metadata.titles, authors=metadata.authors))
    origins = dict(metadata.origins)
    if raw_text:
        origins |= {"text": origin, "raw_text": origin}
    if cleaned.editors:
        origins["editors"] = Origin.TEXT
    if cleaned.links:
        origins["links"] = Origin.HTML
    return Article(
        title=metadata.title,
        authors=metadata.authors,
        editors=cleaned.editors,
        published=metadata.published,
        modified=metadata.modified,
        site=metadata.site,
        language=metadata.language,
        section=metadata.section,
        categories=metadata.categories,
        tags=metadata.tags,
        description=metadata.description,
        image=metadata.image,
        canonical_url=metadata.canonical_url,
        links=cleaned.links,
        text=cleaned.text,
        raw_text=raw_text,
        origins=tuple(origins.items()),
    )
