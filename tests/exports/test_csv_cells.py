"""Cells that no spreadsheet takes for formulas, from which the text can be had back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.exports.tables_csv import guarded, unguarded


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1 is a number", "'-1 is a number"),
        ("@sum(a)", "'@sum(a)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'quoted'", "'quoted'"),
        ("plain = text", "plain = text"),
        ("", ""),
    ],
)
def test_cell_is(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(st.text(st.sampled_from("'=+-@\t\r\na"), max_size=6) | st.text())
def test_text_can_be_had_back_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r\n")
