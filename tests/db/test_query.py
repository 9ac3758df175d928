"""What a person types, as terms, filters and notes."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.query import MOST_TERMS, Query, Term, parse


def words(*texts: str) -> tuple[Term, ...]:
    return tuple(Term(text=text) for text in texts)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("hoist  harbour", Query(terms=words("hoist", "harbour")), id="words"),
        pytest.param('"raised it" x', Query(terms=words("raised it", "x")), id="phrase"),
        pytest.param('one"two three', Query(terms=words("one", "two three")), id="stray quote"),
        pytest.param("terror*", Query(terms=(Term(text="terror", prefix=True),)), id="prefix"),
        pytest.param('"for the"*', Query(terms=(Term(text="for the", prefix=True),)), id="prefix of a phrase"),
        pytest.param(
            'x -y -"z w" -a*',
            Query(
                terms=(
                    *words("x"),
                    Term(text="y", without=True),
                    Term(text="z w", without=True),
                    Term(text="a", without=True, prefix=True),
                )
            ),
            id="left out",
        ),
        pytest.param("co-operate a- --x -", Query(terms=words("co-operate", "a-", "--x")), id="minus that is none"),
        pytest.param('"-5"', Query(terms=words("-5")), id="minus in quotes"),
        pytest.param("NOT AND site:x", Query(terms=words("NOT", "AND"), sites=("x",)), id="operators are words"),
        pytest.param(
            "foo:bar https://a.example/", Query(terms=words("foo:bar", "https://a.example/")), id="unknown name"
        ),
        pytest.param('"site:x"', Query(terms=words("site:x")), id="filter in quotes is a phrase"),
        pytest.param("website:x", Query(terms=words("website:x")), id="name is the end of a word"),
        pytest.param("SITE:a Site:b", Query(sites=("a", "b")), id="case of names"),
        pytest.param('site:"The  Times" -site:b', Query(sites=("The Times",), without_sites=("b",)), id="sites"),
        pytest.param('author:"Dirk Smith"', Query(terms=(Term(text="Dirk Smith", author=True),)), id="author"),
        pytest.param(
            "author:smi*", Query(terms=(Term(text="smi", author=True, prefix=True),)), id="author's beginning"
        ),
        pytest.param('author:"Dirk', Query(terms=(Term(text="Dirk", author=True),)), id="open quote"),
        pytest.param("after:2024-05-03 before:2025", Query(after="2024-05-03", before="2025"), id="dates"),
        pytest.param(
            "after:2024-01-01 before:2024-05-01", Query(after="2024", before="2024-05"), id="first of its kind"
        ),
        pytest.param(
            "after:2023 after:2024 before:2025 before:2024-06", Query(after="2024", before="2024-06"), id="span"
        ),
        pytest.param("gone:yes", Query(gone=True), id="gone"),
        pytest.param("gone:yes gone:NO", Query(gone=False), id="last counts"),
        pytest.param("서울", Query(terms=(Term(text="서울", prefix=True),)), id="Korean words begin so"),
        pytest.param("東京\u3000大阪", Query(terms=words("東京", "大阪")), id="wide blank"),
        pytest.param("!? ... ' * x", Query(terms=words("x")), id="punctuation"),
    ],
)
def test_query_means(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("x after:soon", "after:soon was ignored, it is no date; write after:2024, after:2024-05 or after:2024-05-03"),
        ("x after:2024-02-30", "after:2024-02-30 was ignored, it is no date; write after:2024"),
        ("x before:٢٠٢٤", "before:٢٠٢٤ was ignored, it is no date; write before:2024"),
        ("x after:2024-5", "after:2024-5 was ignored, it is no date"),
        ("x after:0000", "after:0000 was ignored, it is no date"),
        ("x before: 2024", "before: was ignored, it is no date"),
        ("x gone:maybe", "gone:maybe was ignored, it is yes or no; write gone:yes or gone:no"),
        ("x -gone:yes", "-gone:yes was ignored, only words, author: and site: can be left out; write gone:yes"),
        ("x site:", "site: was ignored, it names no site; write site:example.org"),
        ('x site:" "', "site: was ignored, it names no site; write site:example.org"),
        ("x author:...", 'author:... was ignored, it names nobody; write author:smith or author:"Dirk Smith"'),
        ("x author:", 'author: was ignored, it names nobody; write author:smith or author:"Dirk Smith"'),
        (f"x after:{'9' * 100}", f"after:{'9' * 40}… was ignored"),
        ("-x", "nothing was looked for, only left out; say what to find, too"),
        ("-site:x", "nothing was looked for, only left out; say what to find, too"),
        ("x 👩\u200d👧", "👩\u200d👧 was ignored: only letters and digits can be found"),
        ("💩" * 50, f"{'💩' * 40}… was ignored: only letters and digits can be found"),
        ("!? ... ' *", "nothing was looked for: only letters and digits can be found"),
        ("", "nothing was looked for: only letters and digits can be found"),
        ("a " * 40, f"only the first {MOST_TERMS} words were looked for"),
        ("a" * 2000, "only the first 1000 characters of one word or phrase were looked for"),
    ],
)
def test_what_says_nothing_is_noted(typed: str, note: str) -> None:
    (said,) = parse(typed).notes
    assert said.startswith(note)


@pytest.mark.parametrize(
    ("typed", "empty", "lists"),
    [
        ("x", False, False),
        ("x site:y", False, False),
        ("author:x", False, True),
        ("site:y", False, True),
        ("gone:no -x", False, True),
        ("-x", True, True),
        ("after:soon", True, True),
        ("", True, True),
    ],
)
def test_query_says_what_is_to_be_done(typed: str, *, empty: bool, lists: bool) -> None:
    query = parse(typed)
    assert (query.is_empty, query.lists) == (empty, lists)


@given(
    st.text(st.sampled_from('ab "*-:東ก가\x00\ud800\n') | st.characters(), max_size=60),
    st.sampled_from(("", "site:", "-after:")),
)
def test_any_text_is_a_query(typed: str, before: str) -> None:
    query = parse(before + typed)
    for term in query.terms:
        assert term.text
        assert '"' not in term.text
        assert "\x00" not in term.text
    assert all("\n" not in note for note in query.notes), asdict(query)
