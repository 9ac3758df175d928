"""Blogs and news sites: Serendipity, TypePad, Movable Type, SPIP, Kinja, and a forum's answers below an article."""

# ruff: noqa: E501 - lines of markup, as long as sites print them

from html import escape

from tests.extract.markup.topic import Post, Topic, blocks, nested, page, when


def _article(topic: Topic) -> str:
    return (
        f'<article class="entry"><h1 class="entry-title">{escape(topic.title)}</h1>\n<div class="entry-body">'
        f"{blocks(topic.paragraphs)}</div></article>\n"
    )


def serendipity(topic: Topic) -> str:
    return page(
        topic,
        f'<div class="serendipity_entry"><h3 class="serendipity_title">{escape(topic.title)}</h3>\n'
        f'<div class="serendipity_entry_body">{blocks(topic.paragraphs)}</div></div>\n<div class="serendipity_comments">'
        '<a id="comments"></a><div class="serendipity_commentsTitle">Comments</div>\n'
        + "\n".join(_serendipity_comment(topic, post, place) for place, post in enumerate(topic.posts, 1))
        + '\n<div class="serendipity_commentsTitle">Add Comment</div><form id="serendipity_comment"></form></div>',
        head='<meta name="generator" content="Serendipity v.1.5.3" />',
    )


def _serendipity_comment(topic: Topic, post: Post, place: int) -> str:
    number = post.number
    return (
        f'<a id="c{number}"></a>\n<div id="serendipity_comment_{number}" class="serendipity_comment serendipity_comment_author_x'
        f' comment_oddbox" style="padding-left: {topic.depth(post) * 20}px">\n<div class="serendipity_commentBody">'
        f"{'This comment was deleted.' if post.removed else post.lines()}</div>\n"
        f'<div class="serendipity_comment_source"><a class="comment_source_trace" href="#c{number}">#{place}</a>\n'
        f'<span class="comment_source_author">{post.name}</span>\n(<a class="comment_source_url" href="http://{place}.example/">'
        f'Homepage</a>) on <span class="comment_source_date">{when(post.published, "%Y-%m-%d %H:%M")}</span>\n'
        f'(<a class="comment_reply" href="#serendipity_CommentForm" id="serendipity_reply_{number}">Reply</a>)</div></div>'
    )


def typepad(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<div id="all-comments"><h2 class="comments-header">Comments</h2><div id="comments-6a00-content" class="comments-content">\n'
        + "\n".join(map(_typepad_comment, topic.posts))
        + '\n</div></div><form id="comment-form"><h2>Post a comment</h2></form>',
        head='<meta name="generator" content="http://www.typepad.com/" />',
    )


def _typepad_comment(post: Post) -> str:
    name = f"comment-6a00e54f{post.number:x}"
    return (
        f'<div class="comment comment-odd" id="{name}">\n<div class="comment-avatar"><img src="a.png" alt="" /></div>'
        f'<div class="comment-content font-entrybody" id="{name}-content"><span id="{name}-content">{post.blocks()}</span></div>\n'
        f'<p class="comment-footer font-entryfooter">Posted by: <a rel="nofollow" href="http://{post.number}.example/">{post.name}</a> |'
        f' <a rel="nofollow" href="#{name}">{when(post.published, "%B %d, %Y at %I:%M %p")}</a></p></div>'
    )


def movable_type(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<div id="comments" class="comments"><h2 class="comments-header">Comments</h2><div class="comments-content">\n'
        + "\n".join(_movable_type_comment(topic, post) for post in topic.posts)
        + '\n</div><div class="comments-open" id="comments-open"><h2>Leave a comment</h2></div></div>',
        head='<meta name="generator" content="Movable Type Pro 4.38" />',
    )


def _movable_type_comment(topic: Topic, post: Post) -> str:
    number, other = post.number, topic.answered(post)
    reply = f' replied to <a href="#comment-{other.number}">comment from {other.name}</a>' if other else ""
    return (
        f'<div class="comment{" comment-reply" if other else ""}" id="comment-{number}"><div class="inner"><div class="comment-header">'
        '<div class="user-pic"></div><div class="asset-meta"><span class="byline"><span class="vcard author">'
        f'<a href="http://{number}.example/">{post.name}</a></span>{reply}</span> | <span class="byline-date">'
        f'<a href="#comment-{number}"><abbr class="published" title="{when(post.published, "%Y-%m-%dT%H:%M:%S%z")}">'
        f'{when(post.published, "%B {d}, %Y %I:%M %p")}</abbr></a></span> | <a title="Reply" href="javascript:void(0);">Reply</a></div>'
        f'</div>\n<div class="comment-content">{post.blocks()}</div></div></div>'
    )


def spip(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<a href="#forum" name="forum" id="forum"></a><h2>Vos commentaires</h2>\n<ul class="forum">\n'
        + nested(topic, _spip_comment)
        + "\n</ul>",
        head='<meta name="generator" content="SPIP 2.1.12" />',
    )


