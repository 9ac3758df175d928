"""XenForo and vBulletin, as their templates print a topic's first page."""

# ruff: noqa: E501 - lines of markup, as long as sites print them

from html import escape

from tests.extract.markup.topic import Post, Topic, page, when


def xenforo(topic: Topic) -> str:
    """Version 2."""
    return page(
        topic,
        f'<div class="p-body-header"><h1 class="p-title-value">{escape(topic.title)}</h1></div>\n'
        '<div class="block block--messages" data-type="post"><div class="block-outer">Jump to new</div>'
        '<div class="block-container lbContainer"><div class="block-body js-replyNewMessageContainer">\n'
        + "\n".join(_xenforo_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</div></div></div>\n"
        '<form class="block js-quickReply"><div class="message message--quickReply"><span>Write your reply</span></div></form>',
        html=' id="XF" data-app="public" data-template="thread_view"',
    )


def _xenforo_post(topic: Topic, post: Post, place: int) -> str:
    link = f"/threads/a-topic.77/post-{post.number}"
    time = (
        f'<time class="u-dt" dir="auto" datetime="{when(post.published, "%Y-%m-%dT%H:%M:%S%z")}"'
        f' data-time="{post.epoch}">{when(post.published, "%b {d}, %Y")}</time>'
    )
    notice = (
        '<div class="messageNotice messageNotice--moderated">This message is awaiting moderator approval, and is'
        " invisible to normal visitors.</div>"
        if post.removed
        else ""
    )
    edit = f'<div class="message-lastEdit">Last edited: {time}</div>' if post.edited else ""
    return (
        f'<article class="message message--post js-post js-inlineModContainer" data-author="{post.name}"'
        f' data-content="post-{post.number}" id="js-post-{post.number}">\n'
        f'<span class="u-anchorTarget" id="post-{post.number}"></span>\n<div class="message-inner">\n'
        '<div class="message-cell message-cell--user"><section class="message-user"><div class="message-userDetails">'
        f'<h4 class="message-name"><a href="/members/{post.number}/" class="username">{post.name}</a></h4>'
        '<h5 class="userTitle message-userTitle">Well-known member</h5></div>'
        '<div class="message-userExtras"><dl class="pairs"><dt>Messages</dt><dd>1,234</dd></dl></div></section></div>\n'
        '<div class="message-cell message-cell--main"><div class="message-main js-quickEditTarget">\n'
        f'<header class="message-attribution"><a href="{link}" class="message-attribution-main u-concealed">{time}</a>'
        f'<div class="message-attribution-opposite"><a href="{link}" class="u-concealed">#{place}</a></div></header>\n'
        f'<div class="message-content js-messageContent">{notice}<div class="message-userContent lbContainer">'
        f'<article class="message-body js-selectToQuote"><div class="bbWrapper">{_xenforo_quote(topic, post)}{post.lines()}'
        '</div><div class="js-selectToQuoteEnd">&nbsp;</div></article></div>'
        f'{edit}<aside class="message-signature"><div class="bbWrapper">Sent from my typewriter</div></aside></div>\n'
        '<footer class="message-footer"><div class="message-actionBar actionBar"><a class="actionBar-action">Reply</a></div>'
        f'<div class="reactionsBar js-reactionsList"><a class="reactionsBar-link"><bdi>Zoe</bdi></a></div></footer>'
        "</div></div></div></article>"
    )


def _xenforo_quote(topic: Topic, post: Post) -> str:
    other = topic.answered(post)
    if other is None:
        return ""
    return (
        f'<blockquote data-attributes="member: 4" data-quote="{other.name}" data-source="post: {other.number}"'
        ' class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote js-expandWatch">\n<div class="bbCodeBlock-title">'
        f'<a href="/goto/post?id={other.number}" class="bbCodeBlock-sourceJump" data-xf-click="attribution"'
        f' data-content-selector="#post-{other.number}">{other.name} said:</a></div>\n<div class="bbCodeBlock-content">'
        f'<div class="bbCodeBlock-expandContent js-expandContent">{other.lines()}</div>'
        '<div class="bbCodeBlock-expandLink js-expandLink"><a>Click to expand...</a></div></div></blockquote>'
    )


def xenforo_1(topic: Topic) -> str:
    return page(
        topic,
        f'<div class="titleBar"><h1>{escape(topic.title)}</h1></div>\n<form class="InlineModForm section">'
        '<ol class="messageList" id="messageList">\n'
        + "\n".join(_xenforo_1_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + '\n</ol></form>\n<div id="QuickReply"><a>(You must log in or sign up to reply here.)</a></div>',
        head='<base href="https://island.example/">',
        html=' id="XenForo" class="Public NoJs"',
    )


def _xenforo_1_post(topic: Topic, post: Post, place: int) -> str:
    other = topic.answered(post)
    quote = (
        f'<div class="bbCodeBlock bbCodeQuote" data-author="{other.name}"><aside><div class="attribution type">'
        f'{other.name} said: <a href="goto/post?id={other.number}#post-{other.number}" class="AttributionLink">&uarr;</a></div>'
        f'<blockquote class="quoteContainer"><div class="quote">{other.lines()}</div>'
        '<div class="quoteExpand">Click to expand...</div></blockquote></aside></div>'
        if other
        else ""
    )
    edit = '<div class="editDate">Last edited: <span class="DateTime">Mar 9, 2017</span></div>' if post.edited else ""
    notice = (
        '<ul class="messageNotices"><li class="moderatedNotice">This message is awaiting moderator approval.</li></ul>'
        if post.removed
        else ""
    )
    return (
        f'<li id="post-{post.number}" class="message" data-author="{post.name}">\n<div class="messageUserInfo">'
        f'<div class="messageUserBlock"><h3 class="userText"><a href="members/x.{post.number}/" class="username">{post.name}</a>'
        '<em class="userTitle">Active Member</em></h3></div></div>\n<div class="messageInfo primaryContent">'
        f'{notice}<div class="messageContent"><article><blockquote class="messageText SelectQuoteContainer ugc baseHtml">'
        f'{quote}{post.lines()}<div class="messageTextEndMarker">&nbsp;</div></blockquote></article></div>\n{edit}'
        '<div class="baseHtml signature messageText ugc"><aside>Keep calm</aside></div>\n'
        '<div class="messageMeta ToggleTriggerAnchor"><div class="privateControls"><span class="item muted">'
        f'<span class="authorEnd"><a href="members/x.{post.number}/" class="username author">{post.name}</a>,</span>'
        f'<a href="threads/a-topic.77/#post-{post.number}" title="Permalink" class="datePermalink"><span class="DateTime"'
        f' title="{when(post.published, "%b {d}, %Y at %H:%M")}">{when(post.published, "%b {d}, %Y")}</span></a></span></div>'
        f'<div class="publicControls"><a href="threads/a-topic.77/#post-{post.number}" class="item muted postNumber'
        f' hashPermalink">#{place}</a><a class="ReplyQuote item control reply">Reply</a></div></div></div></li>'
    )


def vbulletin_3(topic: Topic) -> str:
    return page(
        topic,
        f'<table class="tborder" width="100%"><tr><td class="navbar"><strong>{escape(topic.title)}</strong></td></tr></table>\n'
        '<div id="posts">\n'
        + "\n".join(_vbulletin_3_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</div>",
        head='<meta name="generator" content="vBulletin 3.8.4" />',
    )


def _vbulletin_3_post(topic: Topic, post: Post, place: int) -> str:
    number, other = post.number, topic.answered(post)
    quote = (
        '<div style="margin:20px; margin-top:5px; "><div class="smallfont" style="margin-bottom:2px">Quote:</div>'
        '<table cellpadding="6" cellspacing="0" border="0" width="100%"><tr><td class="alt2" style="border:1px inset">'
        f'<div>Originally Posted by <strong>{other.name}</strong> <a href="showthread.php?p={other.number}#post{other.number}"'
        ' rel="nofollow"><img class="inlineimg" src="viewpost.gif" alt="View Post" /></a></div>'
        f'<div style="font-style:italic">{other.lines()}</div></td></tr></table></div>'
        if other
        else ""
    )
    edit = (
        f'<div class="smallfont"><hr size="1" /><em>Last edited by {post.name}; 03-19-2017 at'
        ' <span class="time">09:20 AM</span>.. Reason: typo</em></div>'
        if post.edited
        else ""
    )
    return (
        f'<!-- post #{number} --><div id="edit{number}" style="padding:0px 0px 6px 0px">'
        f'<table id="post{number}" class="tborder" cellpadding="6" cellspacing="1" border="0" width="100%">\n<tr>'
        f'<td class="thead"><a name="post{number}"><img class="inlineimg" src="post_old.gif" alt="Old" /></a>'
        f' {when(post.published, "%m-%d-%Y, %I:%M %p")} </td><td class="thead" align="right">&nbsp; #<a href="showpost.php?p='
        f'{number}" id="postcount{number}" name="{place}"><strong>{place}</strong></a> &nbsp;</td></tr>\n'
        f'<tr valign="top"><td class="alt2" width="175"><div id="postmenu_{number}"><a class="bigusername"'
        f' href="member.php?u={number}">{post.name}</a></div><div class="smallfont">Senior Member</div>'
        '<div class="smallfont"><div>Join Date: Jan 2005</div><div>Posts: 1,234</div></div></td>\n'
        f'<td class="alt1" id="td_post_{number}"><div class="smallfont"><strong>Re: the topic</strong></div><hr size="1" />'
        f'<!-- message --><div id="post_message_{number}">{quote}{post.lines()}</div><!-- / message -->\n'
        f"<!-- sig --><div>__________________<br />Old sailors never die</div><!-- / sig -->{edit}</td></tr>\n"
        f'<tr><td class="alt2">&nbsp;</td><td class="alt1" align="right"><a href="newreply.php?p={number}"><img alt="Quote" />'
        "</a></td></tr></table></div>"
    )


def vbulletin_4(topic: Topic) -> str:
    return page(
        topic,
        f'<div id="pagetitle"><h1>Thread: <span class="threadtitle">{escape(topic.title)}</span></h1></div>\n'
        '<div id="postlist" class="postlist restrain"><ol id="posts" class="posts" start="1">\n'
        + "\n".join(_vbulletin_4_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</ol></div>",
        html=' id="vbulletin_html"',
    )


def _vbulletin_4_post(topic: Topic, post: Post, place: int) -> str:
    number = post.number
    edit = (
        f'<div class="postfoot"><blockquote class="postcontent lastedited">Last edited by {post.name}; 03-19-2017 at'
        ' <span class="time">09:20 AM</span>.</blockquote></div>'
        if post.edited
        else ""
    )
    return (
        f'<li class="{"postbitdeleted " if post.removed else ""}postbitlegacy postbitim postcontainer old" id="post_{number}">'
        f'<div class="posthead"><span class="postdate old"><span class="date">{when(post.published, "%m-%d-%Y")},&nbsp;'
        f'<span class="time">{when(post.published, "%I:%M %p")}</span></span></span><span class="nodecontrols">'
        f'<a name="post{number}" href="showthread.php?77-A-topic&amp;p={number}&amp;viewfull=1#post{number}"'
        f' class="postcounter">#{place}</a><a id="postcount{number}" name="{place}"></a></span></div>\n'
        '<div class="postdetails"><div class="userinfo"><div class="username_container"><div class="popupmenu memberaction">'
        f'<a rel="nofollow" class="username offline popupctrl" href="member.php?{number}"><strong>{post.name}</strong></a></div>'
        '</div><span class="usertitle">Junior Member</span><dl class="userinfo_extra"><dt>Posts</dt><dd>12</dd></dl></div>\n'
        '<div class="postbody"><div class="postrow"><h2 class="title icon">Re: the topic</h2><div class="content">'
        f'<div id="post_message_{number}"><blockquote class="postcontent restore ">{_vbulletin_quote(topic, post)}'
        f'{post.lines()}</blockquote></div></div></div><div class="after_content">{edit}<blockquote class="signature restore">'
        '<div class="signaturecontainer">Ahoy</div></blockquote></div></div></div>'
        f'<div class="postfoot"><a class="newreply" href="newreply.php?p={number}">Reply With Quote</a></div></li>'
    )


def _vbulletin_quote(topic: Topic, post: Post) -> str:
    other = topic.answered(post)
    if other is None:
        return ""
    return (
        '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class="bbcode_postedby">'
        f'<img src="quote_icon.png" alt="Quote" /> Originally Posted by <strong>{other.name}</strong>'
        f' <a href="showthread.php?p={other.number}#post{other.number}" rel="nofollow"><img class="inlineimg" alt="View Post" />'
        f'</a></div><div class="message">{other.lines()}</div></div></div></div>'
    )


def vbulletin_5(topic: Topic) -> str:
    return page(
        topic,
        f'<h1 class="main-title">{escape(topic.title)}</h1>\n<ul class="conversation-list list-container h-clearfix thread-view">\n'
        + "\n".join(_vbulletin_5_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</ul>",
        attributes=' id="vb-page-body"',
    )


def _vbulletin_5_post(topic: Topic, post: Post, place: int) -> str:
    number = post.number
    deleted = " b-post--deleted" if post.removed else ""
    edit = f'<div class="b-post__edit">Last edited by <a href="/member/{number}">{post.name}</a>; 03-19-2017, 09:20 AM.</div>'
    return (
        f'<li data-node-id="{number}" data-publish-time="{post.epoch}" class="b-post js-post{deleted}" itemscope'
        f' itemtype="http://schema.org/Comment"><a id="post{number}" class="b-post__anchor"></a>'
        '<div class="b-post__grid-container"><div class="b-userinfo" itemprop="author" itemscope itemtype="http://schema.org/Person">'
        f'<div class="author h-text-size--14"><strong><a href="/member/{number}"><span itemprop="name">{post.name}</span></a>'
        '</strong></div><div class="usertitle">Member</div><ul class="b-userinfo__details"><li>Posts: 12</li></ul></div>\n'
        '<div class="js-post__content-wrapper"><div class="b-post__body"><div class="b-post__content js-post__content">'
        f'<div class="b-media"><a class="b-post__count" href="/forum/a-topic-77?p={number}#post{number}">#{place}</a>'
        '<h2 class="b-post__title js-post-title">The topic</h2><div class="b-post__timestamp"><time itemprop="dateCreated"'
        f" datetime='{when(post.published, '%Y-%m-%dT%H:%M:%S')}'>{when(post.published, '%m-%d-%Y, %I:%M %p')}</time></div></div>"
        '<div class="js-post__content-text restore h-wordwrap" itemprop="text">'
        f"{_vbulletin_quote(topic, post)}{post.lines()}</div>{edit if post.edited else ''}</div></div>"
        '<div class="b-post__footer"><ul class="js-post-controls"><li>Quote</li></ul></div></div></div></li>'
    )
