"""The fixture site's pages as text: articles, listings, the feed, and the noise that surrounds them on real sites.

Knows content, markup and the site's base URL (without a trailing slash). Knows nothing of servers; the same arguments
give the same text.
"""

import re
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from html import escape

from tests.site_comments import Markup, day, heading, paragraphs, thread
from tests.site_content import ARTICLES, SITE_NAME, ArticleContent, CommentContent


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def newest_first(articles: Iterable[ArticleContent]) -> tuple[ArticleContent, ...]:
    return tuple(sorted(articles, key=lambda article: article.published, reverse=True))


def replaced(articles: Sequence[ArticleContent], content: ArticleContent) -> tuple[ArticleContent, ...]:
    """``articles`` with ``content`` in the place of the one at its path, or added."""
    if all(article.path != content.path for article in articles):
        return (*articles, content)
    return tuple(content if article.path == content.path else article for article in articles)


def _links(kind: str, names: Sequence[str], rel: str, base_url: str) -> str:
    return ", ".join(f'<a href="{base_url}/{kind}/{slug(name)}/" rel="{rel}">{escape(name)}</a>' for name in names)


def _recent_posts(articles: Sequence[ArticleContent], base_url: str) -> str:
    items = "\n".join(
        f'<li><a class="wp-block-latest-posts__post-title" href="{base_url}{escape(article.path)}">'
        f"{escape(article.title)}</a></li>"
        for article in newest_first(articles)[:5]
    )
    return f'<h2>Recent Posts</h2><ul class="wp-block-latest-posts__list wp-block-latest-posts">{items}</ul>'


def _recent_comment(comment: CommentContent, article: ArticleContent, base_url: str) -> str:
    url = f"{base_url}{article.path}#comment-{comment.id}"
    return (
        '<li class="wp-block-latest-comments__comment"><article>'
        '<footer class="wp-block-latest-comments__comment-meta">'
        f'<span class="wp-block-latest-comments__comment-author">{escape(comment.author)}</span> on '
        f'<a class="wp-block-latest-comments__comment-link" href="{escape(url)}">{escape(article.title)}</a>'
        "</footer></article></li>"
    )


def _recent_comments(articles: Sequence[ArticleContent], base_url: str) -> str:
    said = [(comment, article) for article in articles for comment in article.comments]
    said.sort(key=lambda pair: pair[0].published, reverse=True)
    items = "".join(_recent_comment(comment, article, base_url) for comment, article in said[:5])
    return f'<h2>Recent Comments</h2><ol class="wp-block-latest-comments">{items}</ol>'


def _widget(number: int, content: str) -> str:
    return (
        f'<section id="block-{number}" class="widget widget_block"><div class="is-layout-flow wp-block-group">'
        f'<div class="wp-block-group__inner-container">{content}</div></div></section>\n'
    )


def _sidebar(articles: Sequence[ArticleContent], base_url: str) -> str:
    return f"""<aside class="widget-area">
<section id="block-2" class="widget widget_block widget_search"><form role="search" method="get" action="{base_url}/">
<label for="search" class="wp-block-search__label">Search</label>
<input type="search" id="search" class="wp-block-search__input" name="s" value="" required />
<button type="submit" class="wp-block-search__button">Search</button></form></section>
{_widget(3, _recent_posts(articles, base_url))}{_widget(4, _recent_comments(articles, base_url))}\
</aside><!-- .widget-area -->
"""


