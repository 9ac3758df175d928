"""The pages around the comments: header, menu, article, sidebars full of other names and dates, footer."""

from tests.extract.zoo.kit import Story


def _head(story: Story, extra: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{story.lang}"><head><meta charset="utf-8">'
        f"<title>{story.title} - {story.site}</title>"
        f'<meta property="og:title" content="{story.title}"><meta property="og:type" content="article">{extra}'
        "<script>window.dataLayer=window.dataLayer||[];</script><style>.x{color:red}</style></head>"
    )


def _paragraphs(story: Story) -> str:
    return "".join(f"<p>{text}</p>\n" for text in story.paragraphs)


def _teasers(story: Story) -> str:
    return "".join(
        f'<article class="teaser"><a href="/2019/story-{number}/"><h3>{title}</h3></a><p class="teaser__meta">'
        f'<span class="author">{story.author}</span> <time datetime="2019-03-0{number}T08:00">{story.day}</time>'
        f' <a href="/2019/story-{number}/#comments" class="teaser__count">{number * 7}</a></p></article>'
        for number, title in enumerate(story.others, 1)
    )


def newspaper(story: Story, comments: str, name: str) -> str:
    """A paper's page: menu, article with byline and share bar, related articles, sidebar, comments, footer."""
    return f"""{_head(story)}
<body class="page page--article tpl-{name}">
<header class="site-header"><a class="logo" href="/">{story.site}</a>
<nav class="main-nav"><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<div class="layout"><main class="layout__main">
<article class="article"><header class="article__header"><h1 class="article__title">{story.title}</h1>
<div class="article__byline"><a rel="author" href="/autor/1">{story.author}</a>
<time class="article__date" datetime="2019-03-03T18:00:00+01:00">{story.day}</time></div></header>
<div class="share-bar"><a href="https://social.example/share">Share</a><a href="#comments">14</a></div>
<div class="article__body">{_paragraphs(story)}</div>
<ul class="article__tags"><li><a href="/tag/a">A</a></li></ul></article>
{comments}
<section class="related"><h2>{story.others[0]}</h2>{_teasers(story)}</section>
</main>
<aside class="layout__sidebar"><section class="most-read">{_teasers(story)}</section></aside></div>
<footer class="site-footer"><p>&copy; 2019 {story.site}</p><a href="/imprint">Imprint</a></footer>
<script src="/app.js"></script></body></html>"""


def blog(story: Story, comments: str, name: str) -> str:
    """A blog's page, with a list of the newest comments beside the text."""
    newest = "".join(
        f'<li><a href="https://people.example/{number}">Visitor {number}</a>: '
        f'<a href="/2019/other-{number}/#c{number}">{title}</a></li>'
        for number, title in enumerate(story.others, 31)
    )
    return f"""{_head(story, '<link rel="alternate" type="application/rss+xml" href="/feed">')}
<body id="top" class="{name}"><div id="wrap"><div id="header"><h2 id="blogtitle"><a href="/">{story.site}</a></h2></div>
<div id="menu"><ul><li><a href="/about">About</a></li><li><a href="/archive">Archive</a></li></ul></div>
<div id="content"><div class="entry"><h1 class="entrytitle">{story.title}</h1>
<p class="entrymeta">{story.day}, <a href="/author">{story.author}</a></p>
<div class="entrybody">{_paragraphs(story)}</div></div>
{comments}
</div>
<div id="sidebar"><div class="widget"><h3>{story.newest}</h3><ul>{newest}</ul></div>
<div class="widget"><h3>Archive</h3><ul><li><a href="/2019/02">2019/02</a></li></ul></div></div>
<div id="footer">{story.site}</div></div></body></html>"""


def table_page(story: Story, comments: str, name: str) -> str:
    """A portal of the years of tables: blocks left and right, all upper case and no classes to speak of."""
    return f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=utf-8">
<TITLE>{story.site} : {story.title}</TITLE></HEAD><BODY bgcolor="#ffffff">
<TABLE width="100%" border=0 cellpadding=4><TR><TD colspan=3><A href="/"><B>{story.site}</B></A></TD></TR>
<TR><TD width=160 valign=top><TABLE class="block"><TR><TD><B>Menu</B></TD></TR>
<TR><TD><A href="/index">Home</A><BR><A href="/links">Links</A></TD></TR></TABLE></TD>
<TD valign=top id="{name}-main"><FONT size=4><B>{story.title}</B></FONT><BR>
<FONT size=1>{story.day} - {story.author}</FONT>
<DIV class="storytext">{_paragraphs(story)}</DIV>
{comments}
</TD><TD width=160 valign=top><TABLE class="block"><TR><TD><B>{story.newest}</B></TD></TR>
<TR><TD><A href="/story/9">{story.others[0]}</A><BR><FONT size=1>Guest, {story.day}</FONT><BR>
<A href="/story/8">{story.others[1]}</A><BR><FONT size=1>Guest, {story.day}</FONT></TD></TR></TABLE></TD></TR>
</TABLE></BODY></HTML>"""


def app(story: Story, comments: str, name: str) -> str:
    """A page rendered by a script framework: hashed classes, buttons, everything in nested divisions."""
    return f"""{_head(story)}
<body><div id="__next" data-page="{name}"><div class="css-1dbjc4n r-13awgt0"><div class="sc-gsnTZi hXyDvN">
<div role="navigation" class="sc-dkzDqf"><a href="/">{story.site}</a><button type="button">Log in</button></div>
<div class="sc-hKMtZM kQxLAb"><h1 class="sc-eCYdqJ">{story.title}</h1>
<div class="sc-jSMfEi"><a href="/@ellen">{story.author}</a><span>{story.day}</span><button>Follow</button></div>
<div class="sc-gKXOVf rte">{_paragraphs(story)}</div>
<div class="sc-iBkjds"><button aria-label="like">12</button><button aria-label="share">Share</button></div></div>
{comments}
<div class="sc-ftvSup"><h2>{story.others[0]}</h2>{_teasers(story)}</div>
</div></div></div><script id="__NEXT_DATA__" type="application/json">{{"props":{{}}}}</script></body></html>"""


def community(story: Story, comments: str, name: str) -> str:
    """A link or question site: the story is short and the comments are the page."""
    return f"""{_head(story)}
<body class="{name}"><div id="page"><header id="nav"><a href="/">{story.site}</a> <a href="/new">new</a>
<a href="/ask">ask</a> <a href="/login">login</a></header>
<div class="story" id="story-1"><h1 class="title"><a href="https://elsewhere.example/">{story.title}</a></h1>
<div class="byline">{story.author}, {story.day}</div><div class="story-body">{_paragraphs(story)}</div></div>
{comments}
<div class="hot"><h4>{story.others[0]}</h4><ul><li><a href="/q/2">{story.others[1]}</a> <span>3</span></li>
<li><a href="/q/3">{story.others[2]}</a> <span>8</span></li></ul></div>
<footer><a href="/rules">Rules</a> <a href="/privacy">Privacy</a></footer></div></body></html>"""
