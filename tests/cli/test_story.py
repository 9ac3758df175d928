"""The story of one article and its thread, told by eight crawls of the fixture site, and what the archive says of it.

1  the article with its fifteen comments
2  a paragraph and a comment are edited
3  a comment goes into the trash: its two replies are hidden with it, and counted all the same
4  another is deleted for good, and its replies stand where it stood; a third is held back by a moderator
5  a browser check stands in the way, with status 200
6  the article is not found
7  the article is back; the comment is out of the trash, the one held back approved
8  a new comment; another article is published, so that the sidebar changes
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import run
from archiver.errors import Exit
from db.descriptions import DERIVED, TABLES
from tests.cli.running import archiver, execute, make_archive, query
from tests.site import ARTICLES, SEED, SEED_PATH, ArticleContent, CommentContent, RunningSite, serve

TRASHED, DELETED, HELD, EDITED, NEW = 957, 963, 956, 960, 970
HIDDEN = (958, 959)
"""The replies to the trashed comment."""
MOVED = (964, 965)
"""The replies to the deleted one."""

_BROWSER_CHECK = """<!doctype html><html lang="en"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"></head><body><div id="challenge-form">
<h1>127.0.0.1</h1><h2>Checking if the site connection is secure</h2>
<p>127.0.0.1 needs to review the security of your connection before proceeding.</p></div></body></html>"""
_OLD_WORDS, _NEW_WORDS = SEED.paragraphs[1].split(" ", 1)[0], "Yesterday, as was added later,"


def _edited(comment: CommentContent) -> CommentContent:
    return replace(comment, paragraphs=(f"{comment.paragraphs[0]} Edit: or so it was said.",))


def _without(article: ArticleContent, *ids: int) -> ArticleContent:
    return replace(article, comments=tuple(one for one in article.comments if one.id not in ids))


def _deleted(article: ArticleContent, id_: int) -> ArticleContent:
    """For good: as WordPress does it, with its replies put where it stood."""
    left = _without(article, id_)
    return replace(
        left, comments=tuple(replace(one, parent_id=None) if one.parent_id == id_ else one for one in left.comments)
    )


_SECOND = replace(
    SEED,
    paragraphs=(SEED.paragraphs[0], SEED.paragraphs[1].replace(_OLD_WORDS, _NEW_WORDS, 1), *SEED.paragraphs[2:]),
    comments=tuple(_edited(one) if one.id == EDITED else one for one in SEED.comments),
)
_THIRD = _without(_SECOND, TRASHED)
_FOURTH = _without(_deleted(_THIRD, DELETED), HELD)
_SEVENTH = _deleted(_SECOND, DELETED)
_NEW_COMMENT = replace(
    SEED.comments[-1],
    id=NEW,
    parent_id=None,
    published=SEED.comments[-1].published + timedelta(days=1),
    paragraphs=("I come late to this thread.",),
)
_EIGHTH = replace(_SEVENTH, comments=(*_SEVENTH.comments, _NEW_COMMENT))
_OTHER = replace(
    ARTICLES[1], path="/2017/04/01/the-ice-is-gone/", post_id=99, published=ARTICLES[3].published + timedelta(days=9)
)


def _back_as(site: RunningSite, article: ArticleContent) -> None:
    site.restore(SEED_PATH)
    site.publish(article)


def _continued(site: RunningSite) -> None:
    site.publish(_OTHER)
    site.publish(_EIGHTH)


CRAWLS: tuple[Callable[[RunningSite], None], ...] = (
    lambda site: site.publish(SEED),
    lambda site: site.publish(_SECOND),
    lambda site: site.publish(_THIRD),
    lambda site: site.publish(_FOURTH),
    lambda site: site.put(SEED_PATH, body=_BROWSER_CHECK),
    lambda site: site.remove(SEED_PATH),
    lambda site: _back_as(site, _SEVENTH),
    _continued,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The archive after all crawls. ``after``: the article's state and its comments' as they stood after each."""

    folder: Path
    url: str
    after: tuple[tuple[str, dict[int, str]], ...]

    def query(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return query(self.folder, sql, *values)

    @property
    def captures(self) -> list[dict[str, Any]]:
        """One of each crawl."""
        return self.query("SELECT * FROM captures WHERE url = ? ORDER BY captured_at", self.url)

    @property
    def comments(self) -> dict[int, dict[str, Any]]:
        return {_number(row): row for row in self.query("SELECT * FROM comments")}

    def crawl_at(self, time: str | None) -> int | None:
        """Which crawl made its capture at that time."""
        return None if time is None else [row["captured_at"] for row in self.captures].index(time) + 1


def _number(comment: dict[str, Any]) -> int:
    return int(str(comment["permalink"]).rpartition("-")[2])


def _states(folder: Path) -> tuple[str, dict[int, str]]:
    [article] = query(folder, "SELECT state FROM articles")
    comments = query(folder, "SELECT permalink, state FROM comments WHERE state <> 'live'")
    return article["state"], {_number(row): row["state"] for row in comments}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder, after = tmp_path_factory.mktemp("story") / "archive", []
    with serve() as site:
        make_archive(folder, f'[sources.paper]\nkind = "list"\nurls = ["{site.article_url}"]\n')
        for tell in CRAWLS:
            tell(site)
            done = archiver("-C", folder, "crawl")
            assert (done.code, done.err) == (Exit.OK, "")
            after.append(_states(folder))
            execute(folder, "UPDATE pages SET due_at = '2000-01-01T00:00:00.000000Z'")
        yield Told(folder=folder, url=site.article_url, after=tuple(after))


def test_each_crawl_changes_what_it_saw_and_nothing_else(told: Told) -> None:
    edited = {EDITED: "edited"}
    trashed = {**edited, TRASHED: "gone", **dict.fromkeys(HIDDEN, "hidden")}
    deleted = {**trashed, DELETED: "gone", HELD: "gone"}
    back = {**edited, DELETED: "gone"}
    assert told.after == (
        ("live", {}),
        ("live", edited),
        ("live", trashed),
        ("live", deleted),
        ("blocked", deleted),
        ("404", deleted),
        ("live", back),
        ("live", back),
    )


def test_captures_say_what_was_answered_and_what_it_covers(told: Told) -> None:
    columns = ("status", "verdict", "revision", "comment_count", "claimed_comments", "moment", "covers")
    assert [tuple(row[name] for name in columns) for row in told.captures] == [
        (200, "article", 1, 15, 15, 1, 1),
        (200, "article", 2, 15, 15, 2, 1),
        (200, "article", 2, 12, 14, 3, 1),
        (200, "article", 2, 10, 12, 4, 1),
        (200, "block page", None, None, None, None, None),
        (404, "error page", None, None, None, None, None),
        (200, "article", 2, 14, 14, 5, 1),
        (200, "article", 2, 15, 15, 6, 1),
    ]
    [article] = told.query("SELECT * FROM articles")
    assert {row["article_id"] for row in told.captures} == {article["id"]}
    assert (article["capture_count"], article["revision_count"]) == (6, 2)
    assert (article["comment_count"], article["claimed_comments"]) == (16, 15)
    assert (told.crawl_at(article["first_captured"]), told.crawl_at(article["last_captured"])) == (1, 8)


def test_edited_paragraph_is_a_revision_and_a_sidebar_is_none(told: Told) -> None:
    first, second = told.query("SELECT * FROM revisions ORDER BY number")
    assert [(row["number"], told.crawl_at(row["captured_at"])) for row in (first, second)] == [(1, 1), (2, 2)]
    assert [row["capture_id"] for row in (first, second)] == [row["id"] for row in told.captures[:2]]
    assert second["text"] == first["text"].replace(SEED.paragraphs[1], _SECOND.paragraphs[1]) != first["text"]
    assert {name: second[name] for name in ("title", "authors", "tags")} == {
        name: first[name] for name in ("title", "authors", "tags")
    }
    payloads = {row["payload_digest"] for row in told.captures}
    assert len(payloads) == len(CRAWLS), "no two pages are the same bytes"


def test_edited_comment_has_two_versions_and_no_other_has(told: Told) -> None:
    versions = told.query(
        "SELECT comment_versions.*, permalink FROM comment_versions JOIN comments ON comments.id = comment_id "
        "ORDER BY permalink, number"
    )
    old, new = (row for row in versions if _number(row) == EDITED)
    assert (old["number"], told.crawl_at(old["captured_at"])) == (1, 1)
    assert (new["number"], told.crawl_at(new["captured_at"])) == (2, 2)
    assert new["text"] == f"{old['text']} Edit: or so it was said."
    assert new["text"] == told.comments[EDITED]["text"]
    assert new["capture_id"] == told.captures[1]["id"]
    others = {_number(row): told.crawl_at(row["captured_at"]) for row in versions if _number(row) != EDITED}
    assert others == {**dict.fromkeys({one.id for one in SEED.comments} - {EDITED}, 1), NEW: 8}
    assert len(versions) == len(others) + 2


def test_absences_say_what_was_gone_and_from_when_to_when(told: Told) -> None:
    rows = told.query(
        "SELECT absences.*, permalink FROM absences JOIN comments ON comments.id = comment_id ORDER BY permalink, number"
    )
    crawls = [
        (_number(row), row["number"], row["state"], told.crawl_at(row["since"]), told.crawl_at(row["until"]))
        for row in rows
    ]
    assert crawls == [
        (HELD, 1, "gone", 4, 7),
        (TRASHED, 1, "gone", 3, 7),
        *((reply, 1, "hidden", 3, 7) for reply in HIDDEN),
        (DELETED, 1, "gone", 4, None),
    ]
    ids = [None, *(row["id"] for row in told.captures)]
    for row in rows:
        assert row["since_capture"] == ids[told.crawl_at(row["since"]) or 0]
        assert row["until_capture"] == ids[told.crawl_at(row["until"]) or 0]
    gone_since = {
        number: told.crawl_at(row["gone_since"]) for number, row in told.comments.items() if row["gone_since"]
    }
    assert gone_since == {DELETED: 4}


def test_sightings_say_where_each_comment_stood(told: Told) -> None:
    ids, comments = [row["id"] for row in told.captures], told.comments
    rows = told.query(
        "SELECT sightings.*, permalink FROM sightings JOIN comments ON comments.id = comment_id ORDER BY position"
    )
    seen: dict[int, list[int]] = {crawl: [] for crawl in range(1, 9)}
    answered: dict[int, set[object]] = {reply: set() for reply in MOVED}
    versions: list[int] = []
    for row in rows:
        crawl, number = ids.index(row["capture_id"]) + 1, _number(row)
        seen[crawl].append(number)
        if number in MOVED:
            answered[number].add((crawl, json.loads(row["differs"] or "{}").get("parent_id")))
        if number == EDITED:
            versions.append(row["version"])
    everyone = [one.id for one in SEED.comments]
    assert seen == {
        1: everyone,
        2: everyone,
        3: [one for one in everyone if one not in (TRASHED, *HIDDEN)],
        4: [one for one in everyone if one not in (TRASHED, *HIDDEN, DELETED, HELD)],
        5: [],
        6: [],
        7: [one for one in everyone if one != DELETED],
        8: [*(one for one in everyone if one != DELETED), NEW],
    }
    deleted = comments[DELETED]["id"]
    expected = {*((crawl, deleted) for crawl in (1, 2, 3)), *((crawl, None) for crawl in (4, 7, 8))}
    assert answered == dict.fromkeys(MOVED, expected)
    assert {comments[reply]["parent_id"] for reply in MOVED} == {None}
    assert {comments[reply]["parent_id"] for reply in HIDDEN} == {comments[TRASHED]["id"]}
    assert sorted(versions) == [1, 2, 2, 2, 2, 2]
    last_seen = {number: told.crawl_at(row["last_seen"]) for number, row in comments.items()}
    assert last_seen == {**dict.fromkeys([*everyone, NEW], 8), DELETED: 3}
    assert told.crawl_at(comments[NEW]["first_seen"]) == 8


def _rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All derived rows but for the integers that depend on the order of loading."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for table in DERIVED:
        columns = ", ".join(f'"{name}"' for name in TABLES[table].columns if name not in TABLES[table].inner)
        rows = query(folder, f"SELECT {columns} FROM {table}")  # noqa: S608 - names of ours
        found[table] = sorted((tuple(row.values()) for row in rows), key=repr)
    return found


def test_rebuild_tells_the_same_story(told: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(told.folder, folder)
    assert run(["-C", str(folder), "rebuild", "--check"]) == Exit.OK, capsys.readouterr()
    assert run(["-C", str(folder), "rebuild"]) == Exit.OK
    assert _rows(folder) == _rows(told.folder)
    assert _states(folder) == told.after[-1]


# As people and programs read it.


@dataclass(frozen=True, slots=True)
class Reader:
    told: Told
    capsys: pytest.CaptureFixture[str]

    def text(self, *command: str) -> str:
        self.capsys.readouterr()
        assert run(["-C", str(self.told.folder), *command]) == Exit.OK
        return self.capsys.readouterr().out

    def json(self, *command: str) -> Any:
        return json.loads(self.text(*command, "--json"))

    def diff(self, a: int, b: int) -> Any:
        """What changed between two crawls, as JSON."""
        ids = [row["id"] for row in self.told.captures]
        return self.json("diff", self.told.url, ids[a - 1], ids[b - 1])


@pytest.fixture
def reader(told: Told, capsys: pytest.CaptureFixture[str]) -> Reader:
    return Reader(told, capsys)


def test_show_marks_what_became_of_each_comment(told: Told, reader: Reader) -> None:
    text = reader.text("show", told.url)
    times = [None, *(row["captured_at"] for row in told.captures)]
    assert "Comments: 16 (the page claims 15)" in text
    assert _SECOND.paragraphs[1].split(".")[0][:40] in text
    assert text.count("[edited, 2 versions]") == 1
    assert text.count(f"[gone since {times[4]}]") == 1
    assert text.count(f"[restored {times[7]}, was gone since {times[3]}]") == 1
    assert text.count(f"[restored {times[7]}, was gone since {times[4]}]") == 1
    assert text.count(f"[restored {times[7]}, was hidden since {times[3]}]") == len(HIDDEN)
    assert "200 block page" in text
    assert "404 error page" in text
    assert "Captures: 8, revisions: 2" in text


def test_show_as_json_holds_versions_and_absences(told: Told, reader: Reader) -> None:
    shown = reader.json("show", told.url)
    assert (shown["state"], shown["revision_count"], len(shown["captures"])) == ("live", 2, len(CRAWLS))
    comments = {_number(row): row for row in shown["comments"]}
    assert [row["text"] for row in comments[EDITED]["versions"]] == [
        row["text"]
        for row in told.query(
            "SELECT text FROM comment_versions WHERE comment_id = ? ORDER BY number", comments[EDITED]["id"]
        )
    ]
    away = {
        number: [(one["state"], told.crawl_at(one["since"]), told.crawl_at(one["until"])) for one in row["absences"]]
        for number, row in comments.items()
        if row["absences"]
    }
    assert away == {
        HELD: [("gone", 4, 7)],
        TRASHED: [("gone", 3, 7)],
        **{reply: [("hidden", 3, 7)] for reply in HIDDEN},
        DELETED: [("gone", 4, None)],
    }
    numbers = {row["id"]: number for number, row in comments.items()}
    history = [
        (
            told.crawl_at(one["at"]),
            one["event"],
            one.get("state") or one.get("revision") or sorted(numbers[each] for each in one["comments"]),
        )
        for one in shown["history"]
    ]
    assert history == [
        (1, "captured", sorted(one.id for one in SEED.comments)),
        (2, "revision", 2),
        (2, "edited", [EDITED]),
        (3, "gone", [TRASHED]),
        (3, "hidden", list(HIDDEN)),
        (4, "gone", [HELD, DELETED]),
        (4, "moved", list(MOVED)),
        (5, "state", "blocked"),
        (6, "state", "404"),
        (7, "state", "live"),
        (7, "restored", [HELD, TRASHED, *HIDDEN]),
        (8, "added", [NEW]),
    ]


DIFFS: dict[tuple[int, int], dict[str, list[int]]] = {
    (1, 2): {"edited": [EDITED]},
    (2, 3): {"gone": [TRASHED], "hidden": [*HIDDEN]},
    (3, 4): {"gone": [HELD, DELETED], "moved": [*MOVED]},
    (4, 7): {"restored": [HELD, TRASHED, *HIDDEN]},
    (2, 7): {"gone": [DELETED], "moved": [*MOVED]},
    (7, 8): {"added": [NEW]},
    (1, 8): {"added": [NEW], "edited": [EDITED], "gone": [DELETED], "moved": [*MOVED]},
    (4, 5): {"not_covered": [one.id for one in _FOURTH.comments if one.id not in HIDDEN]},
}


@pytest.mark.parametrize("crawls", DIFFS, ids=str)
def test_diff_names_what_changed_between_two_crawls(told: Told, reader: Reader, crawls: tuple[int, int]) -> None:
    numbers = {row["id"]: number for number, row in told.comments.items()}
    found = reader.diff(*crawls)
    changed = {
        kind: sorted(numbers[one["id"]] for one in changes) for kind, changes in found["comments"].items() if changes
    }
    assert changed == DIFFS[crawls]
    assert found["fields"] == {}
    assert [found[side]["verdict"] for side in "ab"] == [told.captures[crawl - 1]["verdict"] for crawl in crawls]
    words = {op for op, _ in found["text"]}
    assert (words != {"equal"}) == (crawls[0] == 1)


def test_diff_compares_the_text_word_by_word(reader: Reader) -> None:
    found = reader.diff(1, 2)
    changed = {op: text.strip() for op, text in found["text"] if op != "equal"}
    assert changed == {"delete": _OLD_WORDS, "insert": _NEW_WORDS}
    [comment] = found["comments"]["edited"]
    assert [text.strip() for op, text in comment["text"] if op == "insert"] == ["Edit: or so it was said."]


def test_diff_in_words(told: Told, reader: Reader) -> None:
    ids = [row["id"] for row in told.captures]
    text = reader.text("diff", told.url, ids[1], ids[2])
    assert "1 comment gone" in text
    assert "2 comments hidden: what it answers is gone" in text
    assert "Vol Ya" in text
    assert "4 comments back" in reader.text("diff", told.url, ids[3], ids[6])
    assert "nothing differs" in reader.text("diff", told.url, ids[4], ids[5])
