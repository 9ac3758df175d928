"""``show`` and ``diff`` over an archive whose article changed, lost comments, was lost and came back."""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import run
from archiver.errors import Exit
from archiver.folder import make_folder
from archiver.textdiff import text_diff
from db.facts import CaptureFacts, CommentFacts
from db.load import load_many
from tests.db.histories import URL, article, at, comment, error

HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\u202e\u2066"


def _comment(text: str, id_: str, parent: int | None = None, **values: Any) -> CommentFacts:
    return replace(comment(text, id_=id_, parent=parent), **values)


FIRST = _comment("The first comment.", "c1", author="Robert")
REPLY = _comment("A reply.", "c2", 0)
PING = _comment("A ping.", "c3", kind="pingback")
MANY = tuple(_comment(f"New {number}.", f"n{number}") for number in range(12))
OLD_TEXT = "One paragraph.\n\nThe hoist stands in the yard.\n\nLast."
NEW_TEXT = "One paragraph.\n\nThe hoist stands in the garden.\n\nLast."


def _history() -> list[CaptureFacts]:
    edited = replace(FIRST, text="The first comment, edited.")
    held = (replace(MANY[0], moderated=True), *MANY[1:])
    part = article(5, edited, REPLY, title="Hoist moved", text=NEW_TEXT)
    return [
        article(1, FIRST, REPLY, PING, text=OLD_TEXT),
        article(2, edited, REPLY, PING, *MANY, title="Hoist moved", text=NEW_TEXT),
        article(3, replace(REPLY, parent=None), PING, *held, title="Hoist moved", text=NEW_TEXT),
        error(4),
        replace(part, complete=False, claimed_comments=99),
    ]


def _archive(folder: Path, facts: list[CaptureFacts]) -> Path:
    with closing(make_folder(folder).database()) as database:
        load_many(database, facts)
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _archive(tmp_path_factory.mktemp("show") / "archive", _history())


