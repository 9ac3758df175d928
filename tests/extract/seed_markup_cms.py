"""The seed article and its comments as content management systems and their comment extensions would print them.

One function for each platform: it prints one comment, around the answers to it where the markup nests.
"""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

SEED: dict[str, Any] = json.loads((Path(__file__).parent.parent / "fixtures" / "seed.json").read_text("utf-8"))
URL = "https://harbour.example/2017/02/24/putin-now-fears/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One of the seed's comments, ready to be printed."""

    number: int
    author: str
    iso: str
    day: str
    epoch_ms: int
    paragraphs: str
    lines: str
    answered: int
    depth: int


Item = Callable[[Said, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """``around`` has ``{thread}`` in it; ``id_form`` makes a native id of a number; ``threaded``: answers are shown."""

    platform: str
    item: Item
    around: str = "<div>{thread}</div>"
    id_form: str = "comment-{}"
    threaded: bool = True
    dated: bool = True
    nested: bool = True

    def page(self) -> str:
        said = _said()
        thread = "".join(self._printed(said, None)) if self.nested else "".join(self.item(one, "") for one in said)
        body = "".join(f"<p>{html.escape(text)}</p>" for text in SEED["body_paragraphs"])
        article = f"<article><h1>{html.escape(SEED['title'])}</h1><div class='entry-content'>{body}</div></article>"
        head = f"<head><meta charset='utf-8'><title>{html.escape(SEED['title'])}</title></head>"
        return (
            f"<!doctype html><html lang='en-US'>{head}<body>{article}{self.around.format(thread=thread)}</body></html>"
        )

    def _printed(self, said: list[Said], answered: int | None) -> list[str]:
        mine = [one for one in said if (one.answered or None) == answered]
        return [self.item(one, "".join(self._printed(said, one.number))) for one in mine]


def _said() -> list[Said]:
    comments = SEED["comments"]
    depths: list[int] = []
    said: list[Said] = []
    for each in comments:
        parent: int | None = each["parent"]
        depths.append(0 if parent is None else depths[parent] + 1)
        moment = datetime.fromisoformat(each["published"])
        texts = [html.escape(text).replace("\n", "<br>") for text in each["paragraphs"]]
        said.append(
            Said(
                number=each["id"],
                author=html.escape(each["author"]),
                iso=each["published"],
                day=f"{moment:%B} {moment.day}, {moment.year} at {moment.hour % 12 or 12}:{moment:%M %p}",
                epoch_ms=int(moment.timestamp() * 1000),
                paragraphs="".join(f"<p>{text}</p>" for text in texts),
                lines="<br><br>".join(texts),
                answered=0 if parent is None else comments[parent]["id"],
                depth=depths[-1],
            )
        )
    return said


def wpdiscuz(one: Said, answers: str) -> str:
    return f"""<div id="wpd-comm-{one.number}_{one.answered}" class="comment wpd-comment">
<div class="wpd-comment-wrap"><div id="comment-{one.number}" class="wpd-comment-right">
<div class="wpd-comment-header"><div class="wpd-comment-author ">{one.author}</div>
<div class="wpd-comment-date" title="{one.day}">7 years ago</div></div>
<div class="wpd-comment-text">{one.paragraphs}</div>
<div class="wpd-comment-footer"><div class="wpd-reply-button"><span>Reply</span></div></div></div></div>
{answers}</div>"""


def wpdiscuz_classic(one: Said, answers: str) -> str:
    return f"""<div id="wc-comm-{one.number}_{one.answered}" class=" wc-comment wc-blog-guest">
<div id="comment-{one.number}" class="wc-comment-right "><div class="wc-comment-header">
<div class="wc-comment-author ">{one.author}</div></div><div class="wc-comment-text">{one.paragraphs}</div>
<div class="wc-comment-footer"><span class="wc-reply-button">Reply</span>
<div class="wc-comment-date">{one.day}</div></div></div>{answers}</div>"""


def blogger(one: Said, answers: str) -> str:
    link = f"{URL}?showComment={one.epoch_ms}#c77777{one.number}"
    return f"""<li class="comment" id="c77777{one.number}"><div class="comment-block"><div class="comment-header">
<cite class="user"><a href="https://www.blogger.com/profile/1" rel="nofollow">{one.author}</a></cite>
<span class="datetime secondary-text"><a rel="nofollow" href="{link}">{one.day}</a></span></div>
<p class="comment-content">{one.lines}</p>
<span class="comment-actions secondary-text"><a class="comment-reply" data-comment-id="{one.number}">Reply</a></span>
</div><div class="comment-replies"><div class="comment-thread inline-thread">
<span class="thread-count"><a target="_self">Replies</a></span><ol>{answers}</ol></div></div></li>"""


def blogger_definitions(one: Said, _answers: str) -> str:
    link = f"{URL}?showComment={one.epoch_ms}#c77777{one.number}"
    return f"""<dt class='comment-author ' id='c77777{one.number}'><a name='c77777{one.number}'></a>
{one.author}
said...</dt>
<dd class='comment-body'><p>{one.lines}</p></dd>
<dd class='comment-footer'><span class='comment-timestamp'><a href='{link}'>{one.day}</a></span></dd>"""


def drupal_7(one: Said, answers: str) -> str:
    return f"""<a id="comment-{one.number}"></a>
<div class="comment clearfix" about="/comment/{one.number}#comment-{one.number}" typeof="sioc:Post sioct:Comment">
<h3 property="dc:title"><a href="/comment/{one.number}#comment-{one.number}" class="permalink">A subject line</a></h3>
<div class="submitted">Submitted by <span class="username" property="foaf:name">{one.author} (not verified)</span> on
<span property="dc:date dc:created" content="{one.iso}" datatype="xsd:dateTime">{one.day}</span></div>
<div class="content"><div class="field field-name-comment-body"><div property="content:encoded">{one.paragraphs}</div>
</div></div><ul class="links inline"><li class="comment-reply"><a href="/comment/reply/1/{one.number}">reply</a></li>
</ul></div><div class="indented">{answers}</div>"""


def drupal_10(one: Said, _answers: str) -> str:
    parent = (
        f'<p class="visually-hidden">In reply to <a href="/comment/{one.answered}#comment-{one.answered}">It</a></p>'
    )
    return f"""<article id="comment-{one.number}" class="comment js-comment" data-drupal-selector="comment">
<footer class="comment__meta"><p class="comment__author"><span>{one.author}</span></p>
<p class="comment__time">{one.day}</p>{parent if one.answered else ""}</footer>
<div class="comment__content"><h3><a href="/comment/{one.number}#comment-{one.number}" class="permalink">It</a></h3>
<div class="field field--name-comment-body">{one.paragraphs}</div></div></article>"""


def jcomments(one: Said, answers: str) -> str:
    return f"""<div class="even" id="comment-item-{one.number}"><div class="rbox"><div class="comment-box">
<span class="comments-vote"><span class="vote-good">+1</span></span>
<a class="comment-anchor" href="{URL}#comment-{one.number}" id="comment-{one.number}">#1</a>
<span class="comment-author">{one.author}</span> <span class="comment-date">{one.day}</span>
<div class="comment-body" id="comment-body-{one.number}">{one.lines}</div>
<span class="comments-buttons"><a href="#">Quote</a></span></div></div>
<div class="comments-list" id="comments-list-{one.number}">{answers}</div></div>"""


def k2(one: Said, _answers: str) -> str:
    return f"""<li class="even"><span class="commentLink">
<a href="{URL}#comment{one.number}" id="comment{one.number}">Link</a></span>
<span class="commentDate">{one.day}</span><span class="commentAuthorName">posted by {one.author}</span>
<p>{one.lines}</p><span class="commentToolbar"><a href="#">Report</a></span></li>"""


def komento(one: Said, _answers: str) -> str:
    return f"""<li id="kmt-{one.number}" class="kmt-item" parentid="kmt-{one.answered}" depth="{one.depth}">
<div class="kmt-head"><span class="kmt-author"><span>{one.author}</span></span></div>
<div class="kmt-body"><div class="kmt-text"><span class="commentText">{one.lines}</span></div></div>
<div class="kmt-control"><span class="kmt-time"><time datetime="{one.iso}">7 years ago</time></span>Reply</div></li>"""


def disqus(one: Said, answers: str) -> str:
    return f"""<li class="comment depth-{one.depth + 1}" id="dsq-comment-{one.number}">
<div id="dsq-comment-header-{one.number}" class="dsq-comment-header"><cite id="dsq-cite-{one.number}">
<span id="dsq-author-user-{one.number}">{one.author}</span></cite></div>
<div id="dsq-comment-body-{one.number}" class="dsq-comment-body">
<div id="dsq-comment-message-{one.number}" class="dsq-comment-message">{one.paragraphs}</div></div>
<ul class="children">{answers}</ul></li>"""


def disqus_rendered(one: Said, answers: str) -> str:
    return f"""<li class="post" id="post-{one.number}"><div data-role="post-content" class="post-content">
<div class="post-body"><header><span class="post-byline"><span class="author"><a href="#">{one.author}</a></span></span>
<span class="post-meta"><a href="{URL}#comment-{one.number}" class="time-ago" title="{one.day}">7 years ago</a></span>
</header><div class="post-message-container"><div class="post-message"><div>{one.paragraphs}</div></div></div>
<footer><a href="#"><span class="text">Reply</span></a></footer></div></div>
<ul data-role="children" class="children">{answers}</ul></li>"""


def bbpress(one: Said, answers: str) -> str:
    return f"""<li><div id="post-{one.number}" class="bbp-reply-header"><div class="bbp-meta">
<span class="bbp-reply-post-date">{one.day}</span>
<a href="{URL}#post-{one.number}" class="bbp-reply-permalink">#1</a></div></div>
<div class="post-{one.number} reply type-reply status-publish"><div class="bbp-reply-author">
<a href="/users/1/" class="bbp-author-link"><span class="bbp-author-name">{one.author}</span></a>
<div class="bbp-author-role">Participant</div></div><div class="bbp-reply-content">{one.paragraphs}</div></div>
<ul class="bbp-threaded-replies">{answers}</ul></li>"""


def wordpress_definitions(one: Said, _answers: str) -> str:
    return f"""<dt class="comment" id="comment-{one.number}"><span class="comment_author">{one.author}</span>
<span class="comment_time"><a href="{URL}#comment-{one.number}">{one.day}</a></span></dt>
<dd class="comment"><div class="format_text">{one.paragraphs}</div></dd>"""


def schema_org(one: Said, answers: str) -> str:
    return f"""<div id="said-{one.number}" itemprop="comment" itemscope itemtype="https://schema.org/Comment">
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{one.author}</span></span>
<time itemprop="dateCreated" datetime="{one.iso}">{one.day}</time>
<div itemprop="text">{one.paragraphs}</div>{answers}</div>"""


def sioc(one: Said, _answers: str) -> str:
    parent = f'<span rel="sioc:reply_of" resource="{URL}#said-{one.answered}"></span>' if one.answered else ""
    return f"""<div typeof="sioct:Comment" about="{URL}#said-{one.number}">{parent}
<span property="foaf:name">{one.author}</span>, <span property="dc:created" content="{one.iso}">{one.day}</span>
<div property="content:encoded">{one.paragraphs}</div></div>"""


MARKUPS = {
    "wpdiscuz": Markup(platform="wpdiscuz", item=wpdiscuz, around='<div class="wpd-thread-list">{thread}</div>'),
    "wpdiscuz-classic": Markup(
        platform="wpdiscuz-classic", item=wpdiscuz_classic, around='<div class="wc-thread-wrapper">{thread}</div>'
    ),
    "blogger": Markup(
        platform="blogger",
        item=blogger,
        around='<div class="comments" id="comments"><h4>15 comments:</h4><ol>{thread}</ol></div>',
        id_form="c77777{}",
    ),
    "blogger-definitions": Markup(
        platform="blogger-definitions",
        item=blogger_definitions,
        around="<div class='comments' id='comments'><dl id='comments-block'>{thread}</dl></div>",
        id_form="c77777{}",
        threaded=False,
        nested=False,
    ),
    "drupal-7": Markup(
        platform="drupal", item=drupal_7, around='<div id="comments"><h2 class="title">Comments</h2>{thread}</div>'
    ),
    "drupal-10": Markup(platform="drupal", item=drupal_10, nested=False),
    "jcomments": Markup(
        platform="jcomments",
        item=jcomments,
        around='<div id="jc"><div id="comments"><div class="comments-list">{thread}</div></div></div>',
    ),
    "k2": Markup(
        platform="k2",
        item=k2,
        around='<ul class="itemCommentsList">{thread}</ul>',
        id_form="comment{}",
        threaded=False,
        nested=False,
    ),
    "komento": Markup(
        platform="komento", item=komento, around='<ul class="kmt-list">{thread}</ul>', id_form="kmt-{}", nested=False
    ),
    "disqus": Markup(
        platform="disqus",
        item=disqus,
        around='<div id="dsq-content"><ul id="dsq-comments">{thread}</ul></div>',
        dated=False,
    ),
    "disqus-rendered": Markup(
        platform="disqus-rendered", item=disqus_rendered, around='<ul class="post-list">{thread}</ul>'
    ),
    "bbpress": Markup(
        platform="bbpress", item=bbpress, around='<ul class="bbp-replies">{thread}</ul>', id_form="post-{}"
    ),
    "wordpress-definitions": Markup(
        platform="wordpress-definitions",
        item=wordpress_definitions,
        around='<dl id="comment_list">{thread}</dl>',
        threaded=False,
        nested=False,
    ),
    "schema-org": Markup(platform="schema-org", item=schema_org, id_form="said-{}"),
    "sioc": Markup(platform="schema-org", item=sioc, id_form="said-{}", nested=False),
}
