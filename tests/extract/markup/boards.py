"""phpBB, MyBB, Simple Machines and Invision, as their templates print a topic's first page."""

# ruff: noqa: E501 - lines of markup, as long as sites print them

from html import escape

from tests.extract.markup.topic import Post, Topic, page, when


def phpbb(topic: Topic) -> str:
    """prosilver, version 3.2."""
    return page(
        topic,
        '<div id="wrap" class="wrap"><div id="page-body" class="page-body">\n'
        f'<h2 class="topic-title"><a href="./viewtopic.php?f=2&amp;t=77">{escape(topic.title)}</a></h2>\n'
        '<div class="action-bar bar-top"><div class="pagination">16 posts &bull; Page <strong>1</strong> of <strong>1</strong>'
        "</div></div>\n"
        + "\n<hr class='divider' />\n".join(_phpbb_post(topic, post) for post in topic.all_posts())
        + '\n<div class="action-bar bar-bottom"><a class="button">Post Reply</a></div></div></div>',
        attributes=' id="phpbb" class="nojs notouch section-viewtopic ltr"',
    )


def _phpbb_post(topic: Topic, post: Post) -> str:
    number, other = post.number, topic.answered(post)
    link = f"./viewtopic.php?p={number}#p{number}"
    user = f'<a href="./memberlist.php?mode=viewprofile&amp;u={number}" class="username">{post.name}</a>'
    quote = (
        f'<blockquote cite="./viewtopic.php?p={other.number}#p{other.number}"><div><cite><a href="./memberlist.php?u=9">'
        f'{other.name}</a> wrote: <a href="./viewtopic.php?p={other.number}#p{other.number}" data-post-id="{other.number}"'
        f' onclick="if(document.getElementById(hash.substr(1)))href=hash">↑</a></cite>{other.lines()}</div></blockquote>'
        if other
        else ""
    )
    edit = f'<div class="notice">Last edited by {user} on Sun Mar 19, 2017 9:20 am, edited 1 time in total.</div>'
    removed = (
        '<p class="post-notice unapproved"><strong>This post is not visible until it has been approved.</strong></p>'
    )
    return (
        f'<div id="p{number}" class="post has-profile bg1"><div class="inner"><dl class="postprofile" id="profile{number}">'
        f'<dt class="no-profile-rank">{user}</dt><dd class="profile-posts"><strong>Posts:</strong> 12</dd>'
        '<dd class="profile-joined"><strong>Joined:</strong> Sat Jan 01, 2011 4:00 pm</dd></dl>\n<div class="postbody">'
        f'<div id="post_content{number}"><h3><a href="#p{number}">Re: the topic</a></h3>\n<ul class="post-buttons"><li>'
        '<a class="button button-icon-only"><span class="sr-only">Quote</span></a></li></ul>\n'
        f'<p class="author"><a class="unread" href="{link}" title="Post"><i class="icon"></i><span class="sr-only">Post</span></a>'
        f' <span class="responsive-hide">by <strong>{user}</strong> &raquo; </span>{when(post.published, "%a %b %d, %Y %I:%M %p")}'
        f'</p>\n{removed if post.removed else ""}<div class="content">{quote}{post.lines()}</div>\n{edit if post.edited else ""}'
        f'<div id="sig{number}" class="signature">Mind the gap</div></div></div>\n'
        '<div class="back2top"><a href="#top" class="top">Top</a></div></div></div>'
    )


def phpbb_subsilver(topic: Topic) -> str:
    """subsilver2, version 3.0."""
    return page(
        topic,
        f'<div id="wrapheader"></div><div id="pageheader"><h2><a class="titles" href="./viewtopic.php?t=77">'
        f'{escape(topic.title)}</a></h2></div>\n<div id="pagecontent">\n'
        '<table class="tablebg" width="100%" cellspacing="1"><tr><th>Author</th><th>Message</th></tr></table>\n'
        + "\n".join(_phpbb_subsilver_post(post) for post in topic.all_posts())
        + "\n</div>",
        attributes=' class="ltr"',
    )


