"""Discourse, Hacker News, Reddit and Stack Exchange, as they print a discussion."""

# ruff: noqa: E501, RUF001 - lines and signs of markup, as sites print them

from html import escape

from tests.extract.markup.topic import Post, Topic, blocks, nested, page, when


def _discourse_quote(topic: Topic, post: Post) -> str:
    other = topic.answered(post)
    if other is None:
        return ""
    place = topic.all_posts().index(other) + 1
    return (
        f'<aside class="quote no-group" data-username="{other.name}" data-post="{place}" data-topic="77">\n<div class="title">'
        f'<div class="quote-controls"></div>\n<img alt="" class="avatar"> {other.name}:</div>\n<blockquote>\n{other.blocks()}\n'
        "</blockquote>\n</aside>\n"
    )


def discourse(topic: Topic) -> str:
    """As browsers build it."""
    return page(
        topic,
        f'<div id="topic-title"><h1><a class="fancy-title" href="/t/a-topic/77">{escape(topic.title)}</a></h1></div>\n'
        '<div class="post-stream">\n'
        + "\n".join(_discourse_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + '\n<div class="topic-post clearfix small-action"><article id="post_99" class="small-action">'
        '<div class="small-action-desc">This topic was closed.</div></article></div></div>',
        head='<meta name="generator" content="Discourse 3.3">',
    )


def _discourse_post(topic: Topic, post: Post, place: int) -> str:
    edits = '<div class="post-info edits"><button class="btn-flat">1</button></div>' if post.edited else ""
    likes = (
        f'<button class="widget-button btn-flat button-count like-count">{post.likes}</button>' if post.likes else ""
    )
    return (
        f'<div class="topic-post clearfix regular"><article id="post_{place}" aria-label="post #{place}"'
        f' data-post-id="{post.number}" data-topic-id="77" class="boxed onscreen-post"><div class="row">\n'
        f'<div class="topic-avatar"><a class="main-avatar" href="/u/{place}"></a></div>\n<div class="topic-body clearfix">'
        '<div role="heading" class="topic-meta-data"><div class="names trigger-user-card"><span class="first username">'
        f'<a href="/u/u{place}" data-user-card="u{place}">{post.name}</a></span><span class="user-title">Regular</span></div>'
        f'<div class="post-infos">{edits}<div class="post-info post-date"><a class="post-date" href="/t/a-topic/77/{place}">'
        f'<span class="relative-date" data-time="{post.epoch}000" data-format="tiny">{when(post.published, "{d} %b")}</span></a>'
        f'</div></div></div>\n<div class="regular contents"><div class="cooked">{_discourse_quote(topic, post)}{post.blocks()}'
        f'</div><section class="post-menu-area clearfix"><nav class="post-controls">{likes}<button>Reply</button></nav></section>'
        "</div></div></div></article></div>"
    )


def discourse_crawler(topic: Topic) -> str:
    """For crawlers and readers without scripts."""
    return page(
        topic,
        f'<div id="main-outlet" class="wrap" role="main"><div id="topic-title"><h1><a href="/t/a-topic/77">{escape(topic.title)}'
        '</a></h1></div>\n<div itemscope itemtype="http://schema.org/DiscussionForumPosting">\n'
        + "\n".join(_discourse_crawler_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</div></div>",
        head='<meta name="generator" content="Discourse 2.9">',
        attributes=' class="crawler"',
    )


def _discourse_crawler_post(topic: Topic, post: Post, place: int) -> str:
    likes = (
        '<div itemprop="interactionStatistic" itemscope itemtype="http://schema.org/InteractionCounter">'
        f'<meta itemprop="userInteractionCount" content="{post.likes}"/><span class="post-likes">{post.likes} Likes</span></div>'
        if post.likes
        else ""
    )
    return (
        f'<div id="post_{place}" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post">'
        '<div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person">'
        f'<a itemprop="url" href="/u/u{place}"><span itemprop="name">{post.name}</span></a></span>\n<span class="crawler-post-infos">'
        f'<time datetime="{when(post.utc, "%Y-%m-%dT%H:%M:%SZ")}" class="post-time">{when(post.utc, "%B {d}, %Y, %I:%M%p")}</time>'
        f'<span itemprop="position">{place}</span></span></div>\n<div class="post" itemprop="text">'
        f"{_discourse_quote(topic, post)}{post.blocks()}</div>\n{likes}</div>"
    )


def discourse_plain(topic: Topic) -> str:
    """The crawlers' page of older versions."""
    return page(
        topic,
        f'<h1><a href="/t/a-topic/77">{escape(topic.title)}</a></h1>\n<hr>\n'
        + "\n".join(_discourse_plain_post(post, place) for place, post in enumerate(topic.all_posts(), 1)),
        head='<meta name="generator" content="Discourse 2.0.0">',
    )


def _discourse_plain_post(post: Post, place: int) -> str:
    return (
        '<div itemscope itemtype="http://schema.org/DiscussionForumPosting"><div class="creator"><span>'
        f'<a href="/u/u{place}"><b itemprop="author">{post.name}</b></a>'
        f'<time datetime="{when(post.utc, "%Y-%m-%dT%H:%M:%SZ")}" itemprop="datePublished">{when(post.utc, "%Y-%m-%d %H:%M:%S UTC")}'
        f'</time></span><span itemprop="position">#{place}</span></div>\n<div class="post" itemprop="articleBody">{post.blocks()}'
        "</div><meta itemprop='interactionCount' content='UserLikes:0'><hr></div>"
    )


def hacker_news(topic: Topic) -> str:
    return page(
        topic,
        '<center><table id="hnmain" border="0" width="85%"><tr><td bgcolor="#ff6600"><span class="pagetop"><b class="hnname">'
        '<a href="news">Hacker News</a></b> <a href="newest">new</a> | <a href="newcomments">comments</a></span></td></tr>\n'
        f'<tr><td><table class="fatitem" border="0"><tr class="athing" id="{topic.number}"><td class="title"><span class="titleline">'
        f'<a href="item?id={topic.number}">{escape(topic.title)}</a></span></td></tr>\n<tr><td class="subtext"><span class="subline">'
        f'<span class="score">123 points</span> by <a href="user?id=x" class="hnuser">{escape(topic.author)}</a></span></td></tr>\n'
        f'<tr><td><div class="toptext">{blocks(topic.paragraphs)}</div></td></tr></table><br>\n'
        '<table border="0" class="comment-tree">\n'
        + "\n".join(_hacker_news_row(topic, post) for post in topic.posts)
        + '\n</table></td></tr><tr><td><span class="yclinks"><a href="newsguidelines.html">Guidelines</a></span></td></tr></table></center>',
        html=' op="item"',
    )


def _hacker_news_row(topic: Topic, post: Post) -> str:
    depth, number = topic.depth(post), post.number
    body = (
        "[flagged]"
        if post.removed
        else f'<div class="commtext c00">{post.html or "<p>".join(escape(each).replace(chr(10), "<br>") for each in post.paragraphs)}</div>'
    )
    return (
        f'<tr class="athing comtr" id="{number}"><td><table border="0"><tr><td class="ind" indent="{depth}"><img src="s.gif"'
        f' height="1" width="{depth * 40}"></td><td valign="top" class="votelinks"><center><div class="votearrow"></div></center></td>'
        f'<td class="default"><div style="margin-top:2px; margin-bottom:-10px;"><span class="comhead"><a href="user?id={post.name}"'
        f' class="hnuser">{post.name}</a> <span class="age" title="{when(post.utc, "%Y-%m-%dT%H:%M:%S")} {post.epoch}">'
        f'<a href="item?id={number}">4 days ago</a></span> <span id="unv_{number}"></span><span class="navs"> | '
        f'<a href="#{number}" class="clicky">next</a> <a class="togg clicky" id="{number}" n="1">[–]</a></span></span></div><br>'
        f'<div class="comment">{body}<div class="reply"><p><font size="1"><u><a href="reply?id={number}">reply</a></u></font></div>'
        "</div></td></tr></table></td></tr>"
    )


def reddit(topic: Topic) -> str:
    return page(
        topic,
        f'<shreddit-app><main><shreddit-post author="{escape(topic.author)}" id="t3_abc" post-title="{escape(topic.title)}"'
        f' permalink="/r/test/comments/abc/topic/"><h1 slot="title">{escape(topic.title)}</h1><div slot="text-body">'
        f'<div id="t3_abc-post-rtjson-content" class="md">{blocks(topic.paragraphs)}</div></div></shreddit-post>\n'
        '<shreddit-comment-tree post-id="t3_abc">\n'
        + nested(topic, _reddit_comment)
        + "\n</shreddit-comment-tree></main></shreddit-app>",
    )


def _reddit_name(post: Post) -> str:
    return "<span>[deleted]</span>" if post.removed else f'<a href="/user/u{post.number}/">{post.name}</a>'


def _reddit_comment(post: Post, answers: str) -> str:
    name = f"t1_c{post.number}"
    link = f"/r/test/comments/abc/comment/c{post.number}/"
    score = f' score="{post.likes}"' if post.likes is not None else ""
    return (
        f'<shreddit-comment author="{post.name}" thingid="{name}" permalink="{link}" postid="t3_abc"{score}'
        ' content-type="text" slot="children"><div slot="commentMeta"><faceplate-tracker noun="comment_author">'
        f'{_reddit_name(post)}</faceplate-tracker><span>•</span><a href="{link}"><faceplate-timeago'
        f' ts="{when(post.utc, "%Y-%m-%dT%H:%M:%S.000000+0000")}"><time datetime="{when(post.utc, "%Y-%m-%dT%H:%M:%S+00:00")}">'
        f'4d ago</time></faceplate-timeago></a></div>\n<div id="{name}-comment-rtjson-content" slot="comment" class="md">'
        f'<div id="{name}-post-rtjson-content">{post.blocks()}</div></div>\n<shreddit-comment-action-row slot="actionRow"'
        f"{score}><span>Reply</span><span>Share</span></shreddit-comment-action-row>\n{answers}</shreddit-comment>"
    )


def reddit_old(topic: Topic) -> str:
    return page(
        topic,
        '<div class="side"><div class="spacer">Welcome to the group</div></div>\n<div class="content" role="main">\n'
        '<div id="siteTable" class="sitetable linklisting"><div class="thing id-t3_abc self link" id="thing_t3_abc"'
        f' data-fullname="t3_abc"><div class="entry unvoted"><p class="title"><a class="title" href="/r/test/comments/abc/">'
        f'{escape(topic.title)}</a></p><p class="tagline">submitted by <a class="author">{escape(topic.author)}</a></p>'
        '<div class="expando"><form action="#" class="usertext warn-on-unload"><div class="usertext-body may-blank-within md-container">'
        f'<div class="md">{blocks(topic.paragraphs)}</div></div></form></div></div></div></div>\n'
        f'<div class="commentarea"><div class="panestack-title"><span class="title">all {len(topic.posts)} comments</span></div>'
        '<div id="siteTable_t3_abc" class="sitetable nestedlisting">\n'
        + nested(topic, _reddit_old_comment)
        + "\n</div></div></div>",
        attributes=' class="comments-page"',
    )


def _reddit_old_comment(post: Post, answers: str) -> str:
    name = f"t1_c{post.number}"
    score = (
        f'<span class="score unvoted" title="{post.likes}">{post.likes} points</span>' if post.likes is not None else ""
    )
    edit = '<time class="edited-timestamp" title="last edited 3 days ago" datetime="2020-01-01T00:00:00+00:00">*</time>'
    ids = "" if post.removed else f' id="thing_{name}" data-fullname="{name}" data-type="comment"'
    who = (
        "<em>[deleted]</em>"
        if post.removed
        else f'<a href="https://old.reddit.com/user/u{post.number}" class="author may-blank">{post.name}</a>'
    )
    return (
        f'<div class="thing noncollapsed {"deleted" if post.removed else ""} comment"{ids}>'
        f'<p class="parent"><a name="c{post.number}"></a></p><div class="midcol unvoted"><div class="arrow up"></div></div>'
        f'<div class="entry unvoted"><p class="tagline"><a href="javascript:void(0)" class="expand">[–]</a>'
        f'{who}<span class="userattrs"></span>'
        f' {score} <time title="a while ago" datetime="{when(post.utc, "%Y-%m-%dT%H:%M:%S+00:00")}" class="live-timestamp">'
        f'4 days ago</time>{edit if post.edited else ""} <a href="javascript:void(0)" class="numchildren">(1 child)</a></p>'
        f'<form action="#" class="usertext warn-on-unload" id="form-{name}x"><input type="hidden" name="thing_id" value="{name}"/>'
        f'<div class="usertext-body may-blank-within md-container"><div class="md">{post.blocks()}</div></div></form>'
        f'<ul class="flat-list buttons"><li class="first"><a href="https://old.reddit.com/r/test/comments/abc/topic/c{post.number}/"'
        ' class="bylink">permalink</a></li><li><a class="reply-button">reply</a></li></ul></div>\n'
        f'<div class="child"><div id="siteTable_{name}" class="sitetable listing">{answers}</div></div></div>'
    )


def stack_exchange(topic: Topic) -> str:
    """Answers are what answers nothing else; what answers them are their comments."""
    return page(
        topic,
        f'<div id="question-header"><h1 itemprop="name"><a href="/questions/{topic.number}/a" class="question-hyperlink">'
        f'{escape(topic.title)}</a></h1></div>\n<div id="mainbar"><div class="question js-question" id="question">'
        '<div class="post-layout"><div class="votecell"><div class="js-voting-container"><div class="js-vote-count">7</div></div></div>'
        f'<div class="postcell"><div class="s-prose js-post-body" itemprop="text">{blocks(topic.paragraphs)}</div>'
        f'<div class="post-taglist">tag</div></div></div></div>\n<div id="answers"><div id="answers-header">'
        "<h2>Answers</h2></div>\n"
        + "\n".join(_stack_exchange_answer(topic, at, post) for at, post in topic.answers(None))
        + '\n<form id="post-form"><h2>Your Answer</h2></form></div></div>',
        attributes=' class="question-page unified-theme"',
    )


def _stack_exchange_answer(topic: Topic, at: int, post: Post) -> str:
    number = post.number
    editor = (
        f'<div class="post-signature"><div class="user-info"><div class="user-action-time"><a href="/posts/{number}/revisions">'
        'edited <span title="2020-01-01 00:00:00Z" class="relativetime">Jan 1, 2020</span></a></div>'
        '<div class="user-details"><a href="/users/99/ed">Ed</a></div></div></div>'
    )
    return (
        f'<div id="answer-{number}" class="answer js-answer" data-answerid="{number}"><div class="post-layout">'
        '<div class="votecell post-layout--left"><div class="js-voting-container"><button>Up vote</button>'
        f'<div class="js-vote-count" data-value="{post.likes or 0}">{post.likes or 0}</div></div></div>\n'
        f'<div class="answercell post-layout--right"><div class="s-prose js-post-body" itemprop="text">{post.blocks()}</div>'
        f'<div class="js-post-menu"><a class="js-share-link" href="/a/{number}">Share</a></div>{editor if post.edited else ""}'
        f'<div class="post-signature"><div class="user-info"><div class="user-action-time">answered <span'
        f' title="{when(post.utc, "%Y-%m-%d %H:%M:%SZ")}" class="relativetime">{when(post.published, "%b {d}, %Y at %H:%M")}</span></div>'
        '<div class="user-details" itemprop="author" itemscope itemtype="http://schema.org/Person">'
        f'<a href="/users/{number}/x">{post.name}</a><span class="d-none" itemprop="name">{post.name}</span><div class="-flair">'
        '<span class="reputation-score">710</span></div></div></div></div></div>\n<div class="js-post-comments-component">'
        f'<div id="comments-{number}" class="comments js-comments-container"><ul class="comments-list js-comments-list">'
        + "".join(_stack_exchange_comments(topic, at))
        + "</ul></div></div></div></div>"
    )


def _stack_exchange_comments(topic: Topic, at: int) -> list[str]:
    """What answers a comment stands below the same answer."""
    below = topic.answers(at)
    return [
        text
        for place, post in below
        for text in (_stack_exchange_comment(post), *_stack_exchange_comments(topic, place))
    ]


def _stack_exchange_comment(post: Post) -> str:
    number = post.number
    edit = '<span title="this comment was edited 1 time"><svg></svg></span>'
    return (
        f'<li id="comment-{number}" class="comment js-comment" data-comment-id="{number}"><div class="js-comment-actions comment-actions">'
        f'<div class="comment-score js-comment-edit-hide"><span class="cool">{post.likes or ""}</span></div></div>'
        '<div class="comment-text js-comment-text-and-form"><div class="comment-body js-comment-edit-hide">'
        f'<span class="comment-copy">{post.lines()}</span> <div class="d-inline-flex ai-center">&ndash;&nbsp;'
        f'<a href="/users/{number}/x" title="4,214 reputation" class="comment-user">{post.name}</a></div>'
        f'<span class="comment-date" dir="ltr"><span title="{when(post.utc, "%Y-%m-%d %H:%M:%SZ")}, License: CC BY-SA 4.0"'
        f' class="relativetime-clean">{when(post.published, "%b {d}, %Y at %H:%M")}</span></span>{edit if post.edited else ""}'
        "</div></div></li>"
    )
