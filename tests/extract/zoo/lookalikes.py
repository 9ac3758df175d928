"""What looks like comments and is none on this article: nothing may be found in these."""

# ruff: noqa: E501 - long lines are markup

from collections.abc import Callable
from dataclasses import dataclass

from tests.extract.zoo.frames import app, blog, community, newspaper, table_page
from tests.extract.zoo.kit import Story

_NAMES = ("Martha Quill", "tomtom42", "J. Okafor", "Priya R.", "Old Salt")
_WORDS = (
    "I climbed those steps as a girl and I still count them.",
    "Two hundred and four, if you count the door.",
    "Who pays for the lamp? Nobody has answered that.",
    "Then I will bring my whole family, twice.",
    "Our school went there in autumn and loved every minute.",
)
_DAYS = ("March 4, 2019", "March 5, 2019", "March 6, 2019", "March 7, 2019", "March 8, 2019")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    name: str
    lang: str
    render: Callable[[Story], str]
    frame: Callable[[Story, str, str], str]

    def page(self, story: Story) -> str:
        return self.frame(story, self.render(story), self.name)


def _rows(form: str, story: Story) -> str:
    """The form filled five times."""
    return "".join(
        form.format(
            n=number, name=_NAMES[number], text=_WORDS[number], day=_DAYS[number], iso=f"2019-03-0{number + 4}T09:05:00Z",
            title=story.others[number % 3],
        )
        for number in range(5)
    )  # fmt: skip


def newest_bare(story: Story) -> str:
    return f'<div class="widget"><h3>{story.newest}</h3><ul>{_rows("<li><b>{name}</b>: <a href=/2019/other-{n}/#comment-{n}>{text}</a> <small>{day}</small></li>", story)}</ul></div>'


def newest_box(story: Story) -> str:
    row = """<div class="comment"><div class="comment-author"><a href="/u/{n}">{name}</a></div><div class="comment-date">{day}</div>
<div class="comment-text">{text}</div><div class="comment-on">on <a href="/2019/other-{n}/#comment-48{n}">{title} today</a></div></div>"""
    return f'<div class="box comments-box"><h3>What our readers say</h3>{_rows(row, story)}</div>'


def newest_avatars(story: Story) -> str:
    row = """<li class="comment-item"><img class="avatar" src="/a.png" alt=""><a class="comment-link" href="/2019/other-{n}/#c{n}9">
<span class="comment-author">{name}</span> <span class="comment-excerpt">{text}</span></a><time datetime="{iso}">{day}</time></li>"""
    return f'<aside class="sidebar-comments"><h4>{story.newest}</h4><ul class="comments-list">{_rows(row, story)}</ul></aside>'


def best_of_week(story: Story) -> str:
    row = """<article class="commentTeaser"><blockquote class="commentTeaser__text">{text}</blockquote><footer><span class="commentTeaser__author">{name}</span>
<span class="commentTeaser__date">{day}</span> <a href="/2019/other-{n}/">{title} and more</a></footer></article>"""
    return f'<section class="bestComments"><h2>Comments of the week</h2>{_rows(row, story)}</section>'


def testimonials(story: Story) -> str:
    row = """<div class="testimonial"><p class="testimonial-text">{text}</p><div class="testimonial-author">{name}</div><span class="testimonial-date">{day}</span></div>"""
    return f'<section class="testimonials"><h2>What our customers say</h2>{_rows(row, story)}</section>'


def quotes(story: Story) -> str:
    row = '<figure class="quote-card"><blockquote><p>{text}</p></blockquote><figcaption class="quote-author">{name}, {day}</figcaption></figure>'
    return f'<div class="quotes">{_rows(row, story)}</div>'


def live_blog(story: Story) -> str:
    row = """<article class="liveblog-entry post" id="entry-{n}11"><header><time datetime="{iso}">{day}</time> <span class="author">{name}</span></header>
<div class="entry-content"><p>{text}</p></div></article>"""
    return f'<div class="liveblog">{_rows(row, story)}</div>'


def ticker(story: Story) -> str:
    row = '<li class="ticker-item" id="t{n}88"><span class="ticker-time">{day}, 09:05</span> <b class="ticker-author">{name}</b><div class="ticker-text"><p>{text}</p></div></li>'
    return f'<section class="news-ticker"><h2>Live</h2><ol>{_rows(row, story)}</ol></section>'


def author_boxes(story: Story) -> str:
    row = '<div class="author-box"><img src="/a.png" alt="{name}"><h4 class="author-name"><a href="/author/{n}">{name}</a></h4><p class="author-bio">{text} With us since {day}.</p></div>'
    return f'<div class="post-authors">{_rows(row, story)}</div>'


def team(story: Story) -> str:
    row = '<li class="team-member"><h3 class="name">{name}</h3><p class="role">Desk {n}</p><p class="text">{text}</p><time datetime="{iso}">since {day}</time></li>'
    return f'<section class="team"><h2>Who we are</h2><ul>{_rows(row, story)}</ul></section>'


