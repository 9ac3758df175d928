"""What the archive says of an article and its thread after eight crawls: tables, show, diff and rebuild, one story.

The story itself is in ``tests.cli.story``.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import run
from archiver.errors import Exit
from db.descriptions import DERIVED, TABLES
from tests.cli.running import query
from tests.cli.story import (
    CRAWLS,
    DELETED,
    EDITED,
    EIGHTH,
    FOURTH,
    HELD,
    HIDDEN,
    MOVED,
    NEW,
    NEW_WORDS,
    OLD_WORDS,
    SECOND,
    SEVENTH,
    THIRD,
    TRASHED,
    Told,
    number_of,
    states,
    tell,
)
from tests.site import SEED
from warc.reader import read_capture

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return tell(tmp_path_factory.mktemp("story") / "archive")


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
    assert second["text"] == first["text"].replace(SEED.paragraphs[1], SECOND.paragraphs[1]) != first["text"]
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
    old, new = (row for row in versions if number_of(row) == EDITED)
    assert (old["number"], told.crawl_at(old["captured_at"])) == (1, 1)
    assert (new["number"], told.crawl_at(new["captured_at"])) == (2, 2)
    assert new["text"] == f"{old['text']} Edit: or so it was said."
    assert new["text"] == told.comments[EDITED]["text"]
    assert new["capture_id"] == told.captures[1]["id"]
    others = {number_of(row): told.crawl_at(row["captured_at"]) for row in versions if number_of(row) != EDITED}
    assert others == {**dict.fromkeys({one.id for one in SEED.comments} - {EDITED}, 1), NEW: 8}
    assert len(versions) == len(others) + 2


def test_absences_say_what_was_gone_and_from_when_to_when(told: Told) -> None:
    rows = told.query(
        "SELECT absences.*, permalink FROM absences JOIN comments ON comments.id = comment_id "
        "ORDER BY permalink, number"
    )
    crawls = [
        (number_of(row), row["number"], row["state"], told.crawl_at(row["since"]), told.crawl_at(row["until"]))
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
        crawl, number = ids.index(row["capture_id"]) + 1, number_of(row)
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
    assert states(folder) == told.after[-1]


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
    assert SECOND.paragraphs[1].split(".")[0][:40] in text
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
    comments = {number_of(row): row for row in shown["comments"]}
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
    history = shown["history"]
    assert [one["at"] for one in history] == sorted(one["at"] for one in history)
    told_of = {
        (told.crawl_at(one["at"]), one["event"]): sorted(numbers[each] for each in one.get("comments", ()))
        or (one.get("state") or one.get("revision"))
        for one in history
    }
    assert len(told_of) == len(history)
    assert told_of == {
        (1, "captured"): sorted(one.id for one in SEED.comments),
        (2, "revision"): 2,
        (2, "edited"): [EDITED],
        (3, "gone"): [TRASHED],
        (3, "hidden"): [*HIDDEN],
        (4, "gone"): [HELD, DELETED],
        (4, "moved"): [*MOVED],
        (5, "state"): "blocked",
        (6, "state"): "404",
        (7, "state"): "live",
        (7, "restored"): [HELD, TRASHED, *HIDDEN],
        (8, "added"): [NEW],
    }


@pytest.mark.parametrize("crawl", range(1, len(CRAWLS) + 1))
def test_show_as_of_a_crawl_is_the_page_of_that_time(told: Told, reader: Reader, crawl: int) -> None:
    shown = reader.json("show", told.url, "--at", told.captures[crawl - 1]["id"])
    article = (SEED, SECOND, THIRD, FOURTH, None, None, SEVENTH, EIGHTH)[crawl - 1]
    assert (shown["at"]["capture"], shown["at"]["revision"]) == (told.captures[crawl - 1]["id"], 1 if crawl == 1 else 2)
    if article is None:  # no article is shown: what was known by then
        assert (shown["comments"], shown["at"]["covers_thread"]) == ([], False)
        return
    listed = {one.id for one in article.comments}
    visible = [one for one in article.comments if one.parent_id is None or one.parent_id in listed]
    assert [number_of(row) for row in shown["comments"]] == [one.id for one in visible]
    assert [row["depth"] for row in shown["comments"]] == [0 if one.parent_id is None else 1 for one in visible]
    assert (NEW_WORDS in shown["text"]) == (article is not SEED)
    [edited] = [row for row in shown["comments"] if number_of(row) == EDITED]
    assert edited["text"].endswith("Edit: or so it was said.") == (article is not SEED)


def test_show_at_a_time_is_the_newest_page_by_then(told: Told, reader: Reader) -> None:
    shown = reader.json("show", told.url, "--at", told.captures[5]["captured_at"])
    assert shown["at"]["capture"] == told.captures[3]["id"], "since then there was no article"
    assert [number_of(row) for row in shown["comments"]] == [951, 952, 955, 953, 954, 960, 961, 962, 964, 965]


def test_records_that_are_named_prove_it(told: Told, reader: Reader) -> None:
    """The bytes that a difference refers to hold what it says, and the older ones do not."""
    found = reader.diff(1, 2)
    bodies = [
        read_capture(told.folder / "archive", found[side]["warc_file"], found[side]["warc_offset"]).body.decode()
        for side in "ab"
    ]
    for words in (NEW_WORDS, "Edit: or so it was said."):
        assert [words in body for body in bodies] == [False, True]


DIFFS: dict[tuple[int, int], dict[str, list[int]]] = {
    (1, 2): {"edited": [EDITED]},
    (2, 3): {"gone": [TRASHED], "hidden": [*HIDDEN]},
    (3, 4): {"gone": [HELD, DELETED], "moved": [*MOVED]},
    (4, 7): {"restored": [HELD, TRASHED, *HIDDEN]},
    (2, 7): {"gone": [DELETED], "moved": [*MOVED]},
    (7, 8): {"added": [NEW]},
    (1, 8): {"added": [NEW], "edited": [EDITED], "gone": [DELETED], "moved": [*MOVED]},
    (4, 5): {"not_covered": sorted(one.id for one in FOURTH.comments if one.id not in HIDDEN)},
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
    assert changed == {"delete": OLD_WORDS, "insert": NEW_WORDS}
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
