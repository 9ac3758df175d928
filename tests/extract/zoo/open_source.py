"""Comment sections as open-source systems print them: portals, content management, wikis, web frameworks."""

# ruff: noqa: E501 - long lines are markup

from tests.extract.zoo.frames import blog, newspaper, table_page
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


def plone(thread: Thread) -> str:
    """plone.app.discussion: flat, the depth in a class; the id on the comment's own node is a bare number."""

    def one(post: Post) -> str:
        return f"""<div class="comment level-{depth_of(thread, post)} state-published" id="{post.number}">
<div class="commentImage"><img src="/defaultUser.png" alt="" class="defaultuserimg" height="32"></div>
<div class="documentByLine"><a href="/author/{post.slug}">{post.author}</a> says:
<div class="commentDate">{long_day(post.at, "en")} {clock(post.at)}</div></div>
<div class="commentBody">{paragraphs(post)}<div class="commentActions"></div></div>
<button class="context reply-to-comment-button hide allowMultiSubmit">Reply</button></div>"""

    return f"""<div class="discussion">{each(thread, one)}</div>
<div id="commenting" class="reply"><fieldset><legend>Add comment</legend><p>You can add a comment by filling out the
form below. Plain text formatting.</p><form><textarea name="text"></textarea></form></fieldset></div>"""


