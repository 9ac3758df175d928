"""Facts of captures for tests: short ways to write them, and generated histories."""

from contextlib import closing
from dataclasses import replace
from functools import cache
from typing import Final

from hypothesis import strategies as st
from sqlite_utils import Database

from db import withheld
from db.descriptions import DERIVED, TABLES
from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.schema import migrate

URL: Final = "https://example.org/2024/hoist/"
EXTRACTOR: Final = "1"


def memory_database() -> Database:
    db = Database(memory=True, execute_plugins=False)
    db.conn.deserialize(_empty())
    db.conn.execute("PRAGMA foreign_keys = ON")
    withheld.prepare(db)
    return db


@cache
def _empty() -> bytes:
    """A database without rows, to be copied: making one takes longer than most tests."""
    with closing(Database(memory=True, execute_plugins=False)) as db:
        migrate(db)
        return db.conn.serialize()


def at(day: int, second: int = 0) -> str:
    return f"2024-05-{day:02}T12:00:{second:02}.000000Z"


def row(
    day: int = 1,
    *,
    url: str = URL,
    name: str = "",
    verdict: str | None = "article",
    status: int | None = 200,
    extractor: str | None = EXTRACTOR,
    redirect_url: str | None = None,
) -> CaptureRow:
    """The stored exchange of a day; ``name`` tells those of one day and page apart."""
    return CaptureRow(
        record_id=f"<urn:uuid:{day}-{name}-{url}>",
        record_type="response",
        url=url,
        captured_at=at(day),
        status=status,
        mime="text/html",
        payload_digest="sha1:AAAA",
        warc_file="a.warc.gz",
        warc_offset=day * 1000,
        warc_length=999,
        extractor=extractor,
        verdict=verdict,
        redirect_url=redirect_url,
    )


def comment(
    text: str, *, id_: str | None = None, author: str | None = "veth", parent: int | None = None
) -> CommentFacts:
    return CommentFacts(text=text, native_id=id_, author=author, parent=parent, depth=0 if parent is None else 1)


def article(
    day: int = 1,
    *comments: CommentFacts,
    url: str = URL,
    name: str = "",
    title: str = "Hoist",
    text: str = "The hoist stands.",
    complete: bool | None = True,
) -> CaptureFacts:
    return CaptureFacts(
        capture=row(day, url=url, name=name),
        article=ArticleFacts(title=title, text=text, raw_text=text, authors=("Jane Doe",)),
        comments=comments,
        claimed_comments=len(comments),
        complete=complete,
    )


def error(day: int, status: int = 404, *, url: str = URL) -> CaptureFacts:
    return CaptureFacts(capture=row(day, url=url, verdict="error page", status=status))


def block(day: int, *, url: str = URL) -> CaptureFacts:
    return CaptureFacts(capture=row(day, url=url, verdict="block page"))


def redirect(day: int, to: str, *, url: str, name: str = "") -> CaptureFacts:
    return CaptureFacts(capture=row(day, url=url, name=name, verdict="redirect", status=301, redirect_url=to))


def dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All derived rows, in an order that does not depend on how they came in."""
    return {
        table: sorted(db.conn.execute(f"SELECT {_compared(table)} FROM {table}").fetchall(), key=repr)  # noqa: S608  # ours
        for table in DERIVED
    }


def _compared(table: str) -> str:
    """The columns of a table that do not depend on the order of loading."""
    return ", ".join(name for name in TABLES[table].columns if name not in TABLES[table].inner)


def loose_keys(db: Database) -> list[object]:
    return db.conn.execute("PRAGMA foreign_key_check").fetchall()


# Few pages, words and times, so that generated captures meet.
_PAGES = ("https://example.org/a/", "https://example.org/b/", "https://example.org/c/", "https://example.org/d/")
_FORMS = ("", "", "?utm_source=feed", "comment-page-2/")
_WORDS = st.sampled_from(("one", "two", "three"))
# Long enough that a redirect between two pages with one of these texts is believed.
_TEXTS = st.sampled_from(tuple(" ".join(f"{word}{number}" for number in range(30)) for word in ("one", "two", "one")))


@st.composite
def _comments(draw: st.DrawFn) -> tuple[CommentFacts, ...]:
    size = draw(st.integers(0, 4))
    return tuple(
        CommentFacts(
            text=draw(_WORDS),
            author=draw(st.sampled_from((None, "veth", "Robert"))),
            native_id=draw(st.sampled_from((None, "c1", "c2", "c3"))),
            parent=draw(st.none() | st.integers(-1, size)),
            depth=draw(st.integers(0, 2)),
            likes=draw(st.none() | st.integers(0, 2)),
            published_text=draw(st.sampled_from((None, "today", "yesterday"))),
            kind=draw(st.sampled_from(("comment", "pingback"))),
        )
        for _ in range(size)
    )


@st.composite
def capture_facts(draw: st.DrawFn) -> CaptureFacts:
    """One capture of one of the pages: an article, an error, a block page, a redirect, or not extracted."""
    url = draw(st.sampled_from(_PAGES)) + draw(st.sampled_from(_FORMS))
    day, name = draw(st.integers(1, 6)), draw(st.sampled_from("xyz"))
    kind = draw(st.sampled_from(("article", "article", "article", "error page", "block page", "redirect", "waiting")))
    if kind == "article":
        facts = article(day, *draw(_comments()), url=url, name=name, title=draw(_WORDS), text=draw(_TEXTS))
        assert facts.article is not None
        return replace(
            facts,
            article=replace(facts.article, raw_text=draw(_WORDS)),
            complete=draw(st.sampled_from((True, False, None))),
        )
    if kind == "redirect":
        return redirect(day, draw(st.sampled_from(_PAGES)), url=url, name=name)
    if kind == "waiting":
        return CaptureFacts(capture=row(day, url=url, name=name, verdict=None, extractor=None))
    status = draw(st.sampled_from((404, 410, 500)))
    return CaptureFacts(capture=row(day, url=url, name=name, verdict=kind, status=status))


def captures(max_size: int = 12) -> st.SearchStrategy[list[CaptureFacts]]:
    return st.lists(capture_facts(), max_size=max_size, unique_by=lambda facts: facts.capture.record_id)