def _spip_comment(post: Post, answers: str) -> str:
    name = f"forum{post.number}"
    return (
        f'<li class="forum-fil"><div class="forum-message"><div class="forum-chapo"><strong class="forum-titre">'
        f'<a href="#{name}" name="{name}" id="{name}">A title</a></strong> <small>{when(post.published, "%d/%m/%Y %H:%M")},'
        f' par <span class="">{post.name}</span></small></div>\n<div class="forum-texte">{post.blocks()}\n'
        '<p class="repondre"><a href="spip.php?page=forum">Répondre à ce message</a></p></div></div>\n'
        + (f"<ul>{answers}</ul>" if answers else "")
        + "</li>"
    )


def spip_comments(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<div class="comments"><a href="#comments" name="comments" id="comments"></a><h2 class="comments-h">Vos commentaires</h2>\n'
        '<ul class="comments-ul comments-items">\n' + nested(topic, _spip_comments_one) + "\n</ul></div>",
        head='<meta name="generator" content="SPIP 3.2.7" />',
    )


def _spip_comments_one(post: Post, answers: str) -> str:
    number = post.number
    return (
        f'<li class="comment-li comment-fil item"><div class="comment hreview" id="comment{number}"><div class="comment-meta">'
        f'<a href="#forum{number}" id="forum{number}" class="ancre permalink">#</a> <strong class="comment-titre permalink">A title</strong>'
        f' <small>Le <abbr class="dtreviewed" title="{when(post.utc, "%Y-%m-%dT%H:%M:%SZ")}">{when(post.published, "{d} %B %Y, %H:%M")}'
        f'</abbr>, <span class="sep">par</span> <span class="reviewer"><span class="fn">{post.name}</span></span></small></div>\n'
        f'<div class="comment-content description"><div class="comment-texte">{post.blocks()}</div></div>'
        '<p class="comment-reponse repondre"><a rel="noindex nofollow">Répondre à ce message</a></p></div>\n'
        + (f'<ul class="comments-items">{answers}</ul>' if answers else "")
        + "</li>"
    )


def kinja(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<section class="js_replies"><dl class="reply-filters-tabbed"><dd><a class="tab-author">Discussions</a></dd></dl>\n'
        + "\n".join(
            f'<div class="branch js_branch">{_kinja_branch(topic, at, post)}</div>' for at, post in topic.answers(None)
        )
        + "\n</section>",
    )


def _kinja_branch(topic: Topic, at: int, post: Post) -> str:
    return "\n".join(
        (_kinja_reply(topic, post), *(_kinja_branch(topic, below, each) for below, each in topic.answers(at)))
    )


def _kinja_reply(topic: Topic, post: Post) -> str:
    number, other = post.number, topic.answered(post)
    link = f"http://site.kinja.example/some-words-{number}"
    return (
        f'<article data-authorname="x" data-parentid="{other.number if other else topic.number}" data-id="{number}"'
        f' id="reply_{number}" class="js_reply reply js_goto_post clearfix"><header class="no-expand"><div class="meta-container">'
        f'<div class="txt"><span class="display-name author vcard"><a class="fn url" href="http://{number}.kinja.example">{post.name}</a>'
        f'<span class="reply-author replyto-author">{other.name if other else escape(topic.author)}</span></span>'
        f'<div class="second-line post-meta"><span data-publishtime="{post.epoch}000" class="publish-time js_publish_time">'
        f'<a href="{link}" class="hover-switch"><span class="show-on-hover published updated">{when(post.published, "{d}/%m/%y")}</span>'
        f'<span class="hide-on-hover">{when(post.published, "%m/%d/%y %I:%M%p")}</span></a></span></div></div></div></header>\n'
        f'<div class="reply-content post-content blurable">{post.blocks()}</div>\n<div class="reply-tools js_reply-tools">'
        f'<a title="Recommend" class="js_like recommend-reply" data-likecount="{post.likes or ""}" href="#">{post.likes or ""}</a>'
        '<a class="js_reply-link">Reply</a></div></article>'
    )


def xenforo_widget(topic: Topic) -> str:
    return page(
        topic,
        _article(topic)
        + '<section id="xenforo-comments"><h2>32 Comments</h2><ul class="xenforo-comments-list">\n'
        + "\n".join(map(_xenforo_widget_comment, topic.posts))
        + '\n<li class="xenforo-comment view-all"><a href="https://forums.example/threads/77/">View All 32 Comments</a></li></ul></section>',
    )


def _xenforo_widget_comment(post: Post) -> str:
    return (
        f'<li class="xenforo-comment" id="xenforo-comment-{post.number}"><div class="avatar"></div>'
        f'<div class="xenforo-comment-content"><header><span class="author-name">{post.name}</span>'
        f'<span class="post-date">{when(post.published, "%d %B %Y %H:%M")}</span></header>\n'
        f'<div class="js-read-more" data-rm-words="60">{post.lines()}</div><span class="xf-comment-reply">'
        '<a href="https://forums.example/threads/77/"><span>Reply</span></a></span></div></li>'
    )
