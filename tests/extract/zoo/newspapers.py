"""Comment sections of newspapers and magazines, by what their pages look like."""

# ruff: noqa: E501 - long lines are markup

from tests.extract.zoo.frames import app, newspaper
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


def guardian(thread: Thread) -> str:
    """BEM with a module letter, answers in a list inside."""

    def one(post: Post, answers: str) -> str:
        top = post.parent is None
        staff = '<div class="d-comment__staff"><i class="i i-guardian-staff"></i> Staff</div>' if post.badge else ""
        to = parent_of(thread, post)
        reply = (
            f'<span class="d-comment__reply-to-author">&#8618; <span class="u-h">in reply to</span> {to.author}</span>'
            if to
            else ""
        )
        return f"""<li class="d-comment d-comment--{"top-level" if top else "response"}" id="comment-{post.number}" itemscope
itemtype="http://schema.org/Comment" data-comment-id="{post.number}" data-comment-author="{post.author}"
data-comment-timestamp="{iso(post.at)}"><div class="d-comment__inner d-comment__inner--top-level">
<div class="d-comment__meta"><div class="d-comment__avatar-wrapper"><img class="d-comment__avatar" src="/a.png" alt=""></div>
<div class="d-comment__meta-text"><span class="d-comment__author" itemprop="author"><a itemprop="url" href="/user/id/{post.number}">
<span itemprop="givenName">{post.author}</span></a></span>{reply}<div class="d-comment__timestamp">
<a href="/discussion/comment-permalink/{post.number}" class="block-time-link"><time itemprop="dateCreated" datetime="{iso(post.at)}"
class="js-timestamp">{post.at.day} {post.at:%b %Y} {clock(post.at)}</time></a></div>{staff}</div></div>
<div class="d-comment__content"><div class="d-comment__recommend"><span class="d-comment__recommend-count">{post.likes}</span></div>
<div class="d-comment__main"><div class="d-comment__body" itemprop="text">{paragraphs(post)}</div>
<ul class="d-comment__actions u-unstyled"><li><a class="d-comment__action" href="#">Reply</a></li><li>Share on Facebook</li></ul></div></div></div>
{f'<ul class="d-thread d-thread--responses">{answers}</ul>' if answers else ""}</li>"""

    return f"""<section id="comments" class="discussion"><div class="discussion__heading">comments ({len(thread)})</div>
<div class="discussion__comments"><ul class="d-thread d-thread--comments u-unstyled">{nest(thread, one)}</ul></div></section>"""


def guardian_new(thread: Thread) -> str:
    """The same paper's later pages: generated classes, roles and data attributes."""

    def one(post: Post, answers: str) -> str:
        return f"""<li id="comment-{post.number}"><div class="dcr-1bz8q0u"><div class="dcr-4hq641"><img src="/a.png" alt="{post.author}" class="dcr-x"></div>
<div class="dcr-1x4kzpr"><header class="dcr-19ilr9x"><div><div class="dcr-8rd0bn"><a href="https://profile.example/{post.slug}" class="dcr-1klx6jv">{post.author}</a></div>
<div class="dcr-1c9i6sd"><a href="/discussion/comment-permalink/{post.number}" data-link-name="jump-to-comment-timestamp" rel="nofollow">
<time datetime="{iso(post.at)}" data-relativeformat="med">5 years ago</time></a></div></div>
<button data-comment-id="{post.number}" aria-label="Recommend">{post.likes}</button></header>
<div class="dcr-1pgd5f9">{paragraphs(post)}</div><div class="dcr-z2l1p"><button class="dcr-b">Reply</button><button>Report</button></div></div></div>
<ul class="dcr-1rtsnpt">{answers}</ul></li>"""

    return f"""<section id="comments" data-print-layout="hide" class="dcr-1b2wpf"><h2 class="dcr-h">Comments ({len(thread)})</h2>
<ul class="dcr-s0a3z8">{nest(thread, one)}</ul></section>"""