def events(story: Story) -> str:
    row = '<article class="event post"><time class="event-date" datetime="{iso}">{day}</time><h3><a href="/events/{n}">{title}</a></h3><p class="event-host author">{name}</p><p>{text}</p></article>'
    return f'<section class="events"><h2>Dates</h2>{_rows(row, story)}</section>'


def people_also_ask(story: Story) -> str:
    row = '<details class="question" id="q{n}7"><summary>Question {n}: who pays?</summary><div class="answer"><p>{text}</p><p class="answer-date">{day}</p></div></details>'
    return f'<section class="faq people-also-ask"><h2>People also ask</h2>{_rows(row, story)}</section>'


def changelog(story: Story) -> str:
    row = '<dt id="v1.{n}">1.{n} ({day})</dt><dd><ul><li>{text} <span class="author">{name}</span></li></ul></dd>'
    return f'<section class="changelog"><h2>Changes to this article</h2><dl>{_rows(row, story)}</dl></section>'


def product_reviews(story: Story) -> str:
    row = """<li class="shop-item"><a href="/shop/{n}">{title}</a><div class="review"><span class="review-author">{name}</span> <span class="stars">★★★★☆</span>
<time datetime="{iso}">{day}</time><p class="review-text">{text}</p></div></li>"""
    return f'<aside class="shop"><h3>From our shop</h3><ul>{_rows(row, story)}</ul></aside>'


def tweets(story: Story) -> str:
    row = '<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{text}</p>&mdash; {name} (@user{n}) <a href="https://social.example/user{n}/status/4821{n}">{day}</a></blockquote>'
    return f'<div class="embeds">{_rows(row, story)}</div>'


def toots(story: Story) -> str:
    row = '<div class="social-post" data-id="99{n}"><div class="social-post__author">{name}</div><div class="social-post__text">{text}</div><time class="social-post__date" datetime="{iso}">{day}</time></div>'
    return f'<section class="social-feed"><h2>Follow us</h2>{_rows(row, story)}</section>'


def be_the_first(story: Story) -> str:
    return f"""<div id="comments" class="comments-area"><h2>Comments</h2><p class="no-comments">Be the first to comment on {story.title}!</p>
<div class="comment-rules"><h3>House rules</h3><ul><li>Stay kind.</li><li>No adverts.</li></ul><p>Last changed on March 1, 2019 by <b class="author">the editors</b>.</p></div>
<form class="comment-form"><label>Name <input name="author"></label><textarea name="comment"></textarea><button>Post comment</button></form></div>"""


def netiquette(story: Story) -> str:
    return f"""<section class="kommentare" id="kommentare"><h2>Kommentare</h2><div class="kommentar-hinweis"><p>Liebe Leserinnen und Leser, bitte beachten Sie unsere
<a href="/netiquette">Netiquette</a>. Kommentare werden von Montag bis Freitag zwischen 8:00 und 18:00 Uhr freigeschaltet.</p><p class="kommentar-redaktion">Die Redaktion, 1. März 2019</p></div>
<p>Noch keine Kommentare zu {story.title}.</p><form><textarea></textarea></form></section>"""


def closed(_story: Story) -> str:
    return '<div id="comments"><p class="nocomments">Comments are closed since March 9, 2019.</p><p>3 comments were removed by a moderator.</p></div>'


def templates(story: Story) -> str:
    row = '<div class="comment" id="comment-{n}"><span class="comment-author">{name}</span><time datetime="{iso}">{day}</time><div class="comment-text">{text}</div></div>'
    rows = _rows(row, story)
    return f'<div id="comments"><script type="text/x-template" id="tpl">{rows}</script><template id="comment-template">{rows}</template><noscript>Please enable scripts.</noscript></div>'


def placeholders(_story: Story) -> str:
    """Templates a script has not filled yet, in plain sight."""
    one = '<div class="comment" data-comment-id="{{id}}"><span class="comment-author">{{author}}</span> <span class="comment-date">{{date}}</span><div class="comment-text">{{text}}</div></div>'
    return f'<div id="comments" style="display:none">{one}</div>'


def skeletons(_story: Story) -> str:
    one = '<div class="comment comment--skeleton"><div class="comment__author"></div><div class="comment__date"></div><div class="comment__text"></div></div>'
    return f'<section id="comments" class="comments">{one * 3}</section>'


def count_links(story: Story) -> str:
    row = '<li class="comments-link-item"><a href="/2019/other-{n}/">{title}</a> <a class="comments-link" href="/2019/other-{n}/#comments">{n}7 comments</a> <span class="date">{day}</span></li>'
    return f'<ul class="most-commented">{_rows(row, story)}</ul>'


def most_commented(story: Story) -> str:
    row = """<article class="post"><h3><a href="/2019/other-{n}/">{title}</a></h3><div class="meta"><span class="author">{name}</span> <time datetime="{iso}">{day}</time>
<span class="comments">{n}2 comments</span></div><p>{text}</p></article>"""
    return f'<section class="popular-posts">{_rows(row, story)}</section>'