def _phpbb_subsilver_post(post: Post) -> str:
    number = post.number
    edit = "<br /><br /><span class='gensmall'>Last edited by a moderator on Sun Mar 19, 2017 9:20 am.</span>"
    return (
        f'<table class="tablebg" width="100%" cellspacing="1"><tr class="row1"><td align="center" valign="middle">'
        f'<a name="p{number}"></a><b class="postauthor">{post.name}</b></td><td width="100%" height="25">'
        '<table width="100%" cellspacing="0"><tr><td class="gensmall" width="100%"><div style="float: left;">&nbsp;'
        '<b>Post subject:</b> Re: the topic</div><div style="float: right;">'
        f'<a href="./viewtopic.php?p={number}#p{number}"><img alt="Post" /></a><b>Posted:</b>'
        f' {when(post.published, "%a %b %d, %Y %I:%M %p")}&nbsp;</div></td></tr></table></td></tr>\n<tr class="row1">'
        '<td valign="top" class="profile"><span class="postdetails"><b>Joined:</b> Sat Jan 01, 2011 4:00 pm<br /><b>Posts:</b> 12'
        '</span></td><td valign="top"><table width="100%" cellspacing="5"><tr><td><div class="postbody">'
        f"{post.lines()}</div>{edit if post.edited else ''}<br clear='all' /><span class='postbody'><br />_________________"
        "<br />Mind the gap</span></td></tr></table></td></tr>\n"
        '<tr class="row1"><td class="profile"><strong><a href="#wrapheader">Top</a></strong></td><td></td></tr></table>'
    )


def phpbb_2(topic: Topic) -> str:
    """subSilver, version 2."""
    return page(
        topic,
        f'<table width="100%"><tr><td><a class="maintitle" href="viewtopic.php?t=77">{escape(topic.title)}</a></td></tr></table>\n'
        '<table class="forumline" width="100%" cellspacing="1" cellpadding="3" border="0">\n<tr align="right">'
        '<td class="catHead" colspan="2" height="28"><span class="nav"><a href="#" class="nav">View previous topic</a></span>'
        '</td></tr>\n<tr><th class="thLeft" width="150">Author</th><th class="thRight">Message</th></tr>\n'
        + "\n".join(map(_phpbb_2_post, topic.all_posts()))
        + "\n</table>",
    )


def _phpbb_2_post(post: Post) -> str:
    number = post.number
    edit = "<br /><br />Last edited by a moderator on Sun Mar 19, 2017 9:20 am; edited 1 time in total"
    return (
        f'<tr><td width="150" align="left" valign="top" class="row1"><span class="name"><a name="{number}"></a>'
        f'<b>{post.name}</b></span><br /><span class="postdetails">Guru<br /><br />Joined: 01 Jan 2003<br />Posts: 12</span><br />'
        '</td>\n<td class="row1" width="100%" height="28" valign="top"><table width="100%" border="0"><tr><td width="100%">'
        f'<a href="viewtopic.php?p={number}#{number}"><img src="icon_minipost.gif" alt="Post" /></a><span class="postdetails">'
        f'Posted: {when(post.published, "%a %b %d, %Y %I:%M %p")}<span class="gen">&nbsp;</span>&nbsp; &nbsp;Post subject: </span></td>'
        '<td valign="top" nowrap="nowrap"><a href="posting.php"><img alt="Reply with quote" /></a></td></tr>\n'
        f'<tr><td colspan="2"><hr /></td></tr>\n<tr><td colspan="2"><span class="postbody">{post.lines()}</span>'
        '<span class="postbody"><br />_________________<br />Mind the gap</span>'
        f'<span class="gensmall">{edit if post.edited else ""}</span></td></tr></table></td></tr>\n'
        '<tr><td class="row1" width="150"><span class="nav"><a href="#top" class="nav">Back to top</a></span></td>'
        '<td class="row1" height="28"></td></tr>\n<tr><td class="spaceRow" colspan="2" height="1"></td></tr>'
    )


