"""``archiver search``: what it finds, says and prints; text from the web does the terminal no harm."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from archiver.errors import Exit
from archiver.folder import open_folder
from db.sql import writing
from tests.cli.running import archiver, make_archive
from tests.db.searched import put_article, put_comment

GONE = "2024-06-01T00:00:00.000000Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("search") / "archive")
    with closing(open_folder(folder).database()) as db, writing(db):
        put_article(
            db, "a", title="A hoist", authors='["Jane Doe"]', text="It stands in 東京大学.", published="2024-05-03"
        )
        put_article(db, "b", title="Gone \x1b]0;x\x07\u202eand\nlost", text="A hoist, \x1b[31mred.", state="404")
        put_comment(db, "c", "a", author="Dirk \x1b[2JSmith", text="They hoisted it", state="gone", gone_since=GONE)
    return folder


def test_hits_are_printed_with_what_became_of_them(folder: Path) -> None:
    done = archiver("-C", folder, "search", "hoist")
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.out == (
        "a  A hoist\n    It stands in 東京大学.\n\n"
        "a  Dirk [2JSmith on: A hoist  [gone since 2024-06-01]\n    They [hoisted] it\n\n"
        "b  Gone ]0;xand lost  [404]\n    A [hoist], [31mred.\n\n"
    )


@pytest.mark.parametrize(
    ("args", "lines"),
    [
        (["東京"], ["a  A hoist", "    It stands in [東京]大学."]),
        (
            ["after:2024-05", "--in", "articles", "--limit", "1"],
            ["a  2024-05-03  A hoist", "    It stands in 東京大学."],
        ),
        (['author:"jane doe"'], ["a  2024-05-03  A hoist", "    It stands in 東京大学."]),
        (
            ["gone:yes", "site:example.org", "--in", "comments"],
            ["a  2024-05-01  Dirk [2JSmith on: A hoist  [gone since 2024-06-01]", "    They hoisted it"],
        ),
        (["-it", "--limit", "1", "hoist", "-here"], ["b  Gone ]0;xand lost  [404]", "    A [hoist], [31mred."]),
        (["hoist", "--", "-it"], ["b  Gone ]0;xand lost  [404]", "    A [hoist], [31mred."]),
        (["hoist", "--jsn", "--in", "articles"], None),
        (["--limit", "-1", "hoist"], None),
        (["hoist -it"], ["b  Gone ]0;xand lost  [404]", "    A [hoist], [31mred."]),
    ],
    ids=[
        "part of a text",
        "newest",
        "author",
        "gone",
        "minus",
        "minus behind two",
        "wrong option",
        "wrong limit",
        "minus in quotes",
    ],
)
def test_language_of_queries(folder: Path, args: list[str], lines: list[str] | None) -> None:
    done = archiver("-C", folder, "search", *args)
    if lines is None:
        assert (done.code, done.out) == (Exit.USAGE, "")
        assert "No such option" in done.err or "-1 is not in the range" in done.err
    else:
        assert (done.code, done.err, done.out.splitlines()) == (Exit.OK, "", [*lines, ""])


def test_json_says_more(folder: Path) -> None:
    done = archiver("-C", folder, "search", "hoist gone:yes", "--in", "comments", "--json")
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.json_lines == [
        {
            "kind": "comment",
            "id": "c",
            "article_id": "a",
            "title": "A hoist",
            "author": "Dirk \x1b[2JSmith",
            "snippet": "They \x02hoisted\x03 it",
            "rank": 1.0,
            "url": "https://example.org/a/",
            "article_url": "https://example.org/a/",
            "published": None,
            "first_seen": "2024-05-01T12:00:00.000000Z",
            "last_seen": "2024-05-01T12:00:00.000000Z",
            "gone_since": GONE,
            "state": "gone",
        }
    ]
    assert "\x1b" not in done.out
    assert json.loads(done.out.splitlines()[0])["state"] == "gone"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("hoist after:so\x1b[2Jon", "archiver: after:so[2Jon was ignored, it is no date; write after:2024,"),
        ("hoist gone:perhaps", "archiver: gone:perhaps was ignored, it is yes or no; write gone:yes or gone:no"),
        ("hoist site:", "archiver: site: was ignored, it names no site; write site:example.org"),
    ],
)
def test_filter_that_says_nothing_is_named_and_left_out(folder: Path, query: str, said: str) -> None:
    done = archiver("-C", folder, "search", query, "--json")
    assert (done.code, len(done.json_lines)) == (Exit.OK, 3)
    (line,) = done.err.splitlines()
    assert line.startswith(said)


def test_query_that_asks_for_nothing_is_not_answered(folder: Path) -> None:
    for query in ("...", "👩"):
        done = archiver("-C", folder, "search", query)
        assert (done.code, done.out) == (Exit.OK, "")
        assert done.err.endswith(": only letters and digits can be found\n")
        assert done.err.count("\n") == 1


@pytest.mark.parametrize("query", ["weather", "hoist before:2023", "site:nowhere.example"])
def test_nothing_found_is_said(folder: Path, query: str) -> None:
    done = archiver("-C", folder, "search", query)
    assert (done.code, done.out, done.err) == (Exit.OK, "", "nothing found\n")
    assert archiver("-C", folder, "search", query, "--json").err == ""