def django_comments_xtd(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<div class="media"><a name="c{post.number}"></a><img class="me-3" src="/gravatar/{post.key}">
<div class="media-body"><div class="comment"><h6 class="media-heading">{long_day(post.at, "en")}, {clock(post.at)}
&nbsp;-&nbsp;<a href="https://home.example/{post.slug}" target="_new">{post.author}</a>&nbsp;&nbsp;
<a class="permalink" title="comment permalink" href="/comments/cr/8/1/#c{post.number}">¶</a></h6>
<div class="content">{paragraphs(post)}</div><a class="small mutedlink" href="/comments/reply/{post.number}/">Reply</a>
</div>{answers}</div></div>"""

    return f'<h5>{len(thread)} comments</h5><div id="comments" class="media-list">{nest(thread, one)}</div>'


def xoops(thread: Thread) -> str:
    """XOOPS: three table rows a comment, name and date in the first."""

    def one(post: Post) -> str:
        return f"""<tr><td class="head"><a id="comment{post.number}"></a> <a href="/userinfo.php?uid=3">{post.author}</a></td>
<td class="head"><div class="comDate"><span class="comDateCaption">Posted:</span> {post.at:%Y/%-m/%-d %H:%M}&nbsp;&nbsp;
<span class="comDateCaption">Updated:</span> {post.at:%Y/%-m/%-d %H:%M}</div></td></tr>
<tr><td class="odd"><div class="comUserRank"><div class="comUserRankText">Just popping in</div></div>
<div class="comUserStat"><span class="comUserStatCaption">Joined:</span> 2006/4/2</div>
<div class="comUserStat"><span class="comUserStatCaption">Posts:</span> 12</div></td>
<td class="odd"><div class="comTitle"><img src="/images/icon1.gif" alt=""> Re: Lighthouse</div>
<div class="comText">{breaks(post)}</div></td></tr><tr><td class="even"></td><td class="even txtright"></td></tr>"""

    return f"""<a name="comments"></a><div class="comments-nav"><form><select name="com_mode"><option>Flat</option></select></form>
</div><table class="outer" cellspacing="1">{each(thread, one)}</table>"""


def xoops_rmcommon(thread: Thread) -> str:
    """The text first, name and date in a foot."""

    def one(post: Post) -> str:
        return f"""<div class="comment-item panel" id="comment-{post.number}"><div class="panel-body"><div class="text">
{paragraphs(post)}</div></div><div class="panel-footer"><img src="/avatar.gif" title="" class=" pull-left">
<div class="data"><small class="date">{post.at:%d/%m/%Y %H:%M}</small>
<strong><a href="/userinfo.php?uid=4">{post.author}</a></strong></div></div></div>"""

    return f'<section class="comments-container">{each(thread, one)}</section>'


def phpboost(thread: Thread) -> str:
    def one(post: Post) -> str:
        return f"""<article id="com{post.number}" class="message" itemscope="itemscope" itemtype="http://schema.org/Comment">
<div class="message-user-infos"><div class="message-pseudo"><a itemprop="author" href="/user/{post.slug}" class="member">
{post.author}</a></div><div class="message-level">Membre</div></div><div class="message-container"><div class="message-date">
<span class="actions"><a itemprop="url" href="#com{post.number}">#{post.number}</a></span>
<span itemprop="datePublished" content="{iso(post.at, "+01:00")}">Le {post.at:%d/%m/%Y} à {post.at:%Hh%M}</span></div>
<div class="message-message"><div itemprop="text" class="message-content content">{breaks(post)}</div></div></div></article>"""

    return f"""<section id="comments-list"><header><h2>Commentaires</h2></header>{each(thread, one)}</section>"""


def cotonti(thread: Thread) -> str:
    def one(post: Post) -> str:
        number = thread.index(post) + 1
        return f"""<div class="row"><div class="col-md-2"><a href="/users/{post.slug}"><img src="/a.png" alt=""></a></div>
<div class="col-md-10"><h4><a href="/page?id=8#c{post.number}" id="c{post.number}">{number}.</a>
<a href="/users/{post.slug}">{post.author}</a> <span class="pull-right"><small>{post.at:%Y-%m-%d %H:%M}</small></span></h4>
<p>{breaks(post)}</p></div></div><hr>"""

    return f'<a name="comments"></a><div style="display: block" class="comments">{each(thread, one)}</div>'


def solo(thread: Thread) -> str:
    """Solo (Java): flat, whom one answers in an @-link."""

    def one(post: Post) -> str:
        parent = parent_of(thread, post)
        to = f'@ <a href="/articles/1.html#{parent.number}">{parent.author}</a>' if parent else ""
        return f"""<div id="{post.number}" class="comment-body"><div class="comment-panel"><div class="left comment-author">
<div><img alt="{post.author}" src="/t.png"></div><a title="{post.author}" href="https://me.example" target="_blank">{post.author}</a>
</div><div class="left comment-info"><div class="left">{post.at:%Y-%m-%d %H:%M:%S} {to}</div>
<div class="right"><a rel="nofollow" class="no-underline" href="javascript:replyTo('{post.number}');">Reply</a></div>
<div class="clear"></div><div class="comment-content">{paragraphs(post)}</div></div><div class="clear"></div></div></div>"""

    return f'<div class="comments" id="comments">{each(thread, one)}</div>'


def emlog(thread: Thread) -> str:
    """Emlog's mobile skin: one-letter classes."""

    def one(post: Post) -> str:
        return f"""<div class="l"><b><a href="https://me.example" target="_blank">{post.author}</a></b>
<div class="info">{post.at:%Y-%m-%d %H:%M} <a href="./?action=reply&amp;cid={post.number}">Reply</a></div>
<div class="comcont">{breaks(post)}</div></div>"""

    return f"""<div class="t">Comments:</div><div class="c">{each(thread, one)}<div id="page"></div></div>
<div class="t">Add comment:</div><div class="c"><form><input name="comname"><textarea name="comment"></textarea></form></div>"""


def modx_tickets(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<li class="ticket-comment" id="comment-{post.number}" data-parent="{post.parent or 0}" data-id="{post.number}">
<div class="ticket-comment-body"><div class="ticket-comment-header"><div class="ticket-comment-dot-wrapper">
<div class="ticket-comment-dot"></div></div><img src="/a.png" class="ticket-avatar" alt="">
<span class="ticket-comment-author">{post.author}</span>
<span class="ticket-comment-createdon">{long_day(post.at, "ru")}, {clock(post.at)}</span></div>
<div class="ticket-comment-text">{paragraphs(post)}</div></div>
<div class="comment-reply"><a href="#" class="reply">Ответить</a></div><ol class="comments-list">{answers}</ol></li>"""

    return f"""<div class="comments"><h3 class="title">Комментарии (<span id="comment-total">{len(thread)}</span>)</h3>
<div id="comments-wrapper"><ol class="comment-list" id="comments">{nest(thread, one)}</ol></div></div>"""


def zotonic(thread: Thread) -> str:
    """Relative dates only; the name in a heading."""

    def one(post: Post) -> str:
        return f"""<li id="comment-{post.number}"><div class="comment-avatar"><img src="/a.png"></div>
<h3><a name="#comment-{post.number}"></a>{post.author}</h3><p class="comment-meta">Posted 3 years, 2 months ago.</p>
<p class="comment-body">{breaks(post)}</p></li>"""

    return f'<div id="comments"><h2>Comments</h2><ul id="comments-list" class="comments-list">{each(thread, one)}</ul></div>'


def blogengine_net(thread: Thread) -> str:
    def one(post: Post, answers: str) -> str:
        return f"""<ul id="id_{post.key}"><li class="comment-item"><div class="comment-content"><img class="photo" src="/g.jpg">
<div class="comment-author"><a href="https://me.example/" rel="nofollow" class="url fn">{post.author}</a></div>
<div class="comment-text">{breaks(post)}</div><div class="comment-date">{post.at:%-m/%-d/%Y} {post.at:%-I:%M:%S %p} |
<a href="#" class="reply-to-comment">Reply</a></div></div>
<div class="comment-replies" id="replies_{post.key}">{answers}</div></li></ul>"""

    return f'<h1 id="comment">Comments ({len(thread)})</h1><div id="commentlist">{nest(thread, one)}</div>'


def hugo_static(thread: Thread) -> str:
    """Comments kept in files: quotes of quotes, the depth in a class."""

    def one(post: Post) -> str:
        return f"""<blockquote id="c{post.key}" class="post-comment indent-{depth_of(thread, post)}">
<div class="comment-author">{post.author}</div><div class="comment-date"><a href="#c{post.key}" title="{iso(post.at, "+0000")}">
{post.at.day} {post.at:%B %Y}</a></div><div class="comment-message">{paragraphs(post)}</div></blockquote>"""

    return f'<section class="post-comments"><h3>Comments</h3>{each(thread, one)}</section>'


def phpwebsite(thread: Thread) -> str:
    """A table each, the name in a heading beside the text."""

    def one(post: Post) -> str:
        parent = parent_of(thread, post)
        answers = f' - In response to <a href="#cm_{parent.number}">{parent.author}</a>' if parent else ""
        return f"""<a name="cm_{post.number}"></a><table id="cm_{post.number}" class="comment-table"><tr>
<td colspan="2" class="comment-header bgcolor3 smaller"><div style="float: right"><a href="#">Report</a></div>
<div style="padding-top: .25em;">{post.at:%m/%d/%Y %H:%M}{answers}</div></td></tr>
<tr><td class="author-info bgcolor1" valign="top"><h2>{post.author}</h2><div class="smaller">Joined: Jan 2010<br>
Comments made: 44<br></div></td><td class="comment-body" valign="top"><h3>Re: Lighthouse</h3>{breaks(post)}</td></tr></table>"""

    return f'<div class="comments"><a name="comments"></a>{each(thread, one)}</div>'


def smarty_em(thread: Thread) -> str:
    """A home-made template: name and date in emphasis, in a sentence."""

    def one(post: Post) -> str:
        return f"""<div class="comment"><div class="comment-info"><em>{post.author}</em> commented on
<em>{post.at:%A, %B %-d, %Y}</em> at <em>{post.at:%H:%M:%S}</em>:</div><p>{breaks(post)}</p></div>"""

    return f"<h2>Comments</h2>{each(thread, one)}"


def redmine(thread: Thread) -> str:
    """Notes of an issue, or comments on its news."""

    def one(post: Post) -> str:
        return f"""<div class="comment" id="comment-{post.number}"><div class="contextual"></div>
<h4 class="comment-header">Added by <a class="user active" href="/users/7">{post.author}</a>
<a title="{post.at:%m/%d/%Y %I:%M %p}" href="/activity?from={post.at:%Y-%m-%d}">about 5 years</a> ago</h4>
<div class="wiki" id="comment-{post.number}-content">{paragraphs(post)}</div></div>"""

    return f'<div id="comments" style="margin-bottom:16px;"><h3 class="comments">Comments</h3>{each(thread, one)}</div>'


def trac(thread: Thread) -> str:
    def one(post: Post) -> str:
        number = thread.index(post) + 1
        return f"""<div id="trac-change-{number}-{post.number}" class="change"><h3 class="change">
<a class="timeline" href="/timeline?from=x" title="See timeline at {post.at:%m/%d/%y %H:%M:%S}">5 years ago</a>
by <span class="trac-author">{post.author}</span><span class="threading"> <span id="comment:{number}" class="cnum">
<a href="#comment:{number}">comment:{number}</a></span></span></h3>
<div class="comment searchable">{paragraphs(post)}</div></div>"""

    return f'<div><h2 class="foldable">Change History ({len(thread)})</h2><div id="changelog">{each(thread, one)}</div></div>'


def mediawiki_talk(thread: Thread) -> str:
    """A talk page: definition lists for answers, name and date in the signature."""

    def one(post: Post, answers: str) -> str:
        sign = f'<a href="/wiki/User:{post.slug}" title="User:{post.slug}">{post.author}</a> (<a href="/wiki/User_talk:{post.slug}">talk</a>)'
        text = paragraphs(post)[:-4] if post.text[-1][0] not in ">*" else paragraphs(post) + "<p>"
        inner = f"{text} {sign} {clock(post.at)}, {post.at.day} {post.at:%B %Y} (UTC)</p>"
        return f"{inner}<dl><dd>{answers}</dd></dl>" if answers else inner

    return f'<div id="discussion" class="mw-parser-output"><h2><span class="mw-headline">Comments</span></h2>{nest(thread, one)}</div>'


MARKUPS = (
    Markup(name="plone", lang="en", render=plone, frame=newspaper, ids="{n}"),
    Markup(name="django_comments_xtd", lang="en", render=django_comments_xtd, frame=blog, ids="c{n}"),
    Markup(name="xoops", lang="en", render=xoops, frame=table_page, ids="comment{n}", parents=False),
    Markup(name="xoops_rmcommon", lang="es", render=xoops_rmcommon, frame=blog, ids="comment-{n}", parents=False),
    Markup(name="phpboost", lang="fr", render=phpboost, frame=newspaper, ids="com{n}", parents=False),
    Markup(name="cotonti", lang="en", render=cotonti, frame=newspaper, ids="c{n}", parents=False),
    Markup(name="solo", lang="en", render=solo, frame=blog, ids="{n}"),
    Markup(name="emlog", lang="en", render=emlog, frame=blog, parents=False),
    Markup(name="modx_tickets", lang="ru", render=modx_tickets, frame=blog, ids="comment-{n}"),
    Markup(name="zotonic", lang="en", render=zotonic, frame=blog, ids="comment-{n}", dates="none", parents=False),
    Markup(name="blogengine_net", lang="en", render=blogengine_net, frame=blog, ids="id_{key}"),
    Markup(name="hugo_static", lang="en", render=hugo_static, frame=blog, ids="c{key}", dates="day"),
    Markup(name="phpwebsite", lang="en", render=phpwebsite, frame=table_page, ids="cm_{n}", dates="none"),
    Markup(name="smarty_em", lang="en", render=smarty_em, frame=blog, dates="day", parents=False),
    Markup(name="redmine", lang="en", render=redmine, frame=newspaper, ids="comment-{n}", parents=False),
    Markup(name="trac", lang="en", render=trac, frame=newspaper, parents=False),
    Markup(name="mediawiki_talk", lang="en", render=mediawiki_talk, frame=newspaper),
)
