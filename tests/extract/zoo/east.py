"""Comment sections of sites and systems of eastern Europe and Asia."""

# ruff: noqa: E501, RUF001 - long lines are markup, letters of other alphabets are meant

from tests.extract.zoo.frames import app, blog, newspaper
from tests.extract.zoo.kit import (
    Markup,
    Post,
    Thread,
    breaks,
    clock,
    depth_of,
    each,
    iso,
    long_day,
    nest,
    paragraphs,
    parent_of,
)


def dle(thread: Thread) -> str:
    """DataLife Engine, its first skin."""

    def one(post: Post) -> str:
        return f"""<div id="comment-id-{post.number}"><div class="comment"><div class="com_info"><div class="avatar"><span class="cover"></span>
<span class="com_decor"></span></div><div class="com_user"><b class="name"><a href="/user/{post.slug}/">{post.author}</a></b>
<span class="grey">{post.at.day} {long_day(post.at, "ru").split()[1]} {post.at.year} {clock(post.at)}</span></div>
<div class="meta"><ul class="left"><li class="reply grey"><a href="#">Цитировать</a></li></ul></div></div>
<div class="com_content"><div id="comm-id-{post.number}">{breaks(post)}</div></div></div></div>"""

    return f'<div id="dle-comments-list"><a name="comment"></a>{each(thread, one)}</div><form id="dle-comments-form"><textarea></textarea></form>'


def dle_tree(thread: Thread) -> str:
    """DataLife Engine with a tree of answers and a bought skin."""

    def one(post: Post, answers: str) -> str:
        below = f'<ol class="comments-tree-list">{answers}</ol>' if answers else ""
        return f"""<li id="comments-tree-item-{post.number}" class="comments-tree-item"><div id="comment-id-{post.number}">
<div class="comm-item"><div class="comm-left"><img src="/f.png" alt="{post.author}"><span class="comm-group">Посетители</span></div>
<div class="comm-right"><div class="comm-wrap"><div class="comm-line"><div class="comm-author">Автор: <a href="/user/{post.slug}/">{post.author}</a></div>
<div class="comm-date">{post.at:%d-%m-%Y, %H:%M}</div><div class="like-dislike"><span class="ratingtypeplusminus">{post.likes}</span></div></div>
<div class="comm-text"><div id="comm-id-{post.number}">{breaks(post)}</div></div>
<ul class="comm-menu"><li><a href="#">Ответить</a></li><li><a href="#">Цитировать</a></li></ul></div></div></div></div>{below}</li>"""

    return f'<div class="comments-items"><ol class="comments-tree-list">{nest(thread, one)}</ol></div>'


