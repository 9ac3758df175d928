"""Which article a capture belongs to that does not show it, and the other names an article answers to.

An error or a block page belongs to the article of its own page; a redirect to that which it leads to. Where a page
redirected to different places over time, the newest one counts for what comes after it. Loops lead nowhere.
An article answers to the URL of each page that redirects to it or is joined with it, to the ids that it would have
without them, and to the URL that its pages claim as theirs if no capture of that one says otherwise. All of it is a
function of the set of captures.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from db.sql import first, marks, rows, run, text
from db.urls import canonical_url, is_front_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What other pages need to know of a page: of which article is it, or to which page does it lead."""

    article_id: str | None
    leads_to: str | None


def standing(db: Database, page: str) -> Standing:
    article = first(db, "SELECT article_id FROM captures WHERE page_id = ? AND moment IS NOT NULL LIMIT 1", [page])
    redirect = first(
        db,
        "SELECT redirect_page_id FROM captures WHERE page_id = ? AND redirect_page_id <> page_id "
        "ORDER BY captured_at DESC, id DESC LIMIT 1",
        [page],
    )
    return Standing(
        article_id=text(article["article_id"]) if article else None,
        leads_to=text(redirect["redirect_page_id"]) if redirect else None,
    )


def standings(db: Database, pages: Iterable[str]) -> dict[str, Standing]:
    """As ``standing`` of each, by two questions."""
    ids = list(pages)
    here = f"page_id IN ({marks(ids)})"
    shown = rows(db, f"SELECT DISTINCT page_id, article_id FROM captures WHERE moment IS NOT NULL AND {here}", ids)  # noqa: S608  # marks
    redirects = rows(
        db,
        f"SELECT page_id, redirect_page_id FROM captures WHERE redirect_page_id <> page_id AND {here} "  # noqa: S608  # marks
        "ORDER BY captured_at, id",
        ids,
    )
    articles = {row["page_id"]: text(row["article_id"]) for row in shown}
    leads = {row["page_id"]: text(row["redirect_page_id"]) for row in redirects}
    return {page: Standing(article_id=articles.get(page), leads_to=leads.get(page)) for page in ids}


def leading_to(db: Database, pages: Iterable[str]) -> set[str]:
    """Return the pages from which redirects lead to these, however many."""
    found: set[str] = set()
    waiting = list(pages)
    while waiting:
        sql = f"SELECT DISTINCT page_id FROM captures WHERE redirect_page_id IN ({marks(waiting)})"  # noqa: S608  # marks
        new = {str(row["page_id"]) for row in rows(db, sql, waiting)} - found
        found |= new
        waiting = list(new)
    return found


def renew(db: Database, before: Mapping[str, Standing], pages: Collection[str], claimed: Collection[str] = ()) -> None:
    """Set article ids and aliases of these pages anew, after their captures were written.

    ``before`` holds pages as they stood: where that changed, the pages that lead to them are renewed too. ``claimed``
    are pages that a capture said by ``rel=canonical`` to be of, before or now.
    """
    now = standings(db, pages)
    changed = [page for page, stands in now.items() if before.get(page) != stands]
    behind = leading_to(db, changed)
    ends: dict[str, str | None] = {}
    for page in sorted({*pages, *behind}):
        own = (now.get(page) or standing(db, page)).article_id
        if own:
            _own_article(db, page, own)
        else:
            _article_elsewhere(db, page, ends)
    _renew_claimed(db, {*pages, *behind}, claimed)


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
        if stands.article_id:
            end = stands.article_id
            break
        at = stands.leads_to
    known.update(dict.fromkeys(passed, end))
    return end


def _own_article(db: Database, page: str, article_id: str) -> None:
    run(
        db,
        "UPDATE captures SET article_id = ? WHERE page_id = ? AND article_id IS NOT ?",
        [article_id, page, article_id],
    )
    if page == article_id:
        _aliases(db, page, {})
    else:
        _aliases(db, page, {_url_of(db, page): "joined", page: "id"}, article_id)


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
    end = _end_of(db, page, ends) if targets else None
    _aliases(db, page, {_url_of(db, page): "redirect"} if end else {}, end)


def _url_of(db: Database, page: str) -> str:
    """The canonical form of a page's URLs that comes first: they differ in scheme and slash at most."""
    found = rows(db, "SELECT DISTINCT url FROM captures WHERE page_id = ?", [page])
    return min(canonical_url(str(row["url"])) for row in found)


def _aliases(db: Database, page: str, names: Mapping[str, str], article_id: str | None = None) -> None:
    """Have a page give these names, with their kind, to the article, and no others."""
    wanted = {(alias, article_id, kind) for alias, kind in names.items()}
    found = rows(db, "SELECT alias, article_id, kind FROM aliases WHERE page_id = ?", [page])
    stored = {tuple(row.values()) for row in found}
    for alias, _, _ in stored - wanted:
        run(db, "DELETE FROM aliases WHERE alias = ? AND page_id = ?", [alias, page])
    for alias, article, kind in sorted(wanted - stored, key=str):
        sql = "INSERT OR REPLACE INTO aliases (alias, article_id, page_id, kind) VALUES (?, ?, ?, ?)"
        run(db, sql, [alias, article, page, kind])


def _renew_claimed(db: Database, pages: Collection[str], claimed: Collection[str]) -> None:
    """Give articles the URLs that they alone claim by ``rel=canonical`` and of which there is no capture."""
    sql = (
        f"SELECT DISTINCT canonical_page_id AS page FROM captures WHERE page_id IN ({marks(pages)}) "  # noqa: S608  # marks
        "AND canonical_page_id IS NOT NULL"
    )
    found = {str(row["page"]) for row in rows(db, sql, list(pages))}
    for page in sorted({*found, *claimed}):
        if first(db, "SELECT 1 FROM captures WHERE page_id = ? LIMIT 1", [page]):
            continue  # what its own captures say was seen to where they were loaded
        claims = rows(
            db,
            "SELECT DISTINCT article_id, canonical_url FROM captures "
            "WHERE canonical_page_id = ? AND article_id IS NOT NULL",
            [page],
        )
        urls = sorted(canonical_url(str(one["canonical_url"])) for one in claims)
        articles = {str(one["article_id"]) for one in claims}
        is_told = len(articles) == 1 and not is_front_page(urls[0])
        _aliases(db, page, {urls[0]: "canonical"} if is_told else {}, min(articles) if is_told else None)