def mybb(topic: Topic) -> str:
    return page(
        topic,
        f'<div id="content"><table class="tborder"><tr><td class="thead"><strong>{escape(topic.title)}</strong></td></tr>\n'
        '<tr><td id="posts_container"><div id="posts">\n'
        + "\n".join(_mybb_post(topic, post, place) for place, post in enumerate(topic.all_posts(), 1))
        + "\n</div></td></tr></table></div>",
    )


def _mybb_post(topic: Topic, post: Post, place: int) -> str:
    number, other = post.number, topic.answered(post)
    quote = (
        f'<blockquote class="mycode_quote"><cite><span> (03-19-2017, 09:10 AM)</span>{other.name} Wrote: '
        f' <a href="showthread.php?pid={other.number}#pid{other.number}" class="quick_jump"></a></cite>{other.lines()}</blockquote>'
        if other
        else ""
    )
    edit = f'(This post was last modified: 03-19-2017, 09:20 AM by <a href="member.php?uid={number}">{post.name}</a>.)'
    return (
        f'<a name="pid{number}" id="pid{number}"></a><div class="post {"unapproved_post" if post.removed else ""}"'
        f' id="post_{number}">\n<div class="post_author scaleimages"><div class="author_information"><strong>'
        f'<span class="largetext"><a href="member.php?action=profile&amp;uid={number}">{post.name}</a></span></strong><br />'
        '<span class="smalltext">Junior Member<br /></span></div><div class="author_statistics">Posts: 12<br />Threads: 3</div>'
        f'</div>\n<div class="post_content"><div class="post_head"><div class="float_right"><strong><a href="showthread.php?tid=77'
        f'&amp;pid={number}#pid{number}" title="RE: the topic">#{place}</a></strong></div><span class="post_date">'
        f'{when(post.published, "%m-%d-%Y, %I:%M %p")} <span class="post_edit" id="edited_by_{number}">{edit if post.edited else ""}'
        f'</span></span></div>\n<div class="post_body scaleimages" id="pid_{number}">{quote}{post.lines()}</div>\n'
        f'<div class="signature scaleimages">Mind the gap</div><div class="post_meta" id="post_meta_{number}"></div></div>\n'
        '<div class="post_controls"><a class="postbit_quote">Reply</a></div></div>'
    )


def smf(topic: Topic) -> str:
    """Version 2.0."""
    return page(
        topic,
        '<div id="forumposts"><div class="cat_bar"><h3 class="catbg"><span id="author">Author</span> Topic: '
        f"{escape(topic.title)} (Read 1234 times)</h3></div>\n<form action='#' method='post' id='quickModForm'>\n"
        + "\n<hr class='post_separator' />\n".join(
            _smf_post(topic, post, place) for place, post in enumerate(topic.all_posts())
        )
        + "\n</form></div>",
    )


