"""Comment systems that a script puts into a page, as they stand in a page saved after it ran."""

# ruff: noqa: E501 - long lines are markup

from tests.extract.zoo.frames import app, blog, newspaper
from tests.extract.zoo.kit import Markup, Post, Thread, breaks, clock_12, each, iso, long_day, nest, paragraphs


def isso(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="isso-comment" id="isso-{post.number}"><div class="isso-avatar"><svg></svg></div><div class="isso-text-wrapper">
<div class="isso-comment-header" role="meta"><span class="isso-author">{post.author}</span><span class="isso-spacer">•</span>
<a class="isso-permalink" href="#isso-{post.number}"><time title="{post.at:%A, %d %b %Y %H:%M}" datetime="{iso(post.at, ".000Z")}">5 years ago</time></a>
<span class="isso-note"></span></div><div class="isso-text">{paragraphs(post)}</div><div class="isso-comment-footer">
<span class="isso-votes">{post.likes}</span><a class="isso-upvote" href="#"></a><a class="isso-reply" href="#">Reply</a></div>
<div class="isso-follow-up">{answers}</div></div></div>"""

    return f"""<section id="isso-thread"><h4 class="isso-thread-heading">{len(thread)} Comments</h4><div class="isso-postbox"><div class="isso-textarea">
</div></div><div id="isso-root">{nest(thread, one)}</div></section>"""


def remark42(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="thread"><article id="remark42__comment-{post.key}" class="comment comment_level_0" itemscope>
<div class="comment__info"><img class="comment__avatar" src="/a.png"><button class="comment__username" title="google_1">{post.author}</button>
<a href="#remark42__comment-{post.key}" class="comment__time">{post.at:%d.%m.%Y} at {post.at:%H:%M}</a>
<span class="comment__score">{post.likes}</span></div><div class="comment__body"><div class="comment__text raw-content">{paragraphs(post)}</div>
<div class="comment__actions"><button class="comment__action">Reply</button></div></div></article>{answers}</div>"""

    return f'<div id="remark42"><div class="root"><div class="root__threads" role="list">{nest(thread, one)}</div></div></div>'


def commento(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        key = post.key
        return f"""<div id="commento-comment-card-{key}" class="commento-card"><div class="commento-header"><div class="commento-avatar">M</div>
<div id="commento-comment-options-{key}" class="commento-options"><button>Reply</button></div>
<div id="commento-comment-name-{key}" class="commento-name">{post.author}</div><div id="commento-comment-subtitle-{key}" class="commento-subtitle">
<div id="commento-comment-score-{key}" class="commento-score">{post.likes} points</div><div id="commento-comment-timeago-{key}" class="commento-timeago"
title="{post.at:%a %b %d %Y %H:%M:%S} GMT+0000">5 years ago</div></div></div><div id="commento-comment-contents-{key}"><div id="commento-comment-body-{key}" class="commento-body">
<div id="commento-comment-text-{key}">{paragraphs(post)}</div></div></div><div id="commento-comment-children-{key}" class="commento-card-children">{answers}</div></div>"""

    return f'<div id="commento"><div id="commento-main-area" class="commento-main-area"><div id="commento-comments-area" class="commento-comments">{nest(thread, one)}</div></div></div>'


def disqus(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="post" id="post-{post.number}"><div data-role="post-content" class="post-content"><div class="avatar hovercard"><a class="user" href="/by/{post.slug}/">
<img src="/a.png" alt="Avatar"></a></div><div class="post-body"><header class="comment__header"><span class="post-byline"><span class="author publisher-anchor-color">
<a href="https://disqus.example/by/{post.slug}/">{post.author}</a></span></span><span class="post-meta"><span class="bullet time-ago-bullet">•</span>
<a href="#comment-{post.number}" data-role="relative-time" class="time-ago" title="{post.at:%A, %B %-d, %Y} {post.at:%-I:%M %p}">5 years ago</a></span></header>
<div class="post-body-inner"><div class="post-message-container"><div class="publisher-anchor-color"><div class="post-message">{paragraphs(post)}</div></div></div></div>
<footer class="comment__footer"><menu><li class="voting"><a class="vote-up"><span class="count">{post.likes}</span></a></li><li class="reply"><a href="#">Reply</a></li></menu></footer>
</div></div><ul data-role="children" class="children">{answers}</ul></li>"""

    return f"""<div id="disqus_thread"><div id="layout"><nav class="nav nav-primary"><ul><li>{len(thread)} Comments</li></ul></nav>
<section id="conversation"><div id="posts"><ul id="post-list" class="post-list">{nest(thread, one)}</ul></div></section></div></div>"""


def facebook(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        epoch = int((post.at - post.at.replace(year=1970, month=1, day=1, hour=0, minute=0, second=0)).total_seconds())
        return f"""<div class="_3-8y _5nz1 clearfix" direction="left"><div class="_ohe lfloat"><img class="_1ci img" src="/p.png" alt=""></div><div class="">
<div class="UFIImageBlockContent _42ef clearfix"><div><span><span><a class="UFICommentActorName" href="https://fb.example/{post.slug}" target="_blank">{post.author}</a></span>
<div class="_4q1v">Works at Harbour</div></span><div class="_3-8m"><div class="_30o4"><span><span class="_5mdd"><span>{breaks(post)}</span></span></span></div></div>
<div class="_2vq9 fsm fwn fcg"><a class="uiLinkSubtle">Like</a> · <a>Reply</a> · <span><i></i> {post.likes}</span> ·
<a class="uiLinkSubtle" href="https://fb.example/?fb_comment_id={post.number}"><abbr class="UFISutroCommentTimestamp livetimestamp"
data-utime="{epoch}" title="{post.at:%A, %B %-d, %Y} at {post.at:%-I:%M %p}">5y</abbr></a></div></div></div></div></div>
{f'<div class="_44ri _2pis">{answers}</div>' if answers else ""}"""

    return f'<div class="fb-comments fb_iframe_widget"><div class="_56q9"><div class="_491z">{len(thread)} Comments</div><div class="_4k-6">{nest(thread, one)}</div></div></div>'


def utterances(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<article class="timeline-comment" id="c{post.number}"><a class="avatar" href="https://git.example/{post.slug}"><img alt="@{post.slug}"></a>
<div class="comment"><header class="comment-header"><span class="comment-meta"><a class="text-link" href="https://git.example/{post.slug}"><strong>{post.author}</strong></a>
commented <a class="text-link" href="https://git.example/1#c{post.number}"><time datetime="{iso(post.at)}">on {post.at:%b} {post.at.day}, {post.at.year}</time></a></span>
<div class="comment-actions"><span class="author-association-badge">Owner</span></div></header><div class="markdown-body markdown-body-scrollable">{paragraphs(post)}</div>
<div class="comment-footer"></div></div></article>"""

    return f'<div class="utterances"><main><h1 class="timeline-header">{len(thread)} Comments</h1><div class="timeline">{each(thread, one)}</div></main></div>'


def giscus(thread: Thread) -> str:
    """Utility classes everywhere, answers one deep."""

    def one(post: Post, answers: str) -> str:
        return f"""<div class="gsc-comment"><div class="color-bg-primary w-full min-w-0 rounded-md border gsc-comment-box"><div class="gsc-comment-header"><div class="gsc-comment-author">
<a class="gsc-comment-author-avatar" href="https://git.example/{post.slug}"><img class="mr-2 rounded-full" src="/a.png" alt="@{post.slug}"><span class="link-primary overflow-hidden text-ellipsis font-semibold">
{post.author}</span></a><a class="link-secondary overflow-hidden text-ellipsis" href="https://git.example/d/1#c-{post.number}"><time class="whitespace-nowrap" title="{post.at:%b %d, %Y, %I:%M %p}"
datetime="{iso(post.at)}">{long_day(post.at, "en")}</time></a></div></div><div class="markdown gsc-comment-content">{paragraphs(post)}</div>
<div class="gsc-comment-footer"><button class="gsc-upvote-button">{post.likes}</button></div>{f'<div class="gsc-replies">{answers}</div>' if answers else ""}</div></div>"""

    return f"""<div class="giscus"><main class="gsc-main"><div class="gsc-comments"><div class="gsc-header"><h4 class="gsc-comments-count">{len(thread)} comments</h4></div>
<div class="gsc-timeline">{nest(thread, one)}</div></div></main></div>"""


def waline(thread: Thread) -> str:
    """wl-card: a heading with name, badge and relative time."""

    def one(post: Post, answers: str) -> str:
        badge = f'<span class="wl-badge">{post.badge}</span>' if post.badge else ""
        return f"""<div class="wl-card-item" id="{post.key}"><div class="wl-user" aria-hidden="true"><img class="wl-user-avatar" src="/a.png" alt=""></div><div class="wl-card">
<div class="wl-head"><a class="wl-nick" href="https://me.example" target="_blank" rel="nofollow">{post.author}</a>{badge}<span class="wl-time">{post.at:%Y-%m-%d}</span>
<div class="wl-comment-actions"><button class="wl-reply"></button></div></div><div class="wl-meta" aria-hidden="true"><span>Firefox</span><span>Linux</span></div>
<div class="wl-content">{paragraphs(post)}</div><div class="wl-quote">{answers}</div></div></div>"""

    return f'<div id="waline" data-waline><div class="wl-meta-head"><div class="wl-count">{len(thread)} Comments</div></div><div class="wl-cards">{nest(thread, one)}</div></div>'


def hyvor(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="comment-block" id="ht-comment-{post.number}"><div class="comment"><div class="picture"></div><div class="comment-main"><div class="head">
<span class="name">{post.author}</span><span class="date" title="{post.at:%d %B %Y %H:%M}">5 years ago</span></div><div class="comment-body">{paragraphs(post)}</div>
<div class="foot"><button>Upvote {post.likes}</button><button>Reply</button></div></div></div><div class="replies">{answers}</div></div>"""

    return f'<hyvor-talk-comments><div class="comments-wrap"><div class="comments-list">{nest(thread, one)}</div></div></hyvor-talk-comments>'


def openweb(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="spcv_list-item" aria-label="comment"><article class="spcv_root" data-spot-im-class="comment-root"><div class="spcv_messageStackWrapper" data-spot-im-class="message-view">
<div class="components-MessageLayout-index__message-view"><div class="components-MessageDetails-index__message-details"><div data-spot-im-class="message-username">
<button class="src-components-Username-index__wrapper"><span class="src-components-Username-index__button">{post.author}</span></button></div>
<time class="components-MessageDetails-index__date" datetime="{iso(post.at)}" data-spot-im-class="message-timestamp">{post.at.day} {post.at:%B, %Y}</time></div>
<div class="components-MessageContent-index__message-content" data-spot-im-class="message-text"><div class="src-entities-paragraph">{paragraphs(post)}</div></div>
<div class="components-MessageActions-index__messageActionsWrapper"><button>Reply</button><span>{post.likes}</span></div></div></div></article>
<ul class="spcv_children-list">{answers}</ul></li>"""

    return f'<div data-spotim-module="conversation"><div class="spcv_conversation"><ul class="spcv_messages-list">{nest(thread, one)}</ul></div></div>'


def coral(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="coral coral-comment" id="comment-{post.key}" role="article"><div class="Box-root coral-indent"><div class="HorizontalGutter-root"><div class="Flex-root coral-comment-topBar">
<button class="BaseButton-root coral-username coral-comment-username"><span class="Username-root">{post.author}</span></button><button class="BaseButton-root">
<time class="Timestamp-root coral-timestamp coral-comment-timestamp" datetime="{iso(post.at, ".000Z")}" title="{post.at}">5 years ago</time></button></div>
<div class="HTMLContent-root coral-content coral-comment-content">{breaks(post)}</div><div class="Flex-root coral-comment-actionBar"><button>Respect {post.likes}</button><button>Reply</button></div>
</div></div><div class="coral-comment-replies">{answers}</div></div>"""

    return f'<div id="coral-container"><div id="coral" class="coral"><div id="tab-ALL" class="coral-allComments"><div id="comments-allComments-log" role="log">{nest(thread, one)}</div></div></div></div>'


def youtube(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<ytd-comment-thread-renderer class="style-scope ytd-item-section-renderer"><ytd-comment-renderer id="comment" class="style-scope ytd-comment-thread-renderer"><div id="body" class="style-scope ytd-comment-renderer">
<div id="main"><div id="header"><div id="header-author"><h3><a id="author-text" href="/@{post.slug}"><span class="style-scope ytd-comment-renderer">{post.author}</span></a></h3>
<yt-formatted-string class="published-time-text"><a href="/watch?v=x&amp;lc={post.key}">5 years ago</a></yt-formatted-string></div></div><div id="comment-content">
<yt-formatted-string id="content-text" slot="content">{breaks(post)}</yt-formatted-string></div><div id="toolbar"><span id="vote-count-middle">{post.likes}</span><button>Reply</button></div></div></div></ytd-comment-renderer>
<div id="replies">{answers}</div></ytd-comment-thread-renderer>"""

    return f'<ytd-comments id="comments"><div id="title"><h2 id="count">{len(thread)} Comments</h2></div><div id="contents">{nest(thread, one)}</div></ytd-comments>'


def tailwind(thread: Thread) -> str:
    """A site's own component: nothing but utility classes under a heading that says what it is."""

    def one(post: Post, answers: str) -> str:
        return f"""<li class="mb-6 flex gap-x-4"><img class="h-10 w-10 rounded-full" src="/a.png" alt=""><div class="flex-auto rounded-md p-3 ring-1 ring-inset ring-gray-200"><div class="flex justify-between gap-x-4">
<div class="py-0.5 text-xs leading-5 text-gray-500"><span class="font-medium text-gray-900">{post.author}</span> commented</div>
<time datetime="{iso(post.at)}" class="flex-none py-0.5 text-xs leading-5 text-gray-500">{long_day(post.at, "en")}, {clock_12(post.at)}</time></div>
<div class="prose prose-sm text-gray-500">{paragraphs(post)}</div><button class="text-xs">Reply</button>{f'<ul class="mt-4 pl-8 border-l">{answers}</ul>' if answers else ""}</div></li>"""

    return f'<section id="comments" class="mx-auto max-w-3xl py-12"><h2 class="text-lg font-bold">{len(thread)} comments</h2><ul role="list" class="space-y-6">{nest(thread, one)}</ul></section>'


MARKUPS = (
    Markup(name="isso", lang="en", render=isso, frame=blog, ids="isso-{n}"),
    Markup(name="remark42", lang="en", render=remark42, frame=blog, ids="remark42__comment-{key}"),
    Markup(name="commento", lang="en", render=commento, frame=blog),
    Markup(name="disqus", lang="en", render=disqus, frame=newspaper, ids="comment-{n}", newest_first=True),
    Markup(name="facebook", lang="en", render=facebook, frame=newspaper),
    Markup(name="utterances", lang="en", render=utterances, frame=blog, ids="c{n}", parents=False),
    Markup(name="giscus", lang="en", render=giscus, frame=blog, deepest=1),
    Markup(name="waline", lang="en", render=waline, frame=blog, ids="{key}", dates="day", newest_first=True),
    Markup(name="hyvor", lang="en", render=hyvor, frame=blog, ids="ht-comment-{n}"),
    Markup(name="openweb", lang="en", render=openweb, frame=newspaper),
    Markup(name="coral", lang="en", render=coral, frame=newspaper, ids="comment-{key}", newest_first=True),
    Markup(name="youtube", lang="en", render=youtube, frame=app, dates="none", deepest=1),
    Markup(name="tailwind", lang="en", render=tailwind, frame=app),
)
