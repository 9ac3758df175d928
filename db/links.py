"""Which article a capture belongs to, and the other names an article answers to.

A capture belongs to the article of its own page; a redirect, to the article at the end of the redirects.
Where a page redirected to different places over time, the newest one counts for what comes after it. Loops
lead nowhere. All of it is a function of the set of captures.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from db.sql import Row, first, rows, run, text
from db.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What other pages need to know of a page: is it an article, or to which page does it lead."""

    is_article: bool
    leads_to: str | None


def standing(db: Database, page: str) -> Standing:
    article = first(db, "SELECT 1 FROM articles WHERE id = ?", [page])
    redirect = first(
        db,
        "SELECT redirect_page_id FROM captures WHERE page_id = ? AND redirect_page_id IS NOT NULL "
        "ORDER BY captured_at DESC, id DESC LIMIT 1",
        [page],
    )
    return Standing(is_article=article is not None, leads_to=text(redirect["redirect_page_id"]) if redirect else None)


def renew(db: Database, before: Mapping[str, Standing]) -> None:
    """Set article ids and aliases anew, after captures of these pages were written.

    ``before`` holds the pages as they stood: where that changed, the pages that lead to them are renewed too.
    """
    changed = [page for page, old in before.items() if standing(db, page) != old]
    ends: dict[str, str | None] = {}
    for page in sorted({*before, *_leading_to(db, changed)}):
        if _end_of(db, page, ends) == page:
            _own_article(db, page)
        else:
            _article_elsewhere(db, page, ends)


def _leading_to(db: Database, pages: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(pages)
    while waiting:
        page = waiting.pop()
        for row in rows(db, "SELECT DISTINCT page_id FROM captures WHERE redirect_page_id = ?", [page]):
            leading = str(row["page_id"])
            if leading not in found:
                found.add(leading)
                waiting.append(leading)
    return found


def _end_of(db: Database, page: str, known: dict[str, str | None]) -> str | None:
    """Return the article at the end of the redirects that begin at this page; ``known`` keeps what was found."""
    passed: dict[str, None] = {}
    end: str | None = None
    at: str | None = page
    while at is not None and at not in passed:
        if at in known:
            end = known[at]
            break
        passed[at] = None
        stands = standing(db, at)
        if stands.is_article:
            end = at
            break
        at = stands.leads_to
    known.update(dict.fromkeys(passed, end))
    return end


def _own_article(db: Database, page: str) -> None:
    run(db, "UPDATE captures SET article_id = ? WHERE page_id = ? AND article_id IS NOT ?", [page, page, page])
    run(db, "DELETE FROM aliases WHERE page_id = ?", [page])


def _article_elsewhere(db: Database, page: str, ends: dict[str, str | None]) -> None:
    run(
        db,
        "UPDATE captures SET article_id = NULL "
        "WHERE page_id = ? AND redirect_page_id IS NULL AND article_id IS NOT NULL",
        [page],
    )
    targets = rows(
        db,
        "SELECT DISTINCT redirect_page_id FROM captures WHERE page_id = ? AND redirect_page_id IS NOT NULL",
        [page],
    )
    for row in targets:
        end = _end_of(db, str(row["redirect_page_id"]), ends)
        run(
            db,
            "UPDATE captures SET article_id = ? WHERE page_id = ? AND redirect_page_id = ? AND article_id IS NOT ?",
            [end, page, row["redirect_page_id"], end],
        )
    _alias(db, page, _end_of(db, page, ends))


def _alias(db: Database, page: str, article_id: str | None) -> None:
    known = first(db, "SELECT article_id FROM aliases WHERE page_id = ?", [page])
    if article_id is None:
        if known is not None:
            run(db, "DELETE FROM aliases WHERE page_id = ?", [page])
    elif known is None:
        (capture,) = rows(db, "SELECT url FROM captures WHERE page_id = ? LIMIT 1", [page])
        alias: Row = {"alias": canonical_url(str(capture["url"])), "article_id": article_id, "page_id": page}
        db.table("aliases").insert(alias)
    elif known["article_id"] != article_id:
        run(db, "UPDATE aliases SET article_id = ? WHERE page_id = ?", [article_id, page])
