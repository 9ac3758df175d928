"""Cleaning takes what is no paragraph of the body, and no real paragraph."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract.clean import NOTHING, Known, Line, Spot, clean_text
from archiver.extract.text import clean
from tests.extract.pages import PARAGRAPHS

APPEAL = (
    "Dear readers! We are a small independent journalist team and need your support. Please help us with a donation!"
)
KNOWN = Known(titles=("Lighthouse stays open",), authors=("Ada Hill",))
SITE_LINK = Spot.LINK | Spot.MOSTLY_LINK | Spot.SAME_SITE
FAR_LINK = Spot.LINK | Spot.MOSTLY_LINK


def cleaned(*paragraphs: str) -> list[str]:
    return list(clean_text([Line(text=each) for each in paragraphs], KNOWN).paragraphs)


def among(line: Line) -> bool:
    """Whether a line between paragraphs stays."""
    lines = [Line(text=PARAGRAPHS[0]), line, *(Line(text=each) for each in PARAGRAPHS[1:] * 3)]
    return line.text in clean_text(lines, KNOWN).paragraphs


def before(*lines: Line) -> list[str]:
    """What stays of lines before the paragraphs."""
    return list(clean_text([*lines, *map(_paragraph, PARAGRAPHS)], KNOWN).paragraphs)[: -len(PARAGRAPHS)]


def after(*lines: Line) -> list[str]:
    return list(clean_text([*map(_paragraph, PARAGRAPHS), *lines], KNOWN).paragraphs)[len(PARAGRAPHS) :]


def _paragraph(text: str) -> Line:
    return Line(text=text)


@pytest.mark.parametrize("line", ["Lighthouse stays open", "LIGHTHOUSE STAYS OPEN!", "By Ada Hill", "Ada Hill"])
def test_headline_and_byline_are_taken_from_the_head_only(line: str) -> None:
    assert cleaned(line, *PARAGRAPHS) == list(PARAGRAPHS)
    assert line in cleaned(*PARAGRAPHS, line, "The end of it all.")


@pytest.mark.parametrize(
    "line",
    [
        "Published March 4, 2019",
        "UPDATED: Tue., Nov. 19, 2019",
        "Montag, 4. März 2019 um 9:05",
        "04.03.2019",
        "5 min read",
        "Lesezeit: 3 Minuten",
    ],
)
def test_dates_and_reading_times_are_taken_from_the_head(line: str) -> None:
    assert cleaned(line, *PARAGRAPHS) == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "March 4, 2019 was a bright day at the harbour.",
        "Lighthouse stays open, council says after a long evening of speeches and two votes.",
        "By Ada Hill standards, the evening was a short one.",
        "On 4 March 2019, the lamp went out.",
    ],
)
def test_first_paragraphs_that_resemble_headline_or_date_stay(line: str) -> None:
    assert cleaned(line, *PARAGRAPHS) == [line, *PARAGRAPHS]


@pytest.mark.parametrize(
    ("spot", "stays"),
    [
        (Spot.HEADLINE, False),
        (Spot.HEADER | Spot.OUTSIDE, False),
        (Spot.HEADING | Spot.OUTSIDE, False),
        (Spot.OUTSIDE, False),
        (Spot.BOX, False),
        (Spot.HEADING, True),
        (NOTHING, True),
    ],
    ids=str,
)
def test_short_line_before_the_text_goes_where_markup_says_so(spot: Spot, *, stays: bool) -> None:
    line = "Council votes for its keeper"
    assert before(Line(text=line, spot=spot)) == ([line] if stays else [])


def test_lines_over_the_headline_go_with_it() -> None:
    assert before(Line(text="Harbour"), Line(text="Another headline", spot=Spot.HEADLINE)) == []
    assert len(before(Line(text=PARAGRAPHS[0] + PARAGRAPHS[1]), Line(text="Hello", spot=Spot.HEADLINE))) == 2


def test_markup_that_makes_a_head_of_everything_is_not_believed() -> None:
    lines = [Line(text=f"Short line {number}.", spot=Spot.OUTSIDE | Spot.HEADER) for number in range(20)]
    assert len(clean_text(lines, KNOWN).paragraphs) == 20


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
    result = clean_text(map(_paragraph, (*PARAGRAPHS, line)), Known())
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
        "Source: Harbour News Agency",
        "Additional reporting by Bruno Ray",
        "Bruno Ray contributed to this report.",
        "Ada Hill covers the harbour for the paper.",
        "Follow Ada Hill on Twitter @adahill",
        "If you buy something through this post, we may get a share of the sale.",
        "Get the news of the day delivered to your inbox.",
        "Comments",
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
        "Ada Hill stood at the lamp and said nothing.",
        "Sources of the money are not known.",
        "Subscribe to that view and you will never sleep again.",
        "Sign up for the tour with the e-mail address of your school.",
        "Comments by the mayor were few.",
        "More than thirty people came.",
    ],
)
def test_real_paragraphs_stay(line: str) -> None:
    assert cleaned(*PARAGRAPHS, line) == [*PARAGRAPHS, line]
    assert cleaned(PARAGRAPHS[0], line, *PARAGRAPHS[1:])[1] == line


def test_tail_lines_in_the_middle_of_a_long_text_stay() -> None:
    lines = [PARAGRAPHS[0], "Share this:", *(f"{number}. {each}" for number, each in enumerate(PARAGRAPHS * 4))]
    assert "Share this:" in cleaned(*lines)


def test_text_that_is_only_a_headline_stays() -> None:
    assert cleaned("Lighthouse stays open") == ["Lighthouse stays open"]


@pytest.mark.parametrize(
    ("text", "spot", "stays"),
    [
        ("Keeper found asleep in the lamp room", SITE_LINK, False),
        ("Keeper found asleep in the lamp room", SITE_LINK | Spot.ITEM, True),
        ("Keeper found asleep in the lamp room", FAR_LINK, True),
        ("www.harbour.example", SITE_LINK, True),
        (PARAGRAPHS[0] + PARAGRAPHS[1], SITE_LINK, True),
        ("Related: Keeper found asleep", Spot.MOSTLY_LINK | Spot.SAME_SITE, False),
        ("Related: the price of oil, the roof and the lamp.", NOTHING, True),
        ("You may also like", NOTHING, False),
        ("The lamp room in 1920", Spot.BOX, False),
        ("The lamp room in 1920", NOTHING, True),
        (PARAGRAPHS[1] + PARAGRAPHS[2], Spot.BOX, True),
        ("The lamp, photo © Bruno Ray", NOTHING, False),
        ("Advertisement", NOTHING, False),
        ('[gallery ids="1,2,3"]', NOTHING, False),
    ],
)
def test_line_among_the_paragraphs(text: str, spot: Spot, *, stays: bool) -> None:
    assert among(Line(text=text, spot=spot)) is stays


def test_links_under_a_label_go_with_it() -> None:
    link = Line(text="Keeper asleep [VIDEO]", spot=Spot.MOSTLY_LINK)
    paragraph = _paragraph(PARAGRAPHS[1])
    lines = [_paragraph(PARAGRAPHS[0]), _paragraph("Don't miss"), link, link, paragraph]
    assert clean_text(lines, KNOWN).paragraphs == PARAGRAPHS[:2]


def test_paragraph_that_stands_there_twice_is_told_once() -> None:
    long = PARAGRAPHS[0] + " " + PARAGRAPHS[1]
    assert cleaned(long, PARAGRAPHS[2], long) == [long, PARAGRAPHS[2]]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([Line(text="Weather", spot=Spot.OUTSIDE)], 0),
        ([Line(text=f"Flour, {n} cups", spot=Spot.OUTSIDE | Spot.ITEM) for n in range(5)], 5),
        ([Line(text=f"Card {n}", spot=Spot.OUTSIDE | Spot.ITEM | Spot.HEADING) for n in range(5)], 0),
        ([Line(text=PARAGRAPHS[0] + PARAGRAPHS[1], spot=Spot.OUTSIDE)], 1),
        ([Line(text=f"Story {n}", spot=SITE_LINK | Spot.ITEM) for n in range(3)], 0),
        ([Line(text="The report", spot=SITE_LINK | Spot.ITEM)], 1),
        ([Line(text=f"Review {n}", spot=FAR_LINK) for n in range(3)], 0),
        ([Line(text="The report", spot=FAR_LINK)], 1),
        ([Line(text="Read on", spot=Spot.HEADING), Line(text="Share this:")], 0),
        ([Line(text="Read on", spot=Spot.HEADING)], 1),
    ],
    ids=[
        *(
            "elsewhere",
            "list-elsewhere",
            "cards",
            "prose-elsewhere",
            "list-of-stories",
            "one-item",
            "reviews",
            "one-link",
        ),
        *("heading-of-what-is-gone", "heading"),
    ],
)
def test_lines_after_the_text(lines: list[Line], kept: int) -> None:
    assert len(after(*lines)) == kept


def test_links_of_kept_lines_are_told_once_and_in_order() -> None:
    lines = [
        Line(text=PARAGRAPHS[0], links=("https://b.example/", "https://a.example/")),
        Line(text="Share this:", links=("https://social.example/",)),
        Line(text=PARAGRAPHS[1], links=("https://b.example/",)),
        Line(text="Related", links=("https://c.example/",)),
    ]
    assert clean_text(lines, KNOWN).links == ("https://b.example/", "https://a.example/")


TEXTS = st.sampled_from(
    [
        *PARAGRAPHS,
        PARAGRAPHS[0] + PARAGRAPHS[1],
        *("Lighthouse stays open", "By Ada Hill", "Related", "Share this:", "Tags: sea", "Edited by: A. N.", APPEAL),
        *("March 4, 2019", "Story", "Ada Hill is a keeper.", "5 min read", "Read more: the story", "Advertisement"),
    ]
) | st.text(max_size=60)
SPOTS = st.lists(st.sampled_from(list(Spot)), max_size=4).map(lambda spots: reduce(Spot.__or__, spots, NOTHING))


@given(st.lists(st.builds(Line, text=TEXTS, spot=SPOTS), max_size=25))
def test_cleaning_only_takes_whole_lines_and_keeps_their_order(lines: list[Line]) -> None:
    given_texts = iter([clean(line.text).strip() for line in lines])
    assert all(paragraph in given_texts for paragraph in clean_text(lines, KNOWN).paragraphs)


@given(st.lists(st.builds(Line, text=TEXTS, spot=SPOTS), max_size=25))
def test_cleaning_again_takes_nothing(lines: list[Line]) -> None:
    kept = clean_text(lines, KNOWN).lines
    assert clean_text(kept, KNOWN).lines == kept
