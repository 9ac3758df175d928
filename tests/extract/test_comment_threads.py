"""What the walker does whatever the platform: order, parents, other articles' comments, counts."""

import pytest

from archiver.extract.model import CommentKind, Verdict
from tests.extract.pages import URL, article_html, read


def comment(
    number: int, *, text: str = "<p>Words.</p>", depth: int | None = 1, children: str = "", link: str = ""
) -> str:
    classes = f"comment depth-{depth}" if depth else "comment"
    return (
        f'<li id="comment-{number}" class="{classes}"><article><b class="fn">Name {number}</b>'
        f'<a class="comment-meta" href="{link}#comment-{number}">March 4, 2019 at 9:05 am</a>'
        f'<div class="comment-content">{text}</div></article><ol class="children">{children}</ol></li>'
    )


def thread(*comments: str, heading: str = "") -> str:
    return article_html(
        after=f'<div id="comments"><h2>{heading}</h2><ol class="comment-list">{"".join(comments)}</ol></div>'
    )


def test_parents_follow_stated_depth_where_nesting_is_broken() -> None:
    page = read(thread(comment(1), comment(2, depth=2), comment(3, depth=3), comment(4, depth=2), comment(5)))
    assert [each.parent for each in page.comments] == [None, 0, 1, 0, None]
    assert [each.depth for each in page.comments] == [0, 1, 2, 1, 0]


def test_parents_follow_nesting_where_no_depth_is_stated() -> None:
    inner = comment(2, depth=None, children=comment(3, depth=None))
    page = read(thread(comment(1, depth=None, children=inner), comment(4, depth=None)))
    assert [each.parent for each in page.comments] == [None, 0, 1, None]


def test_outermost_node_of_an_id_wins() -> None:
    inner = '<div id="comment-7" class="comment"><b class="fn">Ada</b><p>Once only.</p></div>'
    page = read(thread(f'<li id="li-comment-7" class="comment">{inner}</li>'))
    assert [(each.native_id, each.author, each.text) for each in page.comments] == [("comment-7", "Ada", "Once only.")]


def test_comment_that_stands_there_twice_is_one_and_none_of_the_article() -> None:
    again = thread(comment(2, text="<p>The best one.</p>"), comment(1), comment(2, text="<p>The best one.</p>"))
    once = thread(comment(1), comment(2, text="<p>The best one.</p>"))
    time = '<time datetime="2019-03-04T09:05:00+00:00">March 4</time>'
    pages = [read(one.replace("March 4, 2019 at 9:05 am", time)) for one in (again, once)]
    assert [each.native_id for each in pages[0].comments] == ["comment-2", "comment-1"]
    assert pages[0].article == pages[1].article


def test_comments_on_other_articles_are_left_out() -> None:
    page = read(thread(comment(1, link=URL), comment(2, link="https://harbour.example/2019/other/")))
    assert [each.native_id for each in page.comments] == ["comment-1"]


def test_replies_to_one_left_out_go_to_what_it_answered() -> None:
    other = "https://harbour.example/2019/other/"
    inner = comment(2, depth=2, link=other, children=comment(3, depth=3))
    page = read(thread(comment(1, children=inner)))
    assert [(each.native_id, each.parent) for each in page.comments] == [("comment-1", None), ("comment-3", 0)]


@pytest.mark.parametrize(
    "widget",
    [
        '<ul id="recentcomments"><li class="recentcomments" id="comment-9"><b class="fn">A</b> on B</li></ul>',
        '<ol class="wp-block-latest-comments"><li id="comment-9" class="comment"><b class="fn">A</b>Hi</li></ol>',
    ],
    ids=["classic", "block"],
)
def test_lists_of_newest_comments_are_no_thread(widget: str) -> None:
    page = read(article_html(after=f'<ol class="comment-list"></ol><aside>{widget}</aside>'))
    assert page.verdict is Verdict.ARTICLE
    assert page.comments == ()


@pytest.mark.parametrize("classes", ["pingback", "trackback"])
def test_pingbacks_are_kept_apart(classes: str) -> None:
    item = f'<li class="{classes}"><p>Pingback: <a class="url" href="https://lamps.example/">Lamp roundup</a></p></li>'
    page = read(thread(comment(1), item))
    assert [each.kind for each in page.comments] == [CommentKind.COMMENT, CommentKind.PINGBACK]
    assert (page.comments[1].author, page.comments[1].text) == ("Lamp roundup", "")


