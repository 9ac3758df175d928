"""The facts of one capture, as the database takes them in. History is derived from these and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRow:
    """One stored exchange, or one stored file, and where its record lies.

    ``captured_at`` is UTC as ``YYYY-MM-DDTHH:MM:SS.ffffffZ``, so that text order is time order.
    ``warc_file`` is the file's name below ``archive/``; offset and length are bytes of the gzip member.
    ``payload_digest`` is ``sha1:BASE32`` over the entity body, transfer coding removed.
    ``payload_sha256`` is hex over the same; None for a revisit, whose record holds no payload. ``refers_to`` is the id
    of the record that holds a revisit's payload. ``transfer_coding`` is as the stored bytes have it.
    ``extractor`` is None until the capture has been extracted; ``error`` says why extraction failed.
    """

    record_id: str
    record_type: str
    url: str
    captured_at: str
    status: int | None
    mime: str | None
    payload_digest: str | None
    warc_file: str
    warc_offset: int
    warc_length: int
    source: str | None = None
    crawl_id: str | None = None
    verdict: str | None = None
    reason: str | None = None
    redirect_url: str | None = None
    extractor: str | None = None
    error: str | None = None
    payload_sha256: str | None = None
    transfer_coding: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    refers_to: str | None = None
    truncated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """One state of an article, as one capture shows it.

    ``links`` are the absolute URLs in its text; ``origins`` names for each filled field where it comes from.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    language: str | None = None
    section: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str | None = None
    image: str | None = None
    text: str = ""
    raw_text: str = ""
    links: tuple[str, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFacts:
    """One comment, as one capture shows it. ``parent`` is an index into the capture's comments.

    ``edited``: the page marks it as edited; ``moderated``: as held for approval or removed by a moderator.
    """

    text: str
    kind: str = "comment"
    native_id: str | None = None
    author: str | None = None
    author_url: str | None = None
    published: str | None = None
    published_text: str | None = None
    permalink: str | None = None
    parent: int | None = None
    depth: int = 0
    likes: int | None = None
    edited: bool = False
    moderated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """All that one capture says. ``article`` is None unless the capture shows an article.

    ``complete``: the capture shows the whole thread (True), does not (False), or does not say (None).
    ``comment_pages`` are the absolute URLs of further pages of the thread that it links to; ``elsewhere`` names threads
    that it loads from elsewhere (``SYSTEM ID URL``). ``canonical_url`` is what the page claims to be (rel=canonical).
    ``same_as`` is the record id of a loaded capture of the same page: this one shows what that one showed, and brings
    nothing of its own but its row.
    """

    capture: CaptureRow
    article: ArticleFacts | None = None
    comments: tuple[CommentFacts, ...] = ()
    claimed_comments: int | None = None
    complete: bool | None = None
    comment_pages: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    canonical_url: str | None = None
    same_as: str | None = None