def _page(*, title: str, path: str | None, body_class: str, main: str, sidebar: str, base_url: str) -> str:
    full_title = SITE_NAME if title == SITE_NAME else f"{escape(title)} &#8211; {SITE_NAME}"
    canonical = "" if path is None else f'<link rel="canonical" href="{escape(base_url + path)}" />\n'
    feed_title = f"{SITE_NAME} &raquo; Feed"
    return f"""<!doctype html>
<html lang="en-US">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{full_title}</title>
<meta name="robots" content="max-image-preview:large" />
<link rel="alternate" type="application/rss+xml" title="{feed_title}" href="{base_url}/feed/" />
<meta name="generator" content="WordPress 6.1.9" />
{canonical}</head>
<body class="{body_class}">
<div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header">
<div class="site-branding">
<p class="site-title"><a href="{base_url}/">{SITE_NAME}</a></p>
<p class="site-description">News from a loopback</p>
</div>
<nav class="primary-navigation" aria-label="Primary"><ul class="menu">
<li><a href="{base_url}/">Home</a></li>
<li><a href="{base_url}/category/international/">International</a></li>
<li><a href="{base_url}/about/">About</a></li>
</ul></nav>
</header><!-- #masthead -->
<div id="content" class="site-content">
<main id="main" class="site-main">
{main}</main><!-- #main -->
</div><!-- #content -->
{sidebar}<footer id="colophon" class="site-footer">
<div class="site-name"><a href="{base_url}/">{SITE_NAME}</a></div>
<div class="powered-by">Proudly powered by <a href="https://wordpress.org/">WordPress</a>.</div>
</footer><!-- #colophon -->
</div><!-- #page -->
</body>
</html>
"""


def _reply_form(article: ArticleContent, base_url: str) -> str:
    return f"""<div id="respond" class="comment-respond">
<h3 id="reply-title" class="comment-reply-title">Leave a Reply <small><a rel="nofollow" \
id="cancel-comment-reply-link" href="{escape(article.path)}#respond" style="display:none;">Cancel reply</a></small></h3>
<form action="{base_url}/wp-comments-post.php" method="post" id="commentform" class="comment-form">
<p class="comment-notes"><span id="email-notes">Your email address will not be published.</span></p>
<p class="comment-form-comment"><label for="comment">Comment</label> \
<textarea id="comment" name="comment" cols="45" rows="8" maxlength="65525" required="required"></textarea></p>
<p class="comment-form-author"><label for="author">Name</label> <input id="author" name="author" type="text" /></p>
<p class="comment-form-email"><label for="email">Email</label> <input id="email" name="email" type="email" /></p>
<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" value="Post Comment" />
<input type="hidden" name="comment_post_ID" value="{article.post_id}" id="comment_post_ID" />
<input type="hidden" name="comment_parent" id="comment_parent" value="0" /></p></form>
</div><!-- #respond -->
"""


def _comments_area(article: ArticleContent, markup: Markup, base_url: str) -> str:
    title = heading(article, markup) if article.comments else ""
    inner = title + thread(article, markup, base_url) + _reply_form(article, base_url)
    match markup:
        case Markup.HTML4:
            return f'<div id="comments">\n{inner}</div>\n'
        case Markup.HTML5:
            return f'<div id="comments" class="comments-area">\n{inner}</div><!-- #comments -->\n'
        case Markup.BLOCK:
            return f'<div class="wp-block-comments">\n{inner}</div>\n'


def _byline(article: ArticleContent, base_url: str) -> str:
    authors = "".join(
        f'<span class="byline">By <a class="author-link" href="{base_url}/author/{slug(name)}/" rel="author">'
        f"{escape(name)}</a></span> "
        for name in article.authors
    )
    moment = article.published
    published = f'<time class="entry-date published" datetime="{moment.isoformat()}">{day(moment)}</time>'
    categories = _links("category", article.categories, "category tag", base_url)
    return (
        f'<div class="post-meta">{authors}<span class="posted-on">{published}</span> '
        f'<span class="cat-links">{categories}</span></div>'
    )


def _entry(article: ArticleContent) -> str:
    parts = [paragraphs(article.paragraphs)]
    if article.editors:
        parts.append(paragraphs([f"Edited by: {', '.join(article.editors)}"]))
    if article.appeal:
        parts.append(f'<div class="donation-box">{paragraphs([article.appeal])}</div>')
    return "\n".join(parts)