def bitrix(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        below = f'<div style="padding-left:2em" class="blog-comment-reply-block">{answers}</div>' if answers else ""
        return f"""<a name="{post.number}"></a><div class="blog-comment"><div id="blg-comment-{post.number}"><div class="blog-comment-cont">
<div class="blog-comment-cont-white"><div class="blog-comment-info"><div class="blog-author"><a class="blog-author-icon" href="/u/"></a>
<a href="/blog/{post.slug}/">{post.author}</a></div><div class="blog-comment-date">{post.at:%d.%m.%Y %H:%M:%S}</div></div><div class="blog-clear-float"></div>
<div class="blog-comment-content">{breaks(post)}<div class="blog-comment-meta"><span class="blog-comment-answer"><a href="#">Ответить</a></span>
<span class="blog-vert-separator"></span><span class="blog-comment-link"><a href="#{post.number}">Ссылка</a></span></div></div></div></div></div>{below}</div>"""

    return f'<a name="comments"></a><div class="blog-comments" id="blg-comment-441">{nest(thread, one)}</div>'


def ucoz(thread: Thread) -> str:
    """uCoz: tables, the order number in a corner, answers by a margin."""

    def one(post: Post) -> str:
        return f"""<div id="comEnt{post.number}" class="report-spam-target" style="margin-left:{20 * depth_of(thread, post)}px">
<table border="0" cellpadding="0" cellspacing="0" width="100%" class="cBlock{1 + thread.index(post) % 2}"><tr><td style="padding:3px;">
<div class="cTop" style="padding-bottom:2px;"><div class="cNumber" style="float:right;"><b>{thread.index(post) + 1}</b></div>
<a class="cAuthor" href="/index/8-4"><b>{post.author}</b></a> <span class="cDate">({post.at:%d.%m.%Y %H:%M})</span>
<a href="#" class="cReport" title="Спам"></a></div><div class="cMessage" style="clear:both;">{breaks(post)}</div>
<div class="cAnswer"><a href="#">Ответить</a></div></td></tr></table></div>"""

    return f'<div id="newEntryB"></div><div id="allEntries">Всего комментариев: <b>{len(thread)}</b>{each(thread, one)}</div>'


def habr(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<section class="tm-comment-thread"><article class="tm-comment-thread__comment"><a name="comment_{post.number}"></a>
<div id="comment_{post.number}"></div><div class="tm-comment"><div class="tm-comment__header"><div class="tm-comment__header-inner">
<span class="tm-user-info tm-comment__user-info"><a href="/users/{post.slug}/" class="tm-user-info__userpic"><svg></svg></a>
<span class="tm-user-info__user"><a href="/users/{post.slug}/" class="tm-user-info__username">{post.author}</a>
<a class="tm-comment-thread__comment-link" href="#comment_{post.number}"><time datetime="{iso(post.at, ".000Z")}" title="{post.at:%Y-%m-%d, %H:%M}">
{long_day(post.at, "ru").rsplit(" ", 1)[0]} в {clock(post.at)}</time></a></span></span></div></div>
<div class="tm-comment__body-content"><div xmlns="http://www.w3.org/1999/xhtml">{paragraphs(post)}</div></div></div>
<div class="tm-comment-footer"><div class="tm-votes-meter"><span class="tm-votes-meter__value">{post.likes}</span></div>
<button class="tm-comment-footer__link">Ответить</button></div></article><div class="tm-comment-thread__children">{answers}</div></section>"""

    return f"""<div class="tm-comments-wrapper"><header class="tm-comments-wrapper__header"><h2>Комментарии <span>{len(thread)}</span></h2></header>
<div class="tm-comments-wrapper__wrapper"><div class="tm-comments__tree">{nest(thread, one)}</div></div></div>"""


def pikabu(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="comment" data-id="{post.number}" data-author-id="7" id="comment_{post.number}" data-indent="{depth_of(thread, post)}"
data-meta="pid={post.parent or 0};aid=1;sid=2;d={iso(post.at, "+03:00")}"><div class="comment__body"><div class="comment__header">
<div class="comment__rating-count">{post.likes}</div><div class="comment__user" data-name="{post.author}"><a class="user" href="/@{post.slug}">
<span class="user__nick">{post.author}</span></a></div><time datetime="{iso(post.at, "+03:00")}" class="caption comment__datetime hint">5 лет назад</time>
<a class="comment__tool" href="#comment_{post.number}"></a></div><div class="comment__content">{paragraphs(post)}</div>
<div class="comment__controls"><button class="comment__tool" data-role="reply">Ответить</button></div></div>
<div class="comment__children">{answers}</div></div>"""

    return f'<div class="comments" id="comments"><div class="comments__container_main">{nest(thread, one)}</div></div>'


def vc(thread: Thread) -> str:
    """A flat list with empty columns for the depth, relative dates with a title."""

    def one(post: Post) -> str:
        bars = '<div class="comment__branches-item"></div>' * depth_of(thread, post)
        return f"""<div class="comment" data-id="{post.number}" id="comment-{post.number}" style="--branches-count: {depth_of(thread, post)}">
<div class="comment__branches">{bars}</div><div class="comment__content"><div class="author"><a class="author__avatar" href="/u/1"></a>
<div class="author__main"><a class="author__name" href="/u/{post.slug}">{post.author}</a></div>
<div class="author__details"><a href="?comment={post.number}" class="comment__detail"><time datetime="{iso(post.at)}" title="{post.at:%d.%m.%Y в %H:%M}">5 лет</time></a></div></div>
<div class="comment__text"><div>{paragraphs(post)}</div></div><div class="comment__actions"><button>{post.likes}</button><button>Ответить</button></div></div></div>"""

    return f'<div class="comments" id="comments"><div class="comments-header"><span>{len(thread)} комментариев</span></div><div class="comments-tree">{each(thread, one)}</div></div>'


def korrespondent(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="comment-item" id="c{post.number}"><div class="comment-item__head"><div class="comment-item__face"></div>
<span class="comment-item__nick">{post.author}</span><i class="comment-item__when">{long_day(post.at, "ru")}, {clock(post.at)}</i></div>
<div class="comment-item__text">{breaks(post)}</div><div class="comment-item__bar"><a href="#">Ответить</a> <a href="#">Пожаловаться</a></div></div>"""

    return f'<div class="comments-block"><div class="comments-block__title">Комментарии ({len(thread)})</div>{each(thread, one)}</div>'


def gazeta(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li class="opinion {"level2" if post.parent else ""}" id="opinion{post.number}"><div class="cKom"><span class="cName"><strong>
<a class="nick" href="//login.example/{post.slug}">{post.author}</a></strong></span> <span class="cDate">{post.at:%d.%m.%Y, %H:%M}</span>
<p class="cText">{breaks(post)}</p><div class="cVote"><span>Oceniono {post.likes} razy</span> <a href="#">Odpowiedz</a></div></div></li>"""

    return f'<div id="opinions" class="gazeta_forum"><h4>Komentarze ({len(thread)})</h4><ul class="opinions-list">{each(thread, one)}</ul></div>'


def onet(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<div class="k_content" id="k_{post.number}"><div class="k_noteHolder"><div class="k_author"><span class="k_nick">~{post.author}</span>
<span class="k_date">{post.at.day} {long_day(post.at, "pl").split()[1][:3]} {post.at.year} {clock(post.at)}</span></div>
<div class="k_note"><p>{breaks(post)}</p></div><div class="k_panel"><a href="#">odpowiedz</a><a href="#">zgłoś</a></div></div></div>"""

    return f'<div id="kropka-comments" class="k_comments k_forum"><h3>Komentarze: {len(thread)}</h3>{each(thread, one)}</div>'


def yahoo_japan(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li id="comment-{post.number}" class="sc-169yn8p-0 gLPJw"><article class="sc-169yn8p-3 fWZC"><div class="sc-169yn8p-5 eUyx">
<h2 class="sc-169yn8p-7"><a href="/users/{post.slug}">{post.author}</a></h2><a class="sc-169yn8p-9" href="/comments/{post.number}"><time>{2 + thread.index(post)}時間前</time></a></div>
<p class="sc-169yn8p-10 hYFULX">{breaks(post)}</p><div class="sc-169yn8p-11"><button>返信 {post.likes}</button><button>共感した {post.likes}</button></div></article></li>"""

    return f'<section class="viewableWrap" id="newsComments"><h2>コメント {len(thread)}件</h2><ul class="sc-z8tf0-1 comments">{each(thread, one)}</ul></section>'


def hatena(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li class="entry-comment" id="comment-{post.number}"><div class="comment-user-image"><img src="/a.png"></div>
<p class="comment-user-name"><span class="comment-nickname" data-user-name="{post.slug}">{post.author}</span></p>
<div class="comment-content">{paragraphs(post)}</div><p class="comment-metadata"><time data-relative datetime="{iso(post.at)}">5年前</time></p></li>"""

    return f'<div class="comment-box js-comment-box"><ul class="comment js-comment">{each(thread, one)}</ul><a class="leave-comment-title">コメントを書く</a></div>'


def fc2(thread: Thread) -> str:
    """Definition list: subject, then text, then name and date."""

    def one(post: Post) -> str:
        return f"""<dl class="cm" id="comment{post.number}"><dt class="cm_title"><a name="comment{post.number}"></a>Re: 灯台</dt>
<dd class="cm_body">{breaks(post)}</dd><dd class="cm_footer">{post.at:%Y/%m/%d(月) %H:%M:%S} | URL | {post.author} #- [ <a href="#">編集</a>]</dd></dl>"""

    return f'<div id="cm" class="comments"><h3>この記事へのコメント</h3>{each(thread, one)}</div>'


def ameblo(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<li class="skin-comment"><div class="blogComment"><h3 class="commentHeader">{thread.index(post) + 1}. {post.author}さん</h3>
<div class="commentBody">{breaks(post)}</div><div class="commentInfo"><span class="commentAuthor"><a href="https://me.example/{post.slug}">{post.author}</a></span>
<time class="commentTime" datetime="{post.at:%Y-%m-%d %H:%M:%S}">{post.at:%Y-%m-%d %H:%M:%S}</time><a href="#">返信する</a></div></div></li>"""

    return f'<section id="comment_module"><h2>コメント({len(thread)})</h2><ul class="commentList">{each(thread, one)}</ul></section>'


def naver(thread: Thread) -> str:
    """u_cbox, as its script renders it."""

    def one(post: Post) -> str:
        to = parent_of(thread, post)
        return f"""<li class="u_cbox_comment cbox_module__comment_{post.number} _user_id_no_4{" u_cbox_reply" if to else ""}" data-info="commentNo:'{post.number}',parentCommentNo:'{to.number if to else post.number}'">
<div class="u_cbox_comment_box"><div class="u_cbox_area"><div class="u_cbox_info"><span class="u_cbox_info_main"><span class="u_cbox_name"><span class="u_cbox_name_area">
<span class="u_cbox_nick_area"><span class="u_cbox_nick">{post.author}</span></span></span></span></span></div><div class="u_cbox_text_wrap">
<span class="u_cbox_contents" data-lang="ja">{breaks(post)}</span></div><div class="u_cbox_info_base"><span class="u_cbox_date" data-value="{iso(post.at, "+0900")}">
{post.at:%Y.%m.%d. %H:%M}</span></div><div class="u_cbox_tool"><a class="u_cbox_btn_reply" href="#">답글<span>{post.likes}</span></a></div></div></div></li>"""

    return f'<div id="cbox_module"><div class="u_cbox"><div class="u_cbox_content_wrap"><ul class="u_cbox_list">{each(thread, one)}</ul></div></div></div>'


MARKUPS = (
    Markup(name="dle", lang="ru", render=dle, frame=blog, ids="comment-id-{n}", parents=False),
    Markup(name="dle_tree", lang="ru", render=dle_tree, frame=blog, ids="comment-id-{n}"),
    Markup(name="bitrix", lang="ru", render=bitrix, frame=newspaper, ids="{n}"),
    Markup(name="ucoz", lang="ru", render=ucoz, frame=blog, ids="comEnt{n}"),
    Markup(name="habr", lang="ru", render=habr, frame=newspaper, ids="comment_{n}"),
    Markup(name="pikabu", lang="ru", render=pikabu, frame=newspaper, ids="comment_{n}"),
    Markup(name="vc", lang="ru", render=vc, frame=app, ids="comment-{n}"),
    Markup(name="korrespondent", lang="ru", render=korrespondent, frame=newspaper, ids="c{n}", parents=False),
    Markup(name="gazeta", lang="pl", render=gazeta, frame=newspaper, ids="opinion{n}", deepest=1),
    Markup(name="onet", lang="pl", render=onet, frame=newspaper, ids="k_{n}", parents=False),
    Markup(
        name="yahoo_japan", lang="ja", render=yahoo_japan, frame=app, ids="comment-{n}", dates="none", parents=False
    ),
    Markup(name="hatena", lang="ja", render=hatena, frame=blog, ids="comment-{n}", parents=False),
    Markup(name="fc2", lang="ja", render=fc2, frame=blog, ids="comment{n}", parents=False),
    Markup(name="ameblo", lang="ja", render=ameblo, frame=blog, parents=False),
    Markup(name="naver", lang="ja", render=naver, frame=newspaper, deepest=1),
)