def comments_related(story: Story) -> str:
    row = """<div class="related-item"><a href="/2019/other-{n}/"><h4>{title}</h4></a><span class="author">{name}</span> <span class="date">{day}</span><p>{text}</p></div>"""
    return f'<div class="comments-related"><h3>More to discuss</h3>{_rows(row, story)}</div>'


def opinion_columns(story: Story) -> str:
    """Columns by journalists are called comments, too."""
    row = """<article class="comment"><span class="comment__kicker">Comment</span><h3><a href="/kommentar/other-{n}/">{title}</a></h3><p class="comment__author">By {name}</p>
<time datetime="{iso}">{day}</time><p class="comment__text">{text}</p></article>"""
    return f'<section class="comments"><h2>Comment and debate</h2>{_rows(row, story)}</section>'


def podcast(story: Story) -> str:
    row = '<li class="episode" id="episode-{n}1"><h3>{title}</h3><p class="episode-host">with {name}</p><time datetime="{iso}">{day}</time><div class="episode-text"><p>{text}</p></div></li>'
    return f'<section class="podcast"><h2>All episodes</h2><ol>{_rows(row, story)}</ol></section>'


def legal_notice(_story: Story) -> str:
    return """<div class="comment-policy" id="comment-policy"><h3>Legal notice on comments</h3><p>Comments by readers are not the opinion of the editors.</p>
<p>Responsible: <span class="author">Ellen Marsh</span>. As of <time datetime="2019-03-01">March 1, 2019</time>.</p></div>"""


def poll(story: Story) -> str:
    row = '<li class="poll-answer answer" id="answer-{n}3"><label><input type="radio" name="a">{text}</label> <span class="votes">{n}4 votes</span></li>'
    return f'<div class="poll responses"><h3>Our question of {_DAYS[0]}</h3><ul>{_rows(row, story)}</ul></div>'


def revisions(story: Story) -> str:
    row = '<tr id="rev-{n}5"><td class="date">{day}</td><td class="author">{name}</td><td class="comment">{text}</td></tr>'
    return f'<table class="revisions"><caption>Versions of this page</caption>{_rows(row, story)}</table>'


LOOKALIKES = (
    Lookalike(name="newest_bare", lang="en", render=newest_bare, frame=blog),
    Lookalike(name="newest_box", lang="en", render=newest_box, frame=newspaper),
    Lookalike(name="newest_avatars", lang="de", render=newest_avatars, frame=newspaper),
    Lookalike(name="best_of_week", lang="en", render=best_of_week, frame=newspaper),
    Lookalike(name="testimonials", lang="en", render=testimonials, frame=newspaper),
    Lookalike(name="quotes", lang="en", render=quotes, frame=app),
    Lookalike(name="live_blog", lang="en", render=live_blog, frame=newspaper),
    Lookalike(name="ticker", lang="de", render=ticker, frame=newspaper),
    Lookalike(name="author_boxes", lang="en", render=author_boxes, frame=blog),
    Lookalike(name="team", lang="en", render=team, frame=newspaper),
    Lookalike(name="events", lang="en", render=events, frame=newspaper),
    Lookalike(name="people_also_ask", lang="en", render=people_also_ask, frame=newspaper),
    Lookalike(name="changelog", lang="en", render=changelog, frame=newspaper),
    Lookalike(name="product_reviews", lang="en", render=product_reviews, frame=newspaper),
    Lookalike(name="tweets", lang="en", render=tweets, frame=newspaper),
    Lookalike(name="toots", lang="en", render=toots, frame=app),
    Lookalike(name="be_the_first", lang="en", render=be_the_first, frame=blog),
    Lookalike(name="netiquette", lang="de", render=netiquette, frame=newspaper),
    Lookalike(name="closed", lang="en", render=closed, frame=blog),
    Lookalike(name="templates", lang="en", render=templates, frame=newspaper),
    Lookalike(name="placeholders", lang="en", render=placeholders, frame=newspaper),
    Lookalike(name="skeletons", lang="en", render=skeletons, frame=app),
    Lookalike(name="count_links", lang="en", render=count_links, frame=blog),
    Lookalike(name="most_commented", lang="en", render=most_commented, frame=newspaper),
    Lookalike(name="comments_related", lang="en", render=comments_related, frame=newspaper),
    Lookalike(name="opinion_columns", lang="en", render=opinion_columns, frame=newspaper),
    Lookalike(name="podcast", lang="en", render=podcast, frame=newspaper),
    Lookalike(name="legal_notice", lang="en", render=legal_notice, frame=newspaper),
    Lookalike(name="poll", lang="en", render=poll, frame=newspaper),
    Lookalike(name="revisions", lang="en", render=revisions, frame=community),
    Lookalike(name="old_portal", lang="fr", render=closed, frame=table_page),
)
