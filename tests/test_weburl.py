"""What counts as a URL that can be fetched: no more than Scrapy takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request

from archiver.weburl import absolute_link, is_web_url

URLS = {
    "http://a.example": True,
    "https://a.example:8443/x?y=z#f": True,
    "http://[::1]/": True,
    "http://a.example/\u043a\u0438\u0457\u0432/": True,
    "ftp://a.example/": False,
    "http://": False,
    "http:///x": False,
    "//a.example/": False,
    "a.example": False,
    "http://[": False,
    "http://a.example:port/": False,
    "http://a.example:99999/": False,
    "http://a.example:0/": False,
    "http://a.example/x y": False,
    "http://a.example/\r\nX: y": False,
    "http://a.example/\x1b[2J": False,
    "http://a.example/\ud800": False,
    "http://a.example/" + "x" * 9000: False,
    "": False,
}
LINKS = {
    "/x": "http://a.example/x",
    "x": "http://a.example/b/x",
    "../x": "http://a.example/x",
    "?p=1": "http://a.example/b/?p=1",
    "//b.example/": "http://b.example/",
    " /x \n": "http://a.example/x",
    "/two words": "http://a.example/two%20words",
    "/x#comments": "http://a.example/x",
    "HTTPS://b.example/X": "https://b.example/X",
    "HTTP://b.example/X": "http://b.example/X",
    "javascript:void(0)": None,
    "mailto:a@b.example": None,
    "http://[": None,
    "http://b.example:port/": None,
}


@pytest.mark.parametrize(("url", "expected"), URLS.items(), ids=[ascii(url)[:40] for url in URLS])
def test_web_url_is_told(url: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_web_url(url) is expected


@pytest.mark.parametrize(("href", "expected"), LINKS.items(), ids=map(ascii, LINKS))
def test_link_becomes_absolute(href: str, expected: str | None) -> None:
    assert absolute_link("http://a.example/b/", href) == expected


@given(
    st.one_of(st.text(), st.text().map("http://".__add__), st.text(alphabet="htp:/[]@.%?#a1\\").map("http:".__add__))
)
@settings(deadline=None)
def test_any_link_is_taken_by_scrapy_or_refused(href: str) -> None:
    link = absolute_link("http://a.example/b/", href)
    if link is not None:
        assert Request(link).url
        assert absolute_link("http://a.example/b/", link) == link
