"""The copy without what is withheld: its rows are right, and its bytes hold nothing of it."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.errors import CannotWrite
from db.facts import CaptureFacts
from db.ids import comment_id, page_id
from db.load import load_many
from db.schema import open_database
from db.search import search
from db.showable import copy_showable
from db.withheld import withhold
from db.withholding import resolve
from tests.db.histories import URL, article, captures, comment, dump, error, loose_keys, memory_database, redirect

OTHER = "https://example.org/other"
SECRET = "https://example.org/zweckform/"  # noqa: S105 - an address
LONG = " ".join(f"blauwal{number}" for number in range(3000))


def filled() -> list[CaptureFacts]:
    shared = (
        comment("greeting", id_="c1"),
        comment(f"quokkabear 名古屋駅 {LONG}", id_="c2", author="Xanthippe", parent=0),
        comment("farewell 大阪城公園", id_="c3", parent=1),
    )
    return [
        article(1, *shared, url=OTHER, title="The boat"),
        article(2, *shared[:1], comment("quokkabear anew", id_="c2", author="Xanthippe", parent=0), url=OTHER),
        article(
            1, comment("wombatking", id_="c1"), url=SECRET, title="The aardwolf", text=f"aardwolf 東京都庁舎 {LONG}"
        ),
        article(2, url=SECRET, title="The aardwolf again", text="aardwolf anew"),
        redirect(3, SECRET, url="https://example.org/zweckform-old/"),
        error(4, url=SECRET),
    ]


@pytest.fixture
def live_filled(live: Database) -> Database:
    load_many(live, filled())
    with live.conn:
        for page in (SECRET, OTHER):
            name = page_id(page)
            live.conn.execute("INSERT INTO pages VALUES (?, ?, 'h', NULL, '', NULL, NULL, NULL, NULL)", [name, page])
            live.conn.execute("INSERT INTO failures (url, at, reason) VALUES (?, '2024', 'x')", [page])
            live.conn.execute("INSERT INTO sources (name, kind, url) VALUES (?, 'list', ?)", [page[-5:], page])
    return live


def test_copy_holds_nothing_of_a_withheld_article(live_filled: Database, tmp_path: Path) -> None:
    withhold(live_filled, [page_id(SECRET)])
    copy_showable(live_filled, tmp_path / "copy.db")
    content = (tmp_path / "copy.db").read_bytes().lower()
    for word in (b"aardwolf", b"wombatk", b"zweckform", page_id(SECRET).encode(), "東京都".encode(), "庁舎".encode()):
        assert word not in content, word
    assert b"boat" in content
    assert list(tmp_path.glob("copy.db?*")) == []
    with closing(open_database(tmp_path / "copy.db", read_only=True)) as copy:
        assert [row["title"] for row in copy["articles"].rows] == ["Hoist"]
        assert [row["url"] for row in copy["pages"].rows] == [OTHER]
        assert [row["url"] for row in copy["failures"].rows] == [OTHER]
        assert {row["url"] for row in copy["sources"].rows} == {None, OTHER}
        assert {row["url"] for row in copy["captures"].rows} == {OTHER}
        assert search(copy, "aardwolf") == search(copy, "wombatking") == search(copy, "東京都") == []
        assert len(search(copy, "大阪城")) == 1
        assert [hit.kind for hit in search(copy, "quokkabear")] == ["comment"]
        assert loose_keys(copy) == []


def test_copy_holds_nothing_of_a_withheld_comment(live_filled: Database, tmp_path: Path) -> None:
    hidden = comment_id(page_id(OTHER), "c2")
    withhold(live_filled, [hidden])
    copy_showable(live_filled, tmp_path / "copy.db")
    content = (tmp_path / "copy.db").read_bytes().lower()
    for word in (b"quokkab", b"xanthip", hidden.encode(), "名古屋".encode()):
        assert word not in content, word
    with closing(open_database(tmp_path / "copy.db", read_only=True)) as copy:
        thread = {str(row["text"]): row["parent_id"] for row in copy["comments"].rows}
        assert thread == {"greeting": None, "farewell 大阪城公園": comment_id(page_id(OTHER), "c1"), "wombatking": None}
        assert search(copy, "quokkabear") == search(copy, "名古屋駅") == []
        assert len(search(copy, "aardwolf")) == 1
        assert loose_keys(copy) == []


def test_sightings_do_not_name_a_withheld_comment(live: Database, tmp_path: Path) -> None:
    answer = comment("answer", id_="c2", parent=0)
    load_many(live, [article(1, comment("first", id_="c1"), answer), article(2, comment("answer", id_="c2"))])
    hidden = comment_id(page_id(URL), "c1")
    withhold(live, [hidden])
    copy_showable(live, tmp_path / "copy.db")
    assert hidden.encode() not in (tmp_path / "copy.db").read_bytes()


def test_archive_itself_stays_as_it_was(live_filled: Database, tmp_path: Path) -> None:
    before = dump(live_filled)
    withhold(live_filled, [page_id(SECRET)])
    copy_showable(live_filled, tmp_path / "copy.db")
    assert dump(live_filled) == before


def test_answers_to_each_other_are_kept(live: Database, tmp_path: Path) -> None:
    load_many(live, [article(1, comment("a", id_="a", parent=1), comment("b", id_="b", parent=0))])
    withhold(live, [comment_id(page_id(URL), "a")])
    copy_showable(live, tmp_path / "copy.db")
    with closing(open_database(tmp_path / "copy.db", read_only=True)) as copy:
        assert [(row["text"], row["parent_id"]) for row in copy["comments"].rows] == [("b", None)]


def test_folder_that_cannot_be_written_is_said(live: Database, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"copy without what is withheld cannot be made in .*TMPDIR"):
        copy_showable(live, tmp_path / "none" / "copy.db")


# Each example is a file: to look for the smallest one that fails takes minutes.
@settings(deadline=None, max_examples=25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(facts=captures(), data=st.data())
def test_copy_of_any_history_holds_what_may_be_shown(
    tmp_path_factory: pytest.TempPathFactory, facts: list[CaptureFacts], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("copy") / "copy.db"
    with closing(memory_database()) as db:
        load_many(db, facts)
        articles = [str(row["id"]) for row in db["articles"].rows]
        comments = [str(row["id"]) for row in db["comments"].rows]
        names = data.draw(st.sets(st.sampled_from([*articles, *comments]), max_size=3)) if articles else set()
        hidden = resolve(db, names).ids
        withhold(db, hidden)
        copy_showable(db, path)
        condition = "id NOT IN (SELECT id FROM temp.withheld)"
        kept = {
            table: {str(row["id"]) for row in db[table].rows_where(condition)} for table in ("articles", "comments")
        }
        with closing(open_database(path, read_only=True)) as copy:
            assert {table: {str(row["id"]) for row in copy[table].rows} for table in kept} == kept
            assert loose_keys(copy) == []
            assert not [one for one in hidden if one.encode() in path.read_bytes()]
