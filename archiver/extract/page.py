"""The bytes of one capture to a ``Page``: a verdict, and for an article its text and thread.

Pure: no clock, no network, no state that changes a result, no exception for any bytes. Knows the order of the
work; what each step knows stands in its own module.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from archiver.extract import charset, media, plaintext, verdict
from archiver.extract.body import read_body
from archiver.extract.clean import Known, Line, clean_text
from archiver.extract.comments import PLATFORMS
from archiver.extract.comments.claims import claimed_count, has_other_pages, is_complete
from archiver.extract.comments.thread import Setting, Thread, newest_lists, read_thread
from archiver.extract.jsonld import ArticleNode, article_node
from archiver.extract.links import absolute, article_path
from archiver.extract.metadata import Metadata, Sources, canonical_url, language_of, read_metadata
from archiver.extract.model import Article, Origin, Page, Verdict
from archiver.extract.text import clean, one_line
from archiver.extract.tree import Tree

EXTRACTOR = f"archiver 1, trafilatura {version('trafilatura')}"
"""Names this extraction and trafilatura's; the first number is raised whenever the same bytes may give another page."""

_REDIRECT = range(300, 400)
_LONGEST_REASON = 200
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
    try:
        root = load_html(source)
        if root is None:
            # a fragment, which load_html refuses unless it stands in a document
            root = load_html(f"<html><body>{source}</body></html>")
        return _page(Verdict.NOT_A_PAGE, "no HTML") if root is None else _from_tree(root, url, captured_at)
    except _UNREADABLE as problem:
        return _page(Verdict.NOT_A_PAGE, f"unreadable HTML: {type(problem).__name__}")


def _from_tree(root: HtmlElement, url: str, captured_at: datetime) -> Page:
    tree = Tree(root)
    if verdict.is_challenge(tree):
        return _page(Verdict.BLOCK_PAGE, "captcha or browser check")
    node = article_node(tree, url)
    thread, claimed, complete = _comments(tree, node, url)
    if _prune(tree, thread):
        tree = Tree(root)
    raw_text = _raw_text(root, url)
    if thread is None and node is None and verdict.is_index_page(tree, url, raw_text):
        return _page(Verdict.INDEX_PAGE)
    if not raw_text and thread is None:
        return _page(Verdict.NOT_A_PAGE, "no article text found")
    metadata = read_metadata(Sources(tree=tree, url=url, node=node or ArticleNode(), captured_at=captured_at))
    return Page(
        verdict=Verdict.ARTICLE,
        extractor=EXTRACTOR,
        article=_article(metadata, read_body(raw_text, root, _base(tree, url)), raw_text),
        comments=thread.comments if thread else (),
        claimed_comments=claimed,
        complete=complete,
    )


def _comments(tree: Tree, node: ArticleNode | None, url: str) -> tuple[Thread | None, int | None, bool | None]:
    """The thread, how many comments the page claims, and whether these are all."""
    canonical = canonical_url(tree, url)
    setting = Setting(base=_base(tree, url), url=url, canonical_url=canonical, language=language_of(tree))
    thread = read_thread(tree, PLATFORMS, setting)
    claimed = claimed_count(tree)
    if claimed is None and node is not None:
        claimed = node.comment_count
    own_paths = {path for path in map(article_path, (url, canonical)) if path}
    shown = len(thread.comments) if thread else 0
    return thread, claimed, is_complete(claimed=claimed, shown=shown, other_pages=has_other_pages(tree, own_paths))


def _base(tree: Tree, url: str) -> str:
    """What relative links are relative to."""
    base = next((each.get("href") for each in tree.by_tag("base") if each.get("href")), None)
    return absolute(url, base) or url


def _prune(tree: Tree, thread: Thread | None) -> bool:
    """Takes out the thread's nodes and lists of newest comments, the text after each stays; whether there were any."""
    nodes = (*(thread.nodes if thread else ()), *newest_lists(tree, PLATFORMS))
    for node in nodes:
        if node.getparent() is not None:
            node.drop_tree()
    return bool(nodes)


def _raw_text(root: HtmlElement, url: str) -> str:
    """What trafilatura reads; it copies the tree. Its metadata would take longer than ours."""
    document = bare_extraction(
        root, url=url if url.startswith(("http://", "https://")) else None, include_comments=False, with_metadata=False
    )
    return clean(document.text or "").strip() if isinstance(document, Document) else ""


def _article(metadata: Metadata, lines: Sequence[Line], raw_text: str) -> Article:
    cleaned = clean_text(lines, Known(titles=metadata.titles, authors=metadata.authors))
    origins = dict(metadata.origins)
    if raw_text:
        origins |= {"text": Origin.TRAFILATURA, "raw_text": Origin.TRAFILATURA}
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
