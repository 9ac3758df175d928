"""Every claim of history against the captures themselves, told by the plainest code that can say it."""

from collections import defaultdict
from contextlib import closing
from itertools import groupby

from hypothesis import HealthCheck, given, settings

from db.facts import ArticleFacts, CaptureFacts
from db.ids import capture_id, page_id
from db.load import load_many
from db.observed import seen_comments
from db.sql import rows
from tests.db.histories import captures, memory_database

law = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def order(facts: CaptureFacts) -> tuple[str, str]:
    return (facts.capture.captured_at, capture_id(facts.capture.record_id))


def shown_articles(facts: list[CaptureFacts]) -> dict[str, list[CaptureFacts]]:
    """The captures that show an article, by its id, in order of time."""
    shown: dict[str, list[CaptureFacts]] = defaultdict(list)
    for one in sorted(facts, key=order):
        if one.article is not None:
            shown[page_id(one.capture.url)].append(one)
    return shown


def state(article: ArticleFacts | None) -> object:
    return article and (article.title, article.text)  # the two that the generator varies


@law
@given(facts=captures())
def test_revisions_are_the_changes_between_captures(facts: list[CaptureFacts]) -> None:
    with closing(memory_database()) as db:
        load_many(db, facts)
        told = {
            row["id"]: (row["revision_count"], row["capture_count"], row["first_captured"], row["last_captured"])
            for row in rows(db, "SELECT * FROM articles")
        }
    assert told == {
        article_id: (
            len(list(groupby(shown, key=lambda one: state(one.article)))),
            len(shown),
            shown[0].capture.captured_at,
            shown[-1].capture.captured_at,
        )
        for article_id, shown in shown_articles(facts).items()
    }


@law
@given(facts=captures())
def test_comments_are_gone_and_edited_where_the_captures_say_so(facts: list[CaptureFacts]) -> None:
    expected: dict[object, tuple[object, ...]] = {}
    for article_id, shown in shown_articles(facts).items():
        seen = [(one, {comment.id: comment for comment in seen_comments(article_id, one.comments)}) for one in shown]
        for comment_id in {id_ for _, comments in seen for id_ in comments}:
            where = [(one, comments[comment_id]) for one, comments in seen if comment_id in comments]
            last = where[-1][0]
            without = [one for one in shown if order(one) > order(last) and one.complete]
            expected[comment_id] = (
                where[0][0].capture.captured_at,
                last.capture.captured_at,
                without[0].capture.captured_at if without else None,
                len(list(groupby(where, key=lambda one: (one[1].author, one[1].text)))),
                where[-1][1].text,
                where[-1][1].likes,
            )
    with closing(memory_database()) as db:
        load_many(db, facts)
        told = {
            row["id"]: tuple(
                row[name] for name in ("first_seen", "last_seen", "gone_since", "version_count", "text", "likes")
            )
            for row in rows(db, "SELECT * FROM comments")
        }
    assert told == expected
