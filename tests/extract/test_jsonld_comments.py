"""Threads of pages that show them in JSON-LD only."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafilatura import load_html

from archiver.extract.comments.jsonld_comments import json_thread
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import Thread
from archiver.extract.tree import Tree
from tests.extract.pages import URL, article_html


def thread_of(*documents: Any) -> Thread | None:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in documents)
    root = load_html(article_html(head=f"<title>Lighthouse</title>{scripts}"))
    assert root is not None
    return json_thread(Tree(root), Setting(url=URL, base=URL))


def comment(number: int, text: str = "Words.", **more: Any) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "url": f"{URL}#comment-{number}",
        "author": {"@type": "Person", "name": f"Name {number}", "url": "/people/1"},
        "dateCreated": "2019-03-04T09:05:00+01:00",
        "text": text,
        **more,
    }


def article(*comments: dict[str, Any], kind: str = "NewsArticle", url: str = URL) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": kind, "url": url, "headline": "L", "comment": [*comments]}


@pytest.mark.parametrize("kind", ["NewsArticle", "BlogPosting", "DiscussionForumPosting", "WebPage"])
def test_comments_of_the_article_are_read(kind: str) -> None:
    found = thread_of(article(comment(1, upvoteCount=7), kind=kind))
    assert found is not None
    (one,) = found.comments
    assert (one.native_id, one.author, one.author_url) == ("comment-1", "Name 1", "https://harbour.example/people/1")
    assert (one.published, one.likes, one.permalink) == ("2019-03-04T09:05:00+01:00", 7, f"{URL}#comment-1")


def test_nested_comments_answer_what_holds_them() -> None:
    inner = comment(2, comment=[comment(3)])
    found = thread_of(article(comment(1, comment=inner), comment(4)))
    assert found is not None
    assert [each.native_id for each in found.comments] == [f"comment-{number}" for number in (1, 2, 3, 4)]
    assert [each.parent for each in found.comments] == [None, 0, 1, None]
    assert [each.depth for each in found.comments] == [0, 1, 2, 0]


@pytest.mark.parametrize("item", [{"@id": f"{URL}#comment-1"}, {"@type": "Comment", "url": f"{URL}#comment-1"}])
def test_parent_item_names_the_parent(item: dict[str, str]) -> None:
    found = thread_of(article(comment(1), comment(2, parentItem=item)))
    assert found is not None
    assert [each.parent for each in found.comments] == [None, 0]


def test_answers_to_the_pages_question_are_read() -> None:
    question = {
        "@type": "Question",
        "name": "How many steps?",
        "comment": [comment(1)],
        "acceptedAnswer": {"@type": "Answer", "text": "Two hundred.", "url": f"{URL}#answer-2", "author": "Bo"},
        "suggestedAnswer": [{"@type": "Answer", "text": "Many.", "url": f"{URL}#answer-3", "comment": comment(4)}],
    }
    found = thread_of({"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question})
    assert found is not None
    assert [each.native_id for each in found.comments] == ["comment-1", "answer-2", "answer-3", "comment-4"]
    assert [each.parent for each in found.comments] == [None, None, None, 2]
    assert found.comments[1].author == "Bo"


def test_answers_of_an_editors_list_of_questions_are_none() -> None:
    question = {"@type": "Question", "name": "Open?", "acceptedAnswer": {"@type": "Answer", "text": "Daily."}}
    assert thread_of({"@type": "FAQPage", "mainEntity": [question, question]}) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one\n\ntwo\nthree", "one\n\ntwo\nthree"),
        ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;", "one\n\ntwo & three"),
        ("2 < 3 &amp; 4 > 3", "2 < 3 & 4 > 3"),
        ("It&#39;s &quot;open&quot;", 'It\'s "open"'),
    ],
    ids=["lines", "html", "escaped-html", "signs", "entities"],
)
def test_text_is_plain_with_paragraphs(written: str, text: str) -> None:
    found = thread_of(article(comment(1, written)))
    assert found is not None
    assert found.comments[0].text == text


def test_comments_of_another_page_are_left_out() -> None:
    assert thread_of(article(comment(1), url="https://harbour.example/2019/other/")) is None


@pytest.mark.parametrize(
    "document",
    [{"@type": "NewsArticle"}, article(), {"@type": "NewsArticle", "comment": "many"}, article({"@type": "Comment"})],
    ids=["no-comments", "empty-list", "a-word", "no-text"],
)
def test_page_without_comments_has_no_thread(document: dict[str, Any]) -> None:
    assert thread_of(document) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([f"{URL}#comment-1", "Comment"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["comment", "text", "author", "url", "@id", "parentItem", "@type", "upvoteCount"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_gives_a_thread_or_none(value: Any) -> None:
    found = thread_of({"@type": "NewsArticle", "comment": value})
    for index, each in enumerate(found.comments if found else ()):
        assert each.parent != index