def spiegel_forum(thread: Thread) -> str:
    """Flat and numbered: number and subject, name and date in one line."""

    def one(post: Post) -> str:
        return f"""<div class="postbit clearfix" id="js-article-post-{post.number}"><h3 class="postbit-title">{thread.index(post) + 1}. Betreff</h3>
<div class="postbit-userinfo"><a href="/forum/member-{post.slug}.html" class="postbit-user"><b>{post.author}</b></a>
<span class="postbit-date">{post.at:%d.%m.%Y, %H:%M} Uhr</span></div><p class="postContent">{breaks(post)}</p>
<div class="postbit-function"><a href="#">Antworten</a> / <a href="#">Zitieren</a></div></div>"""

    return f'<div id="js-article-comments-box" class="article-comments-box"><h4>insgesamt {len(thread)} Beiträge</h4>{each(thread, one)}</div>'


def faz(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="lst-Comments_Item js-lst-Comments_Item" id="lesermeinung-{post.number}"><div class="lst-Comments_CommentHeader">
<span class="lst-Comments_CommentTitle">Betreff</span></div><div class="lst-Comments_CommentInfo">
<span class="lst-Comments_CommentInfoNameUsername">{post.author}</span> <span class="lst-Comments_CommentInfoUser">({post.slug})</span> -
<time class="lst-Comments_CommentInfoDateDate" datetime="{iso(post.at, "+0100")}">{post.at:%d.%m.%Y}</time> -
<span class="lst-Comments_CommentInfoDateTime">{clock(post.at)}</span></div><div class="lst-Comments_CommentText">{paragraphs(post)}</div>
<div class="lst-Comments_Footer"><a href="#">Antworten ({post.likes})</a><a href="#">Melden</a></div>
<ul class="lst-Comments_List lst-Comments_List-level2">{answers}</ul></li>"""

    return f'<section class="lst-Comments" id="lesermeinungen"><h2>Lesermeinungen</h2><ul class="lst-Comments_List">{nest(thread, one)}</ul></section>'


def zeit(thread: Thread) -> str:
    """Answers beside what they answer, in articles with a class for it."""

    def one(post: Post) -> str:
        answer = depth_of(thread, post) > 0
        top = [
            each_post
            for each_post in thread
            if each_post.parent is None and thread.index(each_post) <= thread.index(post)
        ][-1]
        return f"""<article class="comment js-comment{" comment--indented" if answer else " js-comment-toplevel"}" id="cid-{post.number}"
data-ct-row="comment"{f' data-parent-id="{top.number}"' if answer else ""}><div class="comment__container"><div class="comment-meta">
<h3 class="comment-meta__name"><a href="/profil/{post.slug}">{post.author}</a></h3><a href="#cid-{post.number}" class="comment-meta__date">
#{thread.index(post) + 1}&nbsp;&mdash;&nbsp;{long_day(post.at, "de")}, {clock(post.at)} Uhr</a><span class="comment-meta__stars">{post.likes}</span></div>
<div class="comment__body">{paragraphs(post)}</div><div class="comment__reactions"><a class="comment__reaction" href="#">Antwort schreiben</a>
<a class="comment__reaction" href="#">Melden</a></div></div></article>"""

    return f"""<section class="comment-section" id="comments"><div class="comment-section__head"><h2>{len(thread)} Kommentare</h2></div>
<div class="comment-section__body">{each(thread, one)}</div></section>"""


def golem(thread: Thread) -> str:
    """Ordered list: subject, name and date in a heading."""

    def one(post: Post) -> str:
        return f"""<li class="cmt" id="cmt-{post.number}"><h2 class="cmt-title"><a href="/kommentare/1,{post.number},read.html">Re: Stufen</a></h2>
<p class="cmt-info"><span class="cmt-author">Autor: <b>{post.author}</b></span> <span class="cmt-date">{post.at:%d.%m.%y - %H:%M}</span></p>
<div class="cmt-body">{breaks(post)}</div></li>"""

    return f'<ol class="list-comments" id="comments">{each(thread, one)}</ol>'


def derstandard(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="posting{"" if post.parent is None else " posting-child"}" id="posting-{post.number}" data-postingid="{post.number}"
data-parentpostingid="{post.parent or ""}" data-level="{depth_of(thread, post)}" data-communityname="{post.author}"><div class="posting-avatar"></div>
<div class="posting-content-area"><div class="upost-usercontainer"><div class="upost-communityname">{post.author}</div>
<span class="upost-follower">7</span></div><div class="upost-date"><span class="js-timestamp" data-date="{post.at:%d.%m.%Y %H:%M:%S}">
{long_day(post.at, "de")}, {post.at:%H:%M:%S}</span></div><div class="upost-text">{breaks(post)}</div>
<div class="upost-ratings"><button>+ {post.likes}</button><button>antworten</button></div></div></div>"""

    return f"""<section id="story-community" class="forum"><h2>Forum: {len(thread)} Postings</h2><p class="forum-rules">Ihre Meinung zählt.
Die Kommentare im Forum geben nicht die Meinung der Redaktion wieder.</p><div id="postinglist" class="postinglist">{each(thread, one)}</div></section>"""


def lemonde(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<section class="comment"><div class="comment__header"><p class="comment__author">{post.author}</p>
<p class="comment__date">{post.at:%d/%m/%Y} à {post.at:%Hh%M}</p></div><p class="comment__content">{breaks(post)}</p>
<div class="comment__footer"><button class="comment__reply">Répondre</button><button class="comment__report">Signaler</button></div>
<div class="comment__answers">{answers}</div></section>"""

    return f'<section class="comments" id="comments"><h2>Contributions</h2><p>Réservé aux abonnés</p>{nest(thread, one)}</section>'


def liberation(thread: Thread) -> str:
    """Custom elements and an author after the text."""

    def one(post: Post) -> str:
        return f"""<comment-item data-id="{post.number}"><q class="comment-item-text">{breaks(post)}</q>
<footer><span class="comment-item-name">{post.author}</span>, le {long_day(post.at, "fr")} à {clock(post.at)}
<a href="#" class="comment-item-flag">Signaler</a></footer></comment-item>"""

    return f'<comments-list id="commentaires"><h3>{len(thread)} commentaires</h3>{each(thread, one)}</comments-list>'


def elpais(thread: Thread) -> str:
    def one(post: Post) -> str:
        to = parent_of(thread, post)
        answer = f'<a class="respuesta_a" href="#c_{to.number}">En respuesta a {to.author}</a>' if to else ""
        return f"""<li class="c_c" id="c_{post.number}"><div class="c_c_h _df"><span class="c_c_a">{post.author}</span>
<time class="c_c_d" datetime="{iso(post.at, "+01:00")}">{long_day(post.at, "es")}, {clock(post.at)}</time>{answer}</div>
<div class="c_c_t">{paragraphs(post)}</div><div class="c_c_f"><button>Responder</button> <span>{post.likes}</span></div></li>"""

    return f'<div class="comentarios" id="comentarios"><p class="comentarios_t">Comentarios</p><ul class="c_l">{each(thread, one)}</ul></div>'


def elmundo(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<article class="ue-c-article__comment comentario" id="comentario-{post.number}"><div class="numero">#{thread.index(post) + 1}</div>
<div class="autor"><strong>{post.author}</strong></div><time class="fecha">{post.at:%d/%m/%Y} {clock(post.at)} horas</time>
<div class="texto-comentario">{paragraphs(post)}</div><div class="acciones"><a href="#">Responder</a><a href="#">Denunciar</a></div></article>"""

    return f'<section id="lista-comentarios"><h2>Comentarios</h2>{each(thread, one)}</section>'


def corriere(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="commentWrapper"><div class="pieceWrapper"><div class="commentHead"><div class="left"><p class="titleComment">Il faro</p>
<span class="dateComment">{post.at:%d.%m.%Y|%H:%M}</span> <a class="nickname" href="/u/{post.slug}">{post.author}</a></div></div>
<div class="commentBody">{breaks(post)}</div></div></div>"""

    return f'<div id="forumContainer"><p class="totComments">I lettori hanno espresso {len(thread)} opinioni</p>{each(thread, one)}</div>'


def nrc(thread: Thread) -> str:
    """Details elements with a summary."""

    def one(post: Post) -> str:
        return f"""<details class="reactie" open id="reactie-{post.number}"><summary class="reactie__kop"><span class="reactie__naam">{post.author}</span>
<time class="reactie__datum" datetime="{iso(post.at, "+01:00")}">{long_day(post.at, "nl")}</time></summary>
<div class="reactie__tekst">{paragraphs(post)}</div><button type="button">Reageer</button></details>"""

    return f'<section class="reacties" id="reacties"><h2>Reacties ({len(thread)})</h2>{each(thread, one)}</section>'


def aftonbladet(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="abComment" id="abComment{post.number}"><div class="abCommentHeader"><b class="abCommentAuthor">{post.author}</b>
<span class="abCommentDate">{post.at:%Y-%m-%d %H:%M}</span></div><div class="abCommentText">{paragraphs(post)}</div>
<div class="abCommentActions"><a href="#">Svara</a> <a href="#">Anmäl</a></div><div class="abCommentReplies">{answers}</div></div>"""

    return f'<div id="abComments"><h3>Läsarkommentarer</h3>{nest(thread, one)}</div>'


def nyt(thread: Thread) -> str:
    """Generated classes all over, a place with the name, a relative date."""

    def one(post: Post) -> str:
        return f"""<div class="css-1ym2l0g" data-testid="comment-container"><div class="css-199z855"><div class="css-aa7djw"><span class="css-1i1bjhw">
{post.author}</span></div><div class="css-1h5k1z5"><span>Old Harbour</span><span>March {post.at.day}</span></div></div>
<p class="css-1ep7e7g">{breaks(post)}</p><div class="css-1ci88ea"><button>{post.likes} Recommend</button><button>Share</button></div></div>"""

    return f'<div id="commentsContainer" class="css-1r0ytwa" data-testid="comments-panel"><h2>Comments {len(thread)}</h2>{each(thread, one)}</div>'


def daily_mail(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="comment-content" id="comment-{post.number}"><div class="comment-body comment-text"><p class="user-info">
<a class="js-usr" href="/registration/{post.number}/profile.html">{post.author}</a>, Old Harbour, {hours_ago(post, thread)} hours ago</p>
<p class="comment-body">{breaks(post)}</p></div><div class="rating-buttons"><span>{post.likes}</span><a>Click to rate</a></div></div>"""

    return f'<div id="reader-comments" class="reader-comments cnr5"><h3>Comments ({len(thread)})</h3><p>The views expressed in the contents above are those of our users.</p>{each(thread, one)}</div>'


def ars(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li class="comment" data-post-id="{post.number}"><aside class="user-info"><span class="avatar"></span><span class="author">
<a href="/civis/{post.slug}">{post.author}</a></span><span class="role">Ars Scholae Palatinae</span></aside>
<header><time class="reltime" datetime="{iso(post.at)}" title="{post.at}">{post.at:%b %d, %Y} {clock_12(post.at)}</time></header>
<div class="body">{breaks(post)}</div><footer><span class="votes">{post.likes}</span></footer></li>"""

    return f'<section id="promoted-comments"><h3>Promoted Comments</h3><ul>{each(thread, one)}</ul></section>'


MARKUPS = (
    Markup(name="guardian", lang="en", render=guardian, frame=newspaper, ids="comment-{n}"),
    Markup(name="guardian_new", lang="en", render=guardian_new, frame=app, ids="comment-{n}"),
    Markup(
        name="spiegel_forum", lang="de", render=spiegel_forum, frame=newspaper, ids="js-article-post-{n}", parents=False
    ),
    Markup(name="faz", lang="de", render=faz, frame=newspaper, ids="lesermeinung-{n}"),
    Markup(name="zeit", lang="de", render=zeit, frame=newspaper, ids="cid-{n}", deepest=1),
    Markup(name="golem", lang="de", render=golem, frame=newspaper, ids="cmt-{n}", parents=False),
    Markup(name="derstandard", lang="de", render=derstandard, frame=newspaper, ids="posting-{n}"),
    Markup(name="lemonde", lang="fr", render=lemonde, frame=newspaper),
    Markup(name="liberation", lang="fr", render=liberation, frame=newspaper, parents=False),
    Markup(name="elpais", lang="es", render=elpais, frame=newspaper, ids="c_{n}"),
    Markup(name="elmundo", lang="es", render=elmundo, frame=newspaper, ids="comentario-{n}", parents=False),
    Markup(name="corriere", lang="it", render=corriere, frame=newspaper, parents=False),
    Markup(name="nrc", lang="nl", render=nrc, frame=newspaper, ids="reactie-{n}", dates="day", parents=False),
    Markup(name="aftonbladet", lang="sv", render=aftonbladet, frame=newspaper, ids="abComment{n}"),
    Markup(name="nyt", lang="en", render=nyt, frame=app, dates="none", parents=False),
    Markup(
        name="daily_mail", lang="en", render=daily_mail, frame=newspaper, ids="comment-{n}", dates="none", parents=False
    ),
    Markup(name="ars", lang="en", render=ars, frame=newspaper, parents=False),
)