class Printed:
    """Runs a command in this process and gives what it printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys
        self.err = ""

    def __call__(self, *args: str, code: int = Exit.OK) -> str:
        assert run(["-C", str(self._folder), *args]) == code
        out, self.err = self._capsys.readouterr()
        return out

    def json(self, *args: str) -> Any:
        return json.loads(self(*args, "--json"))


@pytest.fixture
def printed(archive: Path, capsys: pytest.CaptureFixture[str]) -> Printed:
    return Printed(archive, capsys)


@pytest.mark.parametrize(
    "line",
    [
        "1. Robert  [edited, 2 versions] [restored 2024-05-05T12:00:00Z, was gone since 2024-05-03T12:00:00Z]",
        "    The first comment, edited.",
        "    2. veth",
        "3. veth  [pingback] [not covered since 2024-05-03T12:00:00Z]",
        "4. veth  [moderated] [not covered since 2024-05-03T12:00:00Z]",
        "Comments: 15 (the page claims 99)",
        "state  live",
        "Captures: 5, revisions: 2",
    ],
)
def test_show_marks_what_became_of_comments(printed: Printed, line: str) -> None:
    assert line in printed("show", "hoist").split("\n")


def test_show_tells_the_history(printed: Printed) -> None:
    history = printed("show", "hoist").partition("\nHistory\n")[2].partition("\n\n")[0]
    told = [line[42:] for line in history.split("\n") if line.startswith("  2024")]
    assert told == [
        "first captured, 3 comments",
        "revision 2: title, text (+1 -1 words)",
        "12 new comments",
        "1 edited comment",
        "1 comment answering another one than before, or none",
        "1 comment marked as held or removed by a moderator",
        "1 comment gone",
        "not found (404)",
        "back",
        "1 comment answering another one than before, or none",
        "1 comment back",
    ]
    assert "      veth: New 0.\n      veth: New 1.\n      veth: New 2.\n      … and 9 more: --full\n" in history


def test_history_names_comments_as_they_were_then(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(text: str) -> CommentFacts:
        return _comment(text, "c1", author=f"{text} author")

    kept = _comment("kept", "c2")
    facts = [
        article(1, kept),
        article(2, kept, said("First")),
        article(3, kept),
        article(4, kept, said("Second")),
        article(5, kept, said("Third")),
    ]
    printed = Printed(_archive(tmp_path / "archive", facts), capsys)
    history = printed("show", "hoist").partition("\nHistory\n")[2].partition("\n\n")[0]
    told = [line[6:] if line.startswith("      ") else line[42:] for line in history.split("\n")[1:]]
    assert told == [
        "1 new comment", "First author: First",
        "1 comment gone", "First author: First",
        "1 edited comment", "Second author: Second",
        "1 comment back", "Second author: Second",
        "1 edited comment", "Third author: Third",
    ]  # fmt: skip
    assert "Third" not in printed("show", "hoist", "--at", "2024-05-04")


def test_show_full_names_all_and_shows_edits(printed: Printed) -> None:
    out = printed("show", "hoist", "--full")
    assert "more: --full" not in out
    assert "      veth: New 11.\n" in out
    assert "    version 2, 2024-05-02T12:00:00Z, capture " in out
    assert "        The first comment+{, edited}+.\n" in out


def test_show_at_is_the_article_as_it_was(printed: Printed) -> None:
    out = printed("show", "hoist", "--at", "2024-05-01")
    assert out.startswith("Hoist\n=====\nas of  2024-05-01T12:00:00Z, capture ")
    assert OLD_TEXT in out
    assert "1. Robert  [version 1 of 2]\n    The first comment.\n\n    2. veth\n" in out
    assert "New 0." not in out
    assert "Captures: 1, revisions: 1\n" in out
    assert "state  " not in out


def test_show_at_a_time_tells_what_was_seen_by_then(printed: Printed) -> None:
    out = printed("show", "hoist", "--at", "2024-05-04")
    assert "as of  2024-05-03T12:00:00Z" in out
    assert "not found (404)" in out
    assert "  back\n" not in out


def test_show_at_a_capture_of_no_article_says_so(printed: Printed) -> None:
    lost = next(row["id"] for row in printed.json("show", "hoist")["captures"] if row["status"] == 404)
    out = printed("show", "hoist", "--at", lost)
    assert "revision 2; error page: shows no article, this is what was known by then" in out
    assert NEW_TEXT in out
    assert "Comments: 0\n" in out
    part = printed("show", "hoist", "--at", "last")
    assert "; does not show the whole thread" in part


def test_show_json_has_history_versions_and_absences(printed: Printed) -> None:
    shown = printed.json("show", "hoist")
    captures = {row["captured_at"]: row["id"] for row in shown["captures"]}
    first = shown["comments"][0]
    assert [(one["number"], one["text"], one["capture_id"]) for one in first["versions"]] == [
        (1, "The first comment.", captures[at(1)]),
        (2, "The first comment, edited.", captures[at(2)]),
    ]
    assert [(one["state"], one["since"], one["until"]) for one in first["absences"]] == [("gone", at(3), at(5))]
    assert shown["comments"][1]["versions"] == [
        {
            "number": 1,
            "capture_id": captures[at(1)],
            "captured_at": at(1),
            "author": "veth",
            "text": "A reply.",
        }
    ]
    assert [(one["event"], one["at"]) for one in shown["history"]][:2] == [("captured", at(1)), ("revision", at(2))]
    assert shown["history"][1] == {
        "at": at(2),
        "capture": captures[at(2)],
        "event": "revision",
        "revision": 2,
        "fields": ["title", "text"],
        "words_added": 1,
        "words_removed": 1,
    }
    assert {"at": at(4), "capture": captures[at(4)], "event": "state", "state": "404"} in shown["history"]
    assert {"key", "thread", "state"}.isdisjoint(shown["captures"][0])
    assert {"key"}.isdisjoint(first)


def test_show_at_json_says_which_capture(printed: Printed) -> None:
    shown = printed.json("show", "hoist", "--at", "r1")
    assert (shown["at"]["captured_at"], shown["at"]["revision"], shown["at"]["covers_thread"]) == (at(1), 1, True)
    assert (shown["title"], shown["text"], shown["comment_count"]) == ("Hoist", OLD_TEXT, 3)
    assert [row["text"] for row in shown["comments"]] == ["The first comment.", "A reply.", "A ping."]
    assert [row["event"] for row in shown["history"]] == ["captured"]


def test_diff_shows_both_captures_and_what_changed(printed: Printed) -> None:
    out = printed("diff", "hoist", "r1", "r2")
    ids = {row["captured_at"]: row["id"] for row in printed.json("show", "hoist")["captures"]}
    assert out == (
        "Hoist moved\n"
        f"A  2024-05-01T12:00:00Z  {ids[at(1)]}  200 article, revision 1\n"
        "   archive/a.warc.gz  offset 1000  length 999\n"
        f"   record <urn:uuid:1--{URL}>\n"
        f"B  2024-05-02T12:00:00Z  {ids[at(2)]}  200 article, revision 2\n"
        "   archive/a.warc.gz  offset 2000  length 999\n"
        f"   record <urn:uuid:2--{URL}>\n"
        "\n"
        "title  Hoist+{ moved}+\n"
        "\n"
        "One paragraph.\n\nThe hoist stands in the -[yard]-+{garden}+.\n\nLast.\n"
        "\n"
        "12 new comments\n" + "".join(f"  veth\n      New {number}.\n" for number in range(9)) + "  … 3 more: --full\n"
        "\n"
        "1 edited comment\n  Robert\n      The first comment+{, edited}+.\n"
    )


def test_diff_of_threads(printed: Printed) -> None:
    out = printed("diff", "hoist", "2024-05-02", "2024-05-03")
    assert "\n1 comment gone\n  Robert\n      The first comment, edited.\n" in out
    assert "\n  veth  under Robert, now under none\n      A reply.\n" in out
    assert "\n  veth  now marked\n      New 0.\n" in out
    assert "title" not in out


def test_diff_without_captures_is_of_the_last_change(printed: Printed) -> None:
    out = printed("diff", "hoist")
    assert "\nA  2024-05-03T" in out
    assert "\nB  2024-05-05T" in out
    assert "   does not show the whole thread: what it lacks may have been there\n" in out
    assert "\n1 comment back\n  Robert\n" in out
    assert "\n13 comments not covered: not shown by one, which does not show the whole thread\n  … --full" in out
    assert "New 3." not in out
    assert "New 3." in printed("diff", "hoist", "--full")


def test_diff_of_the_same_says_so(printed: Printed) -> None:
    assert printed("diff", "hoist", "first", "r1").endswith("\n\nnothing differs\n")
    assert printed("diff", "hoist", "2024-05-03", "2024-05-04").endswith("\n\nnothing differs\n")


def test_diff_with_an_error_page(printed: Printed) -> None:
    lost = next(row["id"] for row in printed.json("show", "hoist")["captures"] if row["status"] == 404)
    out = printed("diff", "hoist", "2024-05-03", lost)
    assert "  404 error page, revision 2\n" in out
    assert "   shows no article: compared is what was known by then\n" in out
    assert "comments not covered" in out
    assert out.endswith("\n\nnothing differs in what both show\n")


def test_diff_json(printed: Printed) -> None:
    found = printed.json("diff", "hoist", "r2", "r1")
    assert list(found) == ["article", "a", "b", "fields", "text", "comments"]
    assert list(found["comments"]) == [
        "added", "edited", "gone", "hidden", "restored", "moved", "moderated", "not_covered",
    ]  # fmt: skip
    assert found["article"]["url"] == URL.rstrip("/") or found["article"]["url"] == URL
    assert (found["a"]["captured_at"], found["a"]["verdict"], found["a"]["warc_offset"]) == (at(1), "article", 1000)
    assert (found["b"]["record_id"], found["b"]["covers_thread"]) == (f"<urn:uuid:2--{URL}>", True)
    assert found["fields"] == {"title": {"a": "Hoist", "b": "Hoist moved"}}
    assert found["text"] == [list(piece) for piece in text_diff(OLD_TEXT, NEW_TEXT)]
    assert len(found["comments"]["added"]) == 12
    [edited] = found["comments"]["edited"]
    assert edited["author"] == {"a": "Robert", "b": "Robert"}
    assert ["insert", ", edited"] in edited["text"]


def test_diff_json_of_threads(printed: Printed) -> None:
    ids = {row["text"]: row["id"] for row in printed.json("show", "hoist")["comments"]}
    found = printed.json("diff", "hoist", "2024-05-02", "2024-05-03")["comments"]
    assert [one["text"] for one in found["gone"]] == ["The first comment, edited."]
    assert found["moved"] == [{"id": ids["A reply."], "parent": {"a": ids["The first comment, edited."], "b": None}}]
    assert found["moderated"] == [{"id": ids["New 0."], "moderated": {"a": False, "b": True}}]
    covered = printed.json("diff", "hoist")["comments"]["not_covered"]
    assert {one["missing_in"] for one in covered} == {"b"}


ERRORS = {
    "diff of nothing": (["diff", "nothing"], "no article answers to 'nothing'"),
    "diff with nothing": (["diff", "hoist", "never"], "no capture of this article is called 'never'; name one by"),
    "diff with a hostile name": (["diff", "hoist", HOSTILE], "no capture of this article is called"),
    "diff before all": (["diff", "hoist", "1999"], "no capture shows this article by 1999; the first is of"),
    "diff before the first": (["diff", "hoist", "--", "r7"], "this article has no revision 7"),
    "show at nothing": (["show", "hoist", "--at", "r7"], "this article has no revision 7, its newest is r2"),
}


@pytest.mark.parametrize(("args", "message"), ERRORS.values(), ids=ERRORS)
def test_what_is_not_there_is_said_in_one_line(printed: Printed, args: list[str], message: str) -> None:
    assert printed(*args, code=Exit.NOT_FOUND) == ""
    assert printed.err.startswith("archiver: ")
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert "\x1b" not in printed.err


def test_only_capture_has_nothing_to_be_compared_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = Printed(_archive(tmp_path / "archive", [article(1)]), capsys)
    printed("diff", "hoist", code=Exit.NOT_FOUND)
    assert "nothing to compare with" in printed.err


def test_hostile_text_reaches_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def bad(day: int, word: str) -> CaptureFacts:
        text = f"{HOSTILE}{word}"
        one = _comment(text, "c1", author=text, published_text=text)
        gone = (_comment(text, f"gone{day}", author=text), _comment("kept", "k", 0))
        facts = article(day, one, *gone, title=f"Hoist {text}", text=f"{text}\n\n{text}")
        assert facts.article
        changed = replace(facts.article, authors=(text,), description=text, image=text, section=text)
        return replace(facts, article=changed, capture=replace(facts.capture, record_id=f"<{text}{day}>", reason=text))

    printed = Printed(_archive(tmp_path / "archive", [bad(1, "a"), bad(2, "b"), error(3)]), capsys)
    for args in (["show"], ["show", "--full"], ["show", "--at", "first"], ["diff"], ["diff", "--full"]):
        assert _steering(printed(args[0], "hoist", *args[1:])) == []
    for args in (["show", "hoist", "--json"], ["diff", "hoist", "--json"], ["search", "hoist", "--json"]):
        out = printed(*args)
        assert _steering(out) == []
        assert any(HOSTILE[-3:] in text for text in _texts([json.loads(out)]))


def test_hostile_titles_reach_no_terminal_in_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = [article(1, url=f"{URL}{number}/", title=f"Hoist {HOSTILE}\n{number}") for number in range(2)]
    printed = Printed(_archive(tmp_path / "archive", facts), capsys)
    assert printed("show", "hoist", code=Exit.NOT_FOUND) == ""
    assert _steering(printed.err) == []
    assert printed.err.count("\n") == 3, "one line and two titles"


def _steering(out: str) -> list[str]:
    return [one for one in out if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co")]


def _texts(values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            yield from _texts(list(value.values() if isinstance(value, dict) else value))
