"""Comment threads as HTML, in the three markups that WordPress has given its themes over the years.

Knows one article's comments and the address they stand at. Knows nothing of the page around them. As in WordPress, a
comment whose parent is not shown is not shown either, though the heading counts it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape

from tests.site_content import ArticleContent, CommentContent

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_URL = re.compile(r"https?://[^\s<>\"']+")


class Markup(StrEnum):
    """``wp_list_comments`` in its html4 and html5 forms, and the comment blocks of Twenty Twenty-Three."""

    HTML4 = "html4"
    HTML5 = "html5"
    BLOCK = "block"


def day(moment: datetime) -> str:
    return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def day_and_time(moment: datetime) -> str:
    half = "am" if moment.hour < 12 else "pm"
    return f"{day(moment)} at {moment.hour % 12 or 12}:{moment.minute:02} {half}"


def paragraphs(texts: Sequence[str]) -> str:
    """Escaped paragraphs: addresses become links, line breaks ``<br />``; the text content stays as given."""
    return "\n".join(f"<p>{_linked(text)}</p>" for text in texts)


def _linked(text: str) -> str:
    parts, end = list[str](), 0
    for match in _URL.finditer(text):
        url = escape(match[0])
        parts += [_lines(text[end : match.start()]), f'<a href="{url}" rel="nofollow ugc">{url}</a>']
        end = match.end()
    return "".join([*parts, _lines(text[end:])])


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br />\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a thread stands: the article's own address and number, and the address of the avatar."""

    url: str
    post_id: int
    avatar: str

    def permalink(self, comment: CommentContent) -> str:
        return escape(f"{self.url}#comment-{comment.id}")

    def reply_link(self, comment: CommentContent) -> str:
        name, number = escape(comment.author), comment.id
        return (
            f"<a rel='nofollow' class='comment-reply-link' href='{escape(self.url)}?replytocom={number}#respond'"
            f' data-commentid="{number}" data-postid="{self.post_id}" data-belowelement="div-comment-{number}"'
            f' data-respondelement="respond" data-replyto="Reply to {name}" aria-label="Reply to {name}">Reply</a>'
        )

    def image(self, comment: CommentContent, *, size: int, alt: str) -> str:
        return (
            f'<img alt="{escape(alt)}" src="{escape(self.avatar)}?author={comment.id}" class="avatar'
            f' avatar-{size} photo" height="{size}" width="{size}" loading="lazy" decoding="async"/>'
        )


def _linked_name(comment: CommentContent) -> str:
    name = escape(comment.author)
    if comment.author_url is None:
        return name
    return f'<a href="{escape(comment.author_url)}" rel="external nofollow ugc" class="url">{name}</a>'


def _html4(comment: CommentContent, place: _Place) -> str:
    return f"""<div id="div-comment-{comment.id}" class="comment-body">
<div class="comment-author vcard">
{place.image(comment, size=48, alt="Avatar")} <cite class="fn">{_linked_name(comment)}</cite> \
<span class="says">says:</span></div>
<div class="comment-meta commentmetadata">
<a href="{place.permalink(comment)}">{day_and_time(comment.published)}</a></div>
{paragraphs(comment.paragraphs)}
<div class="reply">{place.reply_link(comment)}</div>
</div>
"""


def _html5(comment: CommentContent, place: _Place) -> str:
    moment = comment.published
    return f"""<article id="div-comment-{comment.id}" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard">
{place.image(comment, size=60, alt="")} <b class="fn">{_linked_name(comment)}</b> \
<span class="says">says:</span></div><!-- .comment-author -->
<div class="comment-metadata">
<a href="{place.permalink(comment)}"><time datetime="{moment.isoformat()}">{day_and_time(moment)}</time></a>
</div><!-- .comment-metadata -->
</footer><!-- .comment-meta -->
<div class="comment-content">
{paragraphs(comment.paragraphs)}
</div><!-- .comment-content -->
<div class="reply">{place.reply_link(comment)}</div></article><!-- .comment-body -->
"""


def _block_name(comment: CommentContent) -> str:
    name = escape(comment.author)
    if comment.author_url is None:
        return name
    return f'<a rel="external nofollow ugc" href="{escape(comment.author_url)}" target="_self">{name}</a>'


