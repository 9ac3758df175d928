"""Article URLs out of section and front pages, whatever the bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.discovery.section import section_links

URL = "https://a.example/politics/"


def _links(page: str, *, pattern: str | None = None, url: str = URL) -> tuple[str, ...]:
    return section_links(page.encode(), url=url, encoding="utf-8", pattern=pattern)


def _page(*hrefs: str, head: str = "") -> str:
    links = "".join(f'<a href="{one}">a</a>' for one in hrefs)
    return f"<html><head>{head}</head><body>{links}</body></html>"


HREFS = {
    "date": ("/2017/02/24/putin/", True),
    "year and month": ("/2017/02/x", True),
    "number": ("/news/1234567", True),
    "slug": ("/politics/four-words-make-it", True),
    "slug with underscores": ("/politics/four_words_make_it.html", True),
    "slug beyond ascii": ("/новини/міст-знову-відкрили-вчора", True),
    "relative": ("2017/02/24/putin/", True),
    "with a query": ("/2017/02/24/putin/?utm_source=x", True),
    "same host": ("https://a.example/2017/02/24/putin/", True),
    "same host in capitals": ("HTTPS://A.EXAMPLE/2017/02/24/putin/", True),
    "short name": ("/about/", False),
    "three words": ("/about-us-now/", False),
    "words of another part": ("/four-words-make-it/x", False),
    "off-host": ("https://b.example/2017/02/24/putin/", False),
    "other scheme": ("ftp://a.example/2017/02/24/putin/", False),
    "mail": ("mailto:1234567@a.example", False),
    "script": ("javascript:go(1234567)", False),
    "tag page": ("/tag/four-words-make-it/", False),
    "category page": ("/category/2017/02/", False),
    "author page": ("/author/a-b-c-d-e/", False),
    "comment feed": ("/2017/02/24/putin/feed/", False),
    "further page": ("/2017/02/page/2/", False),
    "image": ("/wp/2017/02/24/photo.jpg", False),
    "document": ("/2017/02/24/paper.PDF", False),
    "page itself": (URL, False),
    "place on the page": ("#comments-12345", False),
    "broken address": ("http://[2017/02/24/", False),
    "broken port": ("https://a.example:x/2017/02/24/", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("href", "wanted"), HREFS.values(), ids=HREFS)
def test_link_to_an_article_is_told(href: str, wanted: bool) -> None:  # noqa: FBT001 - a column of the table
    assert len(_links(_page(href))) == wanted


def test_order_is_kept_and_each_link_comes_once() -> None:
    hrefs = ("/2017/02/b/", "/2017/02/a/", "/2017/02/b/#comments", "https://a.example/2017/02/a/")
    assert _links(_page(*hrefs)) == ("https://a.example/2017/02/b/", "https://a.example/2017/02/a/")


BASES = {
    "https://a.example/deep/": "https://a.example/deep/2017/02/x/",
    "/deep/": "https://a.example/deep/2017/02/x/",
    "https://b.example/": None,
    "http://[": "https://a.example/politics/2017/02/x/",
    "": "https://a.example/politics/2017/02/x/",
}


@pytest.mark.parametrize(("base", "expected"), BASES.items(), ids=BASES)
def test_base_of_the_page_counts(base: str, expected: str | None) -> None:
    page = _page("2017/02/x/", head=f'<base href="{base}">')
    assert _links(page) == ((expected,) if expected else ())


def test_pattern_decides_alone() -> None:
    page = _page("/2017/02/x/", "/about/", "https://b.example/about/", "/tag/about/", "mailto:about@a.example")
    expected = ("https://a.example/about/", "https://b.example/about/", "https://a.example/tag/about/")
    assert _links(page, pattern="/about/$") == expected


def test_page_with_a_fragment_does_not_link_to_itself() -> None:
    assert _links(_page(URL), pattern="politics", url=URL + "#top") == ()


@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-16", "koi8-r", "no-such-encoding"])
@pytest.mark.parametrize("body", [b"", b" ", b"\x00", b"<", b"<!-- ", b"text", b"%PDF-1.4", b"\xff\xfe"], ids=ascii)
def test_page_without_links_gives_none(body: bytes, encoding: str | None) -> None:
    assert section_links(body, url=URL, encoding=encoding, pattern=None) == ()


def test_name_of_many_separators_takes_no_time() -> None:
    assert _links(_page("/" + "_" * 5000 + "/x", "/" + "-_" * 5000)) == ()


def test_deep_page_is_read() -> None:
    assert len(_links("<div>" * 200 + _page("/2017/02/x/"))) == 1
    assert isinstance(_links("<div>" * 50_000 + _page("/2017/02/x/")), tuple)


PIECES = st.sampled_from([b"<a href='", b"'>", b"<base href='", b"http://", b"[", b"//", b"2017/02/", b"&#0;", b"<!--"])


@given(
    st.one_of(st.binary(max_size=300), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=30).map(b"".join)),
    st.sampled_from([None, "utf-8", "utf-16", "ascii", "idna", "rot13"]),
    st.sampled_from([None, ".", "x"]),
)
@settings(deadline=None)
def test_any_bytes_give_links(body: bytes, encoding: str | None, pattern: str | None) -> None:
    links = section_links(body, url=URL, encoding=encoding, pattern=pattern)
    assert all(link.startswith(("http://", "https://")) and "#" not in link for link in links)
