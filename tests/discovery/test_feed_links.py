"""Page URLs out of feeds, whatever the bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.discovery.feed import NoFeed, feed_links

URL = "https://a.example/feed/"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://a.example/</link>%s</channel></rss>"""
ITEM = "<item><title>T</title><link>%s</link><guid>urn:x</guid></item>"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<link href="https://a.example/" rel="alternate"/>%s</feed>"""
ENTRY = """<entry><title>T</title><id>urn:%s</id><link rel="alternate" type="text/html" href="%s"/>
<link rel="replies" href="https://a.example/replies/"/><link rel="enclosure" href="https://a.example/a.mp3"/></entry>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://a.example/"><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/1/"><title>T</title><link>https://a.example/1/</link></item></rdf:RDF>"""


def _rss(*links: str) -> str:
    return RSS % "".join(ITEM % link for link in links)


FEEDS = {
    "rss 2.0": (_rss("https://a.example/1/", "https://a.example/2/"), ("https://a.example/1/", "https://a.example/2/")),
    "atom": (
        ATOM % (ENTRY % (1, "https://a.example/1/") + ENTRY % (2, "/2/")),
        ("https://a.example/1/", "https://a.example/2/"),
    ),
    "rdf": (RDF, ("https://a.example/1/",)),
    "order kept": (
        _rss("https://a.example/b/", "https://a.example/a/"),
        ("https://a.example/b/", "https://a.example/a/"),
    ),
    "once each": (_rss("https://a.example/1/", "https://a.example/1/#comments"), ("https://a.example/1/",)),
    "relative": (_rss("/1/", "2/"), ("https://a.example/1/", "https://a.example/feed/2/")),
    "other host": (_rss("https://b.example/1/"), ("https://b.example/1/",)),
    "entities": (_rss("https://a.example/?a=1&amp;b=2"), ("https://a.example/?a=1&b=2",)),
    "white space": (_rss("\n  https://a.example/1/\n "), ("https://a.example/1/",)),
    "links that cannot be fetched": (
        _rss("http://[", "http://b.example:port/", "javascript:alert(1)", "mailto:a@b.example", "https://a.example/1/"),
        ("https://a.example/1/",),
    ),
    "items without links": (RSS % "<item><title>T</title></item>", ()),
    "no items": (RSS % "", ()),
    "truncated": (_rss("https://a.example/1/", "https://a.example/2/")[:-60], ("https://a.example/1/",)),
    "unclosed": (RSS.partition("%s")[0] + ITEM % "https://a.example/1/", ("https://a.example/1/",)),
    "byte order mark": ("\ufeff" + _rss("https://a.example/1/"), ("https://a.example/1/",)),
    "blank lines first": ("\n\n" + _rss("https://a.example/1/"), ("https://a.example/1/",)),
}


@pytest.mark.parametrize(("feed", "expected"), FEEDS.values(), ids=FEEDS)
def test_links_of_a_feed_are_found(feed: str, expected: tuple[str, ...]) -> None:
    assert feed_links(feed.encode(), url=URL) == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "latin-1", "koi8-r"])
def test_encoding_that_a_feed_declares_is_read(encoding: str) -> None:
    declared = _rss("https://a.example/1/").replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert feed_links(declared.encode(encoding), url=URL) == ("https://a.example/1/",)


def test_wrong_encoding_is_read_all_the_same() -> None:
    feed = _rss("https://a.example/1/").replace('"1.0"', '"1.0" encoding="utf-8"').replace("News", "N\xf6ws")
    assert feed_links(feed.encode("latin-1"), url=URL) == ("https://a.example/1/",)


NO_FEEDS = {
    "empty": b"",
    "blank": b" \n",
    "text": b"Not a feed.",
    "html": b"<!DOCTYPE html><html><head><title>T</title></head><body><a href='/1/'>one</a></body></html>",
    "json": b'{"version": "https://jsonfeed.org/version/1"}',
    "other xml": b'<?xml version="1.0"?><urlset><url><loc>https://a.example/1/</loc></url></urlset>',
    "image": b"\x89PNG\r\n\x1a\n\x00\x00",
    "a path": b"/etc/passwd",
    "a url": b"http://127.0.0.1:1/feed/",
}


@pytest.mark.parametrize("body", NO_FEEDS.values(), ids=NO_FEEDS)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(NoFeed, match="neither RSS nor Atom"):
        feed_links(body, url=URL)


BROKEN = {
    "encoding that is no text": b"<?xml version='1.0' encoding='\x80'?><rss/>",
    "encoding with a null": b"<?xml version='1.0' encoding='\x00'?><rss/>",
    "character out of range": b"<>&#2000000;",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_what_breaks_the_parser_is_no_feed(body: bytes) -> None:
    with pytest.raises(NoFeed, match="cannot be read"):
        feed_links(body, url=URL)


def test_entities_are_not_expanded_without_end() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 4}">' for n in range(1, 8))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "https://a.example/">{levels}]>'
    feed = _rss("&e7;", "https://a.example/1/").replace("?>", "?>" + doctype)
    links = feed_links(feed.encode(), url=URL)
    assert sum(map(len, links)) < 100_000
    assert "https://a.example/1/" in links


def test_files_of_this_machine_are_not_read() -> None:
    feed = _rss("https://a.example/&x;").replace("?>", '?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
    assert all(link in ("https://a.example/", "https://a.example/&x;") for link in feed_links(feed.encode(), url=URL))


PIECES = st.sampled_from(
    b"<rss> <rss_version='2.0'> <channel> <item> <link> </link> </item> <feed <entry> <link_href=' '/> http://".split()
    + b"[ <![CDATA[ ]]> <!DOCTYPE &#x110000; &amp; \xff\xfe <?xml_version='1.0'_encoding=' utf-7 '?>".split()
    + b"<georss:point> <media:content_url=' <pubDate>".split()
).map(lambda piece: piece.replace(b"_", b" "))


@given(
    st.one_of(st.binary(max_size=300), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=30).map(b"".join))
)
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_links_or_no_feed(body: bytes) -> None:
    try:
        links = feed_links(body, url=URL)
    except NoFeed:
        return
    assert all(link.startswith(("http://", "https://")) for link in links)