def render_article(
    content: ArticleContent,
    markup: Markup,
    base_url: str,
    *,
    articles: Sequence[ArticleContent] = ARTICLES,
) -> str:
    """One article's page. ``articles`` is the site around it: the sidebar names its newest posts and commenters."""
    tags = _links("tag", content.tags, "tag", base_url)
    main = f"""<article id="post-{content.post_id}" class="post-{content.post_id} post type-post hentry entry">
<header class="entry-header">
<h1 class="entry-title">{escape(content.title)}</h1>
{_byline(content, base_url)}
</header><!-- .entry-header -->
<div class="entry-content">
{_entry(content)}
</div><!-- .entry-content -->
<footer class="entry-footer">{f'<p class="tags">Tags: {tags}</p>' if tags else ""}</footer>
</article>
{_comments_area(content, markup, base_url)}"""
    return _page(
        title=content.title,
        path=content.path,
        body_class=f"post-template-default single single-post postid-{content.post_id}",
        main=main,
        sidebar=_sidebar(replaced(articles, content), base_url),
        base_url=base_url,
    )


def _teaser(article: ArticleContent, base_url: str) -> str:
    url, number = f"{base_url}{escape(article.path)}", len(article.comments)
    moment = article.published
    return f"""<article id="post-{article.post_id}" class="post type-post hentry">
<h2 class="entry-title"><a href="{url}" rel="bookmark">{escape(article.title)}</a></h2>
<div class="post-meta"><time class="entry-date" datetime="{moment.isoformat()}">{day(moment)}</time>
<a class="comments-link" href="{url}#comments">{number} comments</a></div>
<div class="entry-summary"><p>{escape(article.paragraphs[0][:160])}… \
<a class="more-link" href="{url}">Continue reading</a></p></div>
</article>
"""


def render_listing(*, title: str, path: str, articles: Sequence[ArticleContent], base_url: str) -> str:
    """An index or section page: a headline, date and first words of each article, newest first."""
    teasers = "".join(_teaser(article, base_url) for article in newest_first(articles))
    return _page(
        title=title,
        path=path,
        body_class="archive",
        main=f'<h1 class="page-title">{escape(title)}</h1>\n{teasers}',
        sidebar=_sidebar(articles, base_url),
        base_url=base_url,
    )


def render_notice(*, title: str, path: str | None, text: str, base_url: str) -> str:
    """A page that is no article: about, not found, gone, error. Without ``path`` it claims no canonical URL."""
    return _page(
        title=title,
        path=path,
        body_class="page",
        main=f'<h1 class="page-title">{escape(title)}</h1>\n{paragraphs([text])}\n',
        sidebar="",
        base_url=base_url,
    )


def _feed_item(article: ArticleContent, base_url: str) -> str:
    url = base_url + escape(article.path)
    authors = "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in article.authors)
    categories = "".join(f"<category>{escape(name)}</category>\n" for name in article.categories)
    return f"""<item>
<title>{escape(article.title)}</title>
<link>{url}</link>
<comments>{url}#comments</comments>
{authors}<pubDate>{format_datetime(article.published)}</pubDate>
{categories}<guid isPermaLink="false">{base_url}/?p={article.post_id}</guid>
<description>{escape(article.paragraphs[0])}</description>
<slash:comments>{len(article.comments)}</slash:comments>
</item>
"""


def render_feed(articles: Sequence[ArticleContent], base_url: str) -> str:
    """RSS 2.0 as WordPress writes it, newest first."""
    items = "".join(_feed_item(article, base_url) for article in newest_first(articles))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel>
<title>{SITE_NAME}</title>
<atom:link href="{base_url}/feed/" rel="self" type="application/rss+xml" />
<link>{base_url}</link>
<description>News from a loopback</description>
<language>en-US</language>
{items}</channel>
</rss>
"""
