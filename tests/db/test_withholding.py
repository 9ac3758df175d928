"""What the names under [withhold] mean, and what a person is told of those that fit nothing."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from db.facts import CommentFacts
from db.ids import comment_id, page_id
from db.load import load_many
from db.withholding import resolve
from tests.db.histories import URL, article, comment, redirect

OLD, OTHER = "https://example.org/?p=48", "https://example.org/other"
FORUM = "https://forum.example.org/t/hoist/7"
ID = page_id(URL)


def at(place: str, text: str, *, id_: str) -> CommentFacts:
    return replace(comment(text, id_=id_), permalink=place)


@pytest.fixture
def filled(db: Database) -> Database:
    load_many(
        db,
        [
            article(
                1,
                at(f"{URL}#comment-1", "first", id_="1"),
                at("http://example.org/2024/hoist/comment-page-1/?x=1#comment-2", "second", id_="2"),
                comment("third", id_="c3"),
                at("https://talk.example/posts/4/", "elsewhere", id_="4"),
            ),
            article(1, at(f"{OTHER}#comment-1", "beside", id_="1"), url=OTHER),
            article(1, at(f"{FORUM}/1", "opening", id_="p1"), at(f"{FORUM}/2", "answer", id_="p2"), url=FORUM),
            redirect(2, URL, url=OLD),
            redirect(2, FORUM, url=f"{FORUM}/2"),
        ],
    )
    return db


def told(id_: str, *, url: str = URL) -> str:
    return comment_id(page_id(url), id_)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        pytest.param(ID, {ID}, id="id of an article"),
        pytest.param(URL, {ID}, id="its URL"),
        pytest.param("https://EXAMPLE.org/2024/hoist/?utm_source=x", {ID}, id="other form of its URL"),
        pytest.param(OLD, {ID}, id="URL that redirects to it"),
        pytest.param(page_id(OLD), {ID}, id="id of a page that redirects to it"),
        pytest.param(told("1"), {told("1")}, id="id of a comment"),
        pytest.param(f"{URL}#comment-1", {told("1")}, id="permalink"),
        pytest.param(f"{URL}?utm_source=x#comment-1", {told("1")}, id="other form of the permalink"),
        pytest.param(f"{OLD}#comment-1", {told("1")}, id="permalink under an address that redirects"),
        pytest.param(f"{URL}comment-page-3/#comment-2", {told("2")}, id="permalink on another page of the thread"),
        pytest.param(f"{URL}#c3", {told("c3")}, id="native id for a fragment"),
        pytest.param("https://talk.example/posts/4/", {told("4")}, id="permalink elsewhere"),
        pytest.param("http://talk.example/posts/4", {told("4")}, id="other form of a permalink elsewhere"),
        pytest.param(f"{OTHER}#comment-1", {told("1", url=OTHER)}, id="permalink of another article"),
        pytest.param(FORUM, {page_id(FORUM)}, id="topic"),
        pytest.param(f"{FORUM}/2", {told("p2", url=FORUM)}, id="post whose address leads to the topic"),
        pytest.param(f"{FORUM}/1", {told("p1", url=FORUM)}, id="post whose address is no page"),
    ],
)
def test_name_means(filled: Database, name: str, ids: set[str]) -> None:
    found = resolve(filled, [name])
    assert found.ids == ids
    assert found.notes == ()


def test_fragment_that_names_no_comment_hides_the_article_and_says_so(filled: Database) -> None:
    found = resolve(filled, [f"{URL}#respond"])
    assert found.ids == {ID}
    assert found.notes == (f'withheld "{URL}#respond" names no comment, so the whole article is hidden',)


WORDS = " ".join(f"word{number}" for number in range(30))
LARGE, SMALL = sorted((f"https://example.org/{name}/" for name in "abc"), key=page_id)[::-2]
JOINED = (
    replace(comment("with an id", id_="1"), published="2024-05-01T10:00"),
    replace(comment("at a minute"), published="2024-05-01T11:00"),
    comment("of its words"),
    comment("+1", author=None),
    comment("+1", author=None),
)


@pytest.mark.parametrize("place", range(5))
def test_comment_by_its_id_stays_hidden_when_its_article_gets_another(db: Database, place: int) -> None:
    def thread_of(article_id: str) -> list[str]:
        sql = "SELECT id FROM comments WHERE article_id = ? ORDER BY position"
        return [row[0] for row in db.conn.execute(sql, [article_id])]

    load_many(db, [article(1, *JOINED, url=LARGE, text=WORDS)])
    name = thread_of(page_id(LARGE))[place]
    edited = replace(JOINED[2], text="of its words, and of one more")
    load_many(
        db,
        [
            article(2, *JOINED[:2], edited, *JOINED[3:], url=SMALL, text=WORDS),
            redirect(3, SMALL, url=LARGE),
        ],
    )
    assert thread_of(page_id(LARGE)) == []
    now = thread_of(page_id(SMALL))
    assert name not in now
    found = resolve(db, [name])
    equal = {3, 4} if place in {3, 4} else {place}
    assert found.ids == {now[one] for one in equal}
    assert found.notes == ()


def test_id_of_nothing_is_lost(filled: Database) -> None:
    found = resolve(filled, ["aaaaaaaaaaaaaaaa", URL])
    assert found.ids == {ID}
    assert found.lost == found.notes
    assert found.lost == (
        'withheld "aaaaaaaaaaaaaaaa" is the id of nothing in the archive: name the URL or permalink instead',
    )


@pytest.mark.parametrize("name", ["https://example.org/none", "urn:sha256:00", "https://[", "\x00"])
def test_name_of_nothing_is_noted(filled: Database, name: str) -> None:
    found = resolve(filled, [name, URL])
    assert found.ids == {ID}
    assert len(found.notes) == 1
    assert "names nothing in the archive yet" in found.notes[0]
    assert found.lost == ()


def test_no_names_mean_nothing(filled: Database) -> None:
    assert resolve(filled, []).ids == frozenset()


def test_many_strange_names_are_looked_for_at_once(filled: Database) -> None:
    names = [f"https://talk.example/posts/{number}" for number in range(1200)]
    assert resolve(filled, names).ids == {told("4")}