def _smf_post(topic: Topic, post: Post, place: int) -> str:
    number, other = post.number, topic.answered(post)
    quote = (
        f'<div class="quoteheader"><div class="topslice_quote"><a href="index.php?topic=77.msg{other.number}#msg{other.number}">'
        f"Quote from: {other.name} on March 19, 2017, 09:10:00 AM</a></div></div><blockquote class='bbc_standard_quote'>"
        f'{other.lines()}</blockquote><div class="quotefooter"><div class="botslice_quote"></div></div>'
        if other
        else ""
    )
    edit = "&#171; <em>Last Edit: March 19, 2017, 09:20:00 AM by a moderator</em> &#187;" if post.edited else ""
    reply = f"Reply #{place} on:" if place else "on:"
    return (
        f'<div class="windowbg"><span class="topslice"><span></span></span><div class="post_wrapper">\n<div class="poster"><h4>'
        f'<img src="useroff.gif" alt="Offline" /><a href="index.php?action=profile;u={number}">{post.name}</a></h4>'
        f'<ul class="reset smalltext" id="msg_{number}_extra_info"><li class="postgroup">Newbie</li><li>Posts: 12</li></ul></div>\n'
        f'<div class="postarea"><div class="flow_hidden"><div class="keyinfo"><h5 id="subject_{number}">'
        f'<a href="index.php?topic=77.msg{number}#msg{number}" rel="nofollow">Re: the topic</a></h5><div class="smalltext">&#171;'
        f" <strong>{reply}</strong> {when(post.published, '%B %d, %Y, %I:%M:%S %p')} &#187;</div></div></div>\n"
        f'<div class="post"><div class="inner" id="msg_{number}">{quote}{post.lines()}</div></div></div>\n'
        f'<div class="moderatorbar"><div class="smalltext modified" id="modified_{number}">{edit}</div>'
        f'<div class="smalltext reportlinks">Logged</div><div class="signature" id="msg_{number}_signature">Mind the gap</div>'
        "</div></div></div>"
    )


def invision(topic: Topic) -> str:
    return page(
        topic,
        f'<div class="ipsPageHeader"><h1 class="ipsType_pageTitle">{escape(topic.title)}</h1></div>\n'
        '<div data-role="commentFeed">\n'
        + "\n".join(_invision_post(topic, post) for post in topic.all_posts())
        + '\n</div><div data-role="replyArea">Reply to this topic...</div>',
        attributes=' class="ipsApp ipsApp_front" data-pageapp="forums"',
    )


def _invision_post(topic: Topic, post: Post) -> str:
    number, other = post.number, topic.answered(post)
    time = (
        f"<time datetime='{when(post.utc, '%Y-%m-%dT%H:%M:%SZ')}' title='{when(post.published, '%m/%d/%Y %I:%M %p')}'>"
        f"{when(post.published, '%B {d}, %Y')}</time>"
    )
    quote = (
        f'<blockquote class="ipsQuote" data-ipsquote="" data-ipsquote-contentcommentid="{other.number}"'
        f' data-ipsquote-username="{other.name}"><div class="ipsQuote_citation">On 3/19/2017 at 9:10 AM, {other.name} said:</div>'
        f'<div class="ipsQuote_contents">{other.blocks()}</div></blockquote>'
        if other
        else ""
    )
    edit = (
        f'<span class="ipsType_reset ipsType_medium ipsType_light"><strong>Edited {time} by {post.name}</strong></span>'
    )
    likes = f'<span data-role="reactCountText">{post.likes}</span>' if post.likes is not None else ""
    return (
        f'<a id="comment-{number}"></a><article id="elComment_{number}" class="cPost ipsBox ipsComment ipsComment_parent'
        f'{" ipsModerated" if post.removed else ""}">\n<aside class="ipsComment_author cAuthorPane"><h3 class="cAuthorPane_author">'
        f'<strong><a href="/profile/{number}/">{post.name}</a></strong></h3><ul class="cAuthorPane_info"><li>Members</li>'
        f'<li>12 posts</li></ul></aside>\n<div class="ipsColumn"><div id="comment-{number}_wrap" data-commentid="{number}"'
        f' class="ipsComment_content"><div class="ipsComment_meta"><a href="/topic/77-a-topic/?do=findComment&amp;comment={number}"'
        f' class="ipsType_blendLinks">Posted {time}</a></div>\n<div class="cPost_contentWrap"><div data-role="commentContent"'
        f' class="ipsType_normal ipsType_richText">{quote}{post.blocks()}{edit if post.edited else ""}</div></div>\n'
        f'<div class="ipsItemControls">{likes}<ul class="ipsComment_controls"><li>Quote</li></ul></div></div></div></article>'
    )