@pytest.mark.parametrize(
    ("heading", "claimed", "complete"),
    [
        ("2 Comments", 2, True),
        ("2 thoughts on “Lighthouse”", 2, True),
        ("Comments (3)", 3, False),
        ("1,204 responses to this", 1204, False),
        ("2 Kommentare", 2, True),
        ("Join the talk", None, None),
    ],
)
def test_claimed_count_is_read_from_heading(heading: str, claimed: int | None, complete: bool | None) -> None:  # noqa: FBT001 - a table's column
    page = read(thread(comment(1), comment(2), heading=heading))
    assert (page.claimed_comments, page.complete) == (claimed, complete)


def test_link_to_other_comment_page_means_incomplete() -> None:
    link = f'<a href="{URL}comment-page-1/#comments">Older</a>'
    assert read(thread(comment(1), heading=f"1 Comment {link}")).complete is False


def test_id_on_inner_node_of_a_pingback_is_its_id() -> None:
    item = (
        '<li class="pingback"><div id="comment-8"><a class="url" href="https://lamps.example/">Roundup</a></div></li>'
    )
    page = read(thread(comment(1), item))
    assert [(each.native_id, each.kind) for each in page.comments] == [
        ("comment-1", CommentKind.COMMENT),
        ("comment-8", CommentKind.PINGBACK),
    ]


def test_mail_addresses_are_not_kept_as_author_url() -> None:
    item = comment(1).replace("Name 1", '<a href="mailto:ada@example.org">Ada</a>')
    assert read(thread(item)).comments[0].author_url is None


def test_breaks_and_blocks_become_lines_and_paragraphs() -> None:
    page = read(thread(comment(1, text="<p>one<br>two</p><p>three</p><blockquote>four</blockquote>")))
    assert page.comments[0].text == "one\ntwo\n\nthree\n\nfour"


def test_page_with_thread_but_short_text_is_an_article() -> None:
    source = f'<html><body><h1>Hm</h1><ol class="comment-list">{comment(1)}</ol></body></html>'
    assert read(source).verdict is Verdict.ARTICLE


def test_five_thousand_comments_in_deep_replies_are_read() -> None:
    chains = [
        comment(100 * chain, children=comment(100 * chain + 1, depth=2, children=comment(100 * chain + 2, depth=3)))
        for chain in range(1667)
    ]
    page = read(thread(*chains))
    assert len(page.comments) == 5001
    assert max(each.depth for each in page.comments) == 2


def test_comment_awaiting_moderation_is_marked() -> None:
    notice = '<em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em><p>Me first.</p>'
    page = read(thread(comment(1), comment(2, text=notice)))
    assert [(each.text, each.moderated) for each in page.comments] == [("Words.", False), ("Me first.", True)]


def test_list_marked_up_as_one_comment_is_none() -> None:
    item = "<h3>All comments</h3><ul></ul><a>Show new comments (<i>0</i>)</a>"
    page = read(article_html(after=f'<div itemscope itemtype="http://schema.org/UserComments">{item}</div>'))
    assert page.comments == ()


def test_id_stands_on_the_anchor_before_a_comment() -> None:
    item = (
        '<div class="comment"><b class="username">Ada</b><div class="field-name-comment-body"><p>Words.</p></div></div>'
    )
    page = read(article_html(after=f'<div><a id="comment-9"></a>{item}{item}</div>'))
    assert [(each.native_id, each.author) for each in page.comments] == [("comment-9", "Ada")]


def test_time_in_a_permalink_stands_in_for_one_that_is_not_shown() -> None:
    link = f'<a href="{URL}?showComment=1551733200000#c7777777">21:00</a>'
    item = f'<cite class="user">Ada</cite><span class="datetime">{link}</span><p class="comment-content">Words.</p>'
    page = read(article_html(after=f'<li class="comment" id="c7777777"><div class="comment-block">{item}</div></li>'))
    assert [(each.published, each.published_text) for each in page.comments] == [("2019-03-04T21:00:00Z", "21:00")]


def test_date_that_a_comment_writes_about_is_not_its_own() -> None:
    message = '<div class="dsq-comment-message"><p>On</p><p>March 4, 2019 at 9:05 am</p><p>it was foggy.</p></div>'
    header = '<div class="dsq-comment-header"><cite>Ada</cite></div>'
    page = read(article_html(after=f'<ul id="dsq-comments"><li id="dsq-comment-1">{header}{message}</li></ul>'))
    assert [(each.published, each.text[:2]) for each in page.comments] == [(None, "On")]
