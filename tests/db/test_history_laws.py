"""Every claim of history against a model of the site: all that is said is true, and nothing is missed that is certain.

``LAW_EXAMPLES=3000`` searches further, each time elsewhere.
"""

import json
import os
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby, zip_longest

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from sqlite_utils import Database

from db.load import load_many
from tests.db.histories import memory_database
from tests.db.model import Claims
from tests.db.stories import stories
from tests.db.told import VARYING, Told, told_of
from tests.db.visits import Moment, Outcome, Seen, Story, comment_facts

_EXAMPLES = os.environ.get("LAW_EXAMPLES")
law = settings(
    max_examples=int(_EXAMPLES or 60),
    derandomize=_EXAMPLES is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
_ARTICLE_STATES = {
    Outcome.ARTICLE: "live",
    Outcome.REVISIT: "live",
    Outcome.CUT: "live",
    Outcome.BLOCK: "blocked",
    Outcome.MISSING: "404",
    Outcome.BROKEN: "error",
}


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    """An empty database to copy: making the schema takes longer than an example."""
    with closing(memory_database()) as db:
        yield db


def told_after_loading(empty: Database, story: Story) -> Told:
    assume(not story.is_ambiguous)
    note(f"{story!r}")
    with closing(Database(memory=True, execute_plugins=False)) as db:
        empty.conn.backup(db.conn)
        db.conn.execute("PRAGMA foreign_keys = ON")
        load_many(db, story.facts)
        return told_of(db, story)


@law
@given(story=stories())
def test_sightings_say_what_each_capture_showed(empty: Database, story: Story) -> None:
    """A comment is one, however often it was edited, moved, hidden; two are two (``told_of``)."""
    told = told_after_loading(empty, story)
    for one in story.seen:
        assert told.captures[one.capture_id]["comment_count"] == len(one.numbers)
        for number in one.numbers:
            facts, shown = comment_facts(one, number), told.shown(one, number)
            assert {name: shown[name] for name in VARYING} == {name: getattr(facts, name) for name in VARYING}
            parent = None if facts.parent is None else told.ids[one.numbers[facts.parent]]
            assert shown["parent_id"] == parent


@law
@given(story=stories(native_ids=False))
def test_comments_without_ids_are_known_again_and_kept_apart(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    assert told.ids.keys() == story.numbers


@law
@given(story=stories())
def test_versions_are_the_texts_that_captures_showed_in_turn(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    for number, id_ in told.ids.items():
        versions = [(row["capture_id"], row["author"], row["text"]) for row in told.versions[id_]]
        assert versions == story.versions(number)
        assert [row["number"] for row in told.versions[id_]] == list(range(1, len(versions) + 1))
        assert told.comments[id_]["version_count"] == len(versions)
        assert (told.comments[id_]["author"], told.comments[id_]["text"]) == versions[-1][1:]


@law
@given(story=stories())
def test_captures_belong_together_by_crawl_or_time(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    moments = [told.captures[one.capture_id]["moment"] for one in story.seen]
    assert [len(list(same)) for _, same in groupby(moments)] == [len(each.seen) for each in story.moments]
    assert len(set(moments)) == len(story.moments)
    for moment in story.moments:
        assert {told.captures[one.capture_id]["covers"] for one in moment.seen} <= {int(told.covers(moment))}


@law
@given(story=stories())
def test_what_is_said_to_cover_the_thread_shows_all_of_it(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    for moment in story.moments:
        if told.covers(moment):
            assert moment.numbers == story.site.at(moment.end).visible
        else:
            assert not story.is_whole(moment)


@law
@given(story=stories())
def test_each_absence_is_true(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    seen = {one.capture_id: one for one in story.seen}
    for number, id_ in told.ids.items():
        absences = told.absences[id_]
        assert [row["number"] for row in absences] == list(range(1, len(absences) + 1))
        for row, after in zip_longest(absences, absences[1:]):
            since = seen[str(row["since_capture"])]
            assert row["since"] == since.captured_at
            assert number not in story.site.at(since.minute).visible
            last = [one for one in story.sightings(number) if one.minute < since.minute][-1]
            following = next((one for one in story.sightings(number) if one.minute > since.minute), None)
            until: tuple[object, object] = (following.captured_at, following.capture_id) if following else (None, None)
            if after and row["until"] == after["since"]:  # gone in another way, without being seen between
                assert (row["state"], after["state"]) == ("hidden", "gone")
                until = (after["since"], after["since_capture"])
            assert (row["until"], row["until_capture"]) == until
            moment = moment_of(story, since)
            assert moment.begin > last.minute
            assert told.covers(moment)
            if row["state"] == "gone":
                assert number not in story.hidden(since.minute) or not count_is_clear(story, moment)
            else:
                assert row["state"] == "hidden"
                assert parent_is_absent(story, number, last=last, minute=since.minute)
                is_counted = story.site.theme.claims is not Claims.NEVER and not seen_as_pingback(last, number)
                assert not is_counted or comments_shown(story, moment) < max(moment.claims)


@law
@given(story=stories())
def test_no_absence_is_missed(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    for number, id_ in told.ids.items():
        for last, moment, following in story.absences(number):
            until = following.captured_at if following else None
            found = [each for each in told.spells(id_) if each[-1]["until"] == until]
            assert len(found) == 1
            begin = found[0][0]
            assert last.captured_at < str(begin["since"]) <= moment.seen[-1].captured_at
            if str(begin["since"]) >= moment.seen[0].captured_at:
                assert begin["state"] in certain_states(story, number, last=last, moment=moment)


@law
@given(story=stories())
def test_state_of_a_comment_is_what_the_newest_captures_say(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    for number, id_ in told.ids.items():
        row, sightings = told.comments[id_], story.sightings(number)
        assert (row["first_seen"], row["last_seen"]) == (sightings[0].captured_at, sightings[-1].captured_at)
        assert all(row["until"] is not None for row in told.absences[id_][:-1])
        absence = next((one for one in told.absences[id_] if one["until"] is None), None)
        later = [moment for moment in story.moments if moment.begin > sightings[-1].minute]
        if absence is not None:
            assert (row["state"], row["gone_since"]) == (absence["state"], told.spells(id_)[-1][0]["since"])
            continue
        assert row["gone_since"] is None
        if later:
            assert row["state"] == "not covered"
            assert not any(told.covers(moment) or story.is_whole(moment) for moment in later)
        else:
            assert row["state"] == ("edited" if len(story.versions(number)) > 1 else "live")


@law
@given(story=stories())
def test_revisions_are_the_changes_that_captures_of_the_article_itself_show(empty: Database, story: Story) -> None:
    """Neither what stands in the footer, nor the title of a comment page, nor a page that could not be read."""
    told = told_after_loading(empty, story)
    own = [one for one in story.seen if one.shot.page is None]
    if not own:
        return
    states = [(one, *state_of(one)) for one in own]
    changes = [next(same) for _, same in groupby(states, key=lambda each: each[1:])]
    revisions = [(row["capture_id"], row["title"], row["text"], row["modified"], row["tags"]) for row in told.revisions]
    assert revisions == [(one.capture_id, *shown) for one, *shown in changes]
    for row, (_, *shown) in zip(told.revisions, changes, strict=True):
        assert row["raw_text"] in {
            one.facts.article.raw_text for one, *same in states if same == shown and one.facts.article
        }
    numbers = [number for number, (_, same) in enumerate(groupby(state_of(one) for one in own), 1) for _ in same]
    assert [told.captures[one.capture_id]["revision"] for one in own] == numbers
    assert {told.captures[one.capture_id]["revision"] for one in story.seen if one.shot.page is not None} <= {None}


@law
@given(story=stories())
def test_article_is_as_its_captures_say(empty: Database, story: Story) -> None:
    told = told_after_loading(empty, story)
    if not story.seen:
        assert told.articles == []
        return
    (row,) = told.articles
    assert (row["first_captured"], row["last_captured"]) == (story.seen[0].captured_at, story.seen[-1].captured_at)
    assert (row["capture_count"], row["comment_count"]) == (len(story.seen), len(story.numbers))
    newest = [shot.outcome for shot in story.shots if shot.outcome is not Outcome.REDIRECT][-1]
    assert row["state"] == _ARTICLE_STATES[newest]
    assert row["url"] == story.site.url


def state_of(one: Seen) -> tuple[str | None, str, str | None, str]:
    article = one.facts.article
    assert article is not None
    return article.title, article.text, article.modified, json.dumps(article.tags)


def moment_of(story: Story, seen: Seen) -> Moment:
    return next(moment for moment in story.moments if seen in moment.seen)


def count_is_clear(story: Story, moment: Moment) -> bool:
    """Whether the page's number means what a reader takes it for: not where pingbacks are shown and not counted."""
    theme, state = story.site.theme, story.site.at(moment.end)
    has_pingbacks = any(state.comment(number).is_pingback for number in state.visible)
    return theme.claims is not Claims.NEVER and (theme.counts_pingbacks or not has_pingbacks)


def comments_shown(story: Story, moment: Moment) -> int:
    """How many of those that the page counts."""
    state = story.site.at(moment.end)
    counts = story.site.theme.counts_pingbacks
    return sum(counts or not state.comment(number).is_pingback for number in moment.numbers)


def seen_as_pingback(last: Seen, number: int) -> bool:
    return comment_facts(last, number).kind == "pingback"


def parent_is_absent(story: Story, number: int, *, last: Seen, minute: int) -> bool:
    """Whether the comment answered, when last seen, one that the site did not show at that minute."""
    parent = comment_facts(last, number).parent
    return parent is not None and last.numbers[parent] not in story.site.at(minute).visible


def certain_states(story: Story, number: int, *, last: Seen, moment: Moment) -> set[str]:
    """What an absence that begins with a whole moment can be: both where the count does not tell which are hidden."""
    if not parent_is_absent(story, number, last=last, minute=moment.end):
        return {"gone"}
    if story.site.theme.claims is Claims.NEVER:
        return {"hidden"}
    visible = story.site.at(moment.end).visible
    if not count_is_clear(story, moment) or seen_as_pingback(last, number):
        return {"gone", "hidden"}
    possible = {
        each
        for each in story.seen_before(moment) - visible
        if parent_is_absent(
            story,
            each,
            last=[one for one in story.sightings(each) if one.minute < moment.begin][-1],
            minute=moment.end,
        )
    }
    hidden = story.hidden(moment.end)
    if not hidden:
        return {"gone"}
    return {"hidden"} if hidden == possible else {"gone", "hidden"}
