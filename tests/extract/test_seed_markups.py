"""The seed article's thread in the markup of each forum and site: the same texts, names and answers come out."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from archiver.extract.model import Page
from tests.extract.markup import boards, discussions, forums, sites
from tests.extract.markup.topic import Post, Topic
from tests.extract.pages import read
from tests.extract.test_seed_article import SEED

# Whether the markup says who answers whom: by nesting or by name, by a quote in the text, not at all
NESTS, QUOTES, SILENT = "nests", "quotes", "silent"
MARKUPS: dict[str, tuple[Callable[[Topic], str], str]] = {
    "discourse": (discussions.discourse, QUOTES),
    "discourse-crawler": (discussions.discourse_crawler, QUOTES),
    "discourse-plain": (discussions.discourse_plain, SILENT),
    "xenforo": (forums.xenforo, QUOTES),
    "xenforo-1": (forums.xenforo_1, QUOTES),
    "xenforo-widget": (sites.xenforo_widget, SILENT),
    "vbulletin-3": (forums.vbulletin_3, QUOTES),
    "vbulletin-4": (forums.vbulletin_4, QUOTES),
    "vbulletin-5": (forums.vbulletin_5, QUOTES),
    "phpbb": (boards.phpbb, QUOTES),
    "phpbb-subsilver": (boards.phpbb_subsilver, SILENT),
    "phpbb-2": (boards.phpbb_2, SILENT),
    "mybb": (boards.mybb, QUOTES),
    "smf": (boards.smf, QUOTES),
    "invision": (boards.invision, QUOTES),
    "stack-exchange": (discussions.stack_exchange, NESTS),
    "reddit": (discussions.reddit, NESTS),
    "reddit-old": (discussions.reddit_old, NESTS),
    "hacker-news": (discussions.hacker_news, NESTS),
    "kinja": (sites.kinja, NESTS),
    "serendipity": (sites.serendipity, NESTS),
    "spip": (sites.spip, NESTS),
    "spip-comments": (sites.spip_comments, NESTS),
    "movable-type": (sites.movable_type, NESTS),
    "typepad": (sites.typepad, SILENT),
}
TOPIC = Topic(
    title=SEED["title"],
    author=SEED["authors"][0],
    published=datetime.fromisoformat(SEED["published"]),
    paragraphs=tuple(SEED["body_paragraphs"]),
    posts=tuple(
        Post(
            number=comment["id"],
            author=comment["author"],
            published=datetime.fromisoformat(comment["published"]),
            paragraphs=tuple(comment["paragraphs"]),
            parent=comment["parent"],
        )
        for comment in SEED["comments"]
    ),
)


@pytest.fixture(params=MARKUPS, scope="module")
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(name: str) -> Page:
    return read(MARKUPS[name][0](TOPIC).encode(), url="https://forum.example/threads/a-topic.77/")


def test_authors_and_order_are_the_seeds(page: Page) -> None:
    assert [comment.author for comment in page.comments] == [post.author for post in TOPIC.posts]


def test_texts_are_the_seeds(page: Page, name: str) -> None:
    wanted = ["\n\n".join(post.paragraphs) for post in TOPIC.posts]
    found = [comment.text for comment in page.comments]
    if MARKUPS[name][1] == QUOTES:  # what is quoted stands before it
        assert [text.endswith(want) for text, want in zip(found, wanted, strict=True)] == [True] * len(wanted)
        found = [
            want if post.parent is not None else text
            for text, want, post in zip(found, wanted, TOPIC.posts, strict=True)
        ]
    assert found == wanted


def test_parents_are_the_seeds(page: Page, name: str) -> None:
    wanted = [None if MARKUPS[name][1] == SILENT else post.parent for post in TOPIC.posts]
    assert [comment.parent for comment in page.comments] == wanted


def test_times_are_the_seeds(page: Page) -> None:
    for comment, post in zip(page.comments, TOPIC.posts, strict=True):
        moments = (post.published, post.published.astimezone(UTC))
        assert comment.published
        assert comment.published[:16] in {form.isoformat()[: len(comment.published[:16])] for form in moments}


def test_article_is_the_seeds(page: Page) -> None:
    assert page.article is not None
    assert page.article.text.split("\n\n") == list(TOPIC.paragraphs)
