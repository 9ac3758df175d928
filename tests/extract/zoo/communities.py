"""Comment sections of link, question and story sites and of their open-source kin."""

# ruff: noqa: E501 - long lines are markup

from tests.extract.zoo.frames import community
from tests.extract.zoo.kit import (
    Markup,
    Post,
    Thread,
    breaks,
    clock,
    clock_12,
    depth_of,
    each,
    hours_ago,
    iso,
    long_day,
    nest,
    paragraphs,
    parent_of,
)


def lobsters(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="comments_subtree"><input id="comment_folder_{post.key}" class="comment_folder_button" type="checkbox">
<div id="c_{post.key}" data-shortid="{post.key}" class="comment"><div class="voters"><a class="upvoter" href="/login"></a>
<div class="score">{post.likes}</div></div><div class="details"><div class="byline"><a name="c_{post.key}"></a>
<label for="comment_folder_{post.key}" class="comment_folder comment_folder_inline"></label>
<a href="/~{post.slug}"><img class="avatar" src="/a.png" alt="avatar"></a> <a href="/~{post.slug}">{post.author}</a>
<time title="{post.at}" datetime="{post.at}">5 years ago</time> | <a href="/c/{post.key}">link</a>
<span class="reason"></span></div><div class="comment_text">{paragraphs(post)}</div></div></div>
<ol class="comments">{answers}</ol></li>"""

    return f'<ol class="comments comments1"><li class="comments_subtree"><ol class="comments">{nest(thread, one)}</ol></li></ol>'


def otwarchive(thread: Thread) -> str:
    """Answers in a list item after the comment; the text before the date."""

    def one(post: Post, answers: str) -> str:
        below = f'<li><ol class="thread">{answers}</ol></li>' if answers else ""
        return f"""<li class="odd comment group" id="comment_{post.number}" role="article"><h4 class="heading byline">
<a href="/users/{post.slug}">{post.author}</a><span class="parent"> on Chapter 1</span>
<span class="posted datetime"><abbr class="day" title="Monday">Mon</abbr> <span class="date">{post.at:%d}</span>
<abbr class="month" title="{post.at:%B}">{post.at:%b}</abbr> <span class="year">{post.at:%Y}</span>
<span class="time">{post.at:%I:%M%p}</span> <abbr class="timezone" title="UTC">UTC</abbr></span></h4>
<div class="icon"><img class="icon" src="/i.png" alt=""></div>
<blockquote class="userstuff">{paragraphs(post)}</blockquote><h5 class="landmark heading">Comment Actions</h5>
<ul class="actions" id="navigation_for_comment_{post.number}"><li><a href="/comments/{post.number}">Thread</a></li>
<li><a href="/comments/add_comment_reply?id={post.number}">Reply</a></li></ul>
<div id="add_comment_reply_placeholder_{post.number}" style="display:none;"></div></li>{below}"""

    return f"""<div id="feedback" class="feedback"><h3 class="landmark heading">Comments</h3>
<div id="comments_placeholder"><ol class="thread">{nest(thread, one)}</ol></div></div>"""


def lemmy(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="comment" role="comment"><article id="comment-{post.number}" class="details comment-node py-2">
<div class="ms-2"><div class="d-flex flex-wrap align-items-center text-muted small">
<button class="btn btn-sm text-muted" aria-label="collapse"></button><span>
<a class="person-listing d-inline-flex align-items-baseline text-info" title="{post.author}" href="/u/{post.slug}">
<span>{post.author}</span></a></span> <span class="me-1 fw-bold" aria-label="{post.likes} points">{post.likes}</span>
<span class="moment-time pointer unselectable" data-tippy-content="{long_day(post.at, "en")} {clock(post.at)}">5 years ago</span></div>
<div class="comment-content"><div class="md-div">{paragraphs(post)}</div></div>
<div class="comment-bottom-btns d-flex"><button class="btn btn-link">reply</button></div></div></article>
{f'<ul class="comments border-top ms-1">{answers}</ul>' if answers else ""}</li>"""

    return f'<ul class="comments">{nest(thread, one)}</ul>'


def slashcode(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        below = f'<ul id="commtree_{post.number}">{answers}</ul>' if answers else ""
        return f"""<li id="tree_{post.number}" class="comment full"><div id="comment_status_{post.number}" class="commentstatus"></div>
<div id="comment_{post.number}" class="cw"><div id="comment_top_{post.number}" class="commentTop"><div class="title">
<h4><a id="comment_link_{post.number}" name="comment_link_{post.number}" href="/comments.pl?cid={post.number}">Re:Steps</a>
<span id="comment_score_{post.number}" class="score">(Score:{post.likes}, Insightful)</span></h4></div>
<div class="details">by <a href="/~{post.slug}">{post.author}</a> (<span class="uid">{post.number}</span>)
<span class="otherdetails" id="comment_otherdetails_{post.number}">on {post.at:%A %B %d, %Y @%I:%M%p}
(<a href="/comments.pl?cid={post.number}">#{post.number}</a>)</span></div></div>
<div class="commentBody"><div id="comment_body_{post.number}">{paragraphs(post)}</div></div>
<div class="commentSub" id="comment_sub_{post.number}"><a href="/comments.pl?op=Reply&amp;pid={post.number}">Reply to This</a>
</div></div><div id="replyto_{post.number}"></div>{below}</li>"""

    return f"""<div id="commentwrap"><div class="commentBoxForm"><h3>Lighthouse stays open</h3></div>
<ul id="commentlisting" class="d2">{nest(thread, one)}</ul></div>"""


def lwn(thread: Thread) -> str:
    """Summary and details elements, one inside the other."""

    def one(post: Post, answers: str) -> str:
        return f"""<a name="Comm{post.number}"></a><details class="CommentBox" open><summary>
<h3 class="CommentTitle">Steps</h3><p class="CommentPoster">Posted {long_day(post.at, "en")[:3]} {post.at.day}, {post.at.year}
{clock(post.at)} UTC ({post.at:%a}) by <b>{post.author}</b> (subscriber, #{post.number}) [<a href="/Articles/{post.number}/">Link</a>]
</p></summary><div class="FormattedComment">{paragraphs(post)}</div><div class="CommentReplyButton"><form>
<input type="submit" value="Reply"></form></div>{answers}</details>"""

    return f'<div class="middlecolumn"><hr class="comments">{nest(thread, one)}</div>'


def dreamwidth(thread: Thread) -> str:
    """Answers follow, further in by a margin."""

    def one(post: Post) -> str:
        parent = parent_of(thread, post)
        up = (
            f'<li class="link commentparent"><a href="/1.html?thread={parent.number}#cmt{parent.number}">Parent</a></li>'
            if parent
            else ""
        )
        return f"""<div class="comment-thread comment-depth-{depth_of(thread, post) + 1}"><div id="cmt{post.number}" class="dwexpcomment"
style="margin-left: {25 * depth_of(thread, post)}px; margin-top: 5px"><div class="comment-wrapper comment-wrapper-odd"><div class="comment">
<div class="inner"><div class="header"><h4 class="comment-title">Re: steps</h4><div class="userpic"><img src="/p.png" alt=""></div>
<span class="comment-poster"><span lj:user="{post.slug}" class="ljuser"><a href="/profile"><img src="/user.png" alt="[personal profile] "></a>
<a href="https://{post.slug}.example/"><b>{post.author}</b></a></span></span>
<span class="datetime"><span class="comment-date-text">Date: </span>{post.at:%Y-%m-%d %I:%M %p} (UTC)</span></div>
<div class="contents"><div class="comment-content">{breaks(post)}</div></div><div class="footer">
<ul class="comment-management-links"><li class="link reply first-item"><a href="#">Reply</a></li>{up}</ul></div></div></div></div></div></div>"""

    return (
        f'<div id="comments"><div class="inner"><h3 class="comment-header">Comments</h3>{each(thread, one)}</div></div>'
    )


def metafilter(thread: Thread) -> str:
    """The text, then the name and the date in small print."""

    def one(post: Post) -> str:
        return f"""<a name="{post.number}"></a><div class="comments">{breaks(post)}<br>
<span class="smallcopy">posted by <a href="/user/31" target="_self">{post.author}</a> at
<a href="/1/Lighthouse#{post.number}" target="_self">{clock_12(post.at).upper()}</a> on {long_day(post.at, "en")}
[<a href="#" title="Favorite">{post.likes} favorites</a>]</span></div><br>"""

    return f'<div id="thread">{each(thread, one)}<div class="copy">You are not currently logged in.</div></div>'


def fark(thread: Thread) -> str:
    """A table of heads, each followed by a division with the text."""

    def one(post: Post) -> str:
        return f"""<table class="commentTable cHdr" id="c{post.number}"><tr><td class="clogin" nowrap><a href="/users/{post.slug}">{post.author}</a>
</td><td class="cdate" nowrap>{post.at:%Y-%m-%d} {post.at:%I:%M:%S %p}</td><td class="cfunc"><a href="#c{post.number}">link</a></td>
</tr></table><div class="ctext" id="ct{post.number}">{breaks(post)}</div>"""

    return f'<div id="commentsArea">{each(thread, one)}</div>'


def question2answer(thread: Thread) -> str:
    """Answers, and comments on them."""

    def one(post: Post, answers: str) -> str:
        kind = "c" if post.parent else "a"
        return f"""<div class="qa-{kind}-list-item hentry" id="{kind}{post.number}"><div class="qa-{kind}-item-main">
<div class="qa-{kind}-item-content"><div class="entry-content">{paragraphs(post)}</div></div>
<span class="qa-{kind}-item-meta"><a href="?show={post.number}#{kind}{post.number}" class="qa-{kind}-item-what" rel="bookmark">answered</a>
<span class="qa-{kind}-item-when"><span class="qa-{kind}-item-when-data"><span class="published">
<span class="value-title" title="{iso(post.at, "+0000")}"></span>{long_day(post.at, "en")}</span></span></span>
<span class="qa-{kind}-item-who"><span class="qa-{kind}-item-who-pad">by </span><span class="qa-{kind}-item-who-data">
<span class="vcard author"><a href="../user/{post.slug}" class="qa-user-link url nickname">{post.author}</a></span></span></span></span></div>
<div class="qa-a-item-c-list">{answers}</div></div>"""

    return f'<div class="qa-a-list" id="a_list"><h2>{len(thread)} Answers</h2>{nest(thread, one)}</div>'


def vanilla(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li class="Item ItemComment Role_Member" id="Comment_{post.number}"><div class="Comment">
<div class="Item-Header CommentHeader"><div class="AuthorWrap"><span class="Author"><a title="{post.author}" href="/profile/{post.slug}"
class="PhotoWrap"><img src="/p.png" alt="{post.author}" class="ProfilePhoto"></a><a href="/profile/{post.slug}" class="Username">{post.author}</a>
</span><span class="AuthorInfo"><span class="MItem RoleTitle">Member</span></span></div><div class="Meta CommentMeta CommentInfo">
<span class="MItem DateCreated"><a href="/discussion/comment/{post.number}#Comment_{post.number}" class="Permalink" rel="nofollow">
<time title="{post.at:%B %d, %Y %I:%M%p}" datetime="{iso(post.at, "+00:00")}">March 2019</time></a></span></div></div>
<div class="Item-BodyWrap"><div class="Item-Body"><div class="Message userContent">{breaks(post)}</div><div class="Reactions"></div>
</div></div></div></li>"""

    return f"""<div class="CommentsWrap"><div class="CommentHeading"><h2>Comments</h2></div>
<ul class="MessageList DataList Comments">{each(thread, one)}</ul></div>"""


def nodebb(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li component="post" class="posts-list-item" data-index="{thread.index(post) + 1}" data-pid="{post.number}" data-uid="3"
data-timestamp="{int(post.at.timestamp()) * 1000}" data-username="{post.author}" itemprop="comment" itemtype="http://schema.org/Comment" itemscope>
<a component="post/anchor" data-index="2" id="{thread.index(post) + 1}"></a><meta itemprop="datePublished" content="{iso(post.at, ".000Z")}">
<div class="clearfix post-header"><div class="icon pull-left"><a href="/user/{post.slug}"><img alt="{post.author}" src="/p.png"></a></div>
<small><strong><a href="/user/{post.slug}" itemprop="author" data-username="{post.author}">{post.author}</a></strong>
<a class="permalink" href="/post/{post.number}"><span class="timeago" title="{iso(post.at, ".000Z")}"></span></a></small></div>
<div class="content" component="post/content" itemprop="text">{paragraphs(post)}</div>
<div class="clearfix post-footer"><a component="post/reply" href="#">Reply</a></div></li>"""

    return f'<ul component="topic" class="posts timeline" data-tid="1">{each(thread, one)}</ul>'


def flarum(thread: Thread) -> str:
    """What it prints for readers without scripts."""

    def one(post: Post) -> str:
        return f"""<article><div class="PostUser"><h3 class="PostUser-name">{post.author}</h3></div>
<div class="Post-body">{paragraphs(post)}</div></article><hr>"""

    return f'<div id="flarum-content" class="container"><div>{each(thread, one)}</div></div>'


def github_issue(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="TimelineItem js-comment-container"><div class="avatar-parent-child TimelineItem-avatar"><a href="/{post.slug}">
<img class="avatar" src="/a.png" alt="@{post.slug}"></a></div><div class="timeline-comment-group js-minimizable-comment-group" id="issuecomment-{post.number}">
<div class="timeline-comment timeline-comment--caret comment unminimized-comment js-comment"><div class="timeline-comment-header clearfix">
<h3 class="timeline-comment-header-text f5 text-normal"><strong><a class="author link-gray-dark" href="/{post.slug}">{post.author}</a></strong>
commented <a href="#issuecomment-{post.number}" class="link-gray js-timestamp"><relative-time datetime="{iso(post.at)}" class="no-wrap">
{post.at:%b} {post.at.day}, {post.at.year}</relative-time></a></h3></div><div class="edit-comment-hide"><table class="d-block"><tbody class="d-block">
<tr class="d-block"><td class="d-block comment-body markdown-body js-comment-body">{paragraphs(post)}</td></tr></tbody></table></div></div></div></div>"""

    return f'<div class="js-discussion js-socket-channel">{each(thread, one)}</div>'


def gitlab_issue(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li id="note_{post.number}" class="timeline-entry note note-wrapper"><div class="timeline-entry-inner"><div class="timeline-avatar">
<a href="/{post.slug}"><img src="/a.png" alt="{post.author}" class="avatar s40"></a></div><div class="timeline-content"><div class="note-header">
<div class="note-header-info"><a href="/{post.slug}" class="js-user-link" data-username="{post.slug}"><span class="note-header-author-name bold">
{post.author}</span></a> <span class="note-headline-light">@{post.slug}</span> <span class="note-headline-light note-headline-meta"> ·
<a href="#note_{post.number}" class="note-timestamp system-note-separator"><time datetime="{iso(post.at, ".123Z")}" title="{post.at:%b %d, %Y %I:%M%p}">
4 years ago</time></a></span></div></div><div class="note-body"><div class="note-text md">{paragraphs(post)}</div></div></div></div></li>"""

    return f'<div id="notes"><ul id="notes-list" class="notes main-notes-list timeline">{each(thread, one)}</ul></div>'


def comments_by_hours(thread: Thread) -> str:
    """A home-made link site: spans in paragraphs, relative dates, the depth in a spacer's width."""

    def one(post: Post) -> str:
        return f"""<tr class="athing" id="i{post.number}"><td><img src="s.gif" height="1" width="{40 * depth_of(thread, post)}"></td>
<td class="default"><p class="comhead">{post.likes} points by <a href="user?id={post.slug}">{post.author}</a>
<a href="item?id={post.number}">{hours_ago(post, thread)} hours ago</a> | <a href="#i{post.number}">link</a></p>
<span class="commtext">{breaks(post)}</span><p><font size="1"><u><a href="reply?id={post.number}">reply</a></u></font></p></td></tr>"""

    return f'<table border="0" class="comment-tree">{each(thread, one)}</table>'


MARKUPS = (
    Markup(name="lobsters", lang="en", render=lobsters, frame=community, ids="c_{key}"),
    Markup(name="otwarchive", lang="en", render=otwarchive, frame=community, ids="comment_{n}"),
    Markup(name="lemmy", lang="en", render=lemmy, frame=community, ids="comment-{n}"),
    Markup(name="slashcode", lang="en", render=slashcode, frame=community),
    Markup(name="lwn", lang="en", render=lwn, frame=community, ids="Comm{n}"),
    Markup(name="dreamwidth", lang="en", render=dreamwidth, frame=community, ids="cmt{n}"),
    Markup(name="metafilter", lang="en", render=metafilter, frame=community, ids="{n}", parents=False),
    Markup(name="fark", lang="en", render=fark, frame=community, ids="c{n}", parents=False),
    Markup(name="question2answer", lang="en", render=question2answer, frame=community, deepest=1),
    Markup(name="vanilla", lang="en", render=vanilla, frame=community, ids="Comment_{n}", parents=False),
    Markup(name="nodebb", lang="en", render=nodebb, frame=community, parents=False),
    Markup(name="flarum", lang="en", render=flarum, frame=community, dates="none", parents=False),
    Markup(name="github_issue", lang="en", render=github_issue, frame=community, ids="issuecomment-{n}", parents=False),
    Markup(name="gitlab_issue", lang="en", render=gitlab_issue, frame=community, ids="note_{n}", parents=False),
    Markup(name="comments_by_hours", lang="en", render=comments_by_hours, frame=community, ids="i{n}", dates="none"),
)
