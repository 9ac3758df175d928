"""Every kind of capture gets the verdict that says what it is."""

import pytest

from archiver.extract.model import Verdict
from archiver.extract.version import EXTRACTOR
from tests.extract.pages import PARAGRAPHS, URL, article_html, document, read

LINKS = "".join(f'<li><a href="/2019/{n}/">A headline of some words, number {n}</a></li>' for n in range(9))
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
CHALLENGE = document("<div id='challenge-form'>Checking</div>", head="<title>Just a moment...</title>")


@pytest.mark.parametrize(
    ("status", "body", "verdict", "reason"),
    [
        (404, "<p>Gone fishing</p>", Verdict.ERROR_PAGE, "404 Not Found"),
        (500, "", Verdict.ERROR_PAGE, "500 Internal Server Error"),
        (799, "no", Verdict.ERROR_PAGE, "799"),
        (403, "<p>No entry</p>", Verdict.ERROR_PAGE, "403 Forbidden"),
        (403, "<div class='g-recaptcha'></div>", Verdict.BLOCK_PAGE, "403 Forbidden"),
        (
            503,
            "<script src='/cdn-cgi/challenge-platform/x.js'></script>",
            Verdict.BLOCK_PAGE,
            "503 Service Unavailable",
        ),
        (404, "<div class='g-recaptcha'></div>", Verdict.ERROR_PAGE, "404 Not Found"),
        (302, "<p>Moved</p>", Verdict.NOT_A_PAGE, "302 Found without a target"),
        (304, "", Verdict.EMPTY, None),
        (200, "", Verdict.EMPTY, None),
        (200, " \n\t ", Verdict.EMPTY, None),
        (200, CHALLENGE, Verdict.BLOCK_PAGE, "captcha or browser check"),
        (200, document("<p></p>"), Verdict.EMPTY, "no text"),
        (200, document(f"<ul>{LINKS}</ul>"), Verdict.INDEX_PAGE, None),
        (200, article_html(), Verdict.ARTICLE, None),
        (None, article_html(), Verdict.ARTICLE, None),
    ],
)
def test_status_and_body_give_verdict(status: int | None, body: str, verdict: Verdict, reason: str | None) -> None:
    page = read(body, status=status)
    assert (page.verdict, page.reason) == (verdict, reason)
    assert page.extractor == EXTRACTOR


@pytest.mark.parametrize(
    ("body", "content_type", "verdict", "reason"),
    [
        (b"%PDF-1.7 ...", "application/pdf", Verdict.NOT_A_PAGE, "application/pdf"),
        (b"%PDF-1.7 ...", "text/html", Verdict.NOT_A_PAGE, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", None, Verdict.NOT_A_PAGE, "image/png"),
        (b"\xff\xd8\xff\xe0....", "text/html", Verdict.NOT_A_PAGE, "image/jpeg"),
        (b"GIF89a....", None, Verdict.NOT_A_PAGE, "image/gif"),
        (b"{}", "application/json", Verdict.NOT_A_PAGE, "application/json"),
        (FEED.encode(), "application/rss+xml", Verdict.NOT_A_PAGE, "feed"),
        (FEED.encode(), "text/html", Verdict.NOT_A_PAGE, "feed"),
        (bytes(range(256)) * 9, "text/html", Verdict.NOT_A_PAGE, "text/html of no text"),
        (article_html().encode("utf-16-le"), "text/html", Verdict.ARTICLE, None),
        (b"\x00\x01\x02\x03", None, Verdict.NOT_A_PAGE, "application/octet-stream"),
        (article_html().encode(), None, Verdict.ARTICLE, None),
        (article_html().encode(), "application/xhtml+xml", Verdict.ARTICLE, None),
        (article_html().encode(), "text/plain", Verdict.ARTICLE, None),
        (article_html().encode(), "application/octet-stream", Verdict.ARTICLE, None),
        ("\n\n".join(("A title", *PARAGRAPHS)).encode(), None, Verdict.ARTICLE, None),
    ],
)
def test_media_type_and_magic_give_verdict(
    body: bytes, content_type: str | None, verdict: Verdict, reason: str | None
) -> None:
    page = read(body, content_type=content_type)
    assert (page.verdict, page.reason) == (verdict, reason)


def test_robots_txt_is_no_page() -> None:
    page = read("User-agent: *\nDisallow: /", url="https://harbour.example/robots.txt", content_type="text/plain")
    assert (page.verdict, page.reason) == (Verdict.NOT_A_PAGE, "robots.txt")


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/2019/new/", "https://harbour.example/2019/new/"),
        ("https://other.example/a", "https://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("mailto:a@example.org", None),
        ("http://[broken", None),
    ],
)
def test_redirect_names_absolute_target(location: str, target: str | None) -> None:
    page = read("", status=301, location=location)
    assert (page.verdict, page.redirect_url, page.reason) == (Verdict.REDIRECT, target, "301 Moved Permanently")


@pytest.mark.parametrize("classes", ["home blog", "archive category", "archive tag", "search"])
def test_wordpress_lists_are_index_pages(classes: str) -> None:
    assert read(article_html().replace("<body>", f'<body class="{classes}">')).verdict is Verdict.INDEX_PAGE


def test_front_page_with_teasers_is_index_page() -> None:
    teasers = "".join(
        f"<article><h2><a href='/{n}/'>Headline {n}</a></h2><p>{PARAGRAPHS[0]}</p></article>" for n in range(5)
    )
    assert read(document(teasers), url="https://harbour.example/").verdict is Verdict.INDEX_PAGE


def test_article_with_related_links_stays_an_article() -> None:
    related = f'<section class="related"><ul>{LINKS}</ul></section>'
    assert read(article_html(after=related)).verdict is Verdict.ARTICLE


def test_fragment_without_document_is_read() -> None:
    assert read("".join(f"<p>{each}</p>" for each in PARAGRAPHS), status=None).verdict is Verdict.ARTICLE


def test_captcha_of_the_reply_form_is_no_block_page() -> None:
    assert read(article_html(after='<form><div class="g-recaptcha"></div></form>')).verdict is Verdict.ARTICLE


@pytest.mark.parametrize("url", ["urn:sha256:00", "http://[", ""], ids=["urn", "broken", "none"])
def test_any_url_will_do(url: str) -> None:
    assert read(article_html(), url=url).verdict is Verdict.ARTICLE


def test_url_of_article_does_not_change_its_path() -> None:
    page = read(article_html(head=f'<link rel="canonical" href="{URL}comment-page-2/#comments">'))
    assert page.article is not None
    assert page.article.canonical_url == URL
