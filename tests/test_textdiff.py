"""Word-level diffs: what the pieces say is true of both texts, is the same everywhere, and people can read it."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import textdiff
from archiver.textdiff import Piece, text_diff


def _sides(pieces: tuple[Piece, ...]) -> tuple[str, str]:
    old = "".join(piece.text for piece in pieces if piece.op != "insert")
    new = "".join(piece.text for piece in pieces if piece.op != "delete")
    return old, new


def _shown(old: str, new: str) -> str:
    marks = {"equal": "{}", "delete": "[-{}]", "insert": "[+{}]"}
    return "".join(marks[op].format(text) for op, text in text_diff(old, new))


_WORDS = st.text(alphabet="ab.,' \n\n", max_size=60)
_PARTS = st.lists(
    st.sampled_from(("the ", "cat ", "sat", ". ", "\n\n", "普京", "แมว", "é", "\ud800", "\x00", "'s ")), max_size=40
)
_TEXTS = _WORDS | _PARTS.map("".join) | st.text(max_size=40)


@given(_TEXTS, _TEXTS)
@settings(max_examples=300)
def test_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = text_diff(old, new)
    assert _sides(pieces) == (old, new)
    assert all(piece.text for piece in pieces)
    for one, other in pairwise(pieces):
        assert one.op != other.op
        assert (one.op, other.op) != ("insert", "delete")


@given(_TEXTS)
def test_equal_texts_are_one_piece(text: str) -> None:
    assert text_diff(text, text) == ((Piece("equal", text),) if text else ())


@given(_TEXTS, _TEXTS)
@settings(max_examples=50)
def test_the_clock_changes_nothing(old: str, new: str) -> None:
    once = text_diff(old, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda: float("inf"))
        assert text_diff(old, new) == once


CASES = {
    "nothing": ("", "", ""),
    "all new": ("", "a b", "[+a b]"),
    "all gone": ("a b", "", "[-a b]"),
    "a word": ("The cat sat.", "The dog sat.", "The [-cat][+dog] sat."),
    "a whole word": ("He said so.", "He says so.", "He [-said][+says] so."),
    "a mark": ("The mat, they say", "The mat; they say", "The mat[-,][+;] they say"),
    "an apostrophe is in a word": ("It's so", "It\u2019s so", "[-It's][+It\u2019s] so"),
    "a word added": ("The cat", "The black cat", "The [+black ]cat"),
    "a paragraph added": ("One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n[+Two.\n\n]Three."),
    "a paragraph at the end": ("One.", "One.\n\nTwo.", "One.[+\n\nTwo.]"),
    "paragraphs moved": (
        "One a.\nTwo b.\nThree c.\n",
        "Two b.\nThree c.\nOne a.\n",
        "[-One a.\n]Two b.\nThree c.\n[+One a.\n]",
    ),
    "freak matches are not shown": ("a b c d e f", "q r s d t u", "[-a b c d e f][+q r s d t u]"),
    "Chinese by character": ("普京现在担心政变。", "普京现在害怕政变。", "普京现在[-担心][+害怕]政变。"),
    "Japanese": ("東京へ行った", "大阪へ行った", "[-東京][+大阪]へ行った"),
    "Thai, marks stay with their letters": ("ฉันรักพี่", "ฉันรักพี", "ฉันรัก[-พี่][+พี]"),
    "Hindi by word": ("मैं हिन्दी बोलता हूँ", "मैं हिन्दु बोलता हूँ", "मैं [-हिन्दी][+हिन्दु] बोलता हूँ"),
    "Korean by word": ("나는 학교에 간다", "나는 학교로 간다", "나는 [-학교에][+학교로] 간다"),
    "a letter and its accent": ("cafe\u0301 au lait", "cafe au lait", "[-cafe\u0301][+cafe] au lait"),
    "white space": ("a  b", "a b", "a [- ]b"),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_changes_are_words(old: str, new: str, expected: str) -> None:
    assert _shown(old, new) == expected


@given(_TEXTS)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(textdiff._TOKEN.findall(text)) == text
    assert "".join(textdiff._PARAGRAPH.findall(text)) == text


def _many(seed: int, words: int, *, of: int = 3000) -> list[str]:
    return [f"w{number}" for number in random.Random(seed).choices(range(of), k=words)]  # noqa: S311 - test data


def test_long_paragraph_with_few_changes_is_compared_by_word() -> None:
    words = _many(1, 6000)
    changed = [f"new{place}" if place % 100 == 50 else word for place, word in enumerate(words)]
    pieces = text_diff(" ".join(words), " ".join(changed))
    assert _sides(pieces) == (" ".join(words), " ".join(changed))
    assert sum(piece.op == "insert" for piece in pieces) == 60


HOSTILE = {
    "other words": (" ".join(_many(1, 20_000)), " ".join(_many(2, 20_000))),
    "two words": (" ".join(_many(1, 30_000, of=2)), " ".join(_many(2, 30_000, of=2))),
    "one letter": ("a " * 200_000, "a " * 150_000 + "b"),
    "marks": ("!?" * 100_000, "?!" * 90_000 + "x"),
    "lines": ("\n".join(map(str, range(50_000))), "\n".join(map(str, range(50_000, 0, -1)))),
    "one word": ("a" * 1_000_000, "b" * 1_000_000),
    "more paragraphs than are compared": ("x\n" * 600_000 + "a", "x\n" * 600_000 + "b"),
}


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=HOSTILE)
def test_what_differs_too_much_is_one_change(old: str, new: str) -> None:
    pieces = text_diff(old, new)
    assert _sides(pieces) == (old, new)
    assert len(pieces) <= 4


def test_each_of_many_words_has_a_character_of_its_own() -> None:
    words = [*(f"word{number}" for number in range(100_000)), "\u4e00", "a", "\n", "\ud800", "\U0010ffff"]
    codes = textdiff._codes(words, words)
    assert len(set(codes.values())) == len(words)
    assert all(len(code) == 1 for code in codes.values())
    assert [code for word, code in codes.items() if len(word) > 1 and "\ud800" <= code <= "\udfff"] == []


def test_changes_that_the_library_cannot_tidy_up_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(textdiff._Matcher, "diff_cleanupSemantic", deep)
    assert _shown("a b c", "a d c") == "[-a b c][+a d c]"
