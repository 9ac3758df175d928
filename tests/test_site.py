"""The fixture site serves what it says: other suites build on it."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, RemoteDisconnected

import lxml.etree
import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.site import (
    ARTICLES,
    SEED,
    SEED_PATH,
    CommentContent,
    Delivery,
    Markup,
    RunningSite,
    Site,
    render_article,
    serve,
)
from tests.site_content import FIXTURES, PRIVATE

BASE = "http://127.0.0.1:8000"
SLASH_COMMENTS = "{http://purl.org/rss/1.0/modules/slash/}comments"
TEXT_OF = {
    Markup.HTML4: ".//div[@id='div-comment-{0}']/p",
    Markup.HTML5: ".//article[@id='div-comment-{0}']/div[@class='comment-content']/p",
    Markup.BLOCK: ".//li[@id='comment-{0}']/div//div[@class='wp-block-comment-content']/p",
}
AUTHOR_OF = {
    Markup.HTML4: ".//div[@id='div-comment-{0}']//cite[@class='fn']",
    Markup.HTML5: ".//article[@id='div-comment-{0}']//b[@class='fn']",
    Markup.BLOCK: ".//li[@id='comment-{0}']/div//div[@class='wp-block-comment-author-name']",
}
# What XML, and so libxml2, takes as a character; a carriage return is turned into a line feed by every parser.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"
)


def node(tree: lxml.html.HtmlElement, xpath: str) -> lxml.html.HtmlElement:
    found = tree.find(xpath)
    assert found is not None, xpath
    return found


def parsed(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


@contextmanager
def connected(site: RunningSite) -> Iterator[HTTPConnection]:
    host, _, port = site.url.removeprefix("http://").strip("/").partition(":")
    connection = HTTPConnection(host, int(port), timeout=5)
    try:
        yield connection
    finally:
        connection.close()


def get(site: RunningSite, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    with connected(site) as connection:
        connection.request(method, path, headers={"X-Test": "yes"})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


ROUTES = [
    (SEED_PATH, 200, "text/html; charset=UTF-8", b"Putin now fears"),
    ("/", 200, "text/html; charset=UTF-8", b"observatory clock"),
    ("/category/international/", 200, "text/html; charset=UTF-8", b"observatory clock"),
    ("/category/science/", 200, "text/html; charset=UTF-8", b"observatory clock"),
    ("/tag/isis/", 200, "text/html; charset=UTF-8", b"Putin now fears"),
    ("/author/marit-oland/", 200, "text/html; charset=UTF-8", b"Harbour ferry"),
    ("/about/", 200, "text/html; charset=UTF-8", b"one machine"),
    ("/feed/", 200, "application/rss+xml; charset=UTF-8", b"<rss version="),
    ("/robots.txt", 200, "text/plain; charset=utf-8", b"Disallow: /private/"),
    ("/private/secret/", 200, "text/html; charset=UTF-8", b"The kettle is to be replaced"),
    ("/old-address/", 301, "text/html; charset=UTF-8", b"It has moved"),
    ("/gone/", 410, "text/html; charset=UTF-8", b"taken this page back"),
    ("/missing/", 404, "text/html; charset=UTF-8", b"Nothing stands"),
    ("/no/such/path", 404, "text/html; charset=UTF-8", b"Nothing stands"),
    ("/category/nothing/", 404, "text/html; charset=UTF-8", b"Nothing stands"),
    ("/error/", 500, "text/html; charset=UTF-8", b"press has stopped"),
    ("/file.pdf", 200, "application/pdf", b"%PDF-1.4"),
    ("/image.png", 200, "image/png", b"\x89PNG"),
    ("/chunked/", 200, "text/html; charset=UTF-8", b"Putin now fears"),
]


@pytest.mark.parametrize(("path", "status", "media_type", "part"), ROUTES, ids=[row[0] for row in ROUTES])
def test_route_answers(html5_site: RunningSite, path: str, status: int, media_type: str, part: bytes) -> None:
    seen, headers, body = get(html5_site, path)
    assert (seen, headers["Content-Type"]) == (status, media_type)
    assert part in body
    assert ("Transfer-Encoding" in headers) is (path == "/chunked/")
    if path != "/chunked/":
        assert headers["Content-Length"] == str(len(body))


def test_codings_carry_the_seed_article(html5_site: RunningSite) -> None:
    _, _, plain = get(html5_site, SEED_PATH)
    _, headers, packed = get(html5_site, "/gzip/")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert get(html5_site, "/chunked/")[2] == plain


def test_redirect_names_the_seed_article(html5_site: RunningSite) -> None:
    assert get(html5_site, "/old-address/")[1]["Location"] == html5_site.article_url


def test_empty_page_has_no_body(html5_site: RunningSite) -> None:
    status, headers, body = get(html5_site, "/empty/")
    assert (status, headers["Content-Length"], body) == (200, "0", b"")


def test_reset_closes_without_a_byte(html5_site: RunningSite) -> None:
    with pytest.raises(RemoteDisconnected):
        get(html5_site, "/reset/")


def test_stall_answers_nothing_until_the_site_closes() -> None:
    with serve(Markup.HTML5) as site:
        connection = HTTPConnection("127.0.0.1", int(site.url.rstrip("/").rpartition(":")[2]), timeout=5)
        connection.request("GET", "/stall/")
        assert get(site, "/robots.txt")[0] == 200
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        connection.getresponse()
    connection.close()


def test_closing_ends_idle_connections() -> None:
    with serve(Markup.HTML5) as site:
        connection = HTTPConnection("127.0.0.1", int(site.url.rstrip("/").rpartition(":")[2]), timeout=5)
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()
        socket = connection.sock
        assert socket is not None
    assert socket.recv(1) == b""
    connection.close()


def test_connection_is_kept_and_requests_are_noted(html5_site: RunningSite) -> None:
    with connected(html5_site) as connection:
        for path in ("/robots.txt", f"{SEED_PATH}?replytocom=951", "/chunked/", "/about/"):
            connection.request("GET", path, headers={"X-Test": path})
            assert connection.getresponse().read()
            assert connection.sock is not None
    assert html5_site.paths == ["/robots.txt", f"{SEED_PATH}?replytocom=951", "/chunked/", "/about/"]
    assert [request.headers["x-test"] for request in html5_site.requests] == html5_site.paths
    assert {request.method for request in html5_site.requests} == {"GET"}


def test_head_answers_the_head_alone(html5_site: RunningSite) -> None:
    status, headers, body = get(html5_site, "/file.pdf", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_put_remove_and_restore_change_one_path(html5_site: RunningSite) -> None:
    html5_site.put("/about/", status=503, body="later", headers=[("Retry-After", "9")])
    status, headers, body = get(html5_site, "/about/")
    assert (status, headers["Retry-After"], body) == (503, "9", b"later")
    html5_site.remove("/about/")
    assert get(html5_site, "/about/")[0] == 404
    html5_site.restore("/about/")
    assert get(html5_site, "/about/")[0] == 200
    html5_site.put("/about/", status=304)
    assert get(html5_site, "/about/")[2] == b""
    html5_site.put("/new/", delivery=Delivery.RESET)
    with pytest.raises(RemoteDisconnected):
        get(html5_site, "/new/")


def test_own_content_length_is_sent_as_given(html5_site: RunningSite) -> None:
    html5_site.put("/cut/", body="half", headers=[("Content-Length", "8")])
    with connected(html5_site) as connection:
        connection.request("GET", "/cut/")
        answer = connection.getresponse()
        assert (answer.read(4), answer.length) == (b"half", 4)


def test_published_article_changes_page_feed_and_sidebar(html5_site: RunningSite) -> None:
    late = CommentContent(
        id=2000, author="Latecomer", published=datetime(2018, 1, 1, tzinfo=UTC), paragraphs=("At last.",)
    )
    html5_site.publish(replace(SEED, comments=(*SEED.comments, late)))
    assert b"comment-2000" in get(html5_site, SEED_PATH)[2]
    assert b"Latecomer" in get(html5_site, ARTICLES[1].path)[2]
    assert b"<slash:comments>16</slash:comments>" in get(html5_site, "/feed/")[2]


def test_feed_lists_every_article_but_the_private_one(html5_site: RunningSite) -> None:
    items = lxml.etree.fromstring(get(html5_site, "/feed/")[2]).findall(".//item")
    rows = {(item.findtext("link"), item.findtext("pubDate"), item.findtext(SLASH_COMMENTS)) for item in items}
    assert {(link, parsedate_to_datetime(date or ""), int(count or -1)) for link, date, count in rows} == {
        (html5_site.at(article.path), article.published, len(article.comments)) for article in ARTICLES
    }
    assert html5_site.feed_url == html5_site.at("/feed/")


@pytest.mark.parametrize("path", ["/", "/category/international/"])
def test_listing_links_to_every_article_but_the_private_one(html5_site: RunningSite, path: str) -> None:
    links = set(parsed(get(html5_site, path)[2].decode()).xpath("//h2[@class='entry-title']/a/@href"))
    assert links == {html5_site.at(article.path) for article in ARTICLES}
    assert html5_site.at(PRIVATE.path) not in links


def test_page_carries_the_seed_article(site: RunningSite) -> None:
    tree = parsed(get(site, SEED_PATH)[2].decode())
    seed = json.loads((FIXTURES / "seed.json").read_text(encoding="utf-8"))
    assert node(tree, ".//h1").text_content() == seed["title"]
    entry = [p.text_content() for p in tree.iterfind(".//div[@class='entry-content']/p")]
    assert entry == [*seed["body_paragraphs"], "Edited by: A. N."]
    assert node(tree, ".//div[@class='donation-box']").text_content() == seed["appeal"]
    assert [a.text for a in tree.iterfind(".//a[@rel='category tag']")] == seed["categories"]
    assert [a.text for a in tree.iterfind(".//a[@rel='tag']")] == seed["tags"]
    assert [a.text for a in tree.iterfind(".//a[@rel='author']")] == seed["authors"]
    assert node(tree, ".//time[@class='entry-date published']").get("datetime") == seed["published"]
    assert node(tree, ".//link[@rel='canonical']").get("href") == site.article_url


def test_page_carries_all_comments_in_their_nesting(site: RunningSite) -> None:
    markup = site.site.markup
    tree = parsed(get(site, SEED_PATH)[2].decode())
    seed = json.loads((FIXTURES / "seed.json").read_text(encoding="utf-8"))
    shown = tree.xpath("//li[starts-with(@id, 'comment-')]")
    assert [li.get("id") for li in shown] == [f"comment-{row['id']}" for row in seed["comments"]]
    for li, row in zip(shown, seed["comments"], strict=True):
        outer = li.xpath("ancestor::li[1]/@id")
        assert outer == ([] if row["parent"] is None else [f"comment-{seed['comments'][row['parent']]['id']}"])
        assert node(tree, AUTHOR_OF[markup].format(row["id"])).text_content() == row["author"]
        texts = [p.text_content() for p in tree.iterfind(TEXT_OF[markup].format(row["id"]))]
        assert texts == row["paragraphs"]
        assert li.xpath(f".//a[@href='{site.article_url}#comment-{row['id']}']")
        times = li.xpath("(.//time/@datetime)[1]")
        assert times == ([] if markup is Markup.HTML4 else [row["published"]])


def test_recent_comments_widget_names_commenters(site: RunningSite) -> None:
    tree = parsed(get(site, SEED_PATH)[2].decode())
    names = tree.xpath("//ol[@class='wp-block-latest-comments']//span/text()")
    assert names == ["Оксана Ясна", "Hedda Brook", "Оксана Ясна", "Tom <the pencil> O'Dell", "Hedda Brook"]


def test_replies_of_a_removed_comment_are_not_shown() -> None:
    left = tuple(comment for comment in SEED.comments if comment.id != 957)
    tree = parsed(render_article(replace(SEED, comments=left), Markup.HTML5, BASE))
    assert len(tree.xpath("//li[starts-with(@id, 'comment-')]")) == 12
    assert node(tree, ".//h2[@class='comments-title']").text == "14 comments"


@pytest.mark.parametrize("markup", list(Markup), ids=str)
@given(author=st.text(CHARACTERS), texts=st.lists(st.text(CHARACTERS), min_size=1, max_size=3))
@example(author="</cite><script>", texts=["</p></li><b>&amp;&", "see http://a.example/?a=1&b=<i>'\" now"])
def test_any_comment_comes_back_as_it_was(markup: Markup, author: str, texts: list[str]) -> None:
    comment = replace(SEED.comments[0], author=author, paragraphs=tuple(texts))
    tree = parsed(render_article(replace(SEED, comments=(comment,)), markup, BASE, articles=()))
    assert node(tree, AUTHOR_OF[markup].format(951)).text_content() == author
    assert [p.text_content() for p in tree.iterfind(TEXT_OF[markup].format(951))] == texts


def test_site_is_a_value() -> None:
    site = Site(Markup.BLOCK, base_url=BASE)
    assert site == Site(Markup.BLOCK, base_url=BASE)
    assert site.respond(SEED_PATH) == site.respond(SEED_PATH)