def _block(comment: CommentContent, place: _Place) -> str:
    moment = comment.published
    avatar = place.image(comment, size=40, alt=f"{comment.author} Avatar")
    return f"""<div class="wp-block-columns is-layout-flex" style="margin-bottom:var(--wp--preset--spacing--40)">
<div class="wp-block-column is-layout-flow" style="flex-basis:40px">
<div class="wp-block-avatar">{avatar}</div>
</div>
<div class="wp-block-column is-layout-flow">
<div class="wp-block-comment-author-name">{_block_name(comment)}</div>
<div class="wp-block-group is-layout-flex" style="margin-top:0px;margin-bottom:0px">
<div class="wp-block-comment-date"><time datetime="{moment.isoformat()}">\
<a href="{place.permalink(comment)}">{day(moment)}</a></time></div>
</div>
<div class="wp-block-comment-content">{paragraphs(comment.paragraphs)}</div>
<div class="wp-block-comment-reply-link">{place.reply_link(comment)}</div>
</div>
</div>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How a markup writes one comment and the lists around it."""

    comment: Callable[[CommentContent, _Place], str]
    thread: tuple[str, str]
    replies: tuple[str, str]
    end: str


_CLASSIC_REPLIES = ('<ol class="children">\n', "</ol><!-- .children -->\n")
_CLASSIC_END = "</li><!-- #comment-## -->\n"
_SHAPES = {
    Markup.HTML4: _Shape(
        comment=_html4,
        thread=('<ol class="commentlist">\n', "</ol>\n"),
        replies=_CLASSIC_REPLIES,
        end=_CLASSIC_END,
    ),
    Markup.HTML5: _Shape(
        comment=_html5,
        thread=('<ol class="comment-list">\n', "</ol><!-- .comment-list -->\n"),
        replies=_CLASSIC_REPLIES,
        end=_CLASSIC_END,
    ),
    Markup.BLOCK: _Shape(
        comment=_block,
        thread=('<ol class="wp-block-comment-template">\n', "</ol>\n"),
        replies=("<ol>\n", "</ol>\n"),
        end="</li>\n",
    ),
}

_Replies = Mapping[int | None, Sequence[CommentContent]]


def _list(replies: _Replies, parent: int | None, depth: int, shape: _Shape, place: _Place) -> str:
    parts = list[str]()
    for number, comment in enumerate(replies.get(parent, ())):
        classes = f"comment {'odd alt' if number % 2 else 'even'} depth-{depth}"
        if comment.id in replies:
            classes += " parent"
        parts.append(f'<li id="comment-{comment.id}" class="{classes}">\n{shape.comment(comment, place)}')
        if comment.id in replies:
            opening, closing = shape.replies
            parts += [opening, _list(replies, comment.id, depth + 1, shape, place), closing]
        parts.append(shape.end)
    return "".join(parts)


def thread(article: ArticleContent, markup: Markup, base_url: str) -> str:
    """The thread's list alone; nothing where the article has no comments."""
    if not article.comments:
        return ""
    replies = defaultdict[int | None, list[CommentContent]](list)
    for comment in article.comments:
        replies[comment.parent_id].append(comment)
    shape = _SHAPES[markup]
    place = _Place(url=base_url + article.path, post_id=article.post_id, avatar=f"{base_url}/image.png")
    opening, closing = shape.thread
    return opening + _list(dict(replies), None, 1, shape, place) + closing


def heading(article: ArticleContent, markup: Markup) -> str:
    number = len(article.comments)
    noun = "comment" if number == 1 else "comments"
    match markup:
        case Markup.HTML4:
            return f'<h3 id="comments-title">{number} {noun.title()}</h3>\n'
        case Markup.HTML5:
            return f'<h2 class="comments-title">{number} {noun}</h2><!-- .comments-title -->\n'
        case Markup.BLOCK:
            noun = "response" if number == 1 else "responses"
            title = f"{number} {noun} to “{escape(article.title)}”"
            return f'<h2 id="comments" class="wp-block-comments-title">{title}</h2>\n'
