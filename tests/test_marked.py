"""Differences as lines: marks or colours, only what changed and what stands beside it, nothing hostile gets through."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.marked import in_colour, marked, marked_lines
from archiver.render import WIDTH, printable
from archiver.textdiff import Piece, text_diff

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
TEXTS = st.text(alphabet=st.sampled_from("ab \n\n.¶[]{}+-\x1b\x01\x02\x03\x04\x9b\u202e\ud800"), max_size=60)


def _lines(old: str, new: str, *, colour: bool = False, full: bool = False, margin: str = "") -> list[str]:
    return list(marked_lines(text_diff(old, new), colour=colour, full=full, margin=margin, between=("",)))


WHOLE = {
    "nothing": ("a\n\nb", "a\n\nb", []),
    "a word": ("one two", "one three", ["one -[two]-+{three}+"]),
    "only new": ("", "one", ["+{one}+"]),
    "neighbours": ("a\n\nb\n\nc", "a\n\nx\n\nc", ["a", "", "-[b]-+{x}+", "", "c"]),
    "the rest is left out": (
        "1\n\n2\n\n3\n\n4\n\n5",
        "1\n\n2\n\nx\n\n4\n\n5",
        ["…", "", "2", "", "-[3]-+{x}+", "", "4", "", "…"],
    ),
    "a paragraph": ("a\n\nc", "a\n\nb\n\nc", ["a", "", "+{b}+", "", "c"]),
    "two paragraphs": ("a", "a\n\nb\nc", ["a", "", "+{b}+", "", "+{c}+"]),
    "a line end came": ("a b", "a\nb", ["a-[ ]-+{¶}+", "", "b"]),
    "only a line end came": ("ab cd\nef", "ab cd\n\nef", ["ab cd", "", "+{¶}+", "", "ef"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), WHOLE.values(), ids=WHOLE)
def test_changed_paragraphs_are_shown(old: str, new: str, expected: list[str]) -> None:
    assert _lines(old, new) == expected


def test_full_shows_all() -> None:
    assert _lines("1\n\n2\n\n3\n\n4", "x\n\n2\n\n3\n\n4", full=True) == ["-[1]-+{x}+", "", "2", "", "3", "", "4"]
    assert _lines("1\n2", "1\n2", full=True) == ["1", "", "2"]


def test_long_paragraph_is_cut_around_its_changes() -> None:
    words = [f"word{number}" for number in range(600)]
    changed = [*words]
    changed[100] = changed[500] = "NEW"
    text = " ".join(_lines(" ".join(words), " ".join(changed)))
    assert text.startswith("…")
    assert text.endswith("…")
    assert re.search(r"word99 -\[word100\]-\+\{NEW\}\+ word101", text)
    assert len(text) < 700
    assert text.count("…") == 3
    whole = " ".join(_lines(" ".join(words), " ".join(changed), full=True))
    assert all(word in whole for word in words)


def test_context_is_the_end_above_and_the_beginning_below() -> None:
    above, below = " ".join(f"a{n}" for n in range(200)), " ".join(f"b{n}" for n in range(200))
    lines = "\n".join(_lines(f"{above}\n\nold\n\n{below}", f"{above}\n\nnew\n\n{below}"))
    assert "a199" in lines
    assert "a1 " not in lines
    assert "b0 " in lines
    assert "b199" not in lines


def test_colour_ends_with_its_line_and_begins_again() -> None:
    words = " ".join(["word"] * 60)
    lines = _lines("", words, colour=True)
    assert len(lines) > 2
    for line in lines:
        assert line.startswith("\x1b[32m")
        assert line.endswith("\x1b[0m")


def test_marks_on_one_line() -> None:
    assert marked(text_diff("a\nb", "a\nc"), colour=False) == "a -[b]-+{c}+"
    assert marked(text_diff("a", "b"), colour=True) == "\x1b[31;9ma\x1b[0m\x1b[32mb\x1b[0m"


@given(TEXTS, TEXTS, st.booleans(), st.booleans())
@settings(max_examples=200)
def test_nothing_hostile_gets_through(old: str, new: str, colour: bool, full: bool) -> None:  # noqa: FBT001 - drawn
    pieces = text_diff(old, new)
    for line in [*marked_lines(pieces, colour=colour, full=full, margin="  "), marked(pieces, colour=colour)]:
        plain = ESCAPE.sub("", line) if colour else line
        assert printable(plain) == plain
        assert "\n" not in plain
        assert len(ESCAPE.findall(line)) % 2 == 0, "each colour is ended"


@given(TEXTS.map(lambda text: re.sub(r"[^ab \n.]", "", text)), TEXTS.map(lambda text: re.sub(r"[^ab \n.]", "", text)))
def test_full_keeps_all_words_of_both_texts(old: str, new: str) -> None:
    shown = "".join(_lines(old, new, full=True))
    for op, drop, text in (("insert", r"-\[(.*?)\]-", new), ("delete", r"\+\{(.*?)\}\+", old)):
        kept = re.sub(r"-\[|\]-|\+\{|\}\+|¶", "", re.sub(drop, "", shown))
        assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text), op


def test_lines_keep_their_width() -> None:
    lines = _lines("", "some words " * 100, margin="    ")
    assert all(len(line) <= WIDTH + 4 and "    " in line[:4] for line in lines)


def test_colour_is_for_terminals_whose_owner_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert in_colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not in_colour()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert not in_colour()


def test_marks_of_the_web_are_not_ours() -> None:
    assert marked([Piece("equal", "\x01a\x02")], colour=True) == "a"
