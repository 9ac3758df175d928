"""The history of an article: what was observed, when, and by which capture."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from sqlite_utils import Database

from db.facts import CaptureFacts, CommentFacts
from db.ids import page_id
from db.load import load_many
from db.read import ArticleView, article_view
from db.story import Event, story
from db.withheld import withhold
from tests.db.histories import URL, article, at, block, captures, comment, error, memory_database, redirect

ARTICLE = page_id(URL)


def _one(text: str, **values: Any) -> CommentFacts:
    return replace(comment(text, id_="c1"), **values)


TWO = comment("two", id_="c2")
REPLY = comment("reply", id_="c3", parent=0)
PART = replace(article(1, _one("one")), claimed_comments=9, complete=False)


def _told(view: ArticleView) -> list[tuple[str, ...]]:
    """Day, kind, and what it is about, in a few words."""
    texts = {str(row["id"]): str(row["text"]) for row in view.comments}
    return [(event.at[8:10], event.kind, *_about(event, texts)) for event in story(view)]


def _about(event: Event, texts: dict[str, str]) -> tuple[str, ...]:
    if event.kind == "revision":
        return (str(event.revision), *event.fields)
    return (event.state,) if event.state else tuple(sorted(texts[one] for one in event.comments))


CASES: dict[str, tuple[list[CaptureFacts], list[tuple[str, ...]]]] = {
    "one capture": ([article(1, _one("one"), TWO)], [("01", "captured", "one", "two")]),
    "seen again": ([article(1), article(2)], [("01", "captured")]),
    "added": ([article(1), article(2, _one("one"), TWO)], [("01", "captured"), ("02", "added", "one", "two")]),
    "not seen in a part of the thread": (
        [PART, article(2, _one("one"), TWO)],
        [("01", "captured", "one"), ("02", "found", "two")],
    ),
    "not there when the whole thread was seen": (
        [article(1, _one("one")), replace(PART, capture=article(2).capture), article(3, _one("one"), TWO)],
        [("01", "captured", "one"), ("03", "added", "two")],
    ),
    "written since, as its date says": (
        [PART, article(2, _one("one"), replace(TWO, published="2024-05-02T00:00:00Z"))],
        [("01", "captured", "one"), ("02", "added", "two")],
    ),
    "edited": (
        [article(1, _one("one")), article(2, _one("other"))],
        [("01", "captured", "other"), ("02", "edited", "other")],
    ),
    "gone, and back": (
        [article(1, _one("one"), TWO), article(2, TWO), article(3, _one("one"), TWO)],
        [("01", "captured", "one", "two"), ("02", "gone", "one"), ("03", "restored", "one")],
    ),
    "gone twice": (
        [article(1, _one("one"), TWO), article(2, TWO), article(3, _one("one"), TWO), article(4, TWO)],
        [("01", "captured", "one", "two"), ("02", "gone", "one"), ("03", "restored", "one"), ("04", "gone", "one")],
    ),
    "hidden with its parent": (
        [article(1, _one("one"), REPLY, TWO), replace(article(2, TWO), claimed_comments=2)],
        [("01", "captured", "one", "reply", "two"), ("02", "gone", "one"), ("02", "hidden", "reply")],
    ),
    "hidden, then gone": (
        [article(1, _one("one"), REPLY, TWO), replace(article(2, TWO), claimed_comments=2), article(3, TWO)],
        [
            ("01", "captured", "one", "reply", "two"),
            ("02", "gone", "one"),
            ("02", "hidden", "reply"),
            ("03", "gone", "reply"),
        ],
    ),
    "not covered is no event": (
        [article(1, _one("one"), TWO), replace(article(2, TWO), claimed_comments=9, complete=False)],
        [("01", "captured", "one", "two")],
    ),
    "moved": (
        [article(1, _one("one"), TWO, REPLY), article(2, _one("one"), TWO, replace(REPLY, parent=1))],
        [("01", "captured", "one", "reply", "two"), ("02", "moved", "reply")],
    ),
    "moved and back": (
        [article(day, _one("one"), TWO, replace(REPLY, parent=day % 2)) for day in (1, 2, 3)],
        [("01", "captured", "one", "reply", "two"), ("02", "moved", "reply"), ("03", "moved", "reply")],
    ),
    "held, then approved": (
        [article(1, _one("one", moderated=True)), article(2, _one("one"))],
        [("01", "captured", "one"), ("01", "moderated", "one"), ("02", "approved", "one")],
    ),
    "held ever since": (
        [article(1), article(2, _one("one", moderated=True)), article(3, _one("one", moderated=True))],
        [("01", "captured"), ("02", "added", "one"), ("02", "moderated", "one")],
    ),
    "revisions": (
        [article(1), article(2, title="Hoist II"), article(3, title="Hoist II", text="Gone.")],
        [("01", "captured"), ("02", "revision", "2", "title"), ("03", "revision", "3", "text")],
    ),
    "lost and found": (
        [article(1), error(2), error(3), article(4), error(5, 410), error(6, 500)],
        [
            ("01", "captured"),
            ("02", "state", "404"),
            ("04", "state", "live"),
            ("05", "state", "410"),
            ("06", "state", "error"),
        ],
    ),
    "blocked first": (
        [block(1), article(2)],
        [("01", "state", "blocked"), ("02", "state", "live"), ("02", "captured")],
    ),
    "redirects from another address say nothing": (
        [article(1), redirect(2, URL, url="https://example.org/?p=1")],
        [("01", "captured")],
    ),
    "moved away": (
        [article(1), redirect(2, "https://elsewhere.example/", url=URL)],
        [("01", "captured"), ("02", "state", "moved")],
    ),
}


@pytest.mark.parametrize(("facts", "expected"), CASES.values(), ids=CASES)
def test_what_happened_is_told(db: Database, facts: list[CaptureFacts], expected: list[tuple[str, ...]]) -> None:
    load_many(db, facts)
    assert _told(article_view(db, ARTICLE)) == expected


def test_words_won_and_lost_are_counted(db: Database) -> None:
    load_many(db, [article(1, text="a b c c"), article(2, text="c b d e c f")])
    [_, event] = story(article_view(db, ARTICLE))
    assert event.words == (3, 1)


def test_capture_of_an_event_is_the_one_that_shows_it(db: Database) -> None:
    load_many(db, [article(1, _one("one")), error(2), article(3, _one("other"))])
    view = article_view(db, ARTICLE)
    times = {str(row["id"]): row["captured_at"] for row in view.captures}
    assert [(times[event.capture_id], event.at) for event in story(view)] == [
        (at(1), at(1)),
        (at(2), at(2)),
        (at(3), at(3)),
        (at(3), at(3)),
    ]


def test_comments_of_the_first_moment_were_there_first(db: Database) -> None:
    page = article(1, TWO, name="2")
    page = replace(page, capture=replace(page.capture, url=f"{URL}comment-page-2/", captured_at=at(1, 9)))
    load_many(db, [article(1, _one("one")), page])
    assert _told(article_view(db, ARTICLE))[0][2:] == ("one", "two")


def test_withheld_comments_are_in_no_event(db: Database) -> None:
    load_many(db, [article(1, _one("one"), TWO), article(2, _one("other")), article(3, TWO)])
    first = db.conn.execute("SELECT id FROM comments WHERE native_id = 'c1'").fetchone()[0]
    withhold(db, [first])
    assert first not in repr(story(article_view(db, ARTICLE)))


@given(captures())
@settings(max_examples=60)
def test_events_are_in_order_and_agree_with_the_rows(given_captures: list[CaptureFacts]) -> None:
    with memory_database() as db:
        load_many(db, given_captures)
        for (article_id,) in db.conn.execute("SELECT id FROM articles").fetchall():
            view = article_view(db, article_id)
            events = story(view)
            assert [event.at for event in events] == sorted(event.at for event in events)
            assert all(event.at and event.capture_id in {row["id"] for row in view.captures} for event in events)
            told = [(event.kind, one) for event in events for one in event.comments]
            new = [one for kind, one in told if kind in ("captured", "added", "found")]
            assert sorted(new) == sorted(str(row["id"]) for row in view.comments)
            for row in view.comments:
                own = [kind for kind, one in told if one == row["id"]]
                assert own.count("edited") == int(row["version_count"] or 0) - 1
                assert own.count("gone") + own.count("hidden") == len(view.absences.get(str(row["id"]), ()))
                last = next((kind for kind in reversed(own) if kind in ("gone", "hidden", "restored")), None)
                assert (last in ("gone", "hidden")) == (row["state"] in ("gone", "hidden"))
            states = [event.state for event in events if event.kind == "state"]
            assert (states[-1] if states else "live") == view.article["state"]
            assert sum(event.kind == "revision" for event in events) == len(view.revisions) - 1
