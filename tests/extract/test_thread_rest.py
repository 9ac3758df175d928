"""What a page says of the rest of its thread: the count it claims, further pages, whether all is there."""

import pytest

from archiver.extract.model import Page
from tests.extract.pages import URL, article_html, read


def comment(number: int) -> str:
    return (
        f'<li id="comment-{number}" class="comment"><b class="fn">Name {number}</b>'
        f'<a class="comment-meta" href="{URL}comment-page-2/#comment-{number}">March 4, 2019 at 9:05 am</a>'
        f'<div class="comment-content"><p>Words of number {number}.</p></div></li>'
    )


def page(*, before: str = "", count: int = 2, after: str = "") -> Page:
    listed = "".join(map(comment, range(1, count + 1)))
    return read(
        article_html(after=f'<div id="comments">{before}<ol class="comment-list">{listed}</ol>{after}</div>'), url=URL
    )


@pytest.mark.parametrize(
    ("heading", "claimed"),
    [
        ("<h2 class='comments-title'>2 Comments</h2>", 2),
        ("<h2>2 thoughts on “Lighthouse”</h2>", 2),
        ("<h3>Kommentare (17)</h3>", 17),
        ("<h3>Kommentare: 1.234</h3>", 1234),
        ("<h3>One comment</h3>", 1),
        ("<h3>Keine Kommentare</h3>", 0),
        ("<h3>3 commentaires</h3>", 3),
        ("<h3>5 комментариев</h3>", 5),
        ("<h3>留言列表 (4)</h3>", 4),
        ("<h3>4件のコメント</h3>", 4),
        ("<div><span>12 Reacties</span></div>", 12),
        ("<h3>What readers say</h3>", None),
        ("<h3>In 2019 we asked for comments</h3>", None),
    ],
)
def test_heading_claims_a_count(heading: str, claimed: int | None) -> None:
    assert page(before=heading).claimed_comments == claimed


@pytest.mark.parametrize(
    ("link", "claimed"),
    [
        ('<a href="#comments">571 comments</a>', 571),
        (f'<a href="{URL}#comments">571 comments</a>', 571),
        ('<a href="https://harbour.example/other/#comments">571 comments</a>', None),
        ('<a href="#top">571 comments</a>', None),
    ],
)
def test_link_to_the_thread_claims_a_count(link: str, claimed: int | None) -> None:
    assert read(article_html(inside=f"<p>{link}</p>"), url=URL).claimed_comments == claimed


def test_json_ld_claims_a_count() -> None:
    script = '{"@type": "NewsArticle", "headline": "Lighthouse", "commentCount": 9}'
    source = article_html(head=f'<script type="application/ld+json">{script}</script>')
    assert read(source, url=URL).claimed_comments == 9


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ("", ()),
        ('<a href="comment-page-1/#comments">Older comments</a>', (f"{URL}comment-page-1/",)),
        ('<a href="?cpage=3">3</a>', (f"{URL}?cpage=3",)),
        ('<a href="comment-page-1/">1</a><a href="comment-page-1/#comments">«</a>', (f"{URL}comment-page-1/",)),
        ('<a href="?page=2">2</a><a href="?page=3">Next</a>', (f"{URL}?page=2", f"{URL}?page=3")),
        ('<a href="?page=2">What readers wrote on page two of the paper</a>', ()),
        (f'<a href="{URL}comment-page-2/#comment-1">permalink</a>', ()),
        ('<a href="?replytocom=1#respond">Reply</a>', ()),
        ('<a href="https://elsewhere.example/2019/lighthouse/comment-page-1/">1</a>', ()),
        ('<a href="https://harbour.example/2019/other/comment-page-1/">1</a>', ()),
    ],
    ids=range(10),
)
def test_other_pages_of_the_thread_are_reported(links: str, pages: tuple[str, ...]) -> None:
    found = page(after=f'<nav class="comment-navigation">{links}</nav>')
    assert found.comment_pages == pages
    assert found.paged == bool(pages)


def test_paging_outside_the_thread_is_not_the_threads() -> None:
    assert read(article_html(inside='<p><a href="?page=2">2</a></p>'), url=URL).comment_pages == ()


@pytest.mark.parametrize(
    ("before", "after", "complete"),
    [
        ("<h2>2 Comments</h2>", "", True),
        ("<h2>3 Comments</h2>", "", False),
        ("", "", None),
        ("<h2>2 Comments</h2>", '<a href="comment-page-1/">1</a>', False),
    ],
)
def test_page_says_whether_the_thread_is_complete(before: str, after: str, *, complete: bool | None) -> None:
    assert page(before=before, after=after).complete is complete


def test_address_of_this_page_is_not_another_page() -> None:
    source = article_html(after=f'<div id="comments"><a href="{URL}comment-page-2/#comments">2</a></div>')
    assert read(source, url=f"{URL}comment-page-2/").comment_pages == ()


WHOLE = article_html(after=f'<ol class="comment-list">{"".join(map(comment, range(1, 4)))}</ol>')


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        pytest.param("Words of number 3", 2, id="in its words"),
        pytest.param('3</b><a class="comment-m', 2, id="in its markup"),
        pytest.param("Words of number 2", 1, id="in the one before"),
        pytest.param("Words of number 2.</p></div></li>", 1, id="between two"),
    ],
)
def test_page_that_is_cut_off_shows_its_last_comment_to_nobody(ends: str, shown: int) -> None:
    cut = read(WHOLE[: WHOLE.index(ends) + len(ends)], url=URL)
    assert [one.text for one in cut.comments] == [f"Words of number {number}." for number in range(1, shown + 1)]
    assert cut.complete is False


@pytest.mark.parametrize(
    "end", ["</body></html>", "</body></html> behind", "", "</HTML>served in 3 ms", "<!-- cached -->"]
)
def test_page_with_an_end_of_any_form_is_whole(end: str) -> None:
    whole = read(WHOLE.removesuffix("</body></html>") + end, url=URL)
    assert len(whole.comments) == 3
    assert whole.complete is not False
