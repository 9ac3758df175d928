"""Folders of Markdown: names that are safe everywhere, files whose only links and anchors are ours."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archiver.exports.folders_markdown import article_file, folder_name, history_file, thread_file, write_markdown
from db.exported import ExportedArticle
from tests.db.histories import article, comment
from tests.exports.made import HOSTILE, OTHER, exported

ID = "abcdefgh23456789"
TAGS = {"h1", "h2", "h3", "p", "br", "a", "strong", "ul", "li", "blockquote"}


@pytest.mark.parametrize(
    ("title", "published", "name"),
    [
        ("The boat, on the river!", "2024-05-03T10:00:00+02:00", f"2024-05-03-the-boat-on-the-river-{ID}"),
        ("Ärger über Öl", "2024-05-03", f"2024-05-03-arger-uber-ol-{ID}"),
        ("Гроза", "2024-05", f"2024-04-01-{ID}"),
        (None, None, f"2024-04-01-{ID}"),
        ("../../../etc/passwd", "../2024-05-03", f"2024-04-01-etc-passwd-{ID}"),
        ("CON", "2024-05-03", f"2024-05-03-con-{ID}"),
        ("word " * 100, "2024-05-03", f"2024-05-03-{'word-' * 12}{ID}"),
        ("a\x00b\nc", "\u0662\u0660\u0662\u0664-05-03", f"2024-04-01-a-b-c-{ID}"),
    ],
)
def test_folder_is_named(title: str | None, published: str | None, name: str) -> None:
    first = "2024-04-01T12:00:00.000000Z"
    assert folder_name({"title": title, "published": published, "first_captured": first, "id": ID}) == name


@given(title=st.none() | st.text(), published=st.none() | st.text())
def test_folder_name_is_safe_on_every_file_system(title: str | None, published: str | None) -> None:
    row = {"title": title, "published": published, "first_captured": "2024-04-01T12:00:00.000000Z", "id": ID}
    name = folder_name(row)
    assert re.fullmatch(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}-(?:[a-z0-9-]+-)?{ID}", name)
    assert len(name) <= 100


@pytest.fixture(scope="module")
def hostile() -> ExportedArticle:
    return next(one for one in exported() if one.article["url"] == OTHER)


@pytest.mark.parametrize("make", [article_file, thread_file, history_file])
def test_only_our_links_and_anchors_are_in_a_file(hostile: ExportedArticle, make: object) -> None:
    text = make(hostile)  # type: ignore[operator]
    rendered = MarkdownIt("commonmark").render(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
    assert set(re.findall(r"<([a-z0-9]+)", rendered)) <= {
        "h1",
        "h2",
        "h3",
        "p",
        "br",
        "a",
        "strong",
        "ul",
        "li",
        "blockquote",
    }
    for target in re.findall(r'href="([^"]*)"', rendered):
        assert re.match(r"https://example\.org/|article\.md|history\.md|thread\.md#|#", target), target
    assert "javascript" not in "".join(re.findall(r"<[^>]*>", rendered))


def test_front_matter_has_the_record(hostile: ExportedArticle) -> None:
    head = yaml.safe_load(article_file(hostile).split("---\n")[1])
    assert head["title"].split() == f"--- # {HOSTILE}".split()
    assert head["authors"] == ["-Jane: Doe", 'O"Neil\\']
    assert (head["warc_file"], head["warc_offset"], head["warc_length"]) == ("a.warc.gz", 1000, 999)
    assert head["extractor"] == "1"
    assert (head["url"], head["published"]) == (OTHER, "../../etc/passwd")


def test_deep_thread_is_quoted_no_deeper_than_readers_go() -> None:
    deep = [comment(f"c{number}", id_=str(number), parent=number - 1 if number else None) for number in range(40)]
    [one] = exported([article(1, *deep)])
    text = thread_file(one)
    assert "> " * 10 + "c39" in text
    assert "> " * 11 not in text


def test_article_without_comments_has_all_its_files(tmp_path: Path) -> None:
    [one] = exported([article(1)])
    write_markdown([one], tmp_path)
    [folder] = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {"article.md", "thread.md", "history.md"}
    assert "0 comments." in (folder / "thread.md").read_text(encoding="utf-8")
