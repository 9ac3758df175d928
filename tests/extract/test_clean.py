"""Cleaning takes what is no paragraph of the body, and no real paragraph."""

import pytest

from archiver.extract.clean import clean_text
from tests.extract.pages import PARAGRAPHS

APPEAL = (
    "Dear readers! We are a small independent journalist team and need your support. Please help us with a donation!"
)


def cleaned(*paragraphs: str) -> list[str]:
    return list(clean_text(paragraphs, title="Lighthouse stays open", authors=("Ada Hill",)).paragraphs)


@pytest.mark.parametrize("line", ["Lighthouse stays open", "LIGHTHOUSE STAYS OPEN!", "By Ada Hill", "Ada Hill"])
def test_headline_and_byline_are_taken_from_the_head_only(line: str) -> None:
    assert cleaned(line, *PARAGRAPHS) == list(PARAGRAPHS)
    assert line in cleaned(*PARAGRAPHS, line, "The end of it all.")


@pytest.mark.parametrize(
    ("line", "editors"),
    [
        ("Edited by: A. N.", ("A. N.",)),
        ("Edited by Ada Hill", ("Ada Hill",)),
        ("Editor: Ada Hill and Bruno Ray", ("Ada Hill", "Bruno Ray")),
        ("Editing by Ada Hill; Bruno Ray", ("Ada Hill", "Bruno Ray")),
        ("Redaktion: Jörg Feld", ("Jörg Feld",)),
        ("Edited by hand, the manuscript took the monks of the island more than twenty years to finish.", ()),
        ("Editors of three papers met on Monday.", ()),
    ],
)
def test_editor_line_becomes_editors(line: str, editors: tuple[str, ...]) -> None:
    result = clean_text((*PARAGRAPHS, line), title=None)
    assert result.editors == editors
    assert (line in result.paragraphs) is not bool(editors)


@pytest.mark.parametrize(
    "line",
    [
        APPEAL,
        "Tags: sea, lamps",
        "Tags: , , ,",
        "Posted in News",
        "Filed under: Harbour",
        "Follow us on Facebook and Twitter.",
        "Sign up for our weekly newsletter",
        "Subscribe to our newsletter",
        "© 2019 Harbour News. All rights reserved.",
        "Share this:",
    ],
)
def test_lines_around_the_body_are_dropped(line: str) -> None:
    assert cleaned(*PARAGRAPHS, line) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Dear readers of this column will know that I never ask for anything.",
        "Donations to the lighthouse doubled after the vote, the treasurer said.",
        "Posted in 1943 to the lighthouse, he never left the island again.",
        "Tags were sewn into every coat, so that the drowned could be named.",
        "Follow the path along the cliff and you will see it on your left.",
        "Topics of the evening were the roof, the lamp, and the price of oil.",
        "Support for the plan came from both sides of the harbour.",
    ],
)
def test_real_paragraphs_stay(line: str) -> None:
    assert cleaned(*PARAGRAPHS, line) == [*PARAGRAPHS, line]
    assert cleaned(PARAGRAPHS[0], line, *PARAGRAPHS[1:])[1] == line


def test_tail_lines_in_the_middle_of_a_long_text_stay() -> None:
    lines = [PARAGRAPHS[0], "Share this:", *PARAGRAPHS * 4]
    assert "Share this:" in cleaned(*lines)


def test_text_that_is_only_a_headline_stays() -> None:
    assert cleaned("Lighthouse stays open") == ["Lighthouse stays open"]
