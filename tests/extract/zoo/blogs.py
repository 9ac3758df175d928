"""Comment sections of blog systems, of publishing platforms, of recipe, petition and government sites."""

# ruff: noqa: E501 - long lines are markup

from tests.extract.zoo.frames import app, blog, newspaper
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


def textpattern(thread: Thread) -> str:
    """A list of paragraphs: name, date and text in one item."""

    def one(post: Post) -> str:
        return f"""<li id="c{post.number:06}" class="comment"><h4 class="comment-name"><a href="https://me.example" rel="nofollow">{post.author}</a>
<span class="is-date">{long_day(post.at, "en")}, {clock(post.at)}</span> <a class="comment-anchor" href="#c{post.number:06}">#</a></h4>
{paragraphs(post)}</li>"""

    return f'<h3 id="comment">Comments [{len(thread)}]</h3><ol class="commentlist-txp">{each(thread, one)}</ol>'


def nucleus(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<h3 class="itemcommenthead"><a href="https://me.example">{post.author}</a> wrote:</h3>
<div class="commentbody">{breaks(post)}</div><div class="contentitemcategory">{post.at:%Y-%m-%d %H:%M:%S} - 127.0.xx.xx</div>"""

    return f'<a id="c"></a><div class="contenttitle"><h2>Comments</h2></div><div class="itemcomments">{each(thread, one)}</div>'


def b2evolution(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<a id="c{post.number}"></a><article class="evo_comment evo_comment__status_published"><h4 class="evo_comment_title panel-title">
Comment from: <span class="user anonymous" rel="bubbletip_user_1">{post.author}</span> <span class="bUser-member-tag">[Visitor]</span></h4>
<div class="evo_comment_text">{paragraphs(post)}</div><div class="evo_comment_footer"><small class="evo_comment_meta">{long_day(post.at, "en")} @ {clock(post.at)}</small></div></article>"""

    return f'<section class="evo_comments_area"><h3 class="evo_comments_heading">{len(thread)} comments</h3>{each(thread, one)}</section>'


def movable_type(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="comment" id="comment-{post.number}"><div class="inner"><div class="comment-header"><div class="asset-meta"><span class="byline">
<span class="vcard author"><a href="https://me.example" rel="nofollow">{post.author}</a></span> | <a href="#comment-{post.number}">
<abbr class="published" title="{iso(post.at, "+01:00")}">{long_day(post.at, "en")} {clock_12(post.at)}</abbr></a></span></div></div>
<div class="comment-content">{paragraphs(post)}</div><div class="comment-footer"></div></div></div>"""

    return f'<div id="comments" class="comments"><h2 class="comments-header">{len(thread)} Comments</h2><div class="comments-content">{each(thread, one)}</div></div>'


def movable_type_old(thread: Thread) -> str:
    """The text first and a line "Posted by" after it."""

    def one(post: Post) -> str:
        return f"""<div id="c{post.number}"><div class="comments-text">{paragraphs(post)}</div><p class="comments-post">Posted by:
<a href="https://me.example">{post.author}</a> | <a href="#c{post.number}">{long_day(post.at, "en")} {clock_12(post.at)}</a></p></div>"""

    return f'<div class="comments-head"><a name="comments"></a>Comments</div><div class="comments-body">{each(thread, one)}</div>'


def typo3_news(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="tx-comments-comment-{1 + thread.index(post) % 2}"><a name="tx_comments_comment_{post.number}"></a><div class="tx-comments-comment-author">
<span class="tx-comments-name">{post.author}</span></div><div class="tx-comments-comment-date">{post.at:%d.%m.%Y %H:%M}</div>
<div class="tx-comments-comment-content">{breaks(post)}</div></div>"""

    return f'<div class="tx-comments-comments"><h3>Kommentare</h3>{each(thread, one)}</div>'


def kirby(thread: Thread) -> str:
    """Definition list: name and date as terms, text as description."""

    def one(post: Post) -> str:
        return f"""<dt id="comment-{post.number}"><strong>{post.author}</strong>, <time datetime="{iso(post.at, "+01:00")}">{post.at:%d.%m.%Y}</time></dt>
<dd>{paragraphs(post)}</dd>"""

    return f'<section class="kommentare"><h2>Kommentare</h2><dl class="kommentare-liste">{each(thread, one)}</dl></section>'


def contao(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="comment_default even" id="c{post.number}"><p class="info">Kommentar von <a href="https://me.example" rel="nofollow">{post.author}</a> |
<time datetime="{iso(post.at, "+01:00")}" class="date">{post.at:%d.%m.%Y}</time></p><div class="comment">{paragraphs(post)}</div></div>"""

    return f'<div class="ce_comments block"><h3>Kommentare</h3>{each(thread, one)}<div class="form"><form class="mod_comment"><textarea></textarea></form></div></div>'


def silverstripe(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="comment odd first"><div class="comment-content" id="comment-{post.number}"><div class="comment-text"><p>{breaks(post)}</p></div>
<p class="info">Posted by <span class="author">{post.author}</span>, {post.at:%d/%m/%Y} {clock_12(post.at)} ({hours_ago(post, thread)} months ago)</p>
<div class="comment-action-links"><div class="comment-moderation-options"></div><a class="comment-reply-link" href="#">Reply to {post.author}</a></div></div>
<div class="comment-replies-container"><ul class="comments-list level-{depth_of(thread, post) + 1}">{answers}</ul></div></li>"""

    return f'<div id="comments-holder" class="comments-holder-container"><h4>Comments</h4><div class="comments-holder"><ul class="comments-list root-level">{nest(thread, one)}</ul></div></div>'


def dnn(thread: Thread) -> str:
    """A module of DotNetNuke: long generated ids and tables."""

    def one(post: Post) -> str:
        at = f"dnn_ctr421_ViewBlog_lstComments_ctl{thread.index(post):02}"
        return f"""<tr><td class="BlogCommentCell"><div id="Comment{post.number}"><a name="Comment{post.number}"></a><span id="{at}_lblTitle" class="NormalBold">re: Lighthouse</span><br>
<span id="{at}_lblUserName" class="SubHead">By {post.author} on</span> <span id="{at}_lblCommentDate" class="SubHead">{post.at:%-m/%-d/%Y} {post.at:%-I:%M %p}</span><br>
<span id="{at}_lblComment" class="Normal">{breaks(post)}</span></div></td></tr>"""

    return f'<div id="dnn_ctr421_ViewBlog_pnlComments"><span class="Head">Comments ({len(thread)})</span><table id="dnn_ctr421_ViewBlog_lstComments" class="BlogComments">{each(thread, one)}</table></div>'


def substack(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="comment"><div id="comment-{post.number}" class="comment-anchor"></div><table class="comment-content" cellpadding="0"><tr><td class="comment-head"><div class="profile-img-wrap"></div></td>
<td class="comment-rest"><div class="comment-meta"><span class="highlight"><a href="/profile/{post.slug}">{post.author}</a></span><a class="comment-timestamp" href="/p/x/comment/{post.number}"
title="{post.at:%b} {post.at.day}, {post.at.year}, {clock_12(post.at).upper()}">{post.at:%b} {post.at.day}, {post.at.year}</a></div><div class="comment-body">{paragraphs(post)}</div>
<div class="comment-actions"><a class="like-button">Like ({post.likes})</a><a>Reply</a></div></td></tr></table><div class="comment-list-collapser"></div>
<div class="comment-list"><div class="comment-list-items">{answers}</div></div></div>"""

    return f'<div class="single-post-section comments-section"><h4>{len(thread)} Comments</h4><div class="comment-list-container"><div class="comment-list"><div class="comment-list-items">{nest(thread, one)}</div></div></div></div>'


def devto(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<details class="comment-wrapper comment-wrapper--deep-{depth_of(thread, post)} js-comment-wrapper" open><summary aria-label="Toggle"></summary>
<div id="comment-node-{post.number}" class="comment single-comment-node {"root" if post.parent is None else "child"} comment--deep-{depth_of(thread, post)}" data-comment-id="{post.number}" data-path="/{post.slug}/comment/{post.key}" data-comment-author-id="5">
<a name="comment-{post.key}" class="comment__anchor">&nbsp;</a><div class="inner-comment comment__details"><div class="comment__content crayons-card"><div class="comment__header"><a href="/{post.slug}" class="crayons-link crayons-link--secondary flex items-center fw-medium m:hidden">
<span class="js-comment-username">{post.author}</span></a><span class="color-base-30">&bull;</span><a href="/{post.slug}/comment/{post.key}" class="comment-date crayons-link"><time datetime="{iso(post.at)}">Mar {post.at.day} '19</time></a></div>
<div class="comment__body text-styles text-styles--secondary body">{paragraphs(post)}</div></div><footer class="comment__footer"><button><span class="reactions-count">{post.likes}</span><span>likes</span></button><a class="js-reply">Reply</a></footer></div>{answers}</div></details>"""

    return f'<section id="comments" data-updated-at="x" class="text-padding mb-4"><header><h2>Top comments <span class="js-comments-count">({len(thread)})</span></h2></header><div class="comments" id="comment-trees-container">{nest(thread, one)}</div></section>'


def medium(thread: Thread) -> str:
    """Responses: generated classes, no word of comments but in a label."""

    def one(post: Post) -> str:
        return f"""<div class="l ab ac"><div class="ml mm ab"><div class="bs"><a href="/@{post.slug}" rel="noopener"><img class="l fa" src="/a.png" alt="{post.author}"></a></div><div class="l"><div class="ab q"><a class="af ag" href="/@{post.slug}">
<h4 class="be b dx">{post.author}</h4></a></div><p class="be b dy">{post.at:%b} {post.at.day}, {post.at.year}</p></div></div><div class="mn l"><pre class="mo mp"><div class="mq">{breaks(post)}</div></pre></div>
<div class="mr ab"><button aria-label="clap">{post.likes}</button><p class="be b"><button>Reply</button></p></div></div>"""

    return f'<div class="bh responses" role="region" aria-label="responses"><h2 class="be">Responses ({len(thread)})</h2><div class="mk l">{each(thread, one)}</div></div>'


def chefkoch(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<article class="comment-item bi-comment" id="comment-{post.key}"><div class="comment-item__header"><div class="comment-item__user"><a class="comment-item__username" href="/user/{post.slug}.html">{post.author}</a></div></div>
<div class="comment-item__text"><p>{breaks(post)}</p></div><div class="comment-item__footer"><span class="comment-item__date">{post.at:%d.%m.%Y %H:%M}</span><a href="#">Antworten</a></div></article>"""

    return (
        f'<section class="ds-box recipe-comments" id="recipe-comments"><h2>Kommentare</h2>{each(thread, one)}</section>'
    )


def petition(thread: Thread) -> str:
    """Reasons of those who signed: text, then name, place and relative date."""

    def one(post: Post) -> str:
        return f"""<div class="reason comment-box" data-comment-id="{post.number}"><blockquote class="reason__text">{paragraphs(post)}</blockquote>
<p class="reason__by"><strong class="reason__author">{post.author}</strong>, Old Harbour · <span class="reason__when">{hours_ago(post, thread)} days ago</span> <button>Report</button></p></div>"""

    return f'<section class="reasons" data-testid="petition-comments" id="comments"><h2>Reasons for signing</h2>{each(thread, one)}</section>'


def consultation(thread: Thread) -> str:
    """A ministry's consultation: a numbered table of statements."""

    def one(post: Post) -> str:
        number = thread.index(post) + 1
        return f"""<tr id="comment-{post.number}"><td class="num">{number}</td><td class="from"><strong>{post.author}</strong><br>{post.at:%d/%m/%Y} {clock(post.at)}</td><td class="what">{paragraphs(post)}</td></tr>"""

    return f'<div id="comments-received"><h2>Comments received</h2><table class="comments-table"><thead><tr><th>No.</th><th>From</th><th>Comment</th></tr></thead><tbody>{each(thread, one)}</tbody></table></div>'


def unclosed(thread: Thread) -> str:
    """Hand-written pages: list items and paragraphs never closed."""

    def one(post: Post) -> str:
        return f"<li class=comment><a name=c{post.number}></a><b>{post.author}</b> ({post.at:%d.%m.%Y %H:%M}):<p>{'<p>'.join(breaks(post).split('<br>' + chr(10) + '<br>'))}\n"

    return f"<h3>Comentários</h3><ul id=comentarios>{each(thread, one)}</ul>"


def hidden_parent(thread: Thread) -> str:
    """The answered comment stands in a hidden field and in a line above the text."""

    def one(post: Post) -> str:
        parent = parent_of(thread, post)
        above = (
            f'<div class="comment-ref">Em resposta a <a href="#com{parent.number}">{parent.author}</a></div>'
            if parent
            else ""
        )
        return f"""<div class="comentario" id="com{post.number}"><input type="hidden" name="parent" value="{post.parent or 0}"><div class="comentario-cabecalho"><span class="comentario-autor">{post.author}</span>
<span class="comentario-data">{long_day(post.at, "pt")}, {clock(post.at)}</span></div>{above}<div class="comentario-texto">{paragraphs(post)}</div><a href="#" class="comentario-responder">Responder</a></div>"""

    return f'<div id="comentarios"><h3>{len(thread)} comentários</h3>{each(thread, one)}</div>'


MARKUPS = (
    Markup(name="textpattern", lang="en", render=textpattern, frame=blog, ids="c{n:06}", parents=False),
    Markup(name="nucleus", lang="en", render=nucleus, frame=blog, parents=False),
    Markup(name="b2evolution", lang="en", render=b2evolution, frame=blog, ids="c{n}", parents=False),
    Markup(name="movable_type", lang="en", render=movable_type, frame=blog, ids="comment-{n}", parents=False),
    Markup(name="movable_type_old", lang="en", render=movable_type_old, frame=blog, ids="c{n}", parents=False),
    Markup(
        name="typo3_news", lang="de", render=typo3_news, frame=newspaper, ids="tx_comments_comment_{n}", parents=False
    ),
    Markup(name="kirby", lang="de", render=kirby, frame=blog, ids="comment-{n}", dates="day", parents=False),
    Markup(name="contao", lang="de", render=contao, frame=newspaper, ids="c{n}", parents=False),
    Markup(name="silverstripe", lang="en", render=silverstripe, frame=newspaper, ids="comment-{n}", dates="none"),
    Markup(name="dnn", lang="en", render=dnn, frame=newspaper, ids="Comment{n}", parents=False),
    Markup(name="substack", lang="en", render=substack, frame=app, ids="comment-{n}"),
    Markup(name="devto", lang="en", render=devto, frame=app, ids="comment-{key}"),
    Markup(name="medium", lang="en", render=medium, frame=app, dates="day", parents=False),
    Markup(name="chefkoch", lang="de", render=chefkoch, frame=newspaper, ids="comment-{key}", parents=False),
    Markup(name="petition", lang="en", render=petition, frame=newspaper, dates="none", parents=False),
    Markup(
        name="consultation",
        lang="en",
        render=consultation,
        frame=newspaper,
        ids="comment-{n}",
        dates="none",
        parents=False,
    ),
    Markup(name="unclosed", lang="pt", render=unclosed, frame=blog, ids="c{n}", parents=False),
    Markup(name="hidden_parent", lang="pt", render=hidden_parent, frame=blog, ids="com{n}"),
)
