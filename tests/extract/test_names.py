"""Bylines to names, titles without their site, one site or another."""

import pytest

from archiver.extract.links import is_front_page, same_site, without_archive
from archiver.extract.names import names
from archiver.extract.titles import completed, without_site


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Ada Hill", ("Ada Hill",)),
        ("Post author By Ada Hill", ("Ada Hill",)),
        ("AuthorAda Hill", ("Ada Hill",)),
        ("Hill, Ada", ("Ada Hill",)),
        ("Ada Hill and Bruno Ray", ("Ada Hill", "Bruno Ray")),
        ("Jörg Feld und Ada Hill", ("Jörg Feld", "Ada Hill")),
        ("Ada Hill, Bruno Ray", ("Ada Hill", "Bruno Ray")),
        ("Ada Hill, MS, RDN", ("Ada Hill",)),
        ("Ada Hill | Lamp Media for harbour.example", ("Ada Hill",)),
        ("by Ada Hill » Tue Mar 13, 2018 9:15 am", ("Ada Hill",)),
        ("Ada Hill, Senior Reporter", ("Ada Hill",)),
        ("Ada Hill Associated Press", ("Ada Hill",)),
        ("Ada Hill March", ("Ada Hill",)),
        ("Ada Hill • Nov 18", ("Ada Hill",)),
        ("Ada Hill Nov 18", ("Ada Hill",)),
        ("Ada Hill ada harbour", ("Ada Hill",)),
        ("Ludwig van der Feld", ("Ludwig van der Feld",)),
        ("Ada Hill Jr.", ("Ada Hill Jr.",)),
        ("The Associated Press", ("The Associated Press",)),
        ("Ada Hill, ada@harbour.example", ("Ada Hill",)),
        ("Harbour News", ()),
        ("Harbour News Business", ()),
        ("Lamp Staff", ()),
        ("Redaktion", ()),
        ("siteadmin", ()),
        ("user78", ()),
        ("Bruno Ray commented on", ()),
        ("March 4, 2019", ()),
        ("https://social.example/ada.hill", ()),
    ],
)
def test_byline_names_people(text: str, found: tuple[str, ...]) -> None:
    assert names([text], ["Harbour News"]) == found


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Lighthouse stays open | Harbour News", "Lighthouse stays open"),
        ("Lighthouse stays open - Harbour News", "Lighthouse stays open"),
        ("Harbour News: Lighthouse stays open", "Harbour News: Lighthouse stays open"),
        ("Harbour News » Lighthouse stays open", "Lighthouse stays open"),
        ("Lamps go out | Town | harbour.example", "Lamps go out | Town"),
        ("Lighthouse stays open | News | Harbour News", "Lighthouse stays open"),
        ("Lighthouse - a keeper's view", "Lighthouse - a keeper's view"),
        ("Harbour News", "Harbour News"),
        ("«Lighthouse stays open»", "«Lighthouse stays open»"),
    ],
)
def test_title_is_without_its_site(title: str, rest: str) -> None:
    cut = without_site(title, sites=["Harbour News"], host="harbour.example", headings=["Lighthouse stays open"])
    assert cut == rest


def test_title_that_was_cut_off_is_the_heading() -> None:
    assert completed("Lighthouse stays…", ["Lighthouse stays open"]) == "Lighthouse stays open"
    assert completed("Lighthouse stays…", ["Another"]) == "Lighthouse stays…"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.harbour.example/a", "http://harbour.example/b", True),
        ("https://news.harbour.example/a", "https://harbour.example/b", True),
        ("https://harbour.example/", "https://lamp.example/", False),
        ("https://www.harbour.co.uk/", "https://www.lamp.co.uk/", False),
        (
            "https://web.archive.org/web/2014/http://harbour.example/",
            "https://web.archive.org/web/2014/http://b.example/",
            False,
        ),
        ("http://[", "https://harbour.example/", False),
    ],
)
def test_same_site(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a case
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://web.archive.org/web/20140109030403/http://harbour.example/a", "http://harbour.example/a"),
        ("http://web.archive.org/web/20140109030403im_/https:/harbour.example/a", "https://harbour.example/a"),
        ("https://web.archive.org/about", "https://web.archive.org/about"),
        ("https://harbour.example/web/2014/http://b.example/", "https://harbour.example/web/2014/http://b.example/"),
    ],
)
def test_archived_url_is_the_one_it_keeps(url: str, kept: str) -> None:
    assert without_archive(url) == kept
    assert without_archive(kept) == kept


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://a.example", True),
        ("https://a.example/", True),
        ("https://a.example/?p=4", False),
        ("https://[", False),
    ],
)
def test_front_page(url: str, front: bool) -> None:  # noqa: FBT001 - a case
    assert is_front_page(url) is front
